"""A database of many cases, opened through the services, kept under bench/out for the next run. All names invented.

What is measured is a copy: a run saves cases of its own, and the next one would find a longer board.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask

from casework import create_app
from casework.access.models import Team
from casework.access.permissions import Actor, Permission
from casework.access.queries import actor_for
from casework.assistance.service import record_help
from casework.cases.models import Case
from casework.cases.service import add_note, add_task
from casework.cases.service.bulk import NewCase, open_many
from casework.codes.dates import PartialDate, Precision
from casework.db import at, db, end_of_day, today, utcnow, uuid7
from casework.people.names import Names
from casework.people.service import PersonData
from casework.referrals.service import Wanted
from casework.sharing import service as sharing
from casework.startup import fill, upgrade
from casework.vault import keys
from casework.writes.orchestrator import transaction
from config import Config
from tests import factories

OUT = Path(__file__).parent / "out"
BATCH = 500
OFFICE = 20_000
"""Cases of the office that is measured; the rest are spread over offices of a fifth of it."""
WORKERS = 50
RUNNING = 7
"""One case in so many is open: a worker of the big office carries about sixty; the others are over."""
ACTIVE = 3
"""One open case in so many has a life: tasks, help, notes."""
REFERRED = 10
"""One open case in so many was referred."""
FAMILIES = ("Sampleson", "Testeng", "Mockara", "Fictham", "Demosok", "Exampheap", "Pretendy", "Specimenh")
GIVEN = ("Dara", "Sokha", "Bopha", "Rith", "Chanla", "Vanny", "Sreyneang", "Mealea", "Phirun", "Kosal")
STATIONS: Sequence[dict[str, str]] = (
    {"identification": "open"},
    {"identification": "done", "return": "open"},
    {"identification": "done", "arrival": "open"},
    {"identification": "done", "reintegration": "open"},
)


@dataclass(frozen=True, slots=True)
class Built:
    """What the measuring needs to know about the database."""

    cases: int
    worker: str
    supervisor: str
    coordinator: str
    case_id: str
    word: str


def config(folder: Path) -> Config:
    """The program on the database in `folder`."""
    return Config(
        mode="demo", data=folder, database_url=f"sqlite:///{folder / 'casework.sqlite'}", keys=folder / "keys"
    )


def built(number: int, *, seed: int = 1) -> tuple[Flask, Built]:
    """The program on a fresh copy of its database of `number` cases, which is made now if it isn't there or is of
    another version."""
    folder, copy = OUT / f"cases-{number}", OUT / "measured"
    mark = folder / "built.json"
    if not mark.exists() or json.loads(mark.read_text())["version"] != _version():
        _build(folder, number, seed)
    found = json.loads(mark.read_text())
    del found["version"]
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm"))  # empty since the build ended
    return create_app(config(copy)), Built(**found)


def _build(folder: Path, number: int, seed: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "keys").mkdir(mode=0o700, parents=True)
    keys.create(folder / "keys", demo=True)
    app = create_app(config(folder))
    upgrade(app)
    fill(app)
    with app.app_context():
        made = _fill(number, random.Random(seed))
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    told = {name: getattr(made, name) for name in Built.__slots__} | {"version": _version()}
    (folder / "built.json").write_text(json.dumps(told))


def _version() -> str:
    """Changes with the migrations and this file."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted((Path(__file__).parent.parent / "migrations" / "versions").glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _fill(number: int, dice: random.Random) -> Built:
    big, others = min(OFFICE, number), max(0, number - OFFICE)
    with transaction():
        office = factories.office(type="NGO")
        teams = [Team(id=uuid7(), organisation_id=office.id, name=f"Team {n}") for n in range(5)]
        db.session.add_all(teams)
        db.session.flush()
        workers = [factories.user("case_worker", at_office=office, team=teams[n % 5]).username for n in range(WORKERS)]
        supervisor = factories.user("supervisor", at_office=office, team=teams[0], factor=True).username
        coordinator = factories.user("coordinator", at_office=office, factor=True).username
    actors = [actor_for(name) for name in workers]
    mine = _open(actors, big, dice)
    size = max(1, OFFICE // 5)
    for start in range(0, others, size):
        with transaction():
            names = [factories.user("case_worker").username]
        _open([actor_for(name) for name in names], min(size, others - start), dice)
    running = mine[::RUNNING]
    _live(running[::ACTIVE], dice)
    _refer(running[::REFERRED], dice)
    rich = _rich(mine[0])
    return Built(number, actors_name(workers, mine[0]), supervisor, coordinator, str(rich), "Quillon7")


def actors_name(workers: Sequence[str], opened: tuple[UUID, Actor]) -> str:
    """The user name of who opened a case."""
    return next(name for name in workers if actor_for(name).user_id == opened[1].user_id)


def _open(actors: Sequence[Actor], number: int, dice: random.Random) -> list[tuple[UUID, Actor]]:
    made: list[tuple[UUID, Actor]] = []
    started = time.monotonic()
    share = -(-number // len(actors))
    for actor in actors:
        by = replace(actor, permissions=actor.permissions | {Permission.IMPORT_RUN})
        for start in range(0, min(share, number - len(made)), BATCH):
            size = min(BATCH, share - start, number - len(made))
            rows = [_row(dice, len(made) + n) for n in range(size)]
            with transaction(), at(utcnow() - timedelta(minutes=dice.randrange(500_000))):
                made += [(case_id, actor) for case_id in open_many(rows, by=by, import_id=uuid7(), published=True)]
    rate = number / max(0.001, time.monotonic() - started)
    print(f"  {number} cases opened, {rate:.0f} a second", file=sys.stderr, flush=True)
    return made


def _row(dice: random.Random, number: int) -> NewCase:
    born = date(dice.randrange(1970, 2005), 1, 1)
    data = PersonData(
        names=Names(latin_family=dice.choice(FAMILIES), latin_given=f"{dice.choice(GIVEN)} Quillon{number % 1000}"),
        sex=dice.choice(("female", "male")),
        birth=PartialDate(born, date(born.year, 12, 31), Precision.YEAR),
        origin_country="KHM",
        origin_province=f"{dice.randrange(1, 26):02}",
        language="khm",
    )
    return NewCase(
        key=f"bench:{uuid7()}",
        person=data,
        opened_on=today() - timedelta(days=dice.randrange(700)),
        manner_of_return=dice.choice(("deported", "own_way", "arranged")),
        historical=number % RUNNING != 0,
        stations=dice.choice(STATIONS),
    )


def _live(cases: Sequence[tuple[UUID, Actor]], dice: random.Random) -> None:
    for start in range(0, len(cases), 50):
        with transaction():
            for case_id, by in cases[start : start + 50]:
                case = db.session.get_one(Case, case_id)
                due = end_of_day(today() + timedelta(days=dice.randrange(-20, 40)))
                add_task(case, by=by, kind="todo", text="Ring the office", due_at=due, assignee_id=by.user_id)
                record_help(case, by=by, service_type="rice", quantity=2, anyway=True)
                add_note(case, by=by, text="Called; all is well, the room is dry.")


def _refer(cases: Sequence[tuple[UUID, Actor]], dice: random.Random) -> None:
    with transaction():
        offices = [factories.office(type="NGO").id for _ in range(6)]
    for start in range(0, len(cases), 20):
        with transaction():
            for case_id, by in cases[start : start + 20]:
                case, to = db.session.get_one(Case, case_id), dice.choice(offices)
                _send(case, by, to)


def _send(case: Case, by: Actor, to: UUID) -> None:
    shared = ("identity", "demographic")
    sharing.record_given(case, by=by, classes=shared, recipient_org_id=to, purpose="referral", form="written")
    wanted = Wanted(
        service_type="shelter_night", priority="urgent", purpose="referral", to_org_id=to, need="A bed for some weeks"
    )
    sharing.send(case, by=by, wanted=wanted, digest=sharing.look(case, by=by, wanted=wanted).digest)


def _rich(first: tuple[UUID, Actor]) -> UUID:
    case_id, by = first
    with transaction():
        case = db.session.get_one(Case, case_id)
        for number in range(12):
            add_note(case, by=by, text=f"Visit {number}: the family is well.")
            record_help(case, by=by, service_type="cooked_meal", quantity=1, anyway=True)
        for number in range(4):
            due = end_of_day(today() + timedelta(days=number))
            add_task(case, by=by, kind="todo", text="Ring the school", due_at=due, assignee_id=by.user_id)
    return case_id
