"""Partial dates: what is known of a day, from '14 May 2003' to 'about 20 years old' to nothing."""

from casework.codes.dates.ages import (
    ALWAYS,
    AgeRange,
    age_range,
    ages,
    from_age,
    is_minor,
    minor_until,
)
from casework.codes.dates.partial import (
    UNKNOWN,
    BuddhistYear,
    PartialDate,
    Precision,
    from_columns,
    interval,
    known,
    parse,
    plain_digits,
    whole_number,
)

__all__ = [
    "ALWAYS",
    "UNKNOWN",
    "AgeRange",
    "BuddhistYear",
    "PartialDate",
    "Precision",
    "age_range",
    "ages",
    "from_age",
    "from_columns",
    "interval",
    "is_minor",
    "known",
    "minor_until",
    "parse",
    "plain_digits",
    "whole_number",
]
