"""News for an office or one of its users, laid over the predicate of cases as any record is."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true

from casework.access.permissions import Actor, Permission
from casework.cases.models import Case, Notice, Task
from casework.cases.queries.predicate import LIVE
from casework.cases.queries.visible import may_see, not_kept_out
from casework.db import db, utcnow
from casework.errors import NotVisible

NEWS_NEEDS = {
    "referral_": frozenset({Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND}),
    "consent_withdrawn": frozenset({Permission.REFERRAL_ANSWER, Permission.CONSENT_RECORD}),
    "approval_asked": frozenset({Permission.CASE_APPROVE}),
}
"""News that only who may act on it is told, by the beginning of its kind."""


def visible_notices(by: Actor) -> Select[Notice]:
    """News this actor may know of: the only way to select it.

    Addressed to the actor or the actor's office, about a case that is visible, of a class that is open. News about a
    packet or an end (`without_access`) reaches an office to which the case is not open, but nobody who is kept away
    from it. What a referral says is decided by the referral itself; the layers above ask for it.
    """
    if not by.classes:
        return select(Notice).where(false())
    about_case = and_(may_see(by, Notice.case_id), Case.published, or_(_of_class(by), _own_work(by)))
    beyond = and_(Notice.without_access, not_kept_out(by, Notice.case_id))
    return (
        select(Notice)
        .join(Case, Case.id == Notice.case_id)
        .where(Notice.org_id == by.organisation_id, _addressed(by), or_(beyond, about_case))
    )


def _addressed(by: Actor) -> ColumnElement[bool]:
    supervises = true() if Permission.CASE_APPROVE in by.permissions else false()
    to_all = and_(Notice.user_id.is_(None), or_(Notice.for_supervisor.is_(False), supervises))
    rules = [or_(Notice.user_id == by.user_id, to_all)]
    rules += [
        Notice.kind.not_like(f"{prefix}%") for prefix, needed in NEWS_NEEDS.items() if not needed & by.permissions
    ]
    return and_(*rules)


def _of_class(by: Actor) -> ColumnElement[bool]:
    now = utcnow()
    return exists(
        select(1).where(
            LIVE.org_id == by.organisation_id,
            LIVE.case_id == Notice.case_id,
            LIVE.data_class == Notice.data_class,
            LIVE.data_class.in_(sorted(by.classes)),
            LIVE.starts_at <= now,
            LIVE.expires_at > now,
        )
    )


def _own_work(by: Actor) -> ColumnElement[bool]:
    """About the actor's own referral, or its task: a health service is asked for by people who don't read health."""
    given = exists(
        select(1).where(Task.id == Notice.record_id, Task.record_kind == "referral", Task.assignee_id == by.user_id)
    )
    return and_(Notice.user_id == by.user_id, or_(Notice.record_kind == "referral", given))


def news_for(by: Actor, limit: int = 20, without: Sequence[str] = ()) -> list[Notice]:
    """Unread news for the actor, the newest first. `without`: kinds that the page shows in another way."""
    query = visible_notices(by).where(Notice.acknowledged_at.is_(None), Notice.kind.not_in(without))
    return list(db.session.scalars(query.order_by(Notice.created_at.desc()).limit(limit)))


def get_notice(by: Actor, notice_id: UUID) -> Notice:
    """A piece of news for this actor, read or not, or NotVisible."""
    notice = db.session.scalars(visible_notices(by).where(Notice.id == notice_id)).one_or_none()
    if notice is None:
        raise NotVisible
    return notice
