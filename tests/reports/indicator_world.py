"""Thousands of random cases with all that the indicators count, known to the test as plain values. Names invented."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, text, update

from casework.access.permissions import Actor
from casework.assistance.models.lines import ServiceLine
from casework.assistance.models.needs import EmergencyNeed
from casework.cases.models import Assignment, Case, Note
from casework.cases.service.bulk import NewCase, open_many
from casework.consent.models import ConsentEntry
from casework.db import db, uuid7
from casework.identification.models.event import EventCase, TraffickingEvent
from casework.identification.models.screening import Screening
from casework.people.names import Names
from casework.people.service import PersonData
from casework.referrals.models import Referral
from casework.reintegration.models.assessment import Assessment, SafetyPlan
from casework.reintegration.models.closure import Closure
from casework.reintegration.models.followups import FollowUp
from casework.reintegration.models.plan import Plan, PlanGoal
from casework.repatriation.models.facts import ReturnCheck, ReturnDecision
from casework.repatriation.models.feedback import ReturnFeedback
from casework.repatriation.models.handover import Handover
from casework.repatriation.models.path import ReturnPath, ReturnStep
from tests import factories as make

FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
"""The period asked for; what happens lies from before until after it."""
SAFETY = ("safety", "safety", "safety", "fit")
SPAN = 240
START = date(2026, 1, 10)
Row = dict[str, Any]


def moment(day: date, hour: int = 4) -> datetime:
    """An hour of a day in UTC; before 17:00 it is the same day in Phnom Penh."""
    return datetime.combine(day, time(hour), UTC)


@dataclass
class Facts:
    """Everything written, by table, as the rows are."""

    rows: dict[type[Any], list[Row]] = field(default_factory=dict)

    def add(self, model: type[Any], **values: Any) -> UUID:
        """Remember a row to be written."""
        values.setdefault("id", uuid7())
        self.rows.setdefault(model, []).append(values)
        key: UUID = values["id"]
        return key

    def of(self, model: type[Any], case_id: UUID) -> list[Row]:
        """Rows of one case."""
        return [row for row in self.rows.get(model, []) if row.get("case_id") == case_id]

    def write(self) -> None:
        """Insert all, parents first."""
        for model, rows in self.rows.items():
            db.session.execute(insert(model), rows)
        db.session.flush()
        db.session.execute(text("ANALYZE"))  # as a database that runs does by itself; without it every plan is a guess


class Street:
    """One office with random cases; `cases` are its rows as the test knows them."""

    def __init__(self, count: int, seed: int) -> None:
        self.dice = random.Random(seed)
        self.office, self.partner = make.office(), make.office()
        self.by = make.actor("mission_officer", at_office=self.office)
        self.coordinator = make.actor("coordinator", at_office=self.office, factor=True)
        self.workers = [make.actor("case_worker", at_office=self.office) for _ in range(60)]
        self.facts = Facts()
        self.cases = self._open(self.coordinator, count)
        for row in self.cases:
            self._live(row)
        self.facts.write()

    def day(self) -> date:
        """Some day of the year."""
        return START + timedelta(days=self.dice.randrange(SPAN))

    def _open(self, by: Actor, count: int) -> list[Row]:
        made = []
        for start in range(0, count, 1000):
            new = [
                NewCase(
                    key=f"{by.organisation_id}-{start + n}",
                    person=PersonData(names=Names(latin_family="Sampleson", latin_given=f"No{start + n}")),
                    opened_on=self.day(),
                )
                for n in range(min(1000, count - start))
            ]
            ids = open_many(new, by=by, import_id=uuid7(), published=True)
            made += [{"id": key, "opened_on": case.opened_on} for key, case in zip(ids, new, strict=True)]
        for row in made:
            closed = self.dice.random() < 0.4
            row["closed_on"] = row["opened_on"] + timedelta(days=self.dice.randrange(SPAN)) if closed else None
            row["status"] = "closed" if closed else "open"
            row["historical"] = self.dice.random() < 0.05
            row["identified_as"] = self.dice.choice(("unknown", "presumed", "formal", "no_indication"))
            if row["historical"]:
                row["closed_on"], row["status"] = row["opened_on"], "closed"
            row["carrier"] = None if self.dice.random() < 0.1 else self.dice.choice(self.workers).user_id
            row["other_owner"] = self.dice.random() < 0.03
            row["risk_level"] = self.dice.choice((None, "low", "medium", "high"))
            row["identified_by"] = self.partner.id if self.dice.random() < 0.2 else self.office.id
        db.session.execute(
            update(Case),
            [
                {
                    **{name: row[name] for name in ("id", "closed_on", "status", "historical", "identified_as")},
                    "owner_org_id": self.partner.id if row["other_owner"] else self.office.id,
                    "identified_org_id": row["identified_by"],
                    "risk_level": row["risk_level"],
                    "risk_org_id": row["identified_by"],
                    "version": 1,
                }
                for row in made
            ],
        )
        self._carried(made)
        return made

    def _carried(self, made: list[Row]) -> None:
        """Somebody carries most cases; nobody the rest."""
        table = Assignment.__table__
        change = update(table).where(table.c.case_id == bindparam("of"))
        change = change.values(user_id=bindparam("who"), ended_at=bindparam("end"))
        rows = [
            {
                "of": row["id"],
                "who": row["carrier"] or self.by.user_id,
                "end": None if row["carrier"] else moment(START),
            }
            for row in made
        ]
        db.session.connection().execute(change, rows)

    def _record(self, case: Row, data_class: str, day: date, **more: Any) -> Row:
        return {
            "case_id": case["id"], "author_org_id": self.office.id, "author_user_id": self.by.user_id,
            "data_class": data_class, "recorded_at": moment(day, self.dice.randrange(16)), "source": "said", **more,
        }  # fmt: skip

    def _live(self, case: Row) -> None:
        for chance, act in (
            (0.5, self._assessed),
            (0.4, self._screening),
            (0.5, self._consent),
            (0.5, self._event),
            (0.4, self._return),
        ):
            if self.dice.random() < chance:
                act(case)
        for most, act in ((2, self._note), (3, self._follow_up), (2, self._referral), (2, self._help), (2, self._need)):
            for _ in range(self.dice.randrange(most + 1)):
                act(case)
        for number in range(self.dice.randrange(3)):
            self._plan(case, number + 1)
        if case["status"] == "closed" and not case["historical"] and self.dice.random() < 0.8:
            self._closure(case)

    def _screening(self, case: Row) -> None:
        state = self.dice.choice(("open", "finished"))
        self.facts.add(
            Screening, **self._record(case, "identification", self.day()), state=state, country="THA", language="khm",
            interpreter=False, present="nobody", finished_at=moment(self.day()) if state == "finished" else None,
            version=1,
        )  # fmt: skip

    def _assessed(self, case: Row) -> None:
        self.facts.add(Assessment, **self._record(case, "needs_risk", self.day()), assessed_on=self.day())
        if self.dice.random() < 0.5:
            self.facts.add(SafetyPlan, **self._record(case, "needs_risk", self.day()), agreed_on=self.day())

    def _note(self, case: Row) -> None:
        self.facts.add(Note, **self._record(case, "case_note", self.day()))

    def _need(self, case: Row) -> None:
        self.facts.add(
            EmergencyNeed, **self._record(case, "assistance", self.day()),
            state=self.dice.choice(("wanted", "given", "declined")),
            need=self.dice.choice(("food", "bed", "medical", "clothes")),
        )  # fmt: skip

    def _consent(self, case: Row) -> None:
        day = self.day()
        self.facts.add(
            ConsentEntry, case_id=case["id"], purpose="referral", answer="given", recipient_org_id=self.partner.id,
            starts_at=moment(day), ends_at=moment(day + timedelta(days=90)), form="written", giver="self",
            ground="consent", interpreter=False, author_org_id=self.office.id, author_user_id=self.by.user_id,
            recorded_at=moment(day),
        )  # fmt: skip

    def _event(self, case: Row) -> None:
        before = case["opened_on"] - timedelta(days=self.dice.randrange(-3, 150))
        day = self.day() if self.dice.random() < 0.3 else before
        precision = self.dice.choice(("day", "month"))
        key = self.facts.add(
            TraffickingEvent, author_org_id=self.office.id, author_user_id=self.by.user_id, occurred_from=day,
            occurred_to=day, occurred_precision=precision, recorded_at=moment(day), changed_at=moment(day),
            source="said", version=1,
        )  # fmt: skip
        self.facts.add(EventCase, **self._record(case, "trafficking_history", day), event_id=key, role="exploited")

    def _plan(self, case: Row, number: int) -> None:
        state = self.dice.choice(("draft", "waiting", "approved", "replaced"))
        approved = self.day() if state in ("approved", "replaced") else None
        plan = self.facts.add(
            Plan, **self._record(case, "needs_risk", self.day()), number=number, state=state, approved_on=approved,
            version=1,
        )  # fmt: skip
        for position in range(1, 1 + self.dice.randrange(3)):
            self.facts.add(
                PlanGoal, plan_id=plan, position=position, domain=self.dice.choice(("safety", "health", "legal")),
                state=self.dice.choice(("open", "reached", "dropped")), version=1,
            )  # fmt: skip

    def _follow_up(self, case: Row) -> None:
        due, state = self.day(), self.dice.choice(("planned", "done", "missed", "cancelled"))
        done = due + timedelta(days=self.dice.randrange(-5, 15)) if state == "done" else None
        self.facts.add(
            FollowUp, **self._record(case, "needs_risk", due), due_on=due, mode="home_visit", state=state, done_on=done,
            missed_reason="not_at_home" if state == "missed" else None,
            cancelled_reason="closed" if state == "cancelled" else None, version=1,
        )  # fmt: skip

    def _referral(self, case: Row) -> None:
        sent, dice = moment(self.day(), 2), self.dice
        status = dice.choice(("draft", "sent", "accepted", "service_started", "done", "rejected"))
        answered = None if status in ("draft", "sent") else sent + timedelta(hours=dice.randrange(100))
        self.facts.add(
            Referral, case_id=case["id"], author_org_id=self.office.id, author_user_id=self.by.user_id,
            kind=dice.choice(("referral", "referral", "transfer")), to_org_id=self.partner.id, service_type="rice",
            data_class="assistance", purpose="referral", priority="urgent", status=status, sent_at=sent,
            due_at=sent + timedelta(hours=72), answered_at=answered,
            answered_by_user_id=None if answered is None else self.by.user_id,
            rejection_reason="no_capacity" if status == "rejected" else None,
            outcome="given" if status == "done" else None, letter_number=uuid7().hex, packet_digest="0",
            escalated=0, version=1,
        )  # fmt: skip

    def _help(self, case: Row) -> None:
        day, priced = self.day(), self.dice.random() < 0.6
        line = {
            **self._record(case, "assistance", day), "occurred_at": moment(day, self.dice.randrange(24)),
            "service_type": "rice", "quantity": 100, "unit": "kilogram", "receipt": "none", "over_cap": False,
            "given_by": self.by.user_id, "unit_cost": 5 if priced else None, "cost": None, "currency": None,
        }  # fmt: skip
        if priced:
            line |= {"cost": self.dice.randrange(1, 5000), "currency": self.dice.choice(("USD", "KHR"))}
        key = self.facts.add(ServiceLine, **line, reverses_id=None, reversal_reason=None)
        if self.dice.random() < 0.15:
            back = {**line, "quantity": -100, "cost": -line["cost"] if priced else None}
            self.facts.add(ServiceLine, **back, reverses_id=key, reversal_reason="twice")

    def _return(self, case: Row) -> None:
        dice, started = self.dice, self.day()
        travel = started + timedelta(days=dice.randrange(60))
        other, home = dice.choice(("THA", "VNM", "MYS")), dice.random() < 0.85
        path = self.facts.add(
            ReturnPath, **self._record(case, "travel", started), direction="INBOUND" if home else "OUTBOUND",
            from_country=other if home else "KHM", to_country="KHM" if home else other, arranged=dice.random() < 0.7,
            started_on=started, travel_on=travel if dice.random() < 0.8 else None, state="open", version=1,
        )  # fmt: skip
        if dice.random() < 0.1:
            stopped = {"state": "stopped", "ended_on": travel, "stop_reason": "person_stays"}
            self.facts.rows[ReturnPath][-1] |= stopped
        for _ in range(dice.choice((0, 0, 1, 2))):
            self.facts.add(
                ReturnFeedback, **self._record(case, "travel", travel), path_id=path, entry_id=None, state="refused",
                occasion="closure", given_on=travel,
            )  # fmt: skip
        for sequence, code in enumerate(("IN03_nationality", "IN04_family"), start=1):
            state = dice.choice(("open", "done"))
            begun = started + timedelta(days=dice.randrange(5))
            self.facts.add(
                ReturnStep, **self._record(case, "travel", begun), path_id=path, code=code, round=1, sequence=sequence,
                station="return", state=state, working_days=False, calendar="KHM", from_travel=False, started_on=begun,
                done_on=begun + timedelta(days=dice.randrange(50)) if state == "done" else None,
                owner_party=None, outcome=None, version=1,
            )  # fmt: skip
        for _ in range(dice.randrange(3)):
            answer, day = dice.choice(("yes", "yes", "no", "withdrawn")), started + timedelta(days=dice.randrange(30))
            self.facts.add(
                ReturnDecision, **self._record(case, "travel", day), path_id=path, answer=answer,
                informed=None if answer == "withdrawn" else "in_person", decided_on=day,
            )  # fmt: skip
        if dice.random() < 0.7:
            day = started + timedelta(days=dice.randrange(30))
            self.facts.add(
                ReturnCheck, **self._record(case, "travel", day), path_id=path, kind=dice.choice(SAFETY),
                result=dice.choice(("yes", "with_conditions", "no")), checked_on=day,
            )  # fmt: skip
        if dice.random() < 0.7:
            step = self.facts.rows[ReturnStep][-1]["id"]
            self.facts.add(
                Handover, **self._record(case, "travel", travel), path_id=path, step_id=step,
                at=moment(travel, dice.randrange(24)), giver_org_id=self.office.id, receiver_org_id=self.partner.id,
                state=dice.choice(("open", "signed")), version=1,
            )  # fmt: skip

    def _closure(self, case: Row) -> None:
        for _ in range(self.dice.choice((1, 1, 2))):
            self.facts.add(
                Closure, **self._record(case, "needs_risk", self.day()), recontact=True, version=1,
                state=self.dice.choice(("approved", "approved", "returned")),
                reason=self.dice.choice(("goals_met_agreed", "lost_contact", "moved_abroad", "duplicate_merged")),
                person_view=self.dice.choice(("agrees", "disagrees", "could_not_be_asked")),
            )  # fmt: skip
