"""Tables of organisations, accounts, roles and sessions, in one place for Alembic and for the callers."""

from casework.access.models.accounts import Deputy, Membership, MembershipRole, User, UserSealed
from casework.access.models.history import SettingHistory
from casework.access.models.organisations import Organisation, OrganisationProvince, OrganisationService, Team
from casework.access.models.roles import Role, RoleClass, RolePermission
from casework.access.models.sessions import FactorReset, KnownDevice, LoginAttempt, RecoveryCode, Session

__all__ = [
    "Deputy",
    "FactorReset",
    "KnownDevice",
    "LoginAttempt",
    "Membership",
    "MembershipRole",
    "Organisation",
    "OrganisationProvince",
    "OrganisationService",
    "RecoveryCode",
    "Role",
    "RoleClass",
    "RolePermission",
    "Session",
    "SettingHistory",
    "Team",
    "User",
    "UserSealed",
]
