"""How much was given, as people say it: '10 kilograms', '1 meal', '2.5 hours'."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import ngettext

from casework.assistance.views.blueprint import bp
from casework.assistance.workflow import shown
from casework.codes.queries import find
from casework.web.filters import label, number
from casework.web.words import language

Said = Callable[[int, str], str]
UNITS: dict[tuple[str, str], Said] = {
    ("person_day", "Person-day"): lambda n, what: ngettext("%(what)s person-day", "%(what)s person-days", n, what=what),
    ("night", "Night"): lambda n, what: ngettext("%(what)s night", "%(what)s nights", n, what=what),
    ("meal", "Meal"): lambda n, what: ngettext("%(what)s meal", "%(what)s meals", n, what=what),
    ("kg", "Kilogram"): lambda n, what: ngettext("%(what)s kilogram", "%(what)s kilograms", n, what=what),
    ("litre", "Litre"): lambda n, what: ngettext("%(what)s litre", "%(what)s litres", n, what=what),
    ("kit", "Kit"): lambda n, what: ngettext("%(what)s kit", "%(what)s kits", n, what=what),
    ("item", "Item"): lambda n, what: ngettext("%(what)s item", "%(what)s items", n, what=what),
    ("trip", "Trip"): lambda n, what: ngettext("%(what)s trip", "%(what)s trips", n, what=what),
    ("session", "Session"): lambda n, what: ngettext("%(what)s session", "%(what)s sessions", n, what=what),
    ("hour", "Hour"): lambda n, what: ngettext("%(what)s hour", "%(what)s hours", n, what=what),
    ("month", "Month"): lambda n, what: ngettext("%(what)s month", "%(what)s months", n, what=what),
    ("visit", "Visit"): lambda n, what: ngettext("%(what)s visit", "%(what)s visits", n, what=what),
    ("dose", "Dose"): lambda n, what: ngettext("%(what)s dose", "%(what)s doses", n, what=what),
    ("document", "Document"): lambda n, what: ngettext("%(what)s document", "%(what)s documents", n, what=what),
    ("USD", "US dollar"): lambda n, what: ngettext("%(what)s US dollar", "%(what)s US dollars", n, what=what),
    ("KHR", "Cambodian riel"): lambda n, what: ngettext("%(what)s riel", "%(what)s riels", n, what=what),
    ("THB", "Thai baht"): lambda n, what: ngettext("%(what)s Thai baht", "%(what)s Thai baht", n, what=what),
    ("VND", "Vietnamese dong"): lambda n, what: ngettext(
        "%(what)s Vietnamese dong", "%(what)s Vietnamese dong", n, what=what
    ),
}
"""Units of our own list, by code and English label: an office that words one anew is taken at its word."""


@bp.app_template_filter("amount")
def amount(quantity: int | str, unit: str) -> str:
    """A quantity, in smallest parts or as `shown` gave it, with its unit: 1000, kg → '10 kilograms'."""
    measure = find("assistance_unit", unit)
    what = quantity if isinstance(quantity, str) else shown(quantity, measure)
    said = UNITS.get((unit, measure.label)) if measure else None
    if said is None or (measure and language() == "km" and measure.label_km):
        return f"{number(what)} {label(unit, 'assistance_unit')}"
    return said(1 if what == "1" else 2, number(what))
