"""Assessing risk: a level, the day to look again, and what keeps the person safe."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, change, finish_tasks, new_record, notify
from casework.cases.workflow import NOTICE_KINDS
from casework.codes.dates import known
from casework.codes.service import check
from casework.db import db, end_of_day, today
from casework.errors import InvalidInput, n_
from casework.identification.kinds import TOLD_WITHIN
from casework.identification.models import RiskAssessment, RiskAssessmentSealed
from casework.vault import fields

CLASS = "needs_risk"
NEWS = "risk_high"


def assess_risk(case: Case, *, by: Actor, level: str, safety_note: str, source: str = "said") -> RiskAssessment:
    """Record how safe the person is. The day to look again comes from the level (risk_level.review_days).

    Sets the case's level, replaces the review on the list, and tells the supervisor when the review is close.
    """
    require(by, Permission.NOTE_WRITE)
    days = check("risk_level", level, field="level").extra.get("review_days", "")
    if not days:
        raise InvalidInput(n_("Choose how great the risk is."), field="level")
    row = new_record(
        RiskAssessment,
        case,
        by=by,
        data_class=CLASS,
        source=source,
        occurred=known(today()),
        level=level,
        review_on=today() + timedelta(days=int(days)),
    )
    db.session.flush()
    sealed = RiskAssessmentSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, safety_note=safety_note)
    db.session.add(sealed)
    record(by, "risk.assessed", case_id=case.id, subject=("risk", row.id), body={"level": level})
    db.session.flush()
    case.risk_org_id = by.organisation_id
    if case.risk_level != level:
        before, case.risk_level = case.risk_level, level
        change(case, "risk_level", before, level, by=by, data_class=CLASS)
    _plan_review(case, row, by=by)
    if int(days) <= TOLD_WITHIN and NEWS in NOTICE_KINDS:
        about = partial(notify, case_id=case.id, record_kind="risk", record_id=row.id, data_class=CLASS)
        about(by.organisation_id, NEWS, for_supervisor=True)
    db.session.flush()
    return row


def _plan_review(case: Case, row: RiskAssessment, *, by: Actor) -> None:
    """One review on the list of the office: of its newest assessment."""
    earlier = select(RiskAssessment.id).where(
        RiskAssessment.case_id == case.id,
        RiskAssessment.author_org_id == by.organisation_id,
        RiskAssessment.id != row.id,
    )
    for record_id in db.session.scalars(earlier).all():
        finish_tasks(case, record_id, by=by)
    if not case.historical:
        add_task(
            case,
            by=by,
            kind="risk_review",
            due_at=end_of_day(row.review_on),
            data_class=CLASS,
            record_kind="risk_assessment",
            record_id=row.id,
        )
