"""Accounts: created with a one-time password, given roles within bounds, deactivated; passwords changed and reset."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select

from casework.access.models import Membership, MembershipRole, Organisation, Role, Team, User
from casework.access.models.accounts import LANGUAGES
from casework.access.permissions import Actor, Permission, can, pick, require, together_faults
from casework.access.queries.policies import policies
from casework.access.service import organisations, passwords, sessions
from casework.access.service.history import remember
from casework.audit import recorder
from casework.audit.recorder import Doer
from casework.db import db, today, utcnow
from casework.errors import Conflict, InvalidInput, NotAllowed, NotVisible, n_
from casework.vault.text import clean

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@dataclass(frozen=True, slots=True)
class NewUser:
    """What an administrator types about a new user."""

    username: str
    display_name: str
    roles: tuple[str, ...]
    language: str = "en"
    team_id: UUID | None = None


def add(organisation: Organisation, new: NewUser, *, by: Actor, password_hash: str) -> User:
    """An administrator adds a user to an office. `password_hash` is of a one-time password, shown once on the page."""
    organisations.manageable(organisation.id, by)
    check_grant(new.roles, by=by)
    return create(organisation, new, by=by, password_hash=password_hash)


def create(
    organisation: Organisation,
    new: NewUser,
    *,
    by: Doer | None,
    password_hash: str,
    must_change_password: bool = True,
    is_demo: bool = False,
) -> User:
    """A user with a first membership; for `add`, commands, demo data and tests. `by=None`: the account itself."""
    username = new.username.strip().casefold()
    if not USERNAME.fullmatch(username):
        message = n_("Use 2 to 40 small letters, digits, dots and hyphens, such as sok.dara.")
        raise InvalidInput(message, field="username")
    if not organisation.has_users:
        raise InvalidInput(n_("This office has no accounts; its answers are recorded on its behalf."), field="roles")
    if db.session.execute(select(User.id).where(User.username == username)).first():
        raise Conflict(n_("This user name is taken. Choose another."), field="username")
    user = User(
        username=username,
        display_name=_name(new.display_name),
        password_hash=password_hash,
        must_change_password=must_change_password,
        language=_language(new.language),
        is_demo=is_demo,
        created_at=utcnow(),
    )
    db.session.add(user)
    db.session.flush()
    doer = by or sessions.SystemDoer(user.id, organisation.id)
    recorder.record(doer, "user.created", subject=("user", user.id), body={"organisation": organisation.code})
    join(user, organisation, roles=new.roles, team_id=new.team_id, by=doer)
    return user


def join(
    user: User, organisation: Organisation, *, roles: Iterable[str], by: Doer, team_id: UUID | None = None
) -> Membership:
    """A membership in an organisation from today, with these roles."""
    wanted = tuple(dict.fromkeys(roles))
    if isinstance(by, Actor):
        organisations.manageable(organisation.id, by)
        check_grant(wanted, by=by)
    _own_team(team_id, organisation.id)
    membership = Membership(user_id=user.id, organisation_id=organisation.id, team_id=team_id, starts_on=today())
    db.session.add(membership)
    db.session.flush()
    _give(membership, wanted)
    body = {"organisation": organisation.code, "roles": sorted(wanted)}
    recorder.record(by, "membership.created", subject=("membership", membership.id), body=body)
    db.session.flush()
    return membership


def change(membership: Membership, *, roles: Iterable[str], team_id: UUID | None, active: bool, by: Actor) -> None:
    """Set roles, team and state of a membership; ends the user's sessions if anything changed."""
    organisations.manageable(membership.organisation_id, by)
    if membership.user_id == by.user_id:
        raise NotAllowed(n_("Nobody changes the own roles. Ask another administrator."))
    wanted, held = set(roles), set(roles_of(membership.id))
    check_grant(wanted | held, by=by)
    _own_team(team_id, membership.organisation_id)
    before = _said(membership, held)
    membership.team_id, membership.active = team_id, active
    fields = recorder.diff(membership) + (["roles"] if wanted != held else [])
    if not fields:
        return
    if wanted != held:
        _give(membership, tuple(sorted(wanted)))
    body = {"fields": fields, "roles": sorted(wanted)}
    recorder.record(by, "membership.changed", subject=("membership", membership.id), body=body)
    remember("membership", membership.id, by=by, before=before, after=_said(membership, wanted))
    reason = "roles_changed" if active else "deactivated"
    sessions.end_all(membership.user_id, reason=reason, by=by)
    db.session.flush()


def set_active(user: User, *, active: bool, by: Actor) -> None:
    """Close or reopen a whole account; closing ends all its sessions. For administrators of all its offices."""
    manageable_user(user.id, by, fully=True)
    if user.id == by.user_id:
        raise NotAllowed(n_("Nobody closes the own account. Ask another administrator."))
    user.active = active
    recorder.record(by, "user.activated" if active else "user.deactivated", subject=("user", user.id))
    if not active:
        sessions.end_all(user.id, reason="deactivated", by=by)
    db.session.flush()


def reset_password(user: User, *, password_hash: str, by: Actor | None) -> None:
    """Put a one-time password in place, to be changed at the next sign-in; ends all sessions. The second step stays."""
    if by is not None:
        manageable_user(user.id, by, fully=True)
        if user.id == by.user_id:
            raise NotAllowed(n_("Change your own password on the page of your account."))
    doer: Doer = by or sessions.SystemDoer(user.id, sessions.first_membership(user.id).organisation_id)
    user.password_hash, user.must_change_password = password_hash, True
    recorder.record(doer, "password.reset", subject=("user", user.id))
    sessions.end_all(user.id, reason="password_changed", by=doer)
    db.session.flush()


def change_password(user: User, *, password_hash: str, by: Actor) -> None:
    """A user changes the own password, which ends all other sessions."""
    if user.id != by.user_id:
        raise NotVisible
    user.password_hash, user.must_change_password = password_hash, False
    recorder.record(by, "password.changed", subject=("user", user.id))
    sessions.end_all(user.id, reason="password_changed", by=by, keep=by.session_id)
    db.session.flush()


def set_language(user: User, *, language: str, by: Actor) -> None:
    """A user chooses the language of the pages."""
    if user.id != by.user_id:
        raise NotVisible
    user.language = _language(language)
    recorder.record(by, "user.language", subject=("user", user.id), body={"language": language})
    db.session.flush()


def grantable(by: Actor) -> list[str]:
    """Codes of the roles this actor may give or take away."""
    everything = can(by, Permission.SYSTEM_MANAGE)
    return [code for code, policy in policies().items() if everything or not policy.system_only]


def check_grant(roles: Iterable[str], *, by: Actor) -> None:
    """Raise NotAllowed if one of these roles is not the actor's to give."""
    require(by, Permission.ORGANISATION_MANAGE)
    if not set(roles) <= set(grantable(by)):
        raise NotAllowed(n_("Only a system administrator gives this role."))


def roles_of(membership_id: UUID) -> list[str]:
    """Codes of the roles of a membership."""
    query = select(Role.code).join(MembershipRole, MembershipRole.role_id == Role.id)
    return sorted(db.session.scalars(query.where(MembershipRole.membership_id == membership_id)))


def manageable_user(user_id: UUID, by: Actor, *, fully: bool = False) -> User:
    """A user of the actor's own office (`fully`: of no other office as well); else NotVisible, as if absent."""
    require(by, Permission.ORGANISATION_MANAGE)
    user = db.session.get(User, user_id)
    held = set(db.session.scalars(select(Membership.organisation_id).where(Membership.user_id == user_id)))
    if user is None or not held:
        raise NotVisible
    if can(by, Permission.SYSTEM_MANAGE):
        return user
    if by.organisation_id not in held:
        raise NotVisible
    if fully and held != {by.organisation_id}:
        raise NotAllowed(n_("This user works for other offices too. Ask a system administrator."))
    memberships = db.session.scalars(select(Membership.id).where(Membership.user_id == user_id)).all()
    if fully and any(not set(roles_of(one)) <= set(grantable(by)) for one in memberships):
        raise NotAllowed(n_("Only a system administrator changes this account."))
    return user


def manageable_membership(membership_id: UUID, by: Actor) -> Membership:
    """A membership in an office the actor manages; else NotVisible."""
    row = db.session.get(Membership, membership_id)
    if row is None:
        raise NotVisible
    organisations.manageable(row.organisation_id, by)
    return row


def any_administrator() -> bool:
    """True if some current account holds system:manage."""
    able = [code for code, policy in policies().items() if Permission.SYSTEM_MANAGE in policy.permissions]
    query = (
        select(func.count())
        .select_from(MembershipRole)
        .join(Role, Role.id == MembershipRole.role_id)
        .join(Membership, Membership.id == MembershipRole.membership_id)
        .join(User, User.id == Membership.user_id)
        .where(Role.code.in_(able), Membership.active, User.active)
    )
    return db.session.execute(query).scalar_one() > 0


def _said(membership: Membership, roles: Iterable[str]) -> dict[str, object]:
    team = db.session.get(Team, membership.team_id) if membership.team_id else None
    return {"roles": sorted(roles), "team": team.name if team else None, "active": membership.active}


def _give(membership: Membership, roles: tuple[str, ...]) -> None:
    known = {row.code: row.id for row in db.session.execute(select(Role.code, Role.id).where(Role.code.in_(roles)))}
    if not roles or set(roles) - set(known):
        raise InvalidInput(n_("Choose at least one role from the list."), field="roles")
    for broken in together_faults(pick(policies(), roles)):
        raise InvalidInput(broken, field="roles")
    db.session.execute(delete(MembershipRole).where(MembershipRole.membership_id == membership.id))
    db.session.add_all([MembershipRole(membership_id=membership.id, role_id=known[code]) for code in roles])
    db.session.flush()


def _own_team(team_id: UUID | None, organisation_id: UUID) -> None:
    team = db.session.get(Team, team_id) if team_id else None
    if team_id is not None and (team is None or team.organisation_id != organisation_id):
        raise InvalidInput(n_("Choose a team of this office."), field="team_id")


def _name(display_name: str) -> str:
    name = clean(" ".join(display_name.split()), limit=80, field="display_name")
    if len(name) < 2:
        raise InvalidInput(n_("Enter the name as colleagues know it."), field="display_name")
    return name


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise InvalidInput(n_("Choose from the list."), field="language")
    return language


def password_fits(user: User, password: str, *, field: str = "new_password") -> None:
    """Raise InvalidInput unless the password may be the new one of this user."""
    passwords.check_new(password, username=user.username, names=(user.display_name,), field=field)
