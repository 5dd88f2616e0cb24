"""Plays the whole script in the order of its moments, in one transaction: the demo is there whole, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from casework.access.service import passwords
from casework.access.service.demo import PASSWORD
from casework.db import PHNOM_PENH, at, db, today, utcnow
from casework.demo import desks, offices
from casework.demo.acts import VERBS
from casework.demo.script import Step, parts, steps
from casework.demo.stage import Scene, Stage
from casework.errors import DomainError
from casework.writes.orchestrator import transaction

BEFORE = timedelta(days=400)
"""The offices were set up so long ago; before the first case."""
MOVES_ACCESS = frozenset({"accept", "assign", "bring_in", "exclude", "take_back", "vital", "withdraw"})
"""Verbs after which somebody sees a case who did not, or does not any more."""
ROOM = 500
"""Acts after which the session lets go of what it loaded, so that each act costs the same."""


class Stumbled(Exception):
    """A step of the script was refused: the script does not fit the services any more."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did; nothing when the demo was there already."""

    offices: int = 0
    users: int = 0
    cases: int = 0
    acts: int = 0


def load() -> Loaded:
    """Load the demo, dated back from today. A second time it changes nothing.

    Raises Stumbled, leaving the database as it was, when a service refuses a step.
    """
    if offices.present():
        db.session.rollback()
        return Loaded()
    # Slow on purpose, so not while the database is locked; one for all, since all have the same known password.
    password_hash = passwords.make(PASSWORD)
    with transaction():
        _set_up(password_hash)
        stage = Stage(today())
        acts = _play(stage)
        offices.say_rooms()
        offices.name_deputies(today() + timedelta(days=60))
        desks.clear()
    return Loaded(len(offices.offices()), len(offices.users()), len(stage.scenes), acts)


def _set_up(password_hash: str) -> None:
    with at(_morning(today() - BEFORE)):
        offices.make_offices()
        offices.make_users(password_hash)
        offices.make_funds()
        offices.make_houses()


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), PHNOM_PENH)


def _play(stage: Stage) -> int:
    """Every step that lies before now, of all stories together, the earliest first."""
    told: list[tuple[Scene, Step]] = []
    for part in parts():
        scene = stage.scenes[part.key] = Scene(stage, part)
        told += [(scene, step) for step in steps(part, stage.today)]
    now = utcnow()
    told = sorted(((scene, step) for scene, step in told if step.moment <= now), key=lambda one: one[1].moment)
    for count, (scene, step) in enumerate(told, 1):
        _act(scene, step)
        if count % ROOM == 0:
            db.session.expunge_all()
    return len(told)


def _act(scene: Scene, step: Step) -> None:
    with at(step.moment):
        try:
            VERBS[step.verb](scene, scene.stage.actor(step), step)
            db.session.flush()
            if step.verb in MOVES_ACCESS:
                scene.access_moved()
        except (DomainError, KeyError, AssertionError, LookupError, StopIteration) as error:
            told = error.message if isinstance(error, DomainError) else f"{type(error).__name__} {error}"
            raise Stumbled(f"{scene.part.key}, day {step.moment:%Y-%m-%d}, {step.user}: {step.verb}: {told}") from error
