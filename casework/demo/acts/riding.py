"""Verbs of journeys: journey, seat."""

from __future__ import annotations

from datetime import timedelta

from casework.access.permissions import Actor
from casework.db import db, today, utcnow
from casework.demo.script import Step, table
from casework.demo.stage import Scene
from casework.repatriation import service
from casework.repatriation.models import Movement, ReturnPath
from casework.repatriation.queries import get_path, open_path


def _path(scene: Scene, by: Actor) -> ReturnPath:
    found = open_path(scene.seen_by(by).id)
    assert found is not None  # noqa: S101 - the story began one
    return get_path(by, found.id)


def _seat(scene: Scene, step: Step) -> service.SeatData:
    return service.SeatData(int(step.get("seat")), scene.part.home, tuple(step.listed("needs")))


def journey(scene: Scene, by: Actor, step: Step) -> None:
    """Plan a journey `in` some days, with the seat of this person, the way and an escort; the label names it."""
    said, day = table("words")["journey"], today() + timedelta(days=int(step.get("in")))
    row = service.plan_movement(
        _path(scene, by),
        scene.seen_by(by),
        by=by,
        travel_on=day,
        vehicle=said["vehicle"],
        meeting=said["meeting"],
        note=said["note"],
        seat=_seat(scene, step),
    )
    leaves = utcnow().replace(hour=0, minute=30, second=0, microsecond=0) + timedelta(days=int(step.get("in")))
    arrives = leaves + timedelta(hours=6)
    leg = service.LegData("road", said["from_place"], said["to_place"], "poipet", leaves, arrives)
    service.add_leg(row, leg, by=by)
    service.add_escort(row, by=by, name=said["escort"], sex="female", org_id=by.organisation_id)
    scene.labels[f"journey:{step.label}"] = row.id


def seat(scene: Scene, by: Actor, step: Step) -> None:
    """Take a seat on the journey that was planned with somebody else, `of` their key."""
    row = db.session.get_one(Movement, scene.stage.scenes[step.get("of")].labels[f"journey:{step.label}"])
    service.take_seat(row, _path(scene, by), scene.seen_by(by), _seat(scene, step), by=by)


VERBS = {"journey": journey, "seat": seat}
