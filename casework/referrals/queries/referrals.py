"""Which referrals are for whose eyes: one predicate for inbox, outbox, counts, page, packet and letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select

from casework.access.permissions import SPECIAL_CLASSES, Actor, Permission, Scope, can
from casework.access.queries import Offer, offers
from casework.cases.models import Case, Task
from casework.cases.queries import Cursor, had_reach, may_see, not_kept_out, sees_class
from casework.consent.models import ConsentEntry
from casework.consent.queries import in_force
from casework.db import db, utcnow
from casework.errors import NotVisible
from casework.referrals.models import (
    Referral,
    ReferralChange,
    ReferralClass,
    ReferralSealed,
    ReferralTalk,
    ReferralTalkSealed,
)
from casework.referrals.workflow import ACCEPTED, OPEN, READABLE
from casework.vault import fields

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A data line of the packet: a class, a label (English message id), a value and how to show it."""

    data_class: str
    label: str
    value: str
    list: str = ""
    """The list whose code the value is; 'words': a message id; 'about': a number estimated; '': text as written."""
    day: str = ""
    """ISO date, where the line is about one day."""

    @property
    def on(self) -> date | None:
        """The day the line is about, for the page."""
        return date.fromisoformat(self.day) if self.day else None


def visible_referrals(by: Actor) -> Select[Referral]:
    """The referrals this actor may see: the only way to select them. They carry codes only, never a name.

    Sender and owner of the case see those of their visible cases whose service is of a class open to the office and
    the role, as any record; and besides, who sent one and who was given its task. The receiver's side see `_to_us`.
    Nobody else sees that one exists.
    """
    if by.scope < Scope.ASSIGNED or not by.classes:
        return select(Referral).join(Case, Case.id == Referral.case_id).where(false())
    now = utcnow()
    reach = may_see(by, Referral.case_id, now)
    of_class = sees_class(by, Referral, now)
    mine = and_(
        Referral.author_org_id == by.organisation_id,
        reach,
        or_(of_class, Referral.author_user_id == by.user_id, _given(by)),
    )
    of_own_case = and_(Case.owner_org_id == by.organisation_id, Referral.status != "draft", reach, of_class)
    sides = [mine, of_own_case]
    if can(by, Permission.REFERRAL_ANSWER):
        sides.append(_to_us(by, reach, now))
    return select(Referral).join(Case, Case.id == Referral.case_id).where(Case.published, or_(*sides))


def _given(by: Actor) -> ColumnElement[bool]:
    """Condition: an open task of the referral was given to the actor, who must be able to do it."""
    return exists(select(1).where(Task.record_id == Referral.id, Task.assignee_id == by.user_id, Task.state == "open"))


def _to_us(by: Actor, reach: ColumnElement[bool], now: datetime) -> ColumnElement[bool]:
    """Condition: sent to the actor's office. Until it is taken on, whoever answers referrals sees it; from then on only
    within the reach of the role, with live access while it runs, and as a mark that it ended afterwards."""
    taken_on = and_(Referral.answered_at.is_not(None), Referral.status != "rejected")
    return and_(
        Referral.to_org_id == by.organisation_id,
        Referral.status != "draft",
        not_kept_out(by, Referral.case_id, now),
        or_(
            not_(taken_on),
            reach,
            and_(Referral.status.not_in(ACCEPTED), had_reach(by, Referral.case_id, now)),
        ),
    )


def get_referral(by: Actor, referral_id: UUID) -> Referral:
    """The referral, or NotVisible: absent and not-for-you are the same answer."""
    found = db.session.scalars(visible_referrals(by).where(Referral.id == referral_id)).one_or_none()
    if found is None:
        raise NotVisible
    return found


def for_case(by: Actor, case_id: UUID) -> Sequence[Referral]:
    """The visible referrals of one case, newest first."""
    query = visible_referrals(by).where(Referral.case_id == case_id)
    return db.session.scalars(query.order_by(Referral.sent_at.desc(), Referral.id.desc())).all()


def boxed(by: Actor, box: str, *, open_only: bool = True) -> Select[Referral]:
    """The rows of a box: 'in' what others sent to the actor's office, 'out' what it sent."""
    side = Referral.to_org_id if box == "in" else Referral.author_org_id
    query = visible_referrals(by).where(side == by.organisation_id)
    return query.where(Referral.status.in_(OPEN) if open_only else Referral.status.not_in((*OPEN, "draft")))


def list_referrals(
    by: Actor, box: str, *, open_only: bool = True, after: Cursor | None = None, limit: int = PAGE
) -> tuple[list[tuple[Referral, str]], Cursor | None]:
    """One page of a box with case codes, newest first, and the cursor of the next one. One statement, no names."""
    query = boxed(by, box, open_only=open_only).add_columns(Case.code)
    if after is not None:
        query = query.where(after.older(Referral.sent_at, Referral.id))
    rows = db.session.execute(query.order_by(Referral.sent_at.desc(), Referral.id.desc()).limit(limit + 1)).all()
    found = [(row[0], str(row[1])) for row in rows[:limit]]
    more = len(rows) > limit
    return found, Cursor(found[-1][0].sent_at, found[-1][0].id) if more else None


def count_referrals(by: Actor, box: str, *, status: str | None = None) -> int:
    """How many open referrals a box holds, of one state if given: exact, over rows one may see."""
    query = boxed(by, box)
    if status is not None:
        query = query.where(Referral.status == status)
    return db.session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def waiting_for_us(by: Actor, limit: int = 20) -> list[tuple[Referral, str]]:
    """What came in and waits for this office's answer, the nearest deadline first, with case codes."""
    query = boxed(by, "in").where(Referral.status == "sent").add_columns(Case.code)
    rows = db.session.execute(query.order_by(Referral.due_at, Referral.id).limit(limit)).all()
    return [(row[0], str(row[1])) for row in rows]


def code_of(referral: Referral) -> str:
    """The code of the case of a visible referral: the packet's own first line, no way into the case."""
    return db.session.scalars(select(Case.code).where(Case.id == referral.case_id)).one()


def live_classes(referral: Referral, now: datetime | None = None) -> dict[str, datetime]:
    """Data class -> end of what the packet may still show: its time is on and the entry behind it in force."""
    now = now or utcnow()
    rows = db.session.execute(
        select(ReferralClass.data_class, ReferralClass.ends_at)
        .join(ConsentEntry, ConsentEntry.id == ReferralClass.entry_id)
        .where(ReferralClass.referral_id == referral.id, ReferralClass.ends_at > now, in_force(now))
    )
    return {row.data_class: row.ends_at for row in rows}


def classes_sent(referral: Referral) -> Sequence[ReferralClass]:
    """What the referral opened, with the entries it rests on: the lines of the receipt."""
    query = select(ReferralClass).where(ReferralClass.referral_id == referral.id)
    return db.session.scalars(query.order_by(ReferralClass.data_class)).all()


def packet_for(by: Actor, referral: Referral) -> list[Line] | None:
    """The packet's lines for these eyes, or None when it is closed to them.

    The receiver reads it while the referral stands and only lines whose consent is in force; the sender reads what it
    sent. Both only classes of their role. A third office reads nothing of it.
    """
    sealed = db.session.get(ReferralSealed, referral.id)
    if sealed is None:
        return None
    if referral.author_org_id == by.organisation_id:
        allowed = frozenset(by.classes)
    elif referral.to_org_id == by.organisation_id and referral.status in READABLE:
        allowed = by.classes & live_classes(referral).keys()
        if not live_classes(referral):
            return None
    else:
        return None
    packet = fields.unseal(sealed, "packet") or {}
    return [Line(**line) for line in packet.get("lines", []) if line["data_class"] in allowed]


def receiver_name(referral: Referral) -> str:
    """Name of a receiver without a row of its own, from the sealed packet ('' for offices: their row has it)."""
    if referral.to_org_id is not None:
        return ""
    sealed = db.session.get(ReferralSealed, referral.id)
    return str((fields.unseal(sealed, "packet") or {}).get("to_name", "")) if sealed else ""


def words_of(by: Actor, referral: Referral) -> dict[str, str]:
    """Refusal note and feedback, for sender and receiver, the owner of the case, and roles that read needs; of a
    health, psychosocial or legal service only for roles that hold its class."""
    if not _reads_words(by, referral):
        return {}
    sealed = db.session.get(ReferralSealed, referral.id)
    if sealed is None:
        return {}
    names = ("rejection_note", "answered_by_name", "feedback")
    return {name: str(value) for name in names if (value := fields.unseal(sealed, name))}


def _reads_words(by: Actor, referral: Referral) -> bool:
    if "needs_risk" not in by.classes and "assistance" not in by.classes:
        return False
    return referral.data_class not in SPECIAL_CLASSES or referral.data_class in by.classes


def history(referral: Referral) -> Sequence[ReferralChange]:
    """States of a referral, oldest first."""
    query = select(ReferralChange).where(ReferralChange.referral_id == referral.id)
    return db.session.scalars(query.order_by(ReferralChange.at, ReferralChange.id)).all()


@dataclass(frozen=True, slots=True)
class Talk:
    """Something said outside the program, with the words kept about it."""

    row: ReferralTalk
    who: str
    said: str
    paper: str


def talks_of(by: Actor, referral: Referral) -> list[Talk]:
    """What the own office heard from the other one or said to it on the phone, oldest first, for roles that may read
    the words of the referral; another office never reads these notes."""
    if not _reads_words(by, referral):
        return []
    query = select(ReferralTalk).where(
        ReferralTalk.referral_id == referral.id, ReferralTalk.by_org_id == by.organisation_id
    )
    rows = db.session.scalars(query.order_by(ReferralTalk.at, ReferralTalk.id)).all()
    sealed = list(db.session.scalars(select(ReferralTalkSealed).where(ReferralTalkSealed.id.in_([r.id for r in rows]))))
    who, said, paper = (fields.unseal_many(sealed, name) for name in ("who", "said", "paper"))
    return [
        Talk(row, str(who.get(row.id) or ""), str(said.get(row.id) or ""), str(paper.get(row.id) or "")) for row in rows
    ]


def others_offering(by: Actor, referral: Referral) -> list[Offer]:
    """Offices that offer the same and were not asked for it yet, as far as the actor may know."""
    asked = visible_referrals(by).where(
        Referral.case_id == referral.case_id, Referral.service_type == referral.service_type
    )
    ids = {row.to_org_id for row in db.session.scalars(asked) if row.to_org_id}
    return offers([referral.service_type], without=ids | {by.organisation_id})
