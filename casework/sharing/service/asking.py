"""Asking another office for advice, such as the parent of the own one: a dated grant, with consent as any other."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, notify, refresh_access
from casework.consent.models import Grant
from casework.consent.queries import classes_of, standing_rows
from casework.consent.service import open_grant
from casework.db import db, utcnow
from casework.errors import InvalidInput, n_
from casework.sharing.packet import may_pass_on
from casework.sharing.service.moves import data_classes


def ask_office(case: Case, *, by: Actor, org_id: UUID, purpose: str, until: datetime, question: str) -> list[Grant]:
    """Open the consented classes to an office until a day, with a task that says what is asked.

    No access follows from being parent or child of an office (docs/domain.md 1): this grant is the only way.
    """
    require(by, Permission.REFERRAL_SEND)
    _check(org_id, until, question, by=by)
    rows = standing_rows(case.id, purpose=purpose, org_id=org_id)
    if not rows:
        raise InvalidInput(n_("The person has not agreed to share anything with this office for this. Ask first."))
    passed = may_pass_on(case, by)
    classes = {key: passed.intersection(names) for key, names in classes_of(row.id for row in rows).items()}
    rows = [row for row in rows if classes.get(row.id)]
    if not rows:
        raise InvalidInput(n_("The person has not agreed to share anything with this office for this. Ask first."))
    grants = []
    for row in rows:
        let_in = partial(
            open_grant, case.id, org_id=org_id, via="asked", ends_at=min(row.ends_at, until), entry_id=row.id
        )
        grants += [let_in(classes=classes.get(row.id, ())), let_in(classes=data_classes(), reach="own")]
    last = max(grant.ends_at for grant in grants)
    refresh_access(case)
    add_task(
        case,
        by=by,
        kind="todo",
        org_id=org_id,
        due_at=last,
        record_kind="consent_entry",
        record_id=rows[0].id,
        text=question,
    )
    notify(org_id, "assigned", case_id=case.id)
    record(by, "access.asked", case_id=case.id, subject=("organisation", org_id), body={"purpose": purpose})
    db.session.flush()
    return grants


def _check(org_id: UUID, until: datetime, question: str, *, by: Actor) -> None:
    if org_id == by.organisation_id or not organisation(org_id).has_users:
        raise InvalidInput(n_("Choose another office."), field="to")
    if until <= utcnow():
        raise InvalidInput(n_("Enter a day after today."), field="until")
    if not question.strip():
        raise InvalidInput(n_("Say what you ask."), field="question")
