"""Forms of the code lists and holidays, made from what the catalogue says a list asks for."""

from __future__ import annotations

from casework.codes.catalogue import Attribute, ListInfo
from casework.errors import n_
from casework.web.fields import Own
from casework.web.forms import BaseForm, Choice, Day, LongText, Number, Text, Tick


class WordsForm(BaseForm):
    """How a code is called."""

    label_en = Text(n_("Words in English"), needed=n_("Enter the words in English."), limit=200)
    label_km = Text(n_("Words in Khmer"), limit=200, hint=n_("Without them Khmer pages show the English words."))
    note = LongText(n_("Note for who looks after the lists"), rows=2, limit=500)


class HolidayForm(BaseForm):
    """A day on which a country's offices rest."""

    country = Choice(n_("Country"), needed=n_("Choose a country."), look="select")
    day = Day(n_("Day"), needed=n_("Enter the day."))
    label = Text(n_("Name"), needed=n_("Enter the name of the holiday."), limit=120)
    moves = Tick(
        n_("Falls on another day each year"),
        hint=n_("Tick it for days that follow the moon: they are typed in each year and never copied."),
    )


def form_for(
    info: ListInfo, *, new: bool, groups: list[tuple[str, str]] | None = None, kept: bool = False
) -> type[BaseForm]:
    """The form of one list: its words, its attributes, and for a new code the code and its group. A code that is
    `kept` is not taken out of use."""
    fields: dict[str, Own] = {}
    if new:
        fields["code"] = Text(
            n_("Code"), needed=n_("Enter a code."), limit=60,
            hint=n_("Letters, digits and _ only, such as market_stall. Records keep it; it stays."),
        )  # fmt: skip
        if groups:
            fields["group"] = Choice(n_("Stands under"), choices=groups, look="select")
    for attribute in info.attributes:
        if new or not attribute.only_new:
            fields[attribute.name] = _field(attribute)
    if not new and info.kind != "fixed" and not kept:
        fields["active"] = Tick(
            n_("Offered on forms"),
            hint=n_("Without the tick nobody can choose it any more. Records that hold it keep it."),
        )
    return type("CodeForm", (WordsForm,), dict(fields))


def _field(attribute: Attribute) -> Own:
    needed = n_("Fill this in.") if attribute.needed else None
    if attribute.number:
        return Number(
            attribute.label, needed=needed, hint=attribute.hint, lowest=attribute.lowest, highest=attribute.highest
        )
    if attribute.values:
        return Choice(attribute.label, needed=needed, hint=attribute.hint, choices=attribute.values)
    return Text(attribute.label, needed=needed, hint=attribute.hint)
