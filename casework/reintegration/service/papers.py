"""Papers of the four stages: ticked when they are there, with the document if it was scanned."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.codes.dates import known
from casework.db import db, today
from casework.documents.queries import get_document
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, n_
from casework.reintegration.kinds import PAPER_WORDS
from casework.reintegration.models import StagePaper
from casework.reintegration.service.plans import DATA_CLASS, must_be_open


def tick_paper(case: Case, *, by: Actor, paper: str, document_id: UUID | None = None) -> StagePaper:
    """Say that a paper of a stage is there; `document_id` is its scan among the documents of the case."""
    require(by, Permission.PLAN_WRITE)
    must_be_open(case)
    if paper not in PAPER_WORDS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="paper")
    if document_id is not None:
        get_document(by, case.id, document_id)
    own = (StagePaper.case_id == case.id, StagePaper.author_org_id == by.organisation_id, StagePaper.paper == paper)
    row = db.session.scalars(select(StagePaper).where(*own)).one_or_none()
    if row is not None and document_id is None:
        raise InvalidTransition(n_("This paper was ticked already. Load the page again."))
    if row is None:
        row = new_record(
            StagePaper,
            case,
            by=by,
            data_class=DATA_CLASS,
            source="paper",
            occurred=known(today()),
            paper=paper,
            there_on=today(),
            timeline=False,
        )
    row.document_id = document_id
    record(by, "paper.ticked", case_id=case.id, subject=("stage_paper", row.id), body={"paper": paper})
    db.session.flush()
    return row


def untick_paper(row: StagePaper, case: Case, *, by: Actor) -> None:
    """Take the tick off a paper that is not there after all; the log keeps both."""
    require(by, Permission.PLAN_WRITE)
    must_be_open(case)
    if row.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Another office ticked this paper."))
    record(by, "paper.unticked", case_id=case.id, subject=("stage_paper", row.id), body={"paper": row.paper})
    db.session.delete(row)
    db.session.flush()
