"""The base of all form fields, and those of one box: text, password, code, file; each says what is wrong in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import FileStorage

from casework.errors import n_
from casework.web import digits
from casework.web.shims import Field, StopValidation, gettext, translate

SHORT, LONG = 200, 20_000
"""Most characters of a one-line and of a long text, if the field does not say otherwise."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Own(Field):
    """Base of all fields.

    `needed` is the sentence said when the field is left empty ("Enter the date of return."); without it the
    field is optional and says so. `hint` stands under the label. `limit` is the most characters taken per box.
    """

    template = "text"
    several = False

    def __init__(
        self,
        label: str,
        *,
        needed: str | None = None,
        hint: str = "",
        limit: int = SHORT,
        optional_mark: bool = True,
        validators: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(label, list(validators), **kwargs)
        self.needed = needed
        self.hint = hint
        self.limit = limit
        self.optional_mark = optional_mark

    @property
    def names(self) -> list[str]:
        """Names of the inputs this field sends."""
        return [self.name]

    @property
    def anchor(self) -> str:
        """Id of the first input: where the error summary leads."""
        return self.id

    @property
    def typed(self) -> dict[str, list[str]]:
        """Input name -> what was typed, for drafts and for the page about two versions."""
        return {self.name: [value for value in self.raw_data or [] if isinstance(value, str)]}

    def empty(self) -> bool:
        """True when nothing was given."""
        return self.data in (None, "", [])

    def show(self, value: Any) -> str:
        """`value` in words, as the page about two versions shows it."""
        return "" if value is None else str(value)

    def pre_validate(self, form: Any) -> None:
        if self.errors:
            raise StopValidation()
        for values in self.typed.values():
            if len(values) > 1 and not self.several:
                raise StopValidation(gettext("This was sent twice. Enter it once."))
            for value in values:
                self.check_text(value)
        if self.needed and self.empty():
            raise StopValidation(translate(self.needed))

    def check_text(self, value: str) -> None:
        """Refuse control characters and text over the limit, beside the field."""
        if CONTROL.search(value):
            raise StopValidation(gettext("Take out the characters that cannot be printed."))
        if len(value) > self.limit:
            message = n_("Write at most %(limit)s characters. There are %(count)s now.")
            raise StopValidation(gettext(message, limit=self.limit, count=len(value)))


class Text(Own):
    """One line. `.data` is a string without blanks around it ('' when empty).

    `covered`: while names are hidden, what stands in the box shows only to who is typing in it.
    """

    input_type = "text"
    inputmode = ""
    autocomplete = "off"

    def __init__(
        self, label: str, *, inputmode: str = "", width: int = 0, covered: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.covered = covered
        self.inputmode = inputmode or self.inputmode
        self.width = width
        self.prefix = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0]).strip()
        elif self.data is None:
            self.data = ""

    @property
    def value(self) -> str:
        """What stands in the box: what was typed, else the value given."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)


class LongText(Text):
    """Several lines; ends of line become one newline. `rows` is the height of the box."""

    template = "long"

    def __init__(self, label: str, *, rows: int = 5, limit: int = LONG, **kwargs: Any) -> None:
        super().__init__(label, limit=limit, **kwargs)
        self.rows = rows

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([str(value).replace("\r\n", "\n") for value in valuelist])


class Hidden(Text):
    """A value that travels with the form; never a secret and never trusted."""

    template = "hidden"

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)


class Password(Text):
    """A password; never shown again. `new` tells the browser's password keeper that it may offer one."""

    input_type = "password"

    def __init__(self, label: str, *, new: bool = False, limit: int = 128, **kwargs: Any) -> None:
        super().__init__(label, limit=limit, **kwargs)
        self.autocomplete = "new-password" if new else "current-password"

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""

    @property
    def value(self) -> str:
        return ""

    @property
    def typed(self) -> dict[str, list[str]]:
        return {}

    def pre_validate(self, form: Any) -> None:
        self.check_text(self.data or "")
        super().pre_validate(form)


class Code(Text):
    """A one-time code, digits of any script, blanks ignored; never shown again."""

    inputmode = "numeric"
    autocomplete = "one-time-code"

    def __init__(self, label: str, *, limit: int = 20, width: int = 10, **kwargs: Any) -> None:
        super().__init__(label, limit=limit, width=width, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = "".join(digits.plain(str(valuelist[0])).split()) if valuelist else ""

    @property
    def value(self) -> str:
        return ""


class Upload(Own):
    """A file, or several. `.data` is a FileStorage or None (a list with `several`); size and kind: `documents`."""

    template = "upload"

    def __init__(self, label: str, *, accept: str = "", several: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.accept, self.several = accept, several

    def process_formdata(self, valuelist: list[Any]) -> None:
        files = [item for item in valuelist if isinstance(item, FileStorage) and item.filename]
        self.data = files if self.several else next(iter(files), None)
