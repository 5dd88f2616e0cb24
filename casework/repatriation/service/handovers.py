"""The hand-over: written by one side, signed by each side for itself; then the return is done and arrival begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.access.permissions import Actor
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, new_record
from casework.codes.dates import known
from casework.codes.service import check, check_many
from casework.db import PHNOM_PENH, check_version, db, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, n_
from casework.repatriation.kinds import DATA_CLASS, HANDOVER_STATES, SIDES
from casework.repatriation.models import (
    Handover,
    HandoverPaper,
    HandoverSealed,
    HandoverSignature,
    HandoverSignatureSealed,
    ReturnPath,
    ReturnStep,
)
from casework.repatriation.queries import live_handover, reaches, require_gates, signatures_of
from casework.repatriation.service.moving import begin, complete, require_open
from casework.repatriation.workflow.steps import rule
from casework.vault import fields

PAPERS = ("id_document", "travel_document")


@dataclass(frozen=True, slots=True)
class HandoverData:
    """What stands in a hand-over record. Nothing of it can be changed after it was written."""

    at: datetime
    giver_org_id: UUID
    receiver_org_id: UUID
    border_point: str | None = None
    place: str = ""
    giver_officer: str = ""
    receiver_officer: str = ""
    belongings: str = ""
    papers: tuple[tuple[str, str], ...] = ()
    """(list, code) of documents given along."""
    medicine: str = ""
    condition: str = ""
    not_disclosed: str = ""


def record_handover(step: ReturnStep, path: ReturnPath, case: Case, data: HandoverData, *, by: Actor) -> Handover:
    """Write the record of a hand-over; it counts when both sides have signed.

    Raises InvalidTransition before a closed gate (travel that we arrange), and for a side that could not sign.
    """
    require_open(path, case, by=by)
    sides = (data.giver_org_id, data.receiver_org_id)
    if by.organisation_id not in sides:
        raise NotAllowed(n_("One of the two sides records the hand-over."))
    _check_step(step, path)
    require_gates(case, path)
    _check_data(data)
    other = sides[1] if by.organisation_id == sides[0] else sides[0]
    if organisation(other).has_users and not reaches(case.id, other):
        raise InvalidInput(
            n_("The other office can't sign: the travel part of the case is not open to it. Send it a referral first."),
            field="other_org_id",
        )
    if step.state == "planned":
        begin(step, path, case, by=by)
    row = _write(step, path, case, data, by=by)
    if organisation(other).has_users:
        _ask_signature(step, case, other, by=by)
    return row


def _check_step(step: ReturnStep, path: ReturnPath) -> None:
    if step.path_id != path.id or rule(step.code).role != "handover":
        raise InvalidTransition(n_("This step is no hand-over."))
    if step.state not in ("planned", "open", "waiting"):
        raise InvalidTransition(n_("This step has ended."))
    if live_handover(step.id) is not None:
        raise InvalidTransition(n_("The hand-over is recorded already. Sign that record."))


def _check_data(data: HandoverData) -> None:
    if data.at > utcnow():
        raise InvalidInput(n_("Enter a time that is not in the future."), field="at")
    if data.giver_org_id == data.receiver_org_id:
        raise InvalidInput(n_("Choose the other office."), field="other_org_id")
    if data.border_point:
        check("border_point", data.border_point, field="border_point")
    elif not data.place.strip():
        raise InvalidInput(n_("Choose the crossing, or write the place."), field="place")
    for name in ("giver_officer", "receiver_officer"):
        if not getattr(data, name).strip():
            raise InvalidInput(n_("Enter the name of the officer."), field=name)
    for listed in PAPERS:
        check_many(listed, [code for name, code in data.papers if name == listed], field="papers")
    if any(name not in PAPERS for name, _ in data.papers):
        raise InvalidInput(n_("Choose from the list."), field="papers")


def _write(step: ReturnStep, path: ReturnPath, case: Case, data: HandoverData, *, by: Actor) -> Handover:
    row = new_record(
        Handover,
        case,
        by=by,
        data_class=DATA_CLASS,
        source="seen",
        occurred=known(data.at.astimezone(PHNOM_PENH).date()),
        path_id=path.id,
        step_id=step.id,
        at=data.at,
        border_point=data.border_point or None,
        giver_org_id=data.giver_org_id,
        receiver_org_id=data.receiver_org_id,
        state="open",
    )
    db.session.flush()
    sealed = HandoverSealed(id=row.id, root_id=case.person_id)
    fields.seal(
        sealed,
        place=data.place,
        officers={"giver": data.giver_officer, "receiver": data.receiver_officer},
        belongings=data.belongings,
        medicine=data.medicine,
        condition=data.condition,
        not_disclosed=data.not_disclosed,
    )
    papers = [HandoverPaper(handover_id=row.id, list=name, code=code) for name, code in dict.fromkeys(data.papers)]
    db.session.add_all([sealed, *papers])
    record(by, "handover.recorded", case_id=case.id, subject=("handover", row.id), body={"papers": len(papers)})
    db.session.flush()
    return row


def _ask_signature(step: ReturnStep, case: Case, org_id: UUID, *, by: Actor) -> None:
    add_task(
        case,
        by=by,
        kind="return_step",
        org_id=org_id,
        station="return",
        data_class=DATA_CLASS,
        record_kind="return_step",
        record_id=step.id,
    )


def sign(
    handover: Handover,
    step: ReturnStep,
    path: ReturnPath,
    case: Case,
    *,
    by: Actor,
    side: str,
    paper: str = "",
    expected_version: int | None = None,
) -> HandoverSignature:
    """Sign for one side: its own user does, nobody else. For a side without accounts the office that wrote the record
    says where the signed paper lies. With both signatures the step and the return are done, and arrival opens."""
    require_open(path, case, by=by)
    _check_signing(handover, step, path, case, expected_version)
    if side not in SIDES:
        raise InvalidInput(n_("Choose a side."), field="side")
    org_id = handover.giver_org_id if side == "giver" else handover.receiver_org_id
    there = signatures_of(handover)
    if side in there:
        raise InvalidTransition(n_("This side has signed already."))
    on_paper = _on_paper(handover, org_id, paper, by=by)
    if not on_paper and any(row.by_user_id == by.user_id and row.org_id == row.by_org_id for row in there.values()):
        raise NotAllowed(n_("You signed for the other side; somebody else signs here."))
    row = HandoverSignature(
        id=uuid7(),
        handover_id=handover.id,
        side=side,
        org_id=org_id,
        by_user_id=by.user_id,
        by_org_id=by.organisation_id,
        signed_at=utcnow(),
    )
    db.session.add(row)
    db.session.flush()
    if on_paper:
        sealed = HandoverSignatureSealed(id=row.id, root_id=case.person_id)
        fields.seal(sealed, paper=paper)
        db.session.add(sealed)
    body = {"side": side, "on_paper": on_paper}
    record(by, "handover.signed", case_id=case.id, subject=("handover", handover.id), body=body)
    db.session.flush()
    if there.keys() | {side} == SIDES.keys():
        _both_signed(handover, step, path, case, by=by)
    return row


def _check_signing(
    handover: Handover, step: ReturnStep, path: ReturnPath, case: Case, expected_version: int | None
) -> None:
    if handover.step_id != step.id or handover.path_id != path.id:
        raise InvalidTransition(n_("This hand-over belongs to another return."))
    check_version(handover, expected_version, told={n_("State"): HANDOVER_STATES[handover.state]})
    if handover.state != "open":
        raise InvalidTransition(n_("This hand-over can't be signed any more."))
    require_gates(case, path)


def _on_paper(handover: Handover, org_id: UUID, paper: str, *, by: Actor) -> bool:
    """Whether the side signs on paper. Raises NotAllowed for anybody but the side itself, or the writer on behalf."""
    if org_id == by.organisation_id:
        return False
    if organisation(org_id).has_users or handover.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Each side signs for itself."))
    if not paper.strip():
        raise InvalidInput(n_("Write who signed on paper and where the paper lies."), field="paper")
    return True


def _both_signed(handover: Handover, step: ReturnStep, path: ReturnPath, case: Case, *, by: Actor) -> None:
    handover.state = "signed"
    record(by, "handover.complete", case_id=case.id, subject=("handover", handover.id))
    db.session.flush()
    complete(step, path, case, by=by, on=handover.at.astimezone(PHNOM_PENH).date(), outcome="handed_over")
