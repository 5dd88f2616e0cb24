"""Writing a health check, and sessions of the health, psychosocial and legal workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.assistance.health import CONSENTS, FITNESS, check_answers, disabled, urgent
from casework.assistance.models import Consultation, ConsultationSealed, HealthCheck, HealthCheckSealed
from casework.assistance.queries import require_field
from casework.assistance.service.lines import record_help
from casework.assistance.workflow import data_class_of
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.queries import visible_records
from casework.cases.service import add_task, finish_tasks, new_record, set_disability
from casework.codes.dates import known
from casework.codes.service import check
from casework.db import db, end_of_day, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, n_
from casework.vault import fields

CARE_WITHIN = timedelta(hours=12)
"""By when somebody with an urgent answer gets care (docs/domain.md 4: the same day)."""


@dataclass(frozen=True, slots=True)
class Session:
    """What is written about a session."""

    service_type: str
    held_on: date
    who: str = ""
    note: str = ""
    given: str = ""
    next_on: date | None = None


def record_health_check(
    case: Case,
    *,
    by: Actor,
    consent: str,
    checked_on: date,
    answers: Mapping[str, str],
    facility: str = "",
    note: str = "",
    tell_travel: bool = False,
) -> HealthCheck:
    """Write a health check. Who said no is asked nothing; an urgent answer becomes a task for today.

    `tell_travel` tells those who arrange the return whether the person is fit to travel, and nothing else.
    """
    require(by, Permission.ASSISTANCE_RECORD)
    require_field(by, case.id, "health")
    given = check_answers(answers)
    _agreed(consent, given, facility, note)
    if tell_travel and "fit_to_travel" not in given:
        raise InvalidInput(n_("Say whether the person is fit to travel, or untick the box."), field="fit_to_travel")
    _not_ahead(checked_on, "checked_on")
    row = new_record(
        HealthCheck, case, by=by, data_class="health", occurred=known(checked_on), checked_on=checked_on,
        consent=consent,
    )  # fmt: skip
    db.session.flush()
    if consent != "no":
        sealed = HealthCheckSealed(id=row.id, root_id=case.person_id)
        fields.seal(sealed, answers=given, facility=facility, note=note)
        db.session.add(sealed)
    _follow(case, row, given, by=by, tell_travel=tell_travel)
    record(by, "health.checked", case_id=case.id, subject=("health_check", row.id), body={"class": "health"})
    db.session.flush()
    return row


def _agreed(consent: str, given: Mapping[str, str], facility: str, note: str) -> None:
    if consent not in CONSENTS:
        raise InvalidInput(n_("Say whether the person agreed to the health check."), field="consent")
    if consent == "no" and (given or facility.strip() or note.strip()):
        raise InvalidInput(
            n_("The person said no. Take the answers out, or correct what stands here."), field="consent"
        )
    if consent != "no" and not given and not note.strip():
        raise InvalidInput(n_("Answer at least one question, or write a note."), field="note")


def _follow(case: Case, row: HealthCheck, given: Mapping[str, str], *, by: Actor, tell_travel: bool) -> None:
    """What an answer sets going: care today, the sign that statistics use, the word to those who arrange a return."""
    counts = disabled(given)
    if counts is not None:
        set_disability(case.id, "yes" if counts else "no")
    if urgent(given):
        add_task(
            case, by=by, kind="urgent_care", due_at=utcnow() + CARE_WITHIN, data_class="health",
            record_kind="health_check", record_id=row.id, assignee_id=by.user_id,
        )  # fmt: skip
    if tell_travel:
        add_task(case, by=by, kind="travel_fitness", data_class="travel", text=FITNESS[given["fit_to_travel"]])


def _not_ahead(day: date, field: str) -> None:
    if day > today():
        raise InvalidInput(n_("Enter a day that is not in the future."), field=field)


def record_session(
    case: Case,
    field: str,
    said: Session,
    *,
    by: Actor,
    corrects: Consultation | None = None,
    as_help: bool = False,
) -> Consultation:
    """Write a session of one class; a next day becomes an appointment of this worker, kept in the same class.

    `corrects`: an own earlier row for which this one stands from now on. `as_help`: count it on the ledger too.
    """
    require(by, Permission.ASSISTANCE_RECORD)
    require_field(by, case.id, field)
    kind = check("service_type", said.service_type, field="service_type")
    if data_class_of(kind) != field:
        raise InvalidInput(n_("Choose one of the values in the list."), field="service_type")
    _not_ahead(said.held_on, "held_on")
    if said.next_on is not None and said.next_on < said.held_on:
        raise InvalidInput(n_("The next day lies before this one. Check both dates."), field="next_on")
    if not said.note.strip() and not said.given.strip():
        raise InvalidInput(n_("Write what was found or talked about."), field="note")
    line_id = corrects.line_id if corrects is not None else None
    if corrects is not None:
        _may_correct(corrects, by)
    elif as_help:
        line_id = record_help(case, by=by, service_type=kind.code, quantity=1, anyway=True).id
    row = new_record(
        Consultation, case, by=by, data_class=field, occurred=known(said.held_on), held_on=said.held_on,
        service_type=kind.code, next_on=said.next_on, line_id=line_id,
        corrects_id=corrects.id if corrects is not None else None,
    )  # fmt: skip
    db.session.flush()
    sealed = ConsultationSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, who=said.who, note=said.note, given=said.given)
    db.session.add(sealed)
    _appointments(case, row, by=by)
    record(by, "consultation.recorded", case_id=case.id, subject=("consultation", row.id), body={"class": field})
    db.session.flush()
    return row


def _may_correct(row: Consultation, by: Actor) -> None:
    if row.author_user_id != by.user_id:
        raise NotAllowed(n_("Only who wrote this can correct it."))
    if db.session.scalar(select(Consultation.id).where(Consultation.corrects_id == row.id)) is not None:
        raise InvalidTransition(n_("This was corrected already. Correct the newer one."))


def _appointments(case: Case, row: Consultation, *, by: Actor) -> None:
    """End the appointments that this session was, or that its correction takes back; make the next one."""
    kept = visible_records(by, Consultation).where(
        Consultation.case_id == case.id,
        Consultation.data_class == row.data_class,
        Consultation.author_org_id == by.organisation_id,
        Consultation.next_on.is_not(None),
        (Consultation.next_on <= row.held_on) | (Consultation.id == row.corrects_id),
        Consultation.id != row.id,
    )
    for earlier in db.session.scalars(kept):
        finish_tasks(case, earlier.id, by=by)
    if row.next_on is not None:
        add_task(
            case, by=by, kind="appointment", due_at=end_of_day(row.next_on), data_class=row.data_class,
            record_kind="consultation", record_id=row.id, assignee_id=by.user_id,
        )  # fmt: skip
