"""Groups of cases: shared facts written once; consent and private talk stay per person."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case, CaseGroup, CaseGroupSealed, GroupMember
from casework.cases.models.group import KINDS
from casework.db import db, utcnow, uuid7
from casework.errors import Conflict, InvalidInput, NotVisible, n_
from casework.vault import fields, keys


def make_group(*, by: Actor, kind: str, name: str, facts: str = "", cases: Iterable[Case]) -> CaseGroup:
    """Put cases together as a family, crew, bus or compound group."""
    require(by, Permission.GROUP_MANAGE)
    if kind not in KINDS:
        raise InvalidInput(n_("Choose what kind of group this is."), field="kind")
    if not name.strip():
        raise InvalidInput(n_("Give the group a name that you will recognise."), field="name")
    group = CaseGroup(
        id=uuid7(),
        kind=kind,
        author_org_id=by.organisation_id,
        author_user_id=by.user_id,
        recorded_at=utcnow(),
    )
    db.session.add(group)
    keys.make_root("group", group.id)
    sealed = CaseGroupSealed(id=group.id, root_id=group.id)
    fields.seal(sealed, name=name, facts=facts or None)
    db.session.flush()
    db.session.add(sealed)
    members = list(cases)
    for case in members:
        join_group(group, case, by=by)
    record(by, "group.made", subject=("case_group", group.id), cases=[case.id for case in members], body={"kind": kind})
    db.session.flush()
    return group


def join_group(group: CaseGroup, case: Case, *, by: Actor, role: str | None = None) -> None:
    """Add one case to a group."""
    require(by, Permission.GROUP_MANAGE)
    if db.session.get(GroupMember, (group.id, case.id)) is not None:
        raise Conflict(n_("This person is in the group already."))
    db.session.add(GroupMember(group_id=group.id, case_id=case.id, role=role, joined_at=utcnow()))
    record(by, "group.joined", case_id=case.id, subject=("case_group", group.id))


def leave_group(group_id: UUID, case: Case, *, by: Actor) -> None:
    """Take a case of the own office out of a group: the family or crew turned out to be another.

    Raises NotVisible when the case is another office's or not in this group.
    """
    require(by, Permission.GROUP_MANAGE)
    member = db.session.get(GroupMember, (group_id, case.id))
    if member is None or case.owner_org_id != by.organisation_id:
        raise NotVisible
    db.session.delete(member)
    record(by, "group.left", case_id=case.id, subject=("case_group", group_id))
    db.session.flush()
