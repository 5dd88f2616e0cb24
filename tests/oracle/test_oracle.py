"""Who gets what, after each of 2,000 random steps on each engine; and faults planted for the same machine to find."""

from __future__ import annotations

from contextlib import suppress
from itertools import cycle
from random import Random
from typing import Any

import pytest
from sqlalchemy import ColumnElement, true

from casework.access.queries.policies import policies
from casework.cases.queries import predicate, visible
from casework.cases.queries.predicate import MaySee
from casework.db import at, db
from casework.errors import DomainError
from casework.overview.queries import board
from casework.sharing.service import stopping
from tests.oracle import plain
from tests.oracle.eyes import Eyes
from tests.oracle.law import CLASSES, ROLES
from tests.oracle.machine import BEGINNING, STEPS, run
from tests.oracle.moves import MOVES
from tests.oracle.plain import MADE, needs
from tests.oracle.world import RECORDS, World

NEEDED = 2_000
WORLDS = NEEDED // STEPS + 2


@pytest.fixture(autouse=True)
def database(session: Any) -> None:
    """Every test here stands on the database."""


@pytest.mark.apart
def test_everybody_gets_exactly_what_the_law_says() -> None:
    steps = run(WORLDS)
    while sum(steps.values()) < NEEDED:  # hypothesis ends a world early now and then
        steps += run(5)
    done = {name for name in steps if not name.startswith("refused")}
    assert done >= {
        "agree",
        "withdraw",
        "send",
        "accept",
        "hand_over",
        "exclude",
        "time_passes",
        "sweep",
        "stage",
        "record",
    }
    refused = sum(count for name, count in steps.items() if name.startswith("refused"))
    assert refused < NEEDED // 2, "most steps must change something"


def test_the_law_knows_every_role_as_it_is_delivered() -> None:
    delivered = {code: role.classes for code, role in policies().items()}
    assert {code: role.classes for code, role in ROLES.items()} == delivered


def test_every_kind_of_record_is_written_by_some_move() -> None:
    assert RECORDS.keys() == MADE | needs().keys(), "say in tests/oracle/plain.py what a row of a new kind needs"
    assert not MADE & needs().keys()


def test_the_records_of_every_kind_are_for_whom_the_law_says() -> None:
    """One world in which a case holds every kind, each of another class than the last; everybody looks at all."""
    rng = Random(7)
    world = World(rng)
    for name in (*BEGINNING, "document", "note"):
        with at(world.now), suppress(DomainError), db.session.begin_nested():
            MOVES[name](world, rng)
    case_id, ours = next(iter(world.law.cases.items()))
    by = next(actor for actor in world.actors.values() if actor.organisation_id == ours.owner)
    classes = cycle(sorted(CLASSES))
    wrote = {kind for kind in needs() if plain.write(kind, world.case(case_id), by, next(classes))}
    assert wrote >= needs().keys() - {"return_path", "return_step", "follow_up"}, needs().keys() - wrote
    with at(world.now):
        eyes = Eyes(world, rng)
        for user_id, actor in world.actors.items():
            for kind in RECORDS:
                eyes._records(actor, world.law.users[user_id], kind)


class _NobodyIsKeptOut(MaySee):
    """The predicate without the exclusions; its words are kept apart from those of the true one."""

    _traverse_internals = MaySee._traverse_internals

    def words(self) -> ColumnElement[bool]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(predicate, "not_", lambda clause: true())
            return super().words()


def _run_until_it_complains() -> None:
    for _ in range(4):  # chance may spare a fault in one run, hardly in four
        run(WORLDS)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("module", "name", "fault", "complaint"),
    [
        (board, "may_see", lambda *asked: true(), "count of the board"),
        (visible, "MaySee", _NobodyIsKeptOut, "LEAK"),
        (stopping, "refresh_access", lambda case: None, "LEAK|the law says"),
    ],
    ids=["a count without the predicate", "no exclusions", "access not refreshed when a grant ends"],
)
def test_the_machine_finds_a_planted_fault(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, fault: Any, complaint: str
) -> None:
    monkeypatch.setattr(module, name, fault)
    with pytest.raises(AssertionError, match=complaint):
        _run_until_it_complains()
