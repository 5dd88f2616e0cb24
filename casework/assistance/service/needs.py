"""Answers about the needs of the first hour. They wait for nothing: no status, no consent, no second person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.assistance.models import NEED_STATES, EmergencyNeed
from casework.assistance.queries import needs_now
from casework.assistance.service.lines import record_help
from casework.assistance.workflow import Need, need
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, finish_tasks, new_record
from casework.db import db, utcnow
from casework.errors import InvalidInput, n_

DATA_CLASS = "assistance"


def record_needs(case: Case, *, by: Actor, answers: Mapping[str, str]) -> list[EmergencyNeed]:
    """Write the answers (need → wanted, given, declined) that say something new; 'given' also writes the help itself.

    A wish becomes a task with its hours; given or declined ends it. An answer that stands already changes nothing,
    but 'given' may come again.
    """
    require(by, Permission.ASSISTANCE_RECORD)
    if not answers:
        raise InvalidInput(n_("Choose an answer for at least one need."))
    now = needs_now(by, case)
    rows = []
    for code, state in answers.items():
        if state not in NEED_STATES:
            raise InvalidInput(n_("Choose one of the values in the list."), field=code)
        before = now.get(code)
        if before is None or before.state != state or state == "given":
            rows.append(_answer(case, need(code), state, before, by))
    record(
        by,
        "needs.recorded",
        case_id=case.id,
        body={"needs": {row.need: row.state for row in rows}},
    )
    db.session.flush()
    return rows


def _answer(case: Case, asked: Need, state: str, before: EmergencyNeed | None, by: Actor) -> EmergencyNeed:
    line_id: UUID | None = None
    if state == "given":
        # In the first hour a cap is only remembered on the line; it never stands between a person and a meal.
        line_id = record_help(case, by=by, service_type=asked.service, quantity=1, unit=asked.unit, anyway=True).id
    row = new_record(EmergencyNeed, case, by=by, data_class=DATA_CLASS, need=asked.code, state=state, line_id=line_id)
    db.session.flush()
    if before is not None:
        finish_tasks(case, before.id, by=by, state="cancelled" if state == "declined" else "done")
    if state == "wanted":
        add_task(
            case,
            by=by,
            kind="emergency_need",
            due_at=utcnow() + timedelta(hours=asked.hours),
            station="arrival",
            data_class=DATA_CLASS,
            record_kind="emergency_need",
            record_id=row.id,
            text=asked.label,
        )
    return row
