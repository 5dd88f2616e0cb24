"""Tables out of counted combinations: exact ones, and those for observers with small numbers withheld. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from casework.cases.models.statistics import AGE_GROUPS, FORMS
from casework.cases.suppression import Line, rounded, suppress
from casework.people.kinds import SEXES

UNKNOWN = "unknown"
SEVERAL = "several"
Key = tuple[str, ...]
TOTAL: Key = ("cases",)
NAMES = ("by_period", "by_sex", "by_age_group", "by_form", "by_origin_region", "by_exploitation_region", "by_kind")


class Combination(NamedTuple):
    """How many cases share all these codes."""

    first_year: int | None
    last_year: int | None
    sex: str
    age_group: str
    origin_region: str
    exploitation_region: str
    historical: bool
    labour: bool
    sexual: bool
    other: bool
    cases: int

    @property
    def period(self) -> str:
        """'2019', '2014-2018' or 'unknown', as the source said it."""
        if self.first_year is None or self.last_year is None:
            return UNKNOWN
        first, last = f"{int(self.first_year):04}", f"{int(self.last_year):04}"
        return first if first == last else f"{first}-{last}"

    @property
    def forms(self) -> list[str]:
        """Forms of exploitation, in the order of FORMS; ['unknown'] when none was noted."""
        return [form for form, noted in zip(FORMS, self[7:10], strict=True) if noted] or [UNKNOWN]

    def codes(self) -> dict[str, str]:
        """Table -> the row in which the cases stand, for all tables but that of forms."""
        return {
            "by_period": self.period,
            "by_sex": self.sex,
            "by_age_group": self.age_group,
            "by_origin_region": self.origin_region or UNKNOWN,
            "by_exploitation_region": self.exploitation_region or UNKNOWN,
            "by_kind": "historical" if self.historical else "running",
        }


@dataclass(slots=True)
class Tables:
    """Counts by table and row, and the cross table (form, sex, age group). None = withheld."""

    exact: bool
    cases: int | None = 0
    tables: dict[str, dict[str, int | None]] = field(default_factory=dict)
    cross: dict[tuple[str, str, str], int | None] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        """The tables as JSON has them: names of tables and codes, null for what is withheld."""
        crossed: dict[str, dict[str, dict[str, int | None]]] = {}
        for (form, sex, age), count in self.cross.items():
            crossed.setdefault(form, {}).setdefault(sex, {})[age] = count
        return {"cases": self.cases, **self.tables, "by_form_sex_age_group": crossed, "exact": self.exact}

    def lines(self) -> Iterable[tuple[str, str, str, str, int | None]]:
        """(table, value, sex, age group, cases), as a flat file has them."""
        yield "cases", "", "", "", self.cases
        for table, rows in self.tables.items():
            yield from ((table, value, "", "", count) for value, count in rows.items())
        yield from (("by_form_sex_age_group", *key, count) for key, count in self.cross.items())


def exact(combinations: Iterable[Combination]) -> Tables:
    """Every case counted. One with several forms stands in each of their rows, so these add up to more."""
    return _tables(_added(combinations, several=False), exact_numbers=True)


def withheld(combinations: Iterable[Combination]) -> Tables:
    """Counts below eleven withheld, with those from which they follow; the total rounded. One row of forms a case.

    All tables are handed to the suppression together, the cross table with its sums.
    """
    values = _added(combinations, several=True)
    lines = [Line(TOTAL, [key for key in values if key[0] == name]) for name in NAMES]
    crossed = [key for key in values if key[0] == "cross"]
    lines.append(Line(TOTAL, crossed))
    for place, name in ((1, "by_form"), (2, "by_sex"), (3, "by_age_group")):
        margins = [key for key in values if key[0] == name]
        lines += [Line(margin, [key for key in crossed if key[place] == margin[1]]) for margin in margins]
    shown = suppress(values, lines)
    shown[TOTAL] = rounded(shown[TOTAL])
    return _tables(shown, exact_numbers=False)


def _added(combinations: Iterable[Combination], *, several: bool) -> dict[Key, int]:
    values: dict[Key, int] = {TOTAL: 0}
    for key in _expected(several):
        values[key] = 0
    for one in combinations:
        forms = [SEVERAL] if several and len(one.forms) > 1 else one.forms
        codes = one.codes()
        keys: list[Key] = [TOTAL, *codes.items(), *(("by_form", form) for form in forms)]
        keys += [("cross", form, codes["by_sex"], codes["by_age_group"]) for form in forms]
        for key in keys:
            values[key] = values.get(key, 0) + one.cases
    return values


def _expected(several: bool) -> Iterable[Key]:
    """Rows that stand in the tables even when nobody is counted in them."""
    yield from (("by_sex", sex) for sex in SEXES)
    yield from (("by_age_group", age) for age in AGE_GROUPS)
    yield from (("by_form", form) for form in (*FORMS, *([SEVERAL] if several else []), UNKNOWN))
    yield from ((name, UNKNOWN) for name in ("by_period", "by_origin_region", "by_exploitation_region"))
    yield from (("by_kind", kind) for kind in ("running", "historical"))


def _tables(values: Mapping[Key, int | None], *, exact_numbers: bool) -> Tables:
    made = Tables(exact_numbers, values[TOTAL], {name: {} for name in NAMES})
    for key in sorted(values, key=_order):
        if len(key) == 2:
            made.tables[key[0]][key[1]] = values[key]
        elif len(key) == 4:
            made.cross[(key[1], key[2], key[3])] = values[key]
    return made


def _order(key: Key) -> tuple[object, ...]:
    """Known codes in the order of their lists, others by name, 'unknown' last."""
    ranks = {code: place for place, code in enumerate((*SEXES, *AGE_GROUPS, *FORMS, SEVERAL, "running", "historical"))}
    return tuple((part == UNKNOWN, ranks.get(part, -1), part) for part in key[1:])
