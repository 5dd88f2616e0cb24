"""Reads of the consent ledger: what stands now, what it opens to whom, and what was never asked. No entry means no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from casework.access.queries import organisation_names
from casework.consent.models import ConsentEntry, ConsentEntryClass, ConsentEntrySealed, Grant, VitalOpening
from casework.consent.workflow import PEOPLE
from casework.db import db, utcnow
from casework.errors import NotVisible
from casework.vault import fields

Entries = Select[ConsentEntry]


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as pages show it, with its recipient's name opened."""

    id: UUID
    case_id: UUID
    purpose: str
    answer: str
    """given, refused, withdrawn; or ended, for a given one whose time is over."""
    in_force: bool
    recipient_org_id: UUID | None
    recipient_kind: str | None
    recipient_name: str
    classes: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    form: str
    giver: str
    ground: str
    author_org_id: UUID
    author_user_id: UUID
    recorded_at: datetime


def in_force(now: datetime | None = None) -> ColumnElement[bool]:
    """Condition on ConsentEntry: given, its time is on, and not taken back."""
    now = now or utcnow()
    later = aliased(ConsentEntry)
    return and_(
        ConsentEntry.answer == "given",
        ConsentEntry.starts_at <= now,
        ConsentEntry.ends_at > now,
        ~exists(select(1).where(later.withdraws_id == ConsentEntry.id)),
    )


def standing_rows(
    case_id: UUID, now: datetime | None = None, *, purpose: str | None = None, org_id: UUID | None = None
) -> Sequence[ConsentEntry]:
    """The entries in force, of one purpose and one recipient organisation if named."""
    query = select(ConsentEntry).where(ConsentEntry.case_id == case_id, in_force(now))
    if purpose is not None:
        query = query.where(ConsentEntry.purpose == purpose)
    if org_id is not None:
        query = query.where(ConsentEntry.recipient_org_id == org_id)
    return db.session.scalars(query.order_by(ConsentEntry.ends_at.desc(), ConsentEntry.id)).all()


def standing(case_id: UUID, now: datetime | None = None) -> list[Entry]:
    """All entries in force, the longest first. Whose eyes they are for: see `ledger`."""
    return _shown(standing_rows(case_id, now), now)


def consented_classes(
    case_id: UUID, org_id: UUID, purpose: str, now: datetime | None = None, *, recorded_by_others: bool = False
) -> dict[str, tuple[UUID, datetime]]:
    """Data class -> (entry, end) of what may be shared with this organisation for this purpose, now.

    Strict: only entries that name the organisation itself count, a coded kind of recipient opens nothing.
    `recorded_by_others`: leave out what the recipient recorded in its own favour.
    """
    rows = standing_rows(case_id, now, purpose=purpose, org_id=org_id)
    return _widest([row for row in rows if not recorded_by_others or row.author_org_id != org_id])


def classes_of_entry(entry_id: UUID, case_id: UUID, now: datetime | None = None) -> dict[str, tuple[UUID, datetime]]:
    """As `consented_classes` for one entry: what may go on paper to a party without a row of its own."""
    return _widest([row for row in standing_rows(case_id, now) if row.id == entry_id])


def _widest(rows: Iterable[ConsentEntry]) -> dict[str, tuple[UUID, datetime]]:
    listed = list(rows)
    classes = classes_of(row.id for row in listed)
    found: dict[str, tuple[UUID, datetime]] = {}
    for row in listed:
        for name in classes.get(row.id, ()):
            if name not in found or row.ends_at > found[name][1]:
                found[name] = (row.id, row.ends_at)
    return found


def classes_of(entry_ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The data classes of entries, in one statement."""
    wanted = list(set(entry_ids))
    if not wanted:
        return {}
    found: dict[UUID, list[str]] = {}
    for entry_id, name in db.session.execute(
        select(ConsentEntryClass.entry_id, ConsentEntryClass.data_class)
        .where(ConsentEntryClass.entry_id.in_(wanted))
        .order_by(ConsentEntryClass.data_class)
    ):
        found.setdefault(entry_id, []).append(name)
    return {entry_id: tuple(names) for entry_id, names in found.items()}


def ledger(case_id: UUID, *, org_id: UUID, owner: bool, now: datetime | None = None) -> list[Entry]:
    """The ledger as one organisation may read it, newest first.

    The owner of the case reads all of it; another office what it recorded itself or what names it: who else gets
    what is not its business.
    """
    query = select(ConsentEntry).where(ConsentEntry.case_id == case_id)
    if not owner:
        query = query.where(or_(ConsentEntry.author_org_id == org_id, ConsentEntry.recipient_org_id == org_id))
    newest = query.order_by(ConsentEntry.recorded_at.desc(), ConsentEntry.id.desc())
    return _shown(db.session.scalars(newest).all(), now)


def get_entry(entry_id: UUID, case_id: UUID, *, org_id: UUID, owner: bool) -> ConsentEntry:
    """One entry of the ledger as `ledger` shows it, or NotVisible."""
    found = db.session.get(ConsentEntry, entry_id)
    if found is None or found.case_id != case_id:
        raise NotVisible
    if not owner and org_id not in (found.author_org_id, found.recipient_org_id):
        raise NotVisible
    return found


def others_open(entry: ConsentEntry, *, org_id: UUID, owner: bool) -> list[Entry]:
    """Other entries that open the case to the same office, now or from a later day, as far as `ledger` shows them:
    to take one back does not close the door while another stands."""
    if entry.recipient_org_id is None:
        return []
    now = utcnow()
    return [
        one
        for one in ledger(entry.case_id, org_id=org_id, owner=owner)
        if one.id != entry.id and one.recipient_org_id == entry.recipient_org_id
        and (one.in_force or (one.answer == "given" and one.starts_at > now and not _taken_back(one.id)))
    ]  # fmt: skip


def _taken_back(entry_id: UUID) -> bool:
    query = select(ConsentEntry.id).where(ConsentEntry.withdraws_id == entry_id)
    return db.session.scalar(query.limit(1)) is not None


def answer_about(
    case_id: UUID, purpose: str, *, org_id: UUID | None = None, kind: str | None = None, now: datetime | None = None
) -> str:
    """Where a person stands on one purpose and recipient: never_asked, given, refused, withdrawn or ended."""
    now = now or utcnow()
    query = select(ConsentEntry).where(ConsentEntry.case_id == case_id, ConsentEntry.purpose == purpose)
    query = _of_recipient(query, org_id, kind)
    rows = db.session.scalars(query.order_by(ConsentEntry.recorded_at, ConsentEntry.id)).all()
    if not rows:
        return "never_asked"
    taken_back = {row.withdraws_id for row in rows}
    if any(row.answer == "given" and row.id not in taken_back and row.starts_at <= now < row.ends_at for row in rows):
        return "given"
    return "ended" if rows[-1].answer == "given" else rows[-1].answer


def answers_of(
    case_ids: Sequence[UUID], *, org_id: UUID, owned: Iterable[UUID], now: datetime | None = None
) -> dict[UUID, str]:
    """Case id -> given while anything is agreed and in force, else the newest answer, else never_asked.

    As `ledger`: of the `owned` cases every entry counts, of others what this organisation recorded or what names it.
    """
    now, wanted, own = now or utcnow(), list(case_ids), set(owned)
    rows = db.session.scalars(
        select(ConsentEntry)
        .where(ConsentEntry.case_id.in_(wanted))
        .where(
            or_(
                ConsentEntry.case_id.in_(own),
                ConsentEntry.author_org_id == org_id,
                ConsentEntry.recipient_org_id == org_id,
            )
        )
        .order_by(ConsentEntry.recorded_at, ConsentEntry.id)
    ).all()
    found = dict.fromkeys(wanted, "never_asked")
    taken_back = {row.withdraws_id for row in rows}
    holding = {
        row.case_id
        for row in rows
        if row.answer == "given" and row.id not in taken_back and row.starts_at <= now < row.ends_at
    }
    for row in rows:
        found[row.case_id] = "ended" if row.answer == "given" else row.answer
    return found | dict.fromkeys(holding, "given")


def _of_recipient(query: Entries, org_id: UUID | None, kind: str | None) -> Entries:
    if org_id is not None:
        return query.where(ConsentEntry.recipient_org_id == org_id)
    return query.where(ConsentEntry.recipient_org_id.is_(None), ConsentEntry.recipient_kind == kind)


def _shown(rows: Sequence[ConsentEntry], now: datetime | None = None) -> list[Entry]:
    """Entries with classes and names: three statements, whatever their number."""
    if not rows:
        return []
    now = now or utcnow()
    ids = [row.id for row in rows]
    classes = classes_of(ids)
    offices = organisation_names(row.recipient_org_id for row in rows if row.recipient_org_id)
    sealed = db.session.scalars(select(ConsentEntrySealed).where(ConsentEntrySealed.id.in_(ids))).all()
    names = fields.unseal_many(sealed, "recipient_name")
    taken_back = set(
        db.session.scalars(select(ConsentEntry.withdraws_id).where(ConsentEntry.withdraws_id.in_(ids))).all()
    )
    return [
        Entry(
            id=row.id,
            case_id=row.case_id,
            purpose=row.purpose,
            answer="ended" if row.answer == "given" and row.ends_at <= now else row.answer,
            in_force=row.answer == "given" and row.id not in taken_back and row.starts_at <= now < row.ends_at,
            recipient_org_id=row.recipient_org_id,
            recipient_kind=row.recipient_kind,
            recipient_name=offices.get(row.recipient_org_id, "") if row.recipient_org_id else names.get(row.id) or "",
            classes=classes.get(row.id, ()),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            form=row.form,
            giver=row.giver,
            ground=row.ground,
            author_org_id=row.author_org_id,
            author_user_id=row.author_user_id,
            recorded_at=row.recorded_at,
        )
        for row in rows
    ]


def people_of(entry_ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """The names in entries (guardian, witness, interpreter) by words of workflow.PEOPLE; entries without any are left
    out."""
    rows = db.session.scalars(select(ConsentEntrySealed).where(ConsentEntrySealed.id.in_(list(entry_ids)))).all()
    found = fields.unseal_many(rows, "people")
    return {
        entry_id: {word: names[word] for word in PEOPLE if word in names} for entry_id, names in found.items() if names
    }


def live_grants(case_id: UUID, now: datetime | None = None, *, org_id: UUID | None = None) -> Sequence[Grant]:
    """Grants that open the case now, of one organisation if named."""
    now = now or utcnow()
    query = select(Grant).where(
        Grant.case_id == case_id, Grant.ended_at.is_(None), Grant.starts_at <= now, Grant.ends_at > now
    )
    if org_id is not None:
        query = query.where(Grant.org_id == org_id)
    return db.session.scalars(query.order_by(Grant.starts_at, Grant.id)).all()


def openings(case_id: UUID, org_id: UUID) -> Sequence[VitalOpening]:
    """Openings for vital interest that an organisation made on a case, newest first."""
    query = select(VitalOpening).where(VitalOpening.case_id == case_id, VitalOpening.author_org_id == org_id)
    return db.session.scalars(query.order_by(VitalOpening.opened_at.desc())).all()
