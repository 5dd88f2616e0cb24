"""Roles: the default set from data, and changes that the policy linter lets through."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

from casework.access.models import Membership, MembershipRole, Role, RoleClass, RolePermission
from casework.access.permissions import Actor, Permission, RolePolicy, Scope, require, role_faults
from casework.access.service import sessions
from casework.access.service.history import remember
from casework.audit import recorder
from casework.db import db
from casework.errors import InvalidInput, NotVisible, n_

FILE = Path(__file__).parents[1] / "data" / "roles.toml"
NAMES = {
    "case_worker": n_("Case worker"),
    "supervisor": n_("Supervisor"),
    "coordinator": n_("Coordinator"),
    "clerk": n_("Reception clerk"),
    "mission_officer": n_("Mission officer"),
    "police_identifier": n_("Police identifier"),
    "health_worker": n_("Health worker"),
    "psychosocial_worker": n_("Psychosocial worker"),
    "legal_worker": n_("Legal worker"),
    "org_admin": n_("Administrator of the office"),
    "observer": n_("Observer of totals"),
    "system_admin": n_("System administrator"),
    "auditor": n_("Auditor of access"),
}
"""What the default roles are called: here and not in the file, for translation."""


def defaults() -> list[RolePolicy]:
    """The default roles of roles.toml, in the order of the file."""
    listed: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [
        RolePolicy(
            code=code,
            label=NAMES[code],
            scope=Scope[entry["scope"]],
            permissions=frozenset(Permission(one) for one in entry["permissions"]),
            classes=frozenset(entry["classes"]),
            system_only=entry.get("system_only", False),
        )
        for code, entry in listed.items()
    ]


def seed() -> int:
    """Add the default roles that are missing; roles that stand are left as administrators made them."""
    known = set(db.session.scalars(select(Role.code)))
    added = 0
    for position, policy in enumerate(defaults()):
        if policy.code in known:
            continue
        role = Role(code=policy.code, label=policy.label, scope=policy.scope.name, seeded=True, position=position)
        role.system_only = policy.system_only
        db.session.add(role)
        db.session.flush()
        _set(role, policy.permissions, policy.classes)
        added += 1
    db.session.flush()
    return added


def get(code: str) -> Role:
    """One role by its code. NotVisible if there is none."""
    found = db.session.execute(select(Role).where(Role.code == code)).scalar_one_or_none()
    if found is None:
        raise NotVisible
    return found


def change(role: Role, *, scope: Scope, permissions: Iterable[Permission], classes: Iterable[str], by: Actor) -> None:
    """Set what a role allows, if no rule of the policy is broken; ends the sessions of everybody who holds it."""
    require(by, Permission.SYSTEM_MANAGE)
    wanted = RolePolicy(role.code, role.label, scope, frozenset(permissions), frozenset(classes), role.system_only)
    if role.code in by.roles:
        raise InvalidInput(n_("Nobody changes a role they hold. Ask another administrator."))
    broken = role_faults(wanted)
    if broken:
        raise InvalidInput(n_("This role can't be saved: %(why)s."), why="; ".join(broken))
    before = _said(role)
    # By hand: the stamp has to move even where only the rows beside the role change.
    moved = update(Role).where(Role.id == role.id).values(scope=scope.name, version=Role.version + 1)
    db.session.execute(moved.execution_options(synchronize_session=False))
    db.session.refresh(role)
    _set(role, wanted.permissions, wanted.classes)
    body = {"role": role.code, "scope": scope.name, "permissions": sorted(wanted.permissions)}
    recorder.record(by, "role.changed", subject=("role", role.id), body={**body, "classes": sorted(wanted.classes)})
    remember("role", role.id, by=by, before=before, after=_said(role))
    holders = db.session.scalars(
        select(Membership.user_id)
        .join(MembershipRole, MembershipRole.membership_id == Membership.id)
        .where(MembershipRole.role_id == role.id)
        .distinct()
    ).all()
    sessions.end_of_roles(list(holders), by=by)
    db.session.flush()


def _said(role: Role) -> dict[str, object]:
    permissions = select(RolePermission.permission).where(RolePermission.role_id == role.id)
    classes = select(RoleClass.data_class).where(RoleClass.role_id == role.id)
    return {
        "scope": role.scope,
        "permissions": sorted(db.session.scalars(permissions)),
        "classes": sorted(db.session.scalars(classes)),
    }


def _set(role: Role, permissions: Iterable[Permission], classes: Iterable[str]) -> None:
    db.session.execute(delete(RolePermission).where(RolePermission.role_id == role.id))
    db.session.execute(delete(RoleClass).where(RoleClass.role_id == role.id))
    db.session.add_all([RolePermission(role_id=role.id, permission=str(one)) for one in sorted(permissions)])
    db.session.add_all([RoleClass(role_id=role.id, data_class=one) for one in sorted(classes)])
    db.session.flush()
