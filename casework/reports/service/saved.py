"""A user's own filters: kept under a name, taken away again."""

from __future__ import annotations

from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.db import db, utcnow, uuid7
from casework.errors import InvalidInput, NotVisible, n_
from casework.reports.models import SavedFilter, SavedFilterSealed
from casework.reports.queries.kept import filters_of
from casework.reports.workflow import SPANS, ReferralFilter
from casework.vault import fields, keys

MOST = 20
"""Filters one user keeps, so that the list stays one that can be read."""


def keep_filter(by: Actor, wanted: ReferralFilter, *, name: str, span: str) -> SavedFilter:
    """Keep a filter of the referral report under a name of the user's own; the same name replaces the older one."""
    require(by, Permission.REPORT_REFERRALS)
    name = " ".join(name.split())
    if not name:
        raise InvalidInput(n_("Enter a name for the filter."), field="name")
    if span not in SPANS:
        raise InvalidInput(n_("Choose which days the filter means."), field="span")
    kept = filters_of(by)
    same = [one.row for one in kept if one.name.casefold() == name.casefold()]
    if len(kept) - len(same) >= MOST:
        raise InvalidInput(n_("You keep %(most)s filters already. Take one away first."), field="name", most=MOST)
    for row in same:
        db.session.delete(row)
    row = SavedFilter(
        id=uuid7(),
        user_id=by.user_id,
        org_id=by.organisation_id,
        filters=wanted.written(),
        span=span,
        created_at=utcnow(),
    )
    keys.make_root("system", row.id)
    db.session.add(row)
    db.session.flush()
    sealed = SavedFilterSealed(id=row.id, root_id=row.id)
    fields.seal(sealed, name=name)
    db.session.add(sealed)
    record(by, "filter.kept", subject=("saved_filter", row.id), body={"filters": wanted.codes(), "span": span})
    db.session.flush()
    return row


def drop_filter(by: Actor, filter_id: UUID) -> None:
    """Take one of the own filters away. Somebody else's is answered as if absent."""
    row = db.session.get(SavedFilter, filter_id)
    if row is None or (row.user_id, row.org_id) != (by.user_id, by.organisation_id):
        raise NotVisible
    db.session.delete(row)
    record(by, "filter.dropped", subject=("saved_filter", filter_id))
    db.session.flush()
