"""Phone numbers as people write them, kept as E.164 (HTCDS: ^\\+?[1-9]\\d{1,14}$)."""

from __future__ import annotations

import phonenumbers

from casework.codes.dates import plain_digits
from casework.errors import InvalidInput, n_

HOME = "KH"
"""Region of a number written without its country."""


def parse(text: str, *, region: str = HOME, field: str | None = None) -> str:
    """The number as E.164, read in any script's digits; '' for empty text. Raises InvalidInput for what is none.

    `region` is the alpha-2 country of numbers written without one. New number ranges are taken: possible is enough.
    """
    digits = plain_digits(text)
    if not digits:
        return ""
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    # The library takes letters for digits (vanity numbers) and cuts off extensions; neither is a safe number here.
    if len(digits) > 40 or any(char.isalpha() for char in digits):
        raise _refused(field)
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        raise _refused(field) from None
    if number.extension or not phonenumbers.is_possible_number(number):
        raise _refused(field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display(number: str, *, region: str = HOME) -> str:
    """An E.164 number as people of `region` write it: national at home, international elsewhere."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return number
    home = phonenumbers.country_code_for_region(region) == parsed.country_code
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


def _refused(field: str | None) -> InvalidInput:
    return InvalidInput(n_("Enter a whole phone number, for example 012 345 678 or +66 81 234 5678."), field=field)
