"""Verbs of care in the classes apart: checkup, session."""

from __future__ import annotations

from datetime import timedelta

from casework.access.permissions import Actor
from casework.assistance import service
from casework.db import today
from casework.demo.script import Step, table
from casework.demo.stage import Scene


def checkup(scene: Scene, by: Actor, step: Step) -> None:
    """A health check to which the person agreed."""
    said = table("words")["checkup"]
    service.record_health_check(
        scene.seen_by(by),
        by=by,
        consent="guardian" if scene.part.guardian else "yes",
        checked_on=today(),
        answers=said["answers"],
        facility=said["facility"],
        note=said["note"],
    )


def session(scene: Scene, by: Actor, step: Step) -> None:
    """A session: the label is its class, `kind` the service, `next` the days until they meet again."""
    days = step.get("next")
    said = service.Session(
        service_type=step.get("kind"),
        held_on=today(),
        who="Only the two of us",
        note=scene.words("note", step.label),
        given=scene.words("given", step.label),
        next_on=today() + timedelta(days=int(days)) if days else None,
    )
    service.record_session(scene.seen_by(by), step.label, said, by=by)


VERBS = {"checkup": checkup, "session": session}
