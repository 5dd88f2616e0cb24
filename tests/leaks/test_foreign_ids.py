"""Ids of another office's records, put into every field that holds an id: refused, and nothing is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from casework.access.queries import members
from casework.cases.service import tasks
from casework.db import db
from casework.web.choices import Choice
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


def foreign_ids(planter: Planter, name: str, value: str) -> list[UUID]:
    """What the stranger's house has in the place of the thing that a field offers, and some of its other things."""
    own = {str(one): thing for thing, one in planter.houses.owner.things.items()}
    theirs = {
        thing: one
        for thing, one in planter.houses.stranger.things.items()
        if isinstance(one, UUID) and thing not in ("draft_id", "office_id")
    }
    found = own.get(ID.search(value)[0])  # type: ignore[index]
    # What is no thing of the house is a paper by its name, or a colleague.
    alike = found if found in theirs else next((thing for thing in theirs if name.endswith(thing)), "user_id")
    return [theirs.pop(alike), *Random(name).sample([*theirs.values()], SOME)]


@dataclass
class Found:
    """What the check saw: fields tried, fields that took an id of the own office, and complaints."""

    tried: set[str] = field(default_factory=set)
    proven: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def try_foreign_ids(planter: Planter, *only: str) -> Found:
    """Every field with an id of every form of a case (or of some), sent with ids of the stranger's house."""
    log, found = planter.app.extensions["casework_writelog"], Found()
    for rule in planter.rules("case"):
        if "draft_id" not in rule.arguments or (only and rule.endpoint not in only):
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
                found.tried.add(f"{rule.endpoint}.{name}")
                if page.status not in (400, 403, 404, 409, 422) or written - {"draft", "draft_sealed"}:
                    found.wrong.append(f"{rule.endpoint}.{name} took a foreign id: {page.status} {sorted(written)}")
                    break
            # The same form with an id of the own office goes through: it was the foreign one that was refused.
            if planter.fill(planter.address(rule), **{name: value}).status == 303:
                found.proven.add(f"{rule.endpoint}.{name}")
    return found


def test_foreign_ids_in_any_field_are_refused_and_write_nothing(app: Flask) -> None:
    found = try_foreign_ids(Planter(app))
    assert not found.wrong, "\n".join(found.wrong)
    assert len(found.tried) >= 5, found.tried
    assert len(found.proven) >= 5, f"of {found.tried} only {found.proven} take any id"
    db.session.rollback()


@pytest.mark.one_engine
def test_a_form_that_takes_any_colleague_is_found(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault planted: neither the form of a task nor its service asks whether the one chosen is of the office."""
    monkeypatch.setattr(Choice, "pre_validate", lambda self, form: None)
    assert not try_foreign_ids(Planter(app), "cases.plan_task").wrong, "the service itself refuses"
    db.session.rollback()
    monkeypatch.setattr(tasks, "holders", lambda office_id, permission: members())
    found = try_foreign_ids(Planter(app), "cases.plan_task")
    assert found.tried == {"cases.plan_task.assignee_id"}
    assert [line.partition(":")[0] for line in found.wrong] == ["cases.plan_task.assignee_id took a foreign id"]
    db.session.rollback()
