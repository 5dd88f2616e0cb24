"""Grants: access of one organisation to one case, with its reason and its time. Ended, never deleted.

Whoever calls these also calls `cases.service.refresh_access` in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from casework.consent.models import Grant, GrantClass
from casework.db import db, utcnow, uuid7
from casework.errors import InvalidInput, n_


def open_grant(
    case_id: UUID,
    *,
    org_id: UUID,
    via: str,
    classes: Iterable[str],
    ends_at: datetime,
    reach: str = "all",
    entry_id: UUID | None = None,
    source_id: UUID | None = None,
    starts_at: datetime | None = None,
) -> Grant:
    """Open classes of a case to an organisation for a time. No class, no grant: an empty set means nothing."""
    wanted = sorted(set(classes))
    starts_at = starts_at or utcnow()
    if not wanted or ends_at <= starts_at:
        raise InvalidInput(n_("There is nothing that may be shared now. Ask the person first."))
    grant = Grant(
        id=uuid7(),
        case_id=case_id,
        org_id=org_id,
        via=via,
        reach=reach,
        entry_id=entry_id,
        source_id=source_id,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    db.session.add(grant)
    db.session.flush()
    db.session.add_all([GrantClass(grant_id=grant.id, data_class=name) for name in wanted])
    db.session.flush()
    return grant


def end_grants(
    case_id: UUID,
    *,
    reason: str,
    entry_id: UUID | None = None,
    source_id: UUID | None = None,
    org_id: UUID | None = None,
) -> list[Grant]:
    """End the live grants that rest on an entry, a referral or opening, or belong to an organisation.

    All causes named must fit; with none named nothing ends. `reason` is a code.
    """
    causes = {"entry_id": entry_id, "source_id": source_id, "org_id": org_id}
    named = {name: value for name, value in causes.items() if value is not None}
    if not named:
        return []
    query = select(Grant).where(Grant.case_id == case_id, Grant.ended_at.is_(None))
    ended = list(db.session.scalars(query.filter_by(**named)))
    for grant in ended:
        grant.ended_at, grant.ended_reason = utcnow(), reason
    db.session.flush()
    return ended
