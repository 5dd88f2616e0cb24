"""Verbs of help: needs, help, reverse, hand_out, arrive, leave."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.assistance import service
from casework.assistance.models import Fund, ServiceLine
from casework.assistance.queries import free_beds, open_stay
from casework.cases.models import GroupMember
from casework.db import db, today
from casework.demo.script import Step, table
from casework.demo.stage import Scene


def needs(scene: Scene, by: Actor, step: Step) -> None:
    """Answers about the first hour: need=wanted|given|declined."""
    service.record_needs(scene.seen_by(by), by=by, answers=dict(step.given))


def give_help(scene: Scene, by: Actor, step: Step) -> None:
    """A line of help: the label is the service; `cost` in cents a unit, `funds` as project:per cent."""
    line = service.record_help(
        scene.seen_by(by),
        by=by,
        service_type=step.label,
        quantity=Decimal(step.get("count", "1")),
        unit=step.get("unit") or None,
        unit_cost=int(step.get("cost")) if step.get("cost") else None,
        currency="USD" if step.get("cost") else None,
        province=step.get("province") or None,
        receipt=step.get("receipt", ("signature", "thumbprint")[scene.part.number % 2]),
        note=scene.words("help") if step.get("note") else "",
        shares=[_share(by, one) for one in step.listed("funds")],
        anyway=True,
    )
    scene.labels["help"] = line.id


def _share(by: Actor, said: str) -> tuple[UUID, int]:
    project, _, share = said.partition(":")
    name = table("offices")["projects"][project]
    fund_id = db.session.scalars(select(Fund.id).where(Fund.org_id == by.organisation_id, Fund.project == name)).one()
    return fund_id, int(share or "100") * 100


def reverse(scene: Scene, by: Actor, step: Step) -> None:
    """Take the last line back."""
    line = db.session.get_one(ServiceLine, scene.labels["help"])
    service.reverse(line, scene.seen_by(by), by=by, reason=step.get("reason", "twice"))


def hand_out(scene: Scene, by: Actor, step: Step) -> None:
    """The same for everybody who came together, or to whoever sleeps in the house; said once, by one of them."""
    everybody = scene.stage.members(scene.part.group)
    if scene is not everybody[0]:
        return
    gift = service.Gift(
        service_type=step.label,
        quantity=int(step.get("count", "1")),
        unit_cost=int(step.get("cost")) if step.get("cost") else None,
        currency="USD" if step.get("cost") else None,
        receipt="signature",
        shares=[_share(by, one) for one in step.listed("funds")],
    )
    group_id = db.session.scalars(select(GroupMember.group_id).where(GroupMember.case_id == scene.case_id)).one()
    people = [one.seen_by(by).id for one in everybody]
    service.hand_out(gift, by=by, case_ids=people, group_id=group_id, anyway=True)


def arrive(scene: Scene, by: Actor, step: Step) -> None:
    """The person comes to stay at the office's house."""
    admission = "guardian_agreed" if scene.part.guardian else "emergency" if scene.part.minor else "agreed"
    found = _bed(scene, by)
    if found is None:
        lodging = service.Lodging(admission, "A neighbour of House Lotus, until a bed is free")
    else:
        lodging = service.Lodging(admission, room_id=found[0], bed_number=found[1])
    service.arrive(scene.seen_by(by), lodging, by=by, arrived_on=today())


def _bed(scene: Scene, by: Actor) -> tuple[UUID, int] | None:
    """The first free bed: a family in a room for all, others in one of their own sex while there is one."""
    together = bool(scene.part.group)
    free = [(view.room, bed) for _, view, bed in free_beds(by) if bed and view.room.for_sex in ("any", scene.part.sex)]
    free.sort(key=lambda one: (one[0].for_sex == "any") != together)
    return (free[0][0].id, free[0][1]) if free else None


def leave(scene: Scene, by: Actor, step: Step) -> None:
    """The person leaves it."""
    case = scene.seen_by(by)
    stay = open_stay(by, case)
    assert stay is not None  # noqa: S101 - the story began one
    service.leave(stay, case, by=by, left_on=today(), reason=step.get("reason", "went_home"))


VERBS = {"needs": needs, "help": give_help, "reverse": reverse, "hand_out": hand_out, "arrive": arrive, "leave": leave}
