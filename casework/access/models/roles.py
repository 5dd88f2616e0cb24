"""Roles as data: which permissions and which classes of data each one holds, and how far it reaches."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Identified, Model, Versioned, one_of

SCOPES = ("NONE", "TOTALS", "TASK", "ASSIGNED", "TEAM", "ORGANISATION")
"""Names of `permissions.Scope`, which lies above the tables."""


class Role(Identified, Versioned, Model):
    """A role. `version` rises with each change of what it allows: the processes' caches compare it."""

    __tablename__ = "role"

    code: Mapped[str] = mapped_column()
    label: Mapped[str] = mapped_column()
    scope: Mapped[str] = mapped_column()
    """The name of a `Scope`."""
    seeded: Mapped[bool] = mapped_column(default=False)
    system_only: Mapped[bool] = mapped_column(default=False)
    """Only a system administrator may give this role."""
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("code"), one_of("scope", SCOPES))


class RolePermission(Identified, Model):
    """One permission of a role. No CHECK: a permission that this version does not know gives nothing."""

    __tablename__ = "role_permission"

    role_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("role.id", ondelete="CASCADE"))
    permission: Mapped[str] = mapped_column()

    __table_args__ = (UniqueConstraint("role_id", "permission"),)


class RoleClass(Identified, Model):
    """One class of data a role may see, a code of the list data_class; consent and grants narrow it further."""

    __tablename__ = "role_class"

    role_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("role.id", ondelete="CASCADE"))
    data_class: Mapped[str] = mapped_column()

    __table_args__ = (UniqueConstraint("role_id", "data_class"),)
