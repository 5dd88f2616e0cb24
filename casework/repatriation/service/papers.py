"""Papers for the way: passport, one-way papers, exit permit, fine waiver, with the day until which they are valid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casework.access.permissions import Actor
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.codes.dates import known
from casework.codes.service import check
from casework.db import check_version, db, today, touch
from casework.documents.queries import get_document
from casework.errors import InvalidInput, NotAllowed, NotVisible, n_
from casework.repatriation.kinds import DATA_CLASS, PAPER_HOLDERS, PAPER_STATES
from casework.repatriation.models import ReturnPath, TravelPaper, TravelPaperSealed
from casework.repatriation.service.moving import require_open
from casework.vault import fields


@dataclass(frozen=True, slots=True)
class PaperData:
    """What is known of a paper. Words that are None stay as they are."""

    state: str
    asked_on: date | None = None
    issued_on: date | None = None
    valid_until: date | None = None
    holder: str | None = None
    document_id: UUID | None = None
    keep_document: bool = False
    """The link stays: for a document that the writer may not see."""
    number: str | None = None
    issued_by: str | None = None
    note: str | None = None


def add_paper(path: ReturnPath, case: Case, kind: str, data: PaperData, *, by: Actor) -> TravelPaper:
    """Record a paper for the way: asked for, or there already."""
    require_open(path, case, by=by)
    check("travel_document", kind, field="kind")
    _check(data)
    row = new_record(
        TravelPaper,
        case,
        by=by,
        data_class=DATA_CLASS,
        source="paper",
        occurred=known(data.issued_on or data.asked_on or today()),
        path_id=path.id,
        kind=kind,
        **_columns(case, data, by=by),
    )
    db.session.flush()
    sealed = TravelPaperSealed(id=row.id, root_id=case.person_id)
    fields.seal(sealed, number=data.number, issued_by=data.issued_by, note=data.note)
    db.session.add(sealed)
    body = {"kind": kind, "state": data.state}
    record(by, "travel_paper.added", case_id=case.id, subject=("travel_paper", row.id), body=body)
    db.session.flush()
    return row


def change_paper(
    paper: TravelPaper,
    path: ReturnPath,
    case: Case,
    data: PaperData,
    *,
    by: Actor,
    expected_version: int | None = None,
) -> None:
    """Write what became of a paper. The office that recorded it does, the one that plans the return, or the owner."""
    require_open(path, case, by=by)
    if paper.path_id != path.id:
        raise NotVisible
    if by.organisation_id not in (paper.author_org_id, path.author_org_id, case.owner_org_id):
        raise NotAllowed(n_("Another office recorded this paper."))
    check_version(paper, expected_version, {"state": paper.state})
    _check(data)
    for name, value in _columns(case, data, by=by).items():
        setattr(paper, name, value)
    words = {name: getattr(data, name) for name in ("number", "issued_by", "note") if getattr(data, name) is not None}
    touch(paper)
    if words:
        fields.seal(db.session.get_one(TravelPaperSealed, paper.id), **words)
    body = {"kind": paper.kind, "state": data.state}
    record(by, "travel_paper.changed", case_id=case.id, subject=("travel_paper", paper.id), body=body)
    db.session.flush()


def _columns(case: Case, data: PaperData, *, by: Actor) -> dict[str, Any]:
    return {
        "state": data.state,
        "asked_on": data.asked_on or (today() if data.state == "asked" else None),
        "issued_on": data.issued_on,
        "valid_until": data.valid_until,
        "holder": data.holder or None,
        **({} if data.keep_document else {"document_id": _document(case, data, by=by)}),
    }


def _document(case: Case, data: PaperData, *, by: Actor) -> UUID | None:
    return get_document(by, case.id, data.document_id).id if data.document_id else None


def _check(data: PaperData) -> None:
    if data.state not in PAPER_STATES:
        raise InvalidInput(n_("Say where the paper stands."), field="state")
    if data.holder and data.holder not in PAPER_HOLDERS:
        raise InvalidInput(n_("Choose from the list."), field="holder")
    for name in ("asked_on", "issued_on"):
        day = getattr(data, name)
        if day is not None and day > today():
            raise InvalidInput(n_("Enter a day that is not in the future."), field=name)
    if data.valid_until and data.issued_on and data.valid_until < data.issued_on:
        raise InvalidInput(n_("Enter a day after the paper was issued."), field="valid_until")
