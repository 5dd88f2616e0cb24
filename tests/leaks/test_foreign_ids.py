"""Ids of another office's records, put into every field that holds an id: refused, and nothing is written."""

from __future__ import annotations

import re
from random import Random
from typing import Any
from uuid import UUID

from flask import Flask

from casework.db import db
from tests.client import READING_TABLES
from tests.leaks.planting import Planter

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
KNOWN_TO_ALL = re.compile(r".*org(_id)?$|recipient|office|to$|receiver|provider")
"""Fields for an office: the list of offices is known to everybody who works here."""
SOME = 6


def fields_with_ids(page: Any) -> dict[str, str]:
    """Name -> a value with an id in it, of every field that offers one; fields for offices apart."""
    found: dict[str, str] = {}
    for box in page.query("main form[method=post] input, main form[method=post] option"):
        value = box.attrs.get("value") or ""
        parent = box if box.name == "input" else _select(box)
        name = (parent.attrs.get("name") or "") if parent else ""
        if ID.search(value) and name not in ("", "csrf_token", "draft") and not KNOWN_TO_ALL.match(name):
            found.setdefault(name, value)
    return found


def _select(option: Any) -> Any:
    box = option
    while box is not None and box.name != "select":
        box = box.parent
    return box


def foreign_ids(planter: Planter, field: str, value: str) -> list[UUID]:
    """What the stranger's house has in the place of the thing that a field offers, and some of its other things."""
    own = {str(one): name for name, one in planter.houses.owner.things.items()}
    theirs = {
        name: one
        for name, one in planter.houses.stranger.things.items()
        if isinstance(one, UUID) and name not in ("draft_id", "office_id")
    }
    found = own.get(ID.search(value)[0])  # type: ignore[index]
    # What is no thing of the house is a paper by its name, or a colleague.
    alike = found if found in theirs else next((name for name in theirs if field.endswith(name)), "user_id")
    return [theirs.pop(alike), *Random(field).sample([*theirs.values()], SOME)]


def test_foreign_ids_in_any_field_are_refused_and_write_nothing(app: Flask) -> None:
    planter = Planter(app)
    log, tried, proven, wrong = app.extensions["casework_writelog"], set[str](), set[str](), []
    for rule in planter.rules("case"):
        if "draft_id" not in rule.arguments:
            continue
        path = planter.address(rule)
        if planter.desk.raw.get(path, base_url="https://localhost").status_code != 200:
            continue
        opened = planter.desk.get(path)
        for name, value in fields_with_ids(opened).items():
            for foreign in foreign_ids(planter, name, value):
                mark = log.mark()
                page = planter.send_filled(opened, path, **{name: ID.sub(str(foreign), value)})
                written = {table for table in log.committed(mark) if not READING_TABLES.match(table)}
                tried.add(f"{rule.endpoint}.{name}")
                if page.status not in (400, 403, 404, 409, 422) or written - {"draft", "draft_sealed"}:
                    wrong.append(f"{rule.endpoint}.{name} took a foreign id: {page.status} {sorted(written)}")
                    break
            # The same form with an id of the own office goes through: it was the foreign one that was refused.
            if planter.fill(planter.address(rule), **{name: value}).status == 303:
                proven.add(f"{rule.endpoint}.{name}")
    assert not wrong, "\n".join(wrong)
    assert len(tried) >= 5, tried
    assert len(proven) >= 5, f"of {tried} only {proven} take any id"
    db.session.rollback()
