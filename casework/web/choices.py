"""Form fields answered from a list: one, several, yes or no, one tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from casework.errors import n_
from casework.web.fields import Own
from casework.web.shims import StopValidation, get_locale, gettext, translate


class Option(NamedTuple):
    """One answer of a list: the code sent, the words shown, more words under them, the heading it stands under."""

    value: str
    label: str
    hint: str = ""
    group: str = ""


def option(item: Any) -> Option:
    """An Option from what views hand in: an Option, a WTForms SelectChoice, a code with labels, or a pair."""
    if isinstance(item, Option):
        return item
    if isinstance(item, str):
        return Option(item, item)
    if isinstance(item, tuple) and not hasattr(item, "label"):
        return Option(str(item[0]), item[1])
    label = item.label
    if str(get_locale()) == "km":
        label = getattr(item, "label_km", None) or label
    value = getattr(item, "code", None)
    return Option(str(item.value if value is None else value), label, getattr(item, "hint", "") or "")


def options(words: Mapping[str, str], codes: Iterable[str] | None = None) -> list[Option]:
    """Answers out of codes with words, all of them or those named."""
    return [Option(code, gettext(words[code])) for code in (words if codes is None else codes)]


def chosen_id(text: str | None) -> UUID | None:
    """The id chosen in a list, or None."""
    return UUID(text) if text else None


def often_first(items: Iterable[Any], *, group: str = "") -> list[Option]:
    """The answers most often given (`.often` of a code) under a heading of their own, then the others.

    `group`: the heading of the others; without one answer that is given often, all stay as they are.
    """
    rows = list(items)
    top = [option(row)._replace(group=n_("Often")) for row in rows if getattr(row, "often", False)]
    if not top:
        return [option(row) for row in rows]
    rest = [option(row) for row in rows if not getattr(row, "often", False)]
    return top + [row._replace(group=group or row.group or n_("More rarely")) for row in rest]


class Choice(Own):
    """One of a list. Radios up to six answers, else a select; `look` forces one. `.data` is the code or None.

    The view hands the answers in: `form.need.choices = codes.queries.choices("service_type")`.
    """

    RADIOS_UP_TO = 6

    def __init__(
        self, label: str, *, choices: Iterable[Any] = (), look: str = "", inline: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.look, self.inline = look, inline
        self.choices = choices

    @property
    def choices(self) -> list[Option]:
        """The answers that may be given."""
        return self._choices

    @choices.setter
    def choices(self, items: Iterable[Any]) -> None:
        self._choices = [option(item) for item in items]

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """The answers under their headings, in the order in which the headings first come."""
        found: dict[str, list[Option]] = {}
        for choice in self.choices:
            found.setdefault(choice.group, []).append(choice)
        return list(found.items())

    @property
    def template(self) -> str:  # type: ignore[override]
        if self.look:
            return self.look
        return "radios" if len(self.choices) <= self.RADIOS_UP_TO else "select"

    @property
    def anchor(self) -> str:
        return self.id if self.template == "select" else f"{self.id}-0"

    @property
    def chosen(self) -> set[str]:
        """Codes that are ticked on the page."""
        return set() if self.data is None else {str(self.data)}

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0]) or None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        known = {choice.value for choice in self.choices}
        if not self.chosen <= known:
            raise StopValidation(gettext("Choose from the list."))

    def show(self, value: Any) -> str:
        values = {str(item) for item in value} if isinstance(value, list | tuple | set) else {str(value)}
        return ", ".join(translate(choice.label) for choice in self.choices if choice.value in values)


class Choices(Choice):
    """Any number of a list, as checkboxes. `.data` is a list of codes."""

    several = True

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, **{"look": "checkboxes", **kwargs})

    @property
    def chosen(self) -> set[str]:
        return {str(value) for value in self.data or []}

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [str(value) for value in valuelist]


class YesNo(Choice):
    """Yes or no. `.data` is True, False, or None when not answered; `unknown` adds 'Not known', which is None."""

    def __init__(self, label: str, *, unknown: bool = False, **kwargs: Any) -> None:
        answers = [("yes", n_("Yes")), ("no", n_("No"))] + ([("unknown", n_("Not known"))] if unknown else [])
        super().__init__(label, **{"choices": answers, "inline": True, **kwargs})

    @property
    def chosen(self) -> set[str]:
        if self.raw_data:
            return {str(self.raw_data[0])}
        return {"yes" if self.data else "no"} if self.data is not None else set()

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = {"yes": True, "no": False}.get(valuelist[0])

    def empty(self) -> bool:
        return self.data is None and not self.chosen

    def show(self, value: Any) -> str:
        return "" if value is None else gettext("Yes") if value else gettext("No")


class Tick(Own):
    """One box to tick. `.data` is a bool; with `needed` it must be ticked."""

    template = "tick"

    def __init__(self, label: str, *, optional_mark: bool = False, **kwargs: Any) -> None:
        super().__init__(label, optional_mark=optional_mark, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = "yes" in valuelist

    def empty(self) -> bool:
        return not self.data

    def show(self, value: Any) -> str:
        return gettext("Yes") if value else gettext("No")
