"""A plain row of each kind of case record, written past the services: the predicate is asked for every kind there is.

A new kind of record goes red in test_oracle.py until a move writes it (MADE) or it says here what a row needs (PLAIN).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

import casework  # noqa: F401 - with it all packages, and so every kind of record
from casework.access.models import Organisation
from casework.access.permissions import Actor
from casework.cases.models import Case, CaseRecord
from casework.codes.models import Province
from casework.consent.models import ConsentEntry
from casework.db import db, today, utcnow, uuid7
from casework.identification.models import TraffickingEvent
from casework.people.models import PersonFact
from casework.referrals.models import Letter

MADE = frozenset(
    {
        "note", "document", "timeline_entry", "service_line", "consultation", "loss", "claim_party", "proceeding",
        "proceeding_step", "hearing",
    }
)  # fmt: skip
"""Kinds of which the moves write rows through the services."""


@dataclass(frozen=True)
class Of:
    """A row of another kind that must be there first."""

    kind: str


def kinds() -> dict[str, Any]:
    """Table -> model of every kind of case record of the program."""
    found: dict[str, Any] = {}
    waiting = [*CaseRecord.__subclasses__()]
    while waiting:
        model: Any = waiting.pop()
        waiting += model.__subclasses__()
        found[model.__tablename__] = model
    return dict(sorted(found.items()))


def needs() -> dict[str, dict[str, Any]]:
    """Kind -> the columns that a row must have besides those of every record."""
    day, now, path = today(), utcnow(), {"path_id": Of("return_path")}
    return {
        "ask_stop": {"said_by": "worker", "until_at": now - timedelta(days=1)},
        "assessment": {"assessed_on": day},
        "best_interest": {**path, "result": "yes", "decided_on": day},
        "closure": {"reason": "x", "person_view": "agrees", "recontact": False},
        "contact_attempt": {"tried_on": day, "mode": "x"},
        "emergency_need": {"need": "x", "state": "wanted"},
        "fact_report": {"fact_id": Of("person_fact"), "authority_told": False},
        "family_tracing": {
            **path, "entry_id": Of("consent_entry"), "action": "x", "asked_on": day, "due_on": day,
            "asked_party": "family",
        },
        "follow_up": {"due_on": day, "mode": "x"},
        "formal_request": {"authority": "x", "country": "KHM", "state": "not_wanted"},
        "handover": {
            **path, "step_id": Of("return_step"), "at": now, "giver_org_id": Of("office"),
            "receiver_org_id": Of("another_office"),
        },
        "health_check": {"checked_on": day, "consent": "yes", "data_class": "health"},
        "home_place": {"province": Of("province")},
        "identification_decision": {"status": "x", "track": "presumed", "authority": "x", "country": "KHM"},
        "letter_case": {"letter_id": Of("letter")},
        "paper_sheet": {"kind": "group_list", "written_on": day},
        "plan": {"number": 1},
        "private_talk": {"state": "held"},
        "promise": {"promised_on": day},
        "reintegration_stage": {"stage": "x", "since_on": day},
        "return_check": {**path, "kind": "safety", "result": "yes", "checked_on": day},
        "return_decision": {**path, "answer": "withdrawn", "decided_on": day},
        "return_feedback": {**path, "state": "refused", "occasion": "asked", "given_on": day},
        "return_path": {
            "direction": "INBOUND", "from_country": "THA", "to_country": "KHM", "arranged": False, "started_on": day,
        },
        "return_step": {
            **path, "code": "x", "sequence": 1, "station": "return", "working_days": False, "calendar": "KHM",
        },
        "risk_assessment": {"level": "x", "review_on": day},
        "safety_plan": {"agreed_on": day},
        "screening": {"country": "KHM", "language": "khm", "present": "nobody"},
        "staff_threat": {"kind": "words", "visits_stop": False},
        "stage_paper": {"paper": "x", "there_on": day},
        "stay": {"arrived_on": day, "admission": "agreed"},
        "trafficking_event_case": {"event_id": Of("trafficking_event"), "role": "exploited"},
        "travel_paper": {**path, "kind": "x", "state": "issued"},
        "visit_watch": {"follow_up_id": Of("follow_up"), "in_at": now, "back_by": now + timedelta(hours=1)},
    }  # fmt: skip


def write(kind: str, case: Case, by: Actor, data_class: str) -> UUID | None:
    """One row of a kind on a case; None where there is one, or where what it stands on is not there."""
    model = kinds()[kind]
    there: UUID | None = db.session.scalar(select(model.id).where(model.case_id == case.id).limit(1))
    if there is not None:
        return None
    values: dict[str, Any] = {"data_class": data_class, **needs()[kind]}
    for column, value in values.items():
        if isinstance(value, Of):
            values[column] = _first(value.kind, case, by, data_class)
            if values[column] is None:
                return None
    row = model(id=uuid7(), case_id=case.id, author_org_id=by.organisation_id, author_user_id=by.user_id, **values)
    db.session.add(row)
    db.session.flush()
    return row.id  # type: ignore[no-any-return]


def _first(kind: str, case: Case, by: Actor, data_class: str) -> Any:
    """What a row stands on: one that is there, or a new one."""
    wrote = {"author_org_id": by.organisation_id, "author_user_id": by.user_id}
    new: Any
    if kind == "office":
        return by.organisation_id
    if kind == "another_office":
        return db.session.scalar(select(Organisation.id).where(Organisation.id != by.organisation_id).limit(1))
    if kind == "consent_entry":
        return db.session.scalar(select(ConsentEntry.id).where(ConsentEntry.case_id == case.id).limit(1))
    if kind == "province":
        return db.session.scalar(select(Province.code).limit(1))
    if kind == "trafficking_event":
        new = TraffickingEvent(id=uuid7(), **wrote)
    elif kind == "person_fact":
        new = PersonFact(id=uuid7(), person_id=case.person_id, kind="found", data_class="demographic", **wrote)
    elif kind == "letter":
        new = Letter(
            id=uuid7(), org_id=by.organisation_id, direction="in", year=1, number=uuid7().int % 10**9, day=today(),
            subject="answer", author_user_id=by.user_id,
        )  # fmt: skip
    else:
        model = kinds()[kind]
        there = db.session.scalar(select(model.id).where(model.case_id == case.id).limit(1))
        return there or write(kind, case, by, data_class)
    db.session.add(new)
    db.session.flush()
    return new.id
