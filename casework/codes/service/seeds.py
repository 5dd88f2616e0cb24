"""Fills the lists from the data files and keeps what no office may edit as delivered; edits of offices stay."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from casework.codes.catalogue import info
from casework.codes.models import CodeEntry, District, Holiday, Province
from casework.codes.service.revision import touch
from casework.db import db, today, uuid7
from casework.errors import n_

DATA = Path(__file__).parents[1] / "data"
FIRST_HOLIDAYS = 2020
YEARS_AHEAD = 3
_COMMON = ("code", "label_en", "label_km", "group", "source", "note")
_OURS = ("position", "group", "source")
"""Columns of a delivered code that no page edits; so are all attributes its page does not ask for."""

FIXED_HOLIDAYS = {
    (1, 1): n_("International New Year"),
    (1, 7): n_("Victory over Genocide Day"),
    (3, 8): n_("International Women's Day"),
    (5, 1): n_("International Labour Day"),
    (5, 14): n_("King's Birthday"),
    (6, 18): n_("King Mother's Birthday"),
    (9, 24): n_("Constitution Day"),
    (10, 15): n_("Commemoration of the King Father"),
    (10, 29): n_("King's Coronation Day"),
    (11, 9): n_("Independence Day"),
}
"""Cambodian holidays on fixed days; those that move are typed in each year (docs/domain.md 3, to be confirmed)."""


def seed() -> int:
    """Insert what is missing: codes, gazetteer, fixed holidays; bring what no office edits up to this version.

    Returns the number of rows added or brought up to date; may run on every start.
    """
    added = _seed_codes() + _seed_places() + _seed_holidays()
    if added:
        touch()
    return added


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _seed_codes() -> int:
    standing = {(row.list, row.code): row for row in db.session.execute(select(CodeEntry.__table__))}
    rows: list[dict[str, Any]] = []
    changed = 0
    for path in sorted(DATA.glob("*.csv")):
        if path.stem.startswith("cambodia_"):
            continue
        for position, row in enumerate(_read(path)):
            delivered, there = _entry(path.stem, position, row), standing.get((path.stem, row["code"]))
            if there is None:
                rows.append(delivered)
            elif news := _news(there, delivered):
                changed += 1
                db.session.execute(update(CodeEntry).where(CodeEntry.id == there.id).values(news))
    if rows:
        db.session.execute(insert(CodeEntry), rows)
    return len(rows) + changed


def _news(there: Any, delivered: dict[str, Any]) -> dict[str, Any]:
    """Columns of a row of an older version that must say what this one delivers; none for an office's own code.

    A list that came without Khmer gets it, where no office wrote any since.
    The stamp stays: version 1 means that nobody ever edited the row, and only then its note follows too.
    """
    if there.source == "own":
        return {}
    columns = (*_OURS, "note") if there.version == 1 else _OURS
    columns = (*columns, "label_km") if not there.label_km else columns
    news = {name: delivered[name] for name in columns if getattr(there, name) != delivered[name]}
    extra = _attributes(there, json.loads(delivered["extra"]))
    if extra.get("kept") == "yes" and not there.active:
        news["active"] = True
    if extra != json.loads(there.extra):
        news["extra"] = _json(extra)
    return news


def _attributes(there: Any, delivered: dict[str, str]) -> dict[str, str]:
    """The delivered attributes, but those that the page asks for as they stand. Words of the office get no Khmer of
    ours."""
    stands: dict[str, str] = json.loads(there.extra)
    asked = [one.name for one in info(there.list).attributes if not one.only_new]
    foreign = {f"{name}_km": "" for name in asked if stands.get(name) != delivered.get(name)}
    ours = delivered | {name: "" for name in foreign if name in delivered}
    return ours | {name: stands[name] for name in asked if name in stands}


def _entry(list_name: str, position: int, row: dict[str, str]) -> dict[str, Any]:
    extra = {column: value for column, value in row.items() if column not in _COMMON}
    values: dict[str, Any] = {column: row[column] for column in _COMMON}
    return values | {
        "id": uuid7(),
        "version": 1,
        "list": list_name,
        "position": position,
        "active": True,
        "extra": _json(extra),
    }


def _json(extra: dict[str, str]) -> str:
    return json.dumps(extra, ensure_ascii=False, sort_keys=True)


def _seed_places() -> int:
    added = 0
    for model, columns in ((Province, ()), (District, ("province_code",))):
        present = set(db.session.scalars(select(model.__table__.c.code)))
        wanted = ("code", "name_en", "name_km", *columns)
        rows = [
            {column: row[column] for column in wanted}
            for row in _read(DATA / f"cambodia_{model.__tablename__}.csv")
            if row["code"] not in present
        ]
        if rows:
            db.session.execute(insert(model), rows)
        added += len(rows)
    return added


def _seed_holidays() -> int:
    days = {
        date(year, month, day): label
        for year in range(FIRST_HOLIDAYS, today().year + YEARS_AHEAD)
        for (month, day), label in FIXED_HOLIDAYS.items()
    }
    present = set(db.session.scalars(select(Holiday.day).where(Holiday.country == "KHM")))
    rows = [
        {
            "id": uuid7(),
            "country": "KHM",
            "day": day,
            "label": label,
            "source": "default",
            "active": True,
            "moves": False,
        }
        for day, label in days.items()
        if day not in present
    ]
    if rows:
        db.session.execute(insert(Holiday), rows)
    return len(rows)
