"""Hand-overs as each side may read them: the words of both, but never the other side's 'not disclosed'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import names_of, organisation_names
from casework.cases.queries import classes_of
from casework.db import db
from casework.errors import NotVisible
from casework.repatriation.kinds import DATA_CLASS
from casework.repatriation.models import (
    Handover,
    HandoverPaper,
    HandoverSealed,
    HandoverSignature,
    HandoverSignatureSealed,
    ReturnPath,
)
from casework.repatriation.queries.paths import get_path
from casework.vault import fields

WORDS = {"place": DATA_CLASS, "belongings": DATA_CLASS, "medicine": "health", "condition": "health"}
"""The words of a hand-over and the data class that each belongs to: a field may be narrower than its record."""


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A hand-over opened for one reader."""

    row: Handover
    words: dict[str, str]
    """Only the words whose class is open to the reader: the others are absent, not empty."""
    officers: dict[str, str]
    papers: list[tuple[str, str]]
    """(list, code) of the documents given along."""
    signatures: dict[str, HandoverSignature]
    signers: dict[str, str]
    """Side -> who signed: the user's name, or the paper and where it lies."""
    offices: dict[UUID, str]
    not_disclosed: str


def get_handover(by: Actor, handover_id: UUID) -> tuple[Handover, ReturnPath]:
    """A hand-over with its return, or NotVisible."""
    found = db.session.get(Handover, handover_id)
    if found is None:
        raise NotVisible
    return found, get_path(by, found.path_id)


def handovers_of(path: ReturnPath) -> Sequence[Handover]:
    """The hand-overs of a return, the newest first."""
    query = select(Handover).where(Handover.path_id == path.id)
    return db.session.scalars(query.order_by(Handover.recorded_at.desc(), Handover.id.desc())).all()


def live_handover(step_id: UUID) -> Handover | None:
    """The hand-over of a step that is not void."""
    return db.session.scalars(select(Handover).where(Handover.step_id == step_id, Handover.state != "void")).first()


def signatures_of(handover: Handover) -> dict[str, HandoverSignature]:
    """Side -> signature."""
    rows = db.session.scalars(select(HandoverSignature).where(HandoverSignature.handover_id == handover.id))
    return {row.side: row for row in rows}


def view_of(by: Actor, handover: Handover) -> HandoverView:
    """The hand-over with the words that are open to `by`, who has got it from get_handover or handovers_of."""
    classes = classes_of(by, handover.case_id)
    readable = [name for name, needed in WORDS.items() if classes.opens(needed, handover.author_org_id, by)]
    sealed = db.session.get_one(HandoverSealed, handover.id)
    papers = select(HandoverPaper).where(HandoverPaper.handover_id == handover.id)
    signatures = signatures_of(handover)
    own = handover.author_org_id == by.organisation_id
    officers = fields.unseal(sealed, "officers") or {}
    return HandoverView(
        row=handover,
        words={name: str(fields.unseal(sealed, name) or "") for name in readable},
        officers={str(side): str(name) for side, name in officers.items()},
        papers=sorted((row.list, row.code) for row in db.session.scalars(papers)),
        signatures=signatures,
        signers=_signers(signatures),
        offices=organisation_names([handover.giver_org_id, handover.receiver_org_id]),
        not_disclosed=str(fields.unseal(sealed, "not_disclosed") or "") if own else "",
    )


def _signers(signatures: dict[str, HandoverSignature]) -> dict[str, str]:
    names = names_of(row.by_user_id for row in signatures.values())
    query = select(HandoverSignatureSealed).where(
        HandoverSignatureSealed.id.in_([row.id for row in signatures.values()])
    )
    papers = fields.unseal_many(db.session.scalars(query).all(), "paper")
    return {side: str(papers.get(row.id) or names.get(row.by_user_id, "")) for side, row in signatures.items()}
