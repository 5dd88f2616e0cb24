"""Three offices, their cases and any number of referrals between them, written as rows. All names invented."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from casework.access.models import Organisation
from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.service.bulk import NewCase, open_many
from casework.codes import queries as codes
from casework.db import at, db, uuid7
from casework.people.names import Names
from casework.people.service import PersonData
from casework.referrals.models import Referral
from tests import factories as make
from tests import scenes

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
HOURS = {"emergency": 24, "urgent": 72, "normal": 14 * 24}
SERVICES = ("shelter_night", "rice", "legal_support_representation")
ANSWERED = ("accepted", "service_started", "done", "rejected")
Row = dict[str, Any]


@dataclass
class World:
    """`home` has a coordinator and a case worker; `partner` and `elsewhere` one worker each; each has its own cases."""

    home: Organisation = field(default_factory=make.office)
    partner: Organisation = field(default_factory=make.office)
    elsewhere: Organisation = field(default_factory=make.office)

    def __post_init__(self) -> None:
        codes.forget()
        self.coordinator = make.actor("coordinator", at_office=self.home, factor=True)
        self.worker = make.actor("case_worker", at_office=self.home)
        self.partner_worker = make.actor("supervisor", at_office=self.partner)
        self.stranger = make.actor("supervisor", at_office=self.elsewhere)
        self.ours = [self.case(self.worker) for _ in range(3)]
        self.theirs = [self.case(self.partner_worker) for _ in range(3)]
        self.foreign = [self.case(self.stranger) for _ in range(2)]

    def case(self, by: Actor) -> Case:
        """A case of the actor's office."""
        with at(NOW - timedelta(days=200)):
            return scenes.case(by)

    def many(self, count: int) -> None:
        """So many more cases, a third of them for each office."""
        opened = (NOW - timedelta(days=200)).date()
        for cases, office in ((self.ours, self.home), (self.theirs, self.partner), (self.foreign, self.elsewhere)):
            by = make.actor("coordinator", at_office=office, factor=True)
            new = [
                NewCase(f"{office.code}-{number}", PersonData(names=Names(latin_family=f"Row {number}")), opened)
                for number in range(-(-count // 3))
            ]
            made = open_many(new, by=by, import_id=uuid7(), published=True)
            cases += db.session.scalars(select(Case).where(Case.id.in_(made)))


def row(case: Case, to: Organisation | None, *, author: Actor, sent_at: datetime, **more: Any) -> Row:
    """One referral as the table holds it; `hours` says after how many it was answered."""
    priority, hours = more.pop("priority", "normal"), more.pop("hours", None)
    status = more.pop("status", "sent")
    values: Row = {
        "id": uuid7(),
        "case_id": case.id,
        "author_org_id": case.owner_org_id,
        "author_user_id": author.user_id,
        "kind": "referral",
        "to_org_id": to.id if to else None,
        "to_kind": None if to else "clinic",
        "service_type": more.pop("service", "rice"),
        "data_class": "assistance",
        "reason": None,
        "purpose": "referral",
        "priority": priority,
        "status": status,
        "sent_at": sent_at,
        "due_at": sent_at + timedelta(hours=HOURS[priority]),
        "answered_at": None if hours is None else sent_at + timedelta(hours=hours),
        "answered_by_user_id": None if hours is None else author.user_id,
        "rejection_reason": "no_capacity" if status == "rejected" else None,
        "outcome": "given" if status == "done" else None,
        "answer_given_at": None,
        "letter_number": uuid7().hex,
        "packet_digest": "0",
        "escalated": 0,
        "version": 1,
    }
    return values | more


def write(rows: Iterable[Row]) -> list[Row]:
    """Put rows into the table."""
    listed = list(rows)
    for start in range(0, len(listed), 2_000):
        db.session.execute(insert(Referral), listed[start : start + 2_000])
    db.session.commit()
    return listed


def random_rows(world: World, count: int, seed: int) -> list[Row]:
    """Referrals of all three offices in all states, over the last 150 days."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        owner = chance.choice(("ours", "theirs", "foreign"))
        case: Case = chance.choice(getattr(world, owner))
        author = {"ours": world.worker, "theirs": world.partner_worker, "foreign": world.stranger}[owner]
        offices = [
            one for one in (world.home, world.partner, world.elsewhere, None) if not one or one.id != case.owner_org_id
        ]
        status = chance.choice(("draft", "sent", "sent", "revoked", "expired", "consent_withdrawn", *ANSWERED))
        hours = round(chance.uniform(0.2, 500), 3) if status in ANSWERED else None
        sent_at = NOW - timedelta(seconds=chance.randrange(1, 150 * 86_400), milliseconds=chance.randrange(1000))
        given = sent_at + timedelta(hours=hours / 2) if hours and chance.random() < 0.2 else None
        made.append(
            row(
                case,
                chance.choice(offices),
                author=author,
                sent_at=sent_at,
                priority=chance.choice(list(HOURS)),
                status=status,
                hours=hours,
                answer_given_at=given,
                service=chance.choice(SERVICES),
            )
        )
    return made


def seen_by_home(world: World, rows: Iterable[Row]) -> list[Row]:
    """What the coordinator of `home` may see, said apart from the predicate: own ones, and unaccepted ones sent here.

    Nobody granted anything in this world, so accepted ones of others' cases are not open to `home`.
    """
    ours = {case.id for case in world.ours}
    closed = ("accepted", "service_started", "done", "draft")
    return [
        one
        for one in rows
        if (one["case_id"] in ours and one["status"] != "draft")
        or (one["to_org_id"] == world.home.id and one["status"] not in closed)
    ]


def answer_of(one: Row) -> datetime | None:
    """When the receiver answered."""
    return one["answer_given_at"] or one["answered_at"]


def ids(rows: Iterable[Row]) -> set[UUID]:
    """The ids of rows."""
    return {one["id"] for one in rows}
