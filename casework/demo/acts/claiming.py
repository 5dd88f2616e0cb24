"""Verbs of claims: loss, proceeding, proceeding_stage, hearing."""

from __future__ import annotations

from datetime import timedelta

from casework.access.permissions import Actor
from casework.claims import queries, service
from casework.codes.dates import known
from casework.db import today, utcnow
from casework.demo.script import Step
from casework.demo.stage import Scene


def loss(scene: Scene, by: Actor, step: Step) -> None:
    """What was lost or is owed: the label is its kind."""
    data = service.LossData(
        kind=step.label,
        holder=step.get("holder") or None,
        amount=int(step.get("amount")) if step.get("amount") else None,
        currency=step.get("currency") or None,
        claimed=int(step.get("claimed")) if step.get("claimed") else None,
        description=step.get("what").replace("_", " "),
        evidence=step.get("proof").replace("_", " "),
    )
    service.add_loss(scene.seen_by(by), data, by=by)


def proceeding(scene: Scene, by: Actor, step: Step) -> None:
    """A proceeding with the stage it is at: the label is its kind."""
    data = service.ProceedingData(
        role=step.get("role"),
        country=step.get("country", "KHM"),
        office="An invented court",
        file_number=f"DEMO/{scene.part.number:03}",
        lawyer="Fiction Lawyer",
        party="Fiction Broker",
    )
    stage = service.StageData(step.get("stage"), known(today()))
    scene.labels["proceeding"] = service.start_proceeding(scene.seen_by(by), step.label, data, stage, by=by).id


def proceeding_stage(scene: Scene, by: Actor, step: Step) -> None:
    """How far it came: the label is the stage."""
    case = scene.seen_by(by)
    row = queries.get_proceeding(by, case.id, scene.labels["proceeding"])
    service.enter_stage(row, case, service.StageData(step.label, known(today())), by=by, expected_version=row.version)


def hearing(scene: Scene, by: Actor, step: Step) -> None:
    """A date in some days."""
    case = scene.seen_by(by)
    row = queries.get_proceeding(by, case.id, scene.labels["proceeding"])
    data = service.HearingData(
        step.label or "hearing",
        utcnow() + timedelta(days=int(step.get("in", "14"))),
        place="An invented court, room 2",
        support="The lawyer and the case worker go along; a room of its own to wait in.",
    )
    service.plan_hearing(row, case, data, by=by)


VERBS = {"loss": loss, "proceeding": proceeding, "proceeding_stage": proceeding_stage, "hearing": hearing}
