"""Groups of cases: shared facts written once; consent and private talk stay per person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case, CaseGroup, CaseGroupSealed, GroupMember
from casework.cases.models.group import KINDS
from casework.codes.service import check_optional
from casework.db import db, today, utcnow, uuid7
from casework.errors import Conflict, InvalidInput, NotVisible, n_
from casework.vault import fields, keys


@dataclass(frozen=True, slots=True)
class Shared:
    """What is the same for all of a group, written once; nothing about one person."""

    facts: str = ""
    place: str = ""
    """Where they were found, put ashore or let go."""
    vessel: str = ""
    """Boat, bus or compound, by its name or number."""
    arrived_on: date | None = None
    manner_of_return: str | None = None


def make_group(
    *, by: Actor, kind: str, name: str, facts: str = "", shared: Shared | None = None, cases: Iterable[Case]
) -> CaseGroup:
    """Put cases together as a family, crew, bus or compound group, with what all of them share."""
    require(by, Permission.GROUP_MANAGE)
    if kind not in KINDS:
        raise InvalidInput(n_("Choose what kind of group this is."), field="kind")
    if not name.strip():
        raise InvalidInput(n_("Give the group a name that you will recognise."), field="name")
    shared = shared or Shared(facts=facts)
    if shared.arrived_on is not None and shared.arrived_on > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field="arrived_on")
    check_optional("manner_of_return", shared.manner_of_return, field="manner_of_return")
    group = CaseGroup(
        id=uuid7(),
        kind=kind,
        arrived_on=shared.arrived_on,
        manner_of_return=shared.manner_of_return,
        author_org_id=by.organisation_id,
        author_user_id=by.user_id,
        recorded_at=utcnow(),
    )
    db.session.add(group)
    keys.make_root("group", group.id)
    sealed = CaseGroupSealed(id=group.id, root_id=group.id)
    fields.seal(sealed, name=name, facts=shared.facts, place=shared.place, vessel=shared.vessel)
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
