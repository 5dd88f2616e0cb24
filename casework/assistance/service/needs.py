"""Answers about the needs of the first hour. They wait for nothing: no status, no consent, no second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from casework.access.permissions import Actor, Permission, require
from casework.assistance.models import NEED_STATES, EmergencyNeed
from casework.assistance.queries import needs_now
from casework.assistance.service.lines import record_help
from casework.assistance.workflow import Need, need
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, finish_tasks, new_record
from casework.codes.dates import known
from casework.db import PHNOM_PENH, db, today, utcnow
from casework.errors import InvalidInput, n_

DATA_CLASS = "assistance"


def record_needs(
    case: Case, *, by: Actor, answers: Mapping[str, str], source: str = "said", on: date | None = None
) -> list[EmergencyNeed]:
    """Write the answers (need → wanted, given, declined) that say something new; 'given' also writes the help itself.

    A wish becomes a task with its hours; given or declined ends it. An answer that stands already changes nothing,
    but 'given' may come again. `on`: the day it happened, when it was written on paper first.
    """
    require(by, Permission.ASSISTANCE_RECORD)
    if not answers:
        raise InvalidInput(n_("Choose an answer for at least one need."))
    now = needs_now(by, case)
    how = _How(by, source, on)
    rows = []
    for code, state in answers.items():
        if state not in NEED_STATES:
            raise InvalidInput(n_("Choose one of the values in the list."), field=code)
        before = now.get(code)
        if before is None or before.state != state or state == "given":
            rows.append(_answer(case, need(code), state, before, how))
    record(
        by,
        "needs.recorded",
        case_id=case.id,
        body={"needs": {row.need: row.state for row in rows}},
    )
    db.session.flush()
    return rows


@dataclass(frozen=True, slots=True)
class _How:
    """Who writes it down, how the office knows, and of which day it is."""

    by: Actor
    source: str
    on: date | None

    @property
    def at(self) -> datetime | None:
        """The moment of help given that day: noon, for a paper form names no hour; None is now."""
        return datetime.combine(self.on, time(12), PHNOM_PENH) if self.on and self.on < today() else None


def _answer(case: Case, asked: Need, state: str, before: EmergencyNeed | None, how: _How) -> EmergencyNeed:
    by, line_id = how.by, None
    if state == "given":
        # In the first hour a cap is only remembered on the line; it never stands between a person and a meal.
        line_id = record_help(
            case, by=by, service_type=asked.service, quantity=1, unit=asked.unit, occurred_at=how.at,
            source=how.source if how.on else "seen", anyway=True,
        ).id  # fmt: skip
    row = new_record(
        EmergencyNeed, case, by=by, data_class=DATA_CLASS, source=how.source,
        occurred=known(how.on) if how.on else None, need=asked.code, state=state, line_id=line_id,
    )  # fmt: skip
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
