"""Reads of the code lists, answered from a cache in the process; edits by another worker show within five seconds."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import func, select

from casework.access.queries import Change, changes, told
from casework.codes.models import CodeEntry, CodeHistory, CodeRevision, District, Holiday, Province
from casework.db import db
from casework.errors import InvalidInput, NotVisible, n_

CHECK_EVERY = 5.0
"""Seconds for which a cached list is used without asking whether somebody edited it."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its labels and attributes. `label` is the English message id, or Khmer where that was asked for."""

    list: str
    code: str
    label: str
    label_km: str = ""
    group: str = ""
    source: str = ""
    note: str = ""
    active: bool = True
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def often(self) -> bool:
        """Whether the list says (attribute 'often') that this is among the answers most often given."""
        return self.extra.get("often") == "yes"

    def in_language(self, language: str | None) -> str:
        """The Khmer label when Khmer is asked for and somebody filled it, else the English message id."""
        return self.label_km if language == "km" and self.label_km else self.label

    def attribute(self, name: str, language: str | None) -> str:
        """Words among the attributes: in Khmer (attribute `name`_km) when that is asked for and filled."""
        khmer = self.extra.get(f"{name}_km") if language == "km" else ""
        return khmer or self.extra.get(name, "")


Choice = Code


@dataclass
class _Snapshot:
    """All lists as they stood at one revision, and what was worked out from them since."""

    token: uuid.UUID | None
    lists: dict[str, dict[str, Code]]
    holidays: dict[str, frozenset[date]]
    offered: dict[tuple[str, str | None, str | None], list[Code]] = field(default_factory=dict)


class _Cache:
    """The process's copy; replaced as a whole, so readers in other threads never see half of it."""

    snapshot: _Snapshot | None = None
    checked: float = 0.0


_cache = _Cache()


def forget() -> None:
    """Drop the cache: called after a commit that edited a list, and by tests that change database."""
    _cache.snapshot = None


def choices(list_name: str, group: str | None = None, language: str | None = None) -> list[Choice]:
    """The active codes of a list in their order, of one `group` if given, labelled in `language` where we can."""
    snapshot = _current()
    if list_name not in snapshot.lists:
        snapshot = _current(at_once=True)
    key = (list_name, group, language if language == "km" else None)
    offered = snapshot.offered.get(key)
    if offered is None:
        rows = snapshot.lists.get(list_name, {}).values()
        offered = [
            replace(row, label=row.in_language(language))
            for row in rows
            if row.active and (group is None or row.group == group)
        ]
        snapshot.offered[key] = offered
    return list(offered)


def find(list_name: str, code: str) -> Code | None:
    """The code, active or not, or None. A miss asks the database whether the cache is old."""
    found = _current().lists.get(list_name, {}).get(code)
    return found or _current(at_once=True).lists.get(list_name, {}).get(code)


def get(list_name: str, code: str) -> Code:
    """The code, active or not, with its attributes in `extra`. Raises InvalidInput for one that does not exist."""
    found = find(list_name, code)
    if found is None:
        raise InvalidInput(n_("The list %(list)s has no code %(code)s."), list=list_name, code=code[:60])
    return found


def label(list_name: str, code: str | None, language: str | None = None) -> str:
    """The label to show; a code that no list knows is shown as it is, and none as the empty text."""
    if not code:
        return ""
    found = find(list_name, code)
    return found.in_language(language) if found else code


def provinces(language: str | None = None) -> list[Choice]:
    """The provinces of Cambodia, codes as text with leading zeros."""
    return choices("province", language=language)


def holidays(country: str) -> frozenset[date]:
    """The holidays kept for a country (alpha-3 code); none for a country nobody filled in."""
    return _current().holidays.get(country, frozenset())


def entries(list_name: str) -> Sequence[CodeEntry]:
    """All codes of a list in their order, those out of use too. Raises NotVisible where there is no such list."""
    query = select(CodeEntry).where(CodeEntry.list == list_name).order_by(CodeEntry.position, CodeEntry.code)
    found = db.session.scalars(query).all()
    if not found:
        raise NotVisible
    return found


def entry(list_name: str, code: str) -> CodeEntry:
    """One code as it stands in the database. Raises NotVisible where there is none."""
    found = db.session.scalar(select(CodeEntry).where(CodeEntry.list == list_name, CodeEntry.code == code))
    if found is None:
        raise NotVisible
    return found


def sizes() -> dict[str, tuple[int, int]]:
    """List -> (codes in use, codes out of use)."""
    query = select(CodeEntry.list, CodeEntry.active, func.count()).group_by(CodeEntry.list, CodeEntry.active)
    found: dict[str, dict[bool, int]] = {}
    for name, active, number in db.session.execute(query):
        found.setdefault(name, {})[active] = number
    return {name: (parts.get(True, 0), parts.get(False, 0)) for name, parts in found.items()}


def history_of(row: CodeEntry) -> list[Change]:
    """Who changed a code, newest first."""
    query = select(CodeHistory).where(CodeHistory.code_id == row.id)
    return told(db.session.scalars(query.order_by(CodeHistory.recorded_at.desc(), CodeHistory.id.desc())).all())


def holidays_in(country: str, year: int) -> Sequence[Holiday]:
    """The holidays of a country in a year by day, those taken off too."""
    within = Holiday.day.between(date(year, 1, 1), date(year, 12, 31))
    return db.session.scalars(select(Holiday).where(Holiday.country == country, within).order_by(Holiday.day)).all()


def holiday(holiday_id: uuid.UUID) -> Holiday:
    """One holiday. Raises NotVisible where there is none."""
    found = db.session.get(Holiday, holiday_id)
    if found is None:
        raise NotVisible
    return found


def holiday_countries() -> list[str]:
    """Countries for which somebody keeps holidays."""
    return sorted(db.session.scalars(select(Holiday.country).distinct()))


def holiday_changes(rows: Sequence[Holiday]) -> list[Change]:
    """Who changed these holidays, newest first."""
    return changes("holiday", [row.id for row in rows])


def _current(*, at_once: bool = False) -> _Snapshot:
    """The cached lists, read again when the revision row moved; asks at most every CHECK_EVERY seconds."""
    now = time.monotonic()
    snapshot = _cache.snapshot
    if snapshot is not None and not at_once and now - _cache.checked < CHECK_EVERY:
        return snapshot
    token = db.session.execute(select(CodeRevision.token)).scalar_one_or_none()
    if snapshot is None or snapshot.token != token:
        snapshot = _load(token)
        _cache.snapshot = snapshot
    _cache.checked = now
    return snapshot


def _load(token: uuid.UUID | None) -> _Snapshot:
    lists: dict[str, dict[str, Code]] = {}
    names = ("list", "code", "label_en", "label_km", "group", "source", "note", "active", "extra")
    columns = [CodeEntry.__table__.c[name] for name in names]
    for row in db.session.execute(select(*columns).order_by(CodeEntry.list, CodeEntry.position, CodeEntry.code)):
        values = dict(zip(("list", "code", "label", *names[3:]), row, strict=True))
        lists.setdefault(row[0], {})[row[1]] = Code(**values | {"extra": json.loads(row[-1])})
    _load_places(lists)
    days: dict[str, set[date]] = {}
    for country, day in db.session.execute(select(Holiday.country, Holiday.day).where(Holiday.active)):
        days.setdefault(country, set()).add(day)
    return _Snapshot(token, lists, {country: frozenset(found) for country, found in days.items()})


def _load_places(lists: dict[str, dict[str, Code]]) -> None:
    """Provinces and districts stand among the lists, a district's group being its province."""
    for province in db.session.execute(select(Province.code, Province.name_en, Province.name_km).order_by("code")):
        lists.setdefault("province", {})[province[0]] = Code("province", *province)
    statement = select(District.code, District.name_en, District.name_km, District.province_code).order_by("code")
    for district in db.session.execute(statement):
        lists.setdefault("district", {})[district[0]] = Code("district", *district)
