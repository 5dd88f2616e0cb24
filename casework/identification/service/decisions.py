"""Recording what an authority decided. History is append-only; nothing decides by itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, can, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.queries import get_record
from casework.cases.service import change, new_record, set_station
from casework.codes.dates import PartialDate
from casework.codes.queries import Code
from casework.codes.service import check, check_optional
from casework.db import db, today
from casework.errors import InvalidInput, NotAllowed, NotVisible, n_
from casework.identification.kinds import FORMAL_OUTCOMES, NOT_DECIDED, TRACKS
from casework.identification.models import Decision, DecisionSealed, Screening
from casework.identification.queries.decisions import identified_as
from casework.identification.queries.evidence import suggestion_for
from casework.identification.service.authorities import check_country, check_formal
from casework.identification.service.requests import answer_requests
from casework.vault import fields
from casework.vault.text import clean, clean_line

CLASS = "identification"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one authority of one country decided, and why. Office, document number and reason are sealed."""

    status: str
    authority: str
    country: str
    reason: str
    occurred: PartialDate | None = None
    office: str = ""
    document_number: str = ""
    form: str | None = None
    form_tag: str | None = None
    screening_id: UUID | None = None
    document_id: UUID | None = None
    """The decision on paper, as a document of the case."""
    on_behalf_org_id: UUID | None = None


def decide(case: Case, verdict: Verdict, *, by: Actor, source: str = "paper", station_done: bool = False) -> Decision:
    """Record a decision with its reason. The track, presumed or formal, is read from the status.

    A formal outcome needs an authority that may set it, the permission, office, date and document number
    (docs/domain.md 2). What the system suggested is kept beside it. Raises InvalidInput, NotAllowed.
    """
    track = _checked(verdict, case, by)
    row = new_record(
        Decision,
        case,
        by=by,
        data_class=CLASS,
        source=source,
        occurred=verdict.occurred,
        on_behalf_org_id=verdict.on_behalf_org_id,
        status=verdict.status,
        track=track,
        authority=verdict.authority,
        country=verdict.country,
        form=verdict.form,
        form_tag=verdict.form_tag,
        suggested=suggestion_for(by, case).status,
        screening_id=verdict.screening_id,
        document_id=verdict.document_id,
    )
    db.session.flush()
    _seal(row, case, verdict)
    body = {"status": row.status, "authority": row.authority, "country": row.country, "suggested": row.suggested}
    record(by, "identification.decided", case_id=case.id, subject=("decision", row.id), body=body)
    db.session.flush()
    _keep_on_case(case, by=by)
    if verdict.status in FORMAL_OUTCOMES:
        answer_requests(case, row, by=by)
    if station_done:
        set_station(case, "identification", "done", by=by)
    return row


def may_decide(by: Actor) -> bool:
    """True when the role may record decisions of either track."""
    return can(by, Permission.IDENTIFICATION_DECIDE) or can(by, Permission.IDENTIFICATION_DECIDE_FORMAL)


def _checked(verdict: Verdict, case: Case, by: Actor) -> str:
    """The track of a verdict that may stand. Raises InvalidInput, NotAllowed, NotVisible."""
    entry = check("trafficking_status", verdict.status, field="status")
    if entry.group not in TRACKS or verdict.status in NOT_DECIDED:
        raise InvalidInput(n_("Choose one of the values in the list."), field="status")
    authority = check("identification_authority", verdict.authority, field="authority")
    check_country(authority, verdict.country)
    _check_right(verdict.status, entry.group, authority, by)
    _check_words(verdict)
    check_optional("identification_form", verdict.form, field="official_form")
    check_optional("trafficking_form", verdict.form_tag, field="form_tag")
    if verdict.screening_id is not None and get_record(by, Screening, verdict.screening_id).case_id != case.id:
        raise NotVisible
    return entry.group


def _seal(row: Decision, case: Case, verdict: Verdict) -> None:
    sealed = DecisionSealed(id=row.id, root_id=case.person_id)
    fields.seal(
        sealed,
        office=clean_line(verdict.office, field="office"),
        document_number=clean_line(verdict.document_number, field="document_number"),
        reason=verdict.reason,
    )
    db.session.add(sealed)


def _check_right(status: str, track: str, authority: Code, by: Actor) -> None:
    """Who may record this, and whose word it may be. The request for a formal decision is the person's own."""
    if status in FORMAL_OUTCOMES:
        require(by, Permission.IDENTIFICATION_DECIDE_FORMAL)
    elif not may_decide(by):
        raise NotAllowed(n_("Your role does not allow this."))
    if track == "formal":
        check_formal(authority)


def _check_words(verdict: Verdict) -> None:
    occurred = verdict.occurred
    if not clean(verdict.reason):
        raise InvalidInput(n_("Write the reason for the decision."), field="reason")
    if occurred and occurred.first is not None and occurred.first > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field="decided")
    if verdict.status not in FORMAL_OUTCOMES:
        return
    if not occurred:
        raise InvalidInput(n_("Enter the date of the decision."), field="decided")
    if not clean_line(verdict.office):
        raise InvalidInput(n_("Enter the office that decided."), field="office")
    if not clean_line(verdict.document_number):
        raise InvalidInput(n_("Enter the number of the document."), field="document_number")


def _keep_on_case(case: Case, *, by: Actor) -> None:
    """The case's own word for lists follows its decisions; the change is history of class identification."""
    before, after = case.identified_as, identified_as([case.id])[case.id]
    offices = set(db.session.scalars(select(Decision.author_org_id).where(Decision.case_id == case.id)))
    case.identified_org_id = offices.pop() if len(offices) == 1 else None
    if before != after:
        case.identified_as = after
        change(case, "identified_as", before, after, by=by, data_class=CLASS)
        db.session.flush()
