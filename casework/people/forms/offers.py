"""How choices reach a form, and how its values become those of the services."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

from casework.codes.dates import UNKNOWN, PartialDate, from_columns, plain_digits
from casework.errors import InvalidInput, n_
from casework.web.forms import BaseForm, PartialDay

_CLOCK = re.compile(r"(\d{1,2})[:.h]?(\d{2})")


class Source(Protocol):
    """`codes.queries.choices`, handed in by the view."""

    def __call__(self, list_name: str, group: str | None = None) -> list[Any]: ...


class OfferingForm(BaseForm):
    """A form whose choices come from code lists (`LISTS`: field → list) and from fixed words (`WORDS`)."""

    LISTS: Mapping[str, str] = {}
    WORDS: Mapping[str, Mapping[str, str]] = {}

    def offer(self, choices: Source) -> None:
        """Hand the answers in; call it before validating and before showing the form."""
        for field, list_name in self.LISTS.items():
            self[field].choices = choices(list_name)
        for field, words in self.WORDS.items():
            self[field].choices = list(words.items())


def partial(value: PartialDay | None) -> PartialDate:
    """What a PartialDate field holds, as the services take it."""
    return UNKNOWN if value is None else from_columns(value.date_from, value.date_to, value.precision)


def minutes(text: str, *, field: str) -> int | None:
    """A time of the clock such as 14:05, digits of any script, as minutes after midnight; 24:00 ends the day."""
    typed = plain_digits(text)
    if not typed:
        return None
    match = _CLOCK.fullmatch(typed)
    if not match or int(match[2]) > 59 or int(match[1]) * 60 + int(match[2]) > 1440:
        raise InvalidInput(n_("Enter the time as hours and minutes, such as 14:05."), field=field)
    return int(match[1]) * 60 + int(match[2])


def clock(value: int | None) -> str:
    """Minutes after midnight as the box shows them."""
    return "" if value is None else f"{value // 60:02}:{value % 60:02}"
