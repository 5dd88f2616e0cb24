"""What a return rests on, for an actor's eyes: papers with their warnings, tracings, best-interest decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import organisation_names
from casework.cases.models import Approval
from casework.cases.queries import classes_of, get_record, visible_records
from casework.codes.queries import get
from casework.db import db, today
from casework.errors import NotVisible, n_
from casework.repatriation.kinds import DATA_CLASS, FOUND, PAPER_SOON_DAYS, PAPER_SPARE_DAYS, PARTIES
from casework.repatriation.models import (
    BestInterest,
    BestInterestSealed,
    FamilyTracing,
    FamilyTracingSealed,
    ReturnPath,
    TravelPaper,
    TravelPaperSealed,
)
from casework.repatriation.queries.paths import get_path
from casework.vault import fields

PAPER_WORDS = {"number": "identity", "issued_by": DATA_CLASS, "note": DATA_CLASS}
"""The words of a paper and the class each belongs to: the number tells who somebody is."""
PERMIT = "permit"
"""Group of travel_document: needed besides a paper, but no paper to cross a border with."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper opened for one reader."""

    row: TravelPaper
    words: dict[str, str]
    """Only the words whose class is open to the reader."""


@dataclass(frozen=True, slots=True)
class PaperWarning:
    """Something about the papers that needs a hand before the day of travel. `kind` is a code of travel_document."""

    sentence: str
    kind: str = ""
    day: date | None = None


def papers_of(by: Actor, path: ReturnPath) -> list[PaperView]:
    """The papers of a return, the newest first."""
    query = select(TravelPaper).where(TravelPaper.path_id == path.id)
    rows = db.session.scalars(query.order_by(TravelPaper.recorded_at.desc(), TravelPaper.id.desc())).all()
    if not rows:
        return []
    opened = classes_of(by, path.case_id)
    sealed = db.session.scalars(select(TravelPaperSealed).where(TravelPaperSealed.id.in_([row.id for row in rows])))
    listed = sealed.all()
    words = {name: fields.unseal_many(listed, name) for name in PAPER_WORDS}
    return [
        PaperView(
            row,
            {
                name: str(words[name].get(row.id) or "")
                for name, needed in PAPER_WORDS.items()
                if opened.opens(needed, row.author_org_id, by)
            },
        )
        for row in rows
    ]


def get_paper(by: Actor, paper_id: UUID) -> tuple[TravelPaper, ReturnPath]:
    """A paper with its return, or NotVisible."""
    found = db.session.get(TravelPaper, paper_id)
    if found is None:
        raise NotVisible
    return found, get_path(by, found.path_id)


def paper_warnings(path: ReturnPath, papers: Iterable[TravelPaper]) -> list[PaperWarning]:
    """What is wrong with the papers, seen from the day of travel; nothing once the return has ended."""
    if path.state != "open" or path.from_country == path.to_country:
        return []
    rows = list(papers)
    soon = path.travel_on is not None and path.travel_on <= today() + timedelta(days=PAPER_SOON_DAYS)
    crossing = [row for row in rows if get("travel_document", row.kind).group != PERMIT]
    found = [warning for row in rows if (warning := _of_paper(path, row, soon=soon)) is not None]
    if soon and not any(row.state == "issued" for row in crossing):
        found.insert(0, PaperWarning(n_("No paper to travel with is issued yet.")))
    return found


def _of_paper(path: ReturnPath, row: TravelPaper, *, soon: bool) -> PaperWarning | None:
    if row.state == "asked":
        return PaperWarning(n_("%(paper)s: asked for, not issued yet."), row.kind) if soon else None
    if row.state in ("refused", "lost"):
        words = {
            "refused": n_("%(paper)s: refused. Ask for another one."),
            "lost": n_("%(paper)s: lost or taken away. Ask for another one."),
        }
        return PaperWarning(words[row.state], row.kind) if row.issued_on is None or soon else None
    if row.valid_until is None:
        return None
    day = path.travel_on or today()
    if row.valid_until < day:
        sentence = (
            n_("%(paper)s: ends on %(day)s, before the day of travel.")
            if path.travel_on
            else n_("%(paper)s: ended on %(day)s.")
        )
        return PaperWarning(sentence, row.kind, row.valid_until)
    if path.travel_on and row.valid_until < day + timedelta(days=PAPER_SPARE_DAYS):
        return PaperWarning(
            n_("%(paper)s: ends on %(day)s, soon after travel. It fails if the journey is put off."),
            row.kind,
            row.valid_until,
        )
    return None


@dataclass(frozen=True, slots=True)
class TracingView:
    """A tracing opened for one reader. What was told and found is read by the offices that asked or were asked."""

    row: FamilyTracing
    asked: str
    """Message id or name of an office."""
    words: dict[str, str]
    found: dict[str, str]
    late: bool


def tracings_of(by: Actor, path: ReturnPath) -> list[TracingView]:
    """The tracings of a return that are open to the actor (class family), the newest first."""
    query = visible_records(by, FamilyTracing).where(FamilyTracing.path_id == path.id)
    rows = db.session.scalars(query.order_by(FamilyTracing.recorded_at.desc(), FamilyTracing.id.desc())).all()
    return _views(by, rows)


def get_tracing(by: Actor, tracing_id: UUID) -> tuple[FamilyTracing, ReturnPath]:
    """A tracing with its return, or NotVisible."""
    found = get_record(by, FamilyTracing, tracing_id)
    return found, get_path(by, found.path_id)


def tracing_view(by: Actor, row: FamilyTracing) -> TracingView:
    """One tracing opened."""
    return _views(by, [row])[0]


def _views(by: Actor, rows: Sequence[FamilyTracing]) -> list[TracingView]:
    if not rows:
        return []
    names = organisation_names({row.asked_org_id for row in rows if row.asked_org_id})
    sealed = db.session.scalars(select(FamilyTracingSealed).where(FamilyTracingSealed.id.in_([row.id for row in rows])))
    listed = sealed.all()
    words = {name: fields.unseal_many(listed, name) for name in ("told", "cover", "withheld", "found")}
    views = []
    for row in rows:
        ours = by.organisation_id in (row.author_org_id, row.asked_org_id)
        told = words["found"].get(row.id) or {}
        found = {name: str(told.get(name) or "") for name in FOUND}  # an answer says what was learned, not all of it
        asked = names.get(row.asked_org_id, "") if row.asked_org_id else PARTIES[row.asked_party or "family"]
        texts = {name: str(words[name].get(row.id) or "") for name in ("told", "cover", "withheld")} if ours else {}
        late = row.state == "asked" and row.due_on < today()
        views.append(TracingView(row, asked, texts, found if ours else {}, late))
    return views


def unsure(path: ReturnPath, since: datetime | None) -> bool:
    """True when the last tracing answered after `since` does not know whether home is safe."""
    query = select(FamilyTracing).where(FamilyTracing.path_id == path.id, FamilyTracing.answered_at.is_not(None))
    newest = db.session.scalars(query.order_by(FamilyTracing.answered_at.desc()).limit(1)).first()
    if newest is None or newest.safe is None or newest.answered_at is None:
        return False
    if since is not None and newest.answered_at < since:
        return False
    return not get("tracing_status", newest.safe).extra.get("result")


def interests_of(path: ReturnPath) -> Sequence[BestInterest]:
    """The best-interest decisions of a return, the newest first."""
    query = select(BestInterest).where(BestInterest.path_id == path.id)
    return db.session.scalars(query.order_by(BestInterest.recorded_at.desc(), BestInterest.id.desc())).all()


def get_interest(by: Actor, interest_id: UUID) -> tuple[BestInterest, ReturnPath, Approval]:
    """A best-interest decision with its return and approval, or NotVisible."""
    found = db.session.get(BestInterest, interest_id)
    if found is None:
        raise NotVisible
    path = get_path(by, found.path_id)
    return found, path, db.session.scalars(select(Approval).where(Approval.record_id == found.id)).one()


def interest_words(by: Actor, rows: Iterable[BestInterest]) -> dict[UUID, dict[str, str]]:
    """The words of best-interest decisions, for the office that wrote them only: others read the result."""
    mine = [row.id for row in rows if row.author_org_id == by.organisation_id]
    if not mine:
        return {}
    sealed = db.session.scalars(select(BestInterestSealed).where(BestInterestSealed.id.in_(mine))).all()
    words = {name: fields.unseal_many(sealed, name) for name in BestInterestSealed.__sealed__}
    return {key: {name: str(words[name].get(key) or "") for name in words} for key in mine}


def interest_states(rows: Iterable[BestInterest]) -> dict[UUID, str]:
    """Decision -> 'approved', 'returned' or '' while it waits for the second person."""
    wanted = [row.id for row in rows]
    if not wanted:
        return {}
    found = db.session.execute(select(Approval.record_id, Approval.decision).where(Approval.record_id.in_(wanted)))
    return {record_id: decision or "" for record_id, decision in found}
