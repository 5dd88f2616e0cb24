"""`casework codes`: holidays and own codes typed in by who looks after the system, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from casework.access.permissions import Actor
from casework.audit.models import AuditEvent
from casework.cli import codes as commands
from casework.cli import main
from casework.codes import queries, service, workingdays
from casework.db import db
from tests import factories

Run = Callable[..., int]


@pytest.fixture
def admin(app: Flask) -> Actor:
    queries.forget()
    service.seed()
    return factories.actor("system_admin")


@pytest.fixture
def run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `casework codes ...` inside the test's program; gives the exit code."""
    monkeypatch.setattr(commands, "program", lambda: nullcontext(app))

    def go(by: Actor, *words: str) -> int:
        db.session.commit()
        return main(["codes", *words, "--as", by.username])

    return go


def recorded() -> list[str]:
    """The acts on lists and holidays that were recorded, in their order."""
    acts = select(AuditEvent.action).where(AuditEvent.subject_kind.in_(["holiday", "code"]))
    return list(db.session.scalars(acts.order_by(AuditEvent.at, AuditEvent.id)))


def test_a_holiday_that_moves_is_typed_in_and_taken_off(admin: Actor, run: Run) -> None:
    day = date(2027, 4, 14)
    assert workingdays.is_working(day)
    assert run(admin, "add-holiday", "2027-04-14", "Khmer New Year") == 0
    assert not workingdays.is_working(day)
    assert run(admin, "remove-holiday", "2027-04-14") == 0
    assert workingdays.is_working(day)
    assert run(admin, "remove-holiday", "2027-04-14") == 2
    assert recorded() == ["holiday.added", "holiday.taken_off"]


def test_an_own_code_is_added_renamed_and_withdrawn(admin: Actor, run: Run) -> None:
    assert run(admin, "add", "donor", "INVENTED", "Invented fund") == 0
    assert queries.choices("donor")[-1].code == "INVENTED"
    assert run(admin, "change", "donor", "INVENTED", "--label", "Fund of the test", "--label-km", "មូលនិធិ") == 0
    assert queries.label("donor", "INVENTED", "km") == "មូលនិធិ"
    assert run(admin, "change", "donor", "INVENTED", "--withdraw") == 0
    assert "INVENTED" not in {choice.code for choice in queries.choices("donor")}
    assert queries.label("donor", "INVENTED") == "Fund of the test"


@pytest.mark.parametrize(
    "words",
    [
        ("add-holiday", "14 April", "New Year"),
        ("add-holiday", "2027-04-14", "New Year", "--country", "NOWHERE"),
        ("add", "no_such_list", "A", "A"),
        ("add", "donor", "no good", "Spaces"),
        ("change", "donor", "NOBODY", "--withdraw"),
        ("change", "gender", "Feminine"),
        ("change", "gender", "Feminine", "--label", " "),
    ],
)
def test_wrong_use_is_told_and_changes_nothing(admin: Actor, run: Run, words: tuple[str, ...]) -> None:
    assert run(admin, *words) == 2
    assert recorded() == []


def test_nobody_else_edits_lists(admin: Actor, run: Run) -> None:
    worker = factories.actor("supervisor")
    assert run(worker, "add-holiday", "2027-04-14", "New Year") == 2
    assert workingdays.is_working(date(2027, 4, 14))
