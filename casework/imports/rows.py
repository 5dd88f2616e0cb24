"""A row of a file becomes a case to open, or a list of faults that name row, column, value and reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casework.cases.service.bulk import Counted, NewCase
from casework.codes.dates import UNKNOWN, PartialDate, Precision, from_age, parse, whole_number
from casework.codes.service import check
from casework.db import today
from casework.errors import InvalidInput, n_
from casework.imports.mapping import Column, Mapping_
from casework.imports.readers import FORMULA, Line
from casework.people.names import Names
from casework.people.phones import parse as parse_phone
from casework.people.service import PersonData
from casework.people.service.bulk import check_person
from casework.vault.cells import read_back
from casework.vault.text import clean

PERIOD = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4})|(\d{4})")
AGE_GROUPS = ("adult", "child", "unknown")
FORMS = ("labour", "sexual", "other")
TEXT = 200
NOTE = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell: goes to the error file."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that can be opened as a case, with what is recorded besides."""

    case: NewCase
    phone: str = ""
    note: str = ""


@dataclass(slots=True)
class Reading:
    """One row on its way: values by target, and the faults met."""

    line: Line
    values: dict[str, list[str]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, target: str, error: InvalidInput) -> None:
        """Add a fault about a target; the column is the one it came from."""
        column = self.columns.get(target, target)
        value = str(self.line.cells.get(column, ""))[:TEXT]
        self.faults.append(Fault(self.line.number, column, value, error.message % error.values))

    def one(self, target: str) -> str:
        """The single value of a target, '' when there is none."""
        return next((value for value in self.values.get(target, []) if value), "")

    def read(self, target: str, reader: Callable[[str], Any], otherwise: Any) -> Any:
        """The value of a target through `reader`; a fault gives `otherwise`."""
        text = self.one(target)
        if not text:
            return otherwise
        try:
            return reader(text)
        except InvalidInput as error:
            self.fault(target, error)
            return otherwise


def row_of(line: Line, mapping: Mapping_, file_digest: str) -> tuple[Ready | None, list[Fault]]:
    """The case that a row means, or its faults. Touches no table but the code lists."""
    reading = Reading(line)
    for column in mapping.columns:
        _cell(reading, column)
    for target, value in mapping.constants.items():
        if not reading.one(target):
            reading.values[target] = [value]
    key = _key(reading, mapping, file_digest)
    ready = (_historical if mapping.kind == "historical" else _running)(reading, key)
    return (None, reading.faults) if reading.faults else (ready, [])


def _cell(reading: Reading, column: Column) -> None:
    raw = reading.line.cells.get(column.name, "")
    reading.columns.setdefault(column.to, column.name)
    try:
        if raw is FORMULA:
            raise InvalidInput(n_("The cell holds a formula. Save the table with values only."))
        text = clean(read_back(str(raw)), limit=NOTE if column.to == "note" else TEXT).strip()
        if not text and column.required:
            raise InvalidInput(n_("This cell may not be empty."))
        if text and column.values:
            if text not in column.values:
                raise InvalidInput(n_("The mapping has no code for this word."))
            text = column.values[text]
        reading.values.setdefault(column.to, []).append(text or column.empty)
    except InvalidInput as error:
        value = "" if raw is FORMULA else str(raw)[:TEXT]
        reading.faults.append(Fault(reading.line.number, column.name, value, error.message % error.values))


def _key(reading: Reading, mapping: Mapping_, file_digest: str) -> str:
    """The record's own id where the file has one, else the file's digest and the row."""
    if not mapping.key:
        return f"{file_digest}:{reading.line.number}"
    text = str(reading.line.cells.get(mapping.key) or "").strip()
    if not text or reading.line.cells.get(mapping.key) is FORMULA:
        reason = n_("The number of the record is missing.")
        reading.faults.append(Fault(reading.line.number, mapping.key, "", reason))
    return f"{mapping.name}:{text}"


def period(text: str) -> tuple[date, date]:
    """'2019' or '2014-2018' as the first and last day. Raises InvalidInput."""
    match = PERIOD.fullmatch(text)
    if not match:
        raise InvalidInput(n_("Enter a year such as 2019, or a period such as 2014-2018."))
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1950 <= first <= last <= today().year:
        raise InvalidInput(n_("The years are not possible: check their order, and that they are not in the future."))
    return date(first, 1, 1), date(last, 12, 31)


def day(text: str) -> PartialDate:
    """'2026-11-23', '23.11.2026', '23/11/2026' or '2003'. Raises InvalidInput for anything else or impossible."""
    match = DAY.fullmatch(text)
    if not match:
        raise InvalidInput(n_("Enter the date as 2026-11-23 or 23.11.2026, or the year alone."))
    if match[1]:
        return parse(match[3], match[2], match[1])
    return parse(match[4], match[5], match[6]) if match[4] else parse("", "", match[7])


def _in(words: tuple[str, ...]) -> Callable[[str], str]:
    def reader(text: str) -> str:
        if text not in words:
            raise InvalidInput(n_("Only these are known: %(words)s."), words=", ".join(words))
        return text

    return reader


def _code(list_name: str) -> Callable[[str], str]:
    def reader(text: str) -> str:
        check(list_name, text, field="")
        return text

    return reader


def _historical(reading: Reading, key: str) -> Ready:
    opened = reading.read("period", period, None)
    forms = tuple(sorted({form for form in reading.values.get("form", []) if form}))
    for form in forms:
        if form not in FORMS:
            reading.fault("form", InvalidInput(n_("Only these are known: %(words)s."), words=", ".join(FORMS)))
    counted = Counted(
        opened_from=opened[0] if opened else None,
        opened_to=opened[1] if opened else None,
        sex=reading.one("sex") or "unknown",
        age_group=reading.read("age_group", _in(AGE_GROUPS), "unknown"),
        origin_region=reading.one("origin_region") or "unknown",
        exploitation_region=reading.one("exploitation_region") or "unknown",
        forms=forms,
    )
    person = _person(reading, named=False)
    precision = "unknown" if opened is None else "year"
    return Ready(
        NewCase(
            key=key,
            person=person,
            opened_on=opened[0] if opened else today(),
            opened_precision=precision,
            historical=True,
            counted=counted,
        )
    )


def _running(reading: Reading, key: str) -> Ready:
    opened = reading.read("opened_on", day, None)
    if opened is not None and opened.precision != Precision.DAY:
        reading.fault("opened_on", InvalidInput(n_("Enter the whole day, such as 2026-11-23.")))
    if opened is not None and opened.first and opened.first > today():
        reading.fault("opened_on", InvalidInput(n_("This date lies in the future. Check the year.")))
    case = NewCase(
        key=key,
        person=_person(reading, named=True),
        opened_on=(opened.first if opened and opened.first else today()),
        manner_of_return=reading.read("manner_of_return", _code("manner_of_return"), None),
        entry_point=reading.read("entry_point", _code("border_point"), None),
    )
    phone = reading.read("phone", lambda text: parse_phone(text, field="phone"), "")
    return Ready(case, phone=phone, note=reading.one("note"))


def _person(reading: Reading, *, named: bool) -> PersonData:
    names = Names(
        latin_family=reading.one("latin_family"),
        latin_given=reading.one("latin_given"),
        khmer_family=reading.one("khmer_family"),
        khmer_given=reading.one("khmer_given"),
    )
    birth = reading.read("birth", day, UNKNOWN)
    if birth == UNKNOWN:
        birth = reading.read("age", lambda text: from_age(whole_number(text), today()), UNKNOWN)
    data = PersonData(
        names=names,
        sex=reading.one("sex") or "unknown",
        birth=birth,
        language=reading.one("language") or None,
        origin_country=reading.one("origin_country") or None,
        origin_province=reading.one("origin_province") or None,
    )
    try:
        return check_person(data, named=named)
    except InvalidInput as error:
        reading.fault(error.field or "latin_given", error)
        return data
