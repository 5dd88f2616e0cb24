"""The roles as they stand, cached per process and compared by a stamp that every change of a role moves."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import ScalarSelect, func, select

from casework.access.models import Role, RoleClass, RolePermission
from casework.access.permissions import Permission, RolePolicy, Scope
from casework.db import db

_lock = threading.Lock()
_cached: tuple[int, Mapping[str, RolePolicy]] = (-1, MappingProxyType({}))
_known = {str(permission) for permission in Permission}


def stamp_query() -> ScalarSelect[int]:
    """A number that rises with every change of any role: roles are never deleted and versions only grow."""
    return select(func.coalesce(func.sum(Role.version), 0)).scalar_subquery()


def policies(stamp: int | None = None) -> Mapping[str, RolePolicy]:
    """All roles by code, in the order of the page. `stamp` is given by who read it in a statement of its own."""
    global _cached
    if stamp is None:
        stamp = db.session.execute(select(stamp_query())).scalar_one()
    cached = _cached
    if cached[0] == stamp and stamp > 0:
        return cached[1]
    fresh = MappingProxyType(_load())
    with _lock:
        _cached = (stamp, fresh)
    return fresh


def forget() -> None:
    """Empty the cache; used where the tables were replaced under the process (tests, restore)."""
    global _cached
    with _lock:
        _cached = (-1, MappingProxyType({}))


def _load() -> dict[str, RolePolicy]:
    permissions: dict[object, set[Permission]] = {}
    for role_id, permission in db.session.execute(select(RolePermission.role_id, RolePermission.permission)):
        if permission in _known:
            permissions.setdefault(role_id, set()).add(Permission(permission))
    classes: dict[object, set[str]] = {}
    for role_id, data_class in db.session.execute(select(RoleClass.role_id, RoleClass.data_class)):
        classes.setdefault(role_id, set()).add(data_class)
    rows = db.session.execute(
        select(Role.id, Role.code, Role.label, Role.scope, Role.system_only).order_by(Role.position, Role.code)
    )
    return {
        row.code: RolePolicy(
            code=row.code,
            label=row.label,
            scope=Scope[row.scope],
            permissions=frozenset(permissions.get(row.id, ())),
            classes=frozenset(classes.get(row.id, ())),
            system_only=row.system_only,
        )
        for row in rows
    }
