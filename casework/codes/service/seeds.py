"""Fills the lists from the project's data files; rows that are there already stay as the office edited them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import insert, select

from casework.codes.models import CodeEntry, District, Holiday, Province
from casework.codes.service.revision import touch
from casework.db import db, today, uuid7
from casework.errors import n_

DATA = Path(__file__).parents[1] / "data"
FIRST_HOLIDAYS = 2020
YEARS_AHEAD = 3
_COMMON = ("code", "label_en", "label_km", "group", "source", "note")

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
    """Insert what is missing: codes, gazetteer, fixed holidays. Returns the number of rows; may run on every start."""
    added = _seed_codes() + _give_khmer() + _seed_places() + _seed_holidays()
    if added:
        touch()
    return added


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _seed_codes() -> int:
    present = {tuple(row) for row in db.session.execute(select(CodeEntry.list, CodeEntry.code))}
    rows: list[dict[str, object]] = []
    for path in sorted(DATA.glob("*.csv")):
        if path.stem.startswith("cambodia_"):
            continue
        for position, row in enumerate(_read(path)):
            if (path.stem, row["code"]) not in present:
                rows.append(_entry(path.stem, position, row))
    if rows:
        db.session.execute(insert(CodeEntry), rows)
    return len(rows)


def _give_khmer() -> int:
    """Fill Khmer labels that are still empty: of lists that came without, where no office wrote any since."""
    empty: dict[str, dict[str, CodeEntry]] = {}
    for entry in db.session.scalars(select(CodeEntry).where(CodeEntry.label_km == "")):
        empty.setdefault(entry.list, {})[entry.code] = entry
    filled = 0
    for path in sorted(DATA.glob("*.csv")):
        for row in _read(path) if path.stem in empty else ():
            if row["label_km"] and row["code"] in empty[path.stem]:
                empty[path.stem][row["code"]].label_km = row["label_km"]
                filled += 1
    return filled


def _entry(list_name: str, position: int, row: dict[str, str]) -> dict[str, object]:
    extra = {column: value for column, value in row.items() if column not in _COMMON}
    values: dict[str, object] = {column: row[column] for column in _COMMON}
    return values | {
        "id": uuid7(),
        "version": 1,
        "list": list_name,
        "position": position,
        "active": True,
        "extra": json.dumps(extra, ensure_ascii=False, sort_keys=True),
    }


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
