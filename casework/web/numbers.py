"""Form fields for numbers and amounts of money, in digits of any script."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import get_currency_precision

from casework.web import digits
from casework.web.fields import Text
from casework.web.shims import gettext

GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


def read_number(text: str) -> Decimal:
    """A number as people type it: digits of any script, '1,000' in groups of three, a point before decimals."""
    plain = digits.plain(text).replace("\u00a0", "").replace(" ", "")
    if GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    try:
        if not re.fullmatch(r"-?\d{1,18}(\.\d{1,9})?", plain):
            raise InvalidOperation
        return Decimal(plain)
    except InvalidOperation:
        raise ValueError(gettext("Enter a number in digits, such as 12.")) from None


class Number(Text):
    """A whole number, or one with `decimals` places. `.data` is an int (a Decimal with places), None when empty."""

    inputmode = "numeric"

    def __init__(
        self,
        label: str,
        *,
        lowest: int = 0,
        highest: int = 1_000_000_000,
        decimals: int = 0,
        width: int = 10,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, width=width, inputmode="decimal" if decimals else "numeric", **kwargs)
        self.lowest, self.highest, self.decimals = lowest, highest, decimals

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.data = None
        if str(valuelist[0]).strip():
            self.data = self.read(str(valuelist[0]))

    def read(self, text: str) -> int | Decimal:
        """The number typed, or ValueError with the sentence for the person."""
        number = read_number(text.strip())
        if number != round(number, self.decimals):
            if self.decimals:
                raise ValueError(gettext("Enter at most %(places)s places after the point.", places=self.decimals))
            raise ValueError(gettext("Enter a whole number, such as 12."))
        if not self.lowest <= number <= self.highest:
            values = {"lowest": self.lowest, "highest": self.highest}
            raise ValueError(gettext("Enter a number from %(lowest)s to %(highest)s.", **values))
        return number if self.decimals else int(number)


class Money(Text):
    """An amount. `.data` is an integer of the smallest unit (cents, sen), None when empty.

    The currency is fixed (`currency`) or read from another field of the form (`currency_from`, its name).
    """

    inputmode = "decimal"
    HIGHEST = 10**15

    def __init__(
        self, label: str, *, currency: str = "USD", currency_from: str = "", width: int = 10, **kwargs: Any
    ) -> None:
        self._form: Any = kwargs.get("_form")
        super().__init__(label, width=width, **kwargs)
        self.fixed, self.currency_from = currency, currency_from

    @property
    def currency(self) -> str:
        """ISO 4217 code that holds for this amount."""
        if self.currency_from and self.currency_from in self._form:
            return self._form[self.currency_from].data or self.fixed
        return self.fixed

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = None

    def post_process(self, formdata: Any = None) -> None:
        """Read the amount once the other fields, so also the currency, are known."""
        self.prefix = "" if self.currency_from else self.fixed
        if not self.raw_data or not str(self.raw_data[0]).strip():
            return
        try:
            places = get_currency_precision(self.currency)
            amount = read_number(str(self.raw_data[0]).strip())
            if amount < 0 or amount != round(amount, places):
                raise ValueError(gettext("Enter an amount such as 12.50."))
            self.data = int(amount.scaleb(places))
            if self.data > self.HIGHEST:
                raise ValueError(gettext("This amount is too large."))
        except ValueError as error:
            self.process_errors = [str(error)]

    def show(self, value: Any) -> str:
        if value is None:
            return ""
        places = get_currency_precision(self.currency)
        return str(Decimal(int(value)).scaleb(-places))
