"""Records of a case: every one made here, with its author, class and time, and its line on the timeline."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from casework.access.permissions import Actor
from casework.cases.models import Case, CaseChange, CaseRecord, TimelineEntry
from casework.cases.queries.visible import classes_of
from casework.cases.service.access import touched
from casework.codes.dates import PartialDate
from casework.db import db, utcnow, uuid7
from casework.errors import NotAllowed, n_

R = TypeVar("R", bound=CaseRecord)


def may_write(case: Case, data_class: str, *, by: Actor) -> bool:
    """True when role and organisation open the class for the actor's own records."""
    classes = classes_of(by, case.id)
    return data_class in classes.all or data_class in classes.own


def new_record(
    model: type[R],
    case: Case,
    *,
    by: Actor,
    data_class: str,
    source: str = "said",
    occurred: PartialDate | None = None,
    on_behalf_org_id: UUID | None = None,
    timeline: bool = True,
    **columns: object,
) -> R:
    """A new record of a case, added to the session with its line on the timeline (`timeline=False`: without one, for
    records planned by the dozen).

    Raises NotAllowed when this role or organisation may not hold records of the class on this case.
    """
    if not may_write(case, data_class, by=by):
        raise NotAllowed(n_("Your role can't write this kind of record on this case."))
    row = model()
    row.id, row.case_id, row.recorded_at = uuid7(), case.id, utcnow()
    row.author_org_id, row.author_user_id = by.organisation_id, by.user_id
    row.on_behalf_org_id, row.data_class, row.source = on_behalf_org_id, data_class, source
    _when(row, occurred)
    for name, value in columns.items():
        setattr(row, name, value)
    db.session.add(row)
    if timeline:
        on_timeline(case, str(model.__tablename__), by=by, data_class=data_class, record_id=row.id, occurred=occurred)
    touched(case, by=by, data_class=data_class)
    return row


def on_timeline(
    case: Case,
    kind: str,
    *,
    by: Actor,
    data_class: str,
    record_id: UUID | None = None,
    occurred: PartialDate | None = None,
) -> None:
    """Add a line to the timeline: a kind and an id, never words."""
    row = TimelineEntry(kind=kind, record_id=record_id)
    row.id, row.case_id, row.recorded_at = uuid7(), case.id, utcnow()
    row.author_org_id, row.author_user_id = by.organisation_id, by.user_id
    row.data_class, row.source = data_class, "seen"
    _when(row, occurred)
    db.session.add(row)


def _when(row: CaseRecord, occurred: PartialDate | None) -> None:
    if occurred is not None:
        row.occurred_from, row.occurred_to = occurred.first, occurred.last
        row.occurred_precision = str(occurred.precision)


def change(
    case: Case,
    what: str,
    before: str | None,
    after: str | None,
    *,
    by: Actor,
    reason: str | None = None,
    data_class: str = "demographic",
) -> None:
    """Write the history of a status. `reason` is a code."""
    row = CaseChange(
        id=uuid7(),
        case_id=case.id,
        what=what,
        before=before,
        after=after,
        reason=reason,
        at=utcnow(),
        by_user_id=by.user_id,
        by_org_id=by.organisation_id,
    )
    db.session.add(row)
    on_timeline(case, f"change:{what}", by=by, data_class=data_class, record_id=row.id)
