"""Administration of users: of the own office, or of all for a system administrator."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access import guards
from casework.access.forms.administration import MembershipForm, UserNewForm
from casework.access.models import User
from casework.access.permissions import Actor, Permission, can
from casework.access.queries import changes, live_sessions, members, organisation, policies, teams
from casework.access.service import accounts, factors, organisations, passwords, sessions
from casework.access.views.addresses import form_at
from casework.access.views.blueprint import bp
from casework.access.views.pages import form_page
from casework.access.views.words import MEMBER_FIELDS, told_in_words
from casework.db import db, uuid7
from casework.errors import NotVisible, n_
from casework.web import hooks
from casework.web.forms import TapForm, chosen_id
from casework.web.languages import LANGUAGES
from casework.writes import http
from casework.writes.orchestrator import Answer


@bp.get("/administration/users")
@guards.requires(Permission.ORGANISATION_MANAGE)
def user_list() -> ResponseReturnValue:
    """Users of the own office; of every office for a system administrator."""
    actor = guards.current()
    everything = can(actor, Permission.SYSTEM_MANAGE)
    rows = members(None if everything else actor.organisation_id, only_current=False)
    labels = {code: policy.label for code, policy in policies().items()}
    return render_template("access/users.html", rows=rows, labels=labels, everything=everything, office=actor)


@form_at(
    bp,
    "/administration/offices/<uuid:office_id>/users/new",
    Permission.ORGANISATION_MANAGE,
    begin="new_user",
    load=lambda by, office_id: organisations.manageable(office_id, by),
    fresh=True,
)
def add_user(office_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Add a user with a one-time password, which the next page shows until it is changed."""
    actor = guards.current()
    office = organisations.manageable(office_id, actor)
    form = http.open_form(UserNewForm, draft_id, data={"language": "km"})
    form.roles.choices = _role_choices(actor)
    form.team_id.choices = _team_choices(office_id)
    form.language.choices = list(LANGUAGES.items())
    password_hash = passwords.make(passwords.one_time_for(draft_id)) if request.method == "POST" else ""

    def act() -> Answer:
        new = accounts.NewUser(
            username=form.username.data,
            display_name=form.display_name.data,
            roles=tuple(form.roles.data),
            language=form.language.data,
            team_id=chosen_id(form.team_id.data),
        )
        user = accounts.add(organisation(office_id), new, by=actor, password_hash=password_hash)
        return Answer(url_for("access.one_time_password", user_id=user.id, draft_id=draft_id))

    return http.submit(
        form, key=draft_id, act=act, page=lambda f: form_page("user_new", f, gettext("Add user"), office=office)
    )


@bp.get("/administration/users/<uuid:user_id>/password/<uuid:draft_id>")
@guards.requires(Permission.ORGANISATION_MANAGE, fresh=True)
def one_time_password(user_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """The one-time password to hand over, as long as it is the one that stands."""
    user = accounts.manageable_user(user_id, guards.current())
    text = passwords.one_time_for(draft_id)
    if not (user.must_change_password and passwords.matches(text, user.password_hash)):
        raise NotVisible
    hooks.keep_uncompressed()
    return render_template("access/one_time_password.html", user=user, password=text)


@bp.get("/administration/memberships/<uuid:membership_id>")
@guards.requires(Permission.ORGANISATION_MANAGE)
def user(membership_id: UUID) -> ResponseReturnValue:
    """One user in one office: roles, sessions, second step, and what an administrator can do."""
    row = accounts.manageable_membership(membership_id, guards.current())
    person = db.session.get_one(User, row.user_id)
    labels = {code: policy.label for code, policy in policies().items()}
    return render_template(
        "access/user.html",
        row=row,
        user=person,
        office=organisation(row.organisation_id),
        roles=[labels.get(code, code) for code in accounts.roles_of(row.id)],
        reset=factors.open_reset(person.id),
        sessions=live_sessions(person.id),
        changes=told_in_words(changes("membership", [row.id])),
        field_words=MEMBER_FIELDS,
        own=person.id == guards.current().user_id,
        me=guards.current().user_id,
        press=TapForm(data={"draft": str(uuid7())}),
    )


@form_at(
    bp,
    "/administration/memberships/<uuid:membership_id>/change",
    Permission.ORGANISATION_MANAGE,
    begin="correct_user",
    load=lambda by, membership_id: accounts.manageable_membership(membership_id, by),
    fresh=True,
)
def change_user(membership_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Roles, team and state of a user in an office."""
    actor = guards.current()
    row = accounts.manageable_membership(membership_id, actor)
    held = accounts.roles_of(row.id)
    standing = {"roles": held, "team_id": str(row.team_id or ""), "active": row.active}
    form = http.open_form(MembershipForm, draft_id, data=standing)
    form.roles.choices = _role_choices(actor, held)
    form.team_id.choices = _team_choices(row.organisation_id)

    def act() -> Answer:
        accounts.change(
            accounts.manageable_membership(membership_id, actor),
            roles=form.roles.data,
            team_id=chosen_id(form.team_id.data),
            active=form.active.data,
            by=actor,
        )
        return Answer(url_for("access.user", membership_id=membership_id), gettext("Saved. The user signs in again."))

    person = db.session.get_one(User, row.user_id)
    return http.submit(
        form, key=draft_id, act=act, page=lambda f: form_page("user_change", f, gettext("Save"), user=person)
    )


@form_at(
    bp,
    "/administration/memberships/<uuid:membership_id>/password",
    Permission.ORGANISATION_MANAGE,
    begin="forgot_password",
    load=lambda by, membership_id: accounts.manageable_membership(membership_id, by),
    fresh=True,
)
def reset_password(membership_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Put a one-time password in place of a forgotten one; the second step stays as it is."""
    actor = guards.current()
    person = db.session.get_one(User, accounts.manageable_membership(membership_id, actor).user_id)
    password_hash = passwords.make(passwords.one_time_for(draft_id)) if request.method == "POST" else ""

    def act() -> Answer:
        accounts.reset_password(db.session.get_one(User, person.id), password_hash=password_hash, by=actor)
        return Answer(url_for("access.one_time_password", user_id=person.id, draft_id=draft_id))

    form = http.open_form(TapForm, draft_id)
    verb = gettext("Make a one-time password")
    return http.submit(form, key=draft_id, act=act, page=lambda f: form_page("user_password", f, verb, user=person))


@bp.post("/administration/memberships/<uuid:membership_id>/sessions/<uuid:session_id>/end")
@guards.requires(Permission.ORGANISATION_MANAGE, fresh=True)
def end_user_session(membership_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """One tap: this one place is signed out."""
    actor = guards.current()
    accounts.manageable_membership(membership_id, actor)

    def act() -> Answer:
        row = accounts.manageable_membership(membership_id, actor)
        sessions.end_of_user(session_id, user_id=row.user_id, by=actor)
        return Answer(url_for("access.user", membership_id=membership_id), gettext("That session is signed out."))

    return http.tap(TapForm(), record_id=session_id, version=1, action="end-user", act=act)


ACTS: dict[str, tuple[str, Callable[[User, Actor], object]]] = {
    "end-sessions": (
        n_("All places are signed out."),
        lambda user, by: sessions.end_all(user.id, reason="ended_by_administrator", by=by),
    ),
    "close": (n_("The account is closed."), lambda user, by: accounts.set_active(user, active=False, by=by)),
    "open": (n_("The account is open again."), lambda user, by: accounts.set_active(user, active=True, by=by)),
    "ask-reset": (n_("Another administrator has to approve it."), lambda user, by: factors.ask_reset(user, by=by)),
    "approve-reset": (n_("It works in 24 hours."), lambda user, by: factors.approve_open_reset(user, by=by)),
    "stop-reset": (n_("The reset is stopped."), lambda user, by: factors.cancel_open_reset(user, by=by)),
}
"""One-tap acts on an account: the sentence said afterwards, and the service that does it."""


@bp.post("/administration/memberships/<uuid:membership_id>/<deed>")
@guards.requires(Permission.ORGANISATION_MANAGE, fresh=True)
def act_on_user(membership_id: UUID, deed: str) -> ResponseReturnValue:
    """One tap: sign out everywhere, close, open again, prepare the reset of a second step."""
    if deed not in ACTS:
        raise NotVisible
    actor, form = guards.current(), TapForm()
    accounts.manageable_membership(membership_id, actor)

    def act() -> Answer:
        row = accounts.manageable_membership(membership_id, actor)
        person = accounts.manageable_user(row.user_id, actor, fully=deed != "end-sessions")
        said, done = ACTS[deed]
        done(person, actor)
        return Answer(url_for("access.user", membership_id=membership_id), gettext(said))

    # The same act may be wanted again tomorrow: the key is of the page the button stood on.
    key = f"{deed}:{form.draft.data or uuid7()}"
    return http.tap(form, record_id=membership_id, version=1, action=key, act=act)


def _role_choices(actor: Actor, held: list[str] | None = None) -> list[tuple[str, str]]:
    offered = {*accounts.grantable(actor), *(held or [])}
    return [(code, policy.label) for code, policy in policies().items() if code in offered]


def _team_choices(organisation_id: UUID) -> list[tuple[str, str]]:
    return [(str(team.id), team.name) for team in teams(organisation_id)]
