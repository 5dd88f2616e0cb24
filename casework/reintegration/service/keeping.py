"""How long the data of a closed case are kept, and telling when the time is over (docs/domain.md 10)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import notify
from casework.codes.queries import get
from casework.db import db, today
from casework.people.queries import get_person
from casework.reintegration.models import Retention
from casework.reintegration.queries import held
from casework.reintegration.workflow import keep_until, retention_class

BATCH = 200


def keep(case: Case, *, by: Actor, closed_on: date) -> Retention:
    """Set until when the data of a case that is being closed are kept: an adult's some years, a child's longer."""
    minor_until = get_person(case.person_id).minor_until
    code = retention_class(minor=closed_on <= minor_until)
    years = int(get("retention_class", code).extra["years"])
    row = db.session.get(Retention, case.id) or Retention(case_id=case.id)
    row.retention_class, row.told_at = code, None
    row.keep_until = keep_until(closed_on, years, minor_until)
    db.session.add(row)
    record(by, "retention.set", case_id=case.id, body={"class": code, "until": row.keep_until.isoformat()})
    db.session.flush()
    return row


def stop_keeping(case: Case) -> None:
    """The case is open again: its time begins anew when it is closed."""
    row = db.session.get(Retention, case.id)
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def tell_retention(now: datetime) -> int:
    """Tell the supervisors of each case whose time is over; nothing erases itself. Called by run-due; each once.

    Not while a hold stands: the clock of what a court needs does not run out.
    """
    over = (
        select(Retention, Case)
        .join(Case, Case.id == Retention.case_id)
        .where(Retention.keep_until < today(), Retention.told_at.is_(None), Case.published)
        .limit(BATCH)
    )
    told = 0
    for row, case in db.session.execute(over).all():
        if held(case):
            continue
        row.told_at = now
        notify(case.owner_org_id, "retention_over", case_id=case.id, for_supervisor=True)
        told += 1
    db.session.flush()
    return told
