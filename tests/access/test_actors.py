"""Who acts: memberships, days, deputies, roles as they stand, and who is never anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from casework.access.models import Membership, Session, User
from casework.access.permissions import Permission, Scope
from casework.access.queries import actor_for, policies, signed_in
from casework.access.service import accounts, deputies, organisations, roles, sessions
from casework.audit.recorder import SYSTEM
from casework.db import at, db, today
from casework.errors import InvalidInput, NotAllowed, NotVisible
from tests.access import make
from tests.client import Client

Browsers = Callable[[], Client]
START = make.START


def membership_of(username: str) -> Membership:
    query = select(Membership).join(User, User.id == Membership.user_id).where(User.username == username)
    return db.session.execute(query).scalars().one()


def test_an_actor_has_what_the_roles_allow_and_nothing_else(app: Flask) -> None:
    make.user(make.office("BTB-1"), "sok", "case_worker")
    found = actor_for("SOK", "BTB-1")
    policy = policies()["case_worker"]
    assert (found.permissions, found.classes, found.roles) == (policy.permissions, policy.classes, {"case_worker"})
    assert found.organisation_code == "BTB-1"
    assert found.session_id is None


def test_nobody_acts_for_an_office_they_do_not_belong_to(app: Flask) -> None:
    make.user(make.office("ONE"), "sok")
    make.office("TWO")
    with pytest.raises(NotVisible):
        actor_for("sok", "TWO")


@pytest.mark.parametrize("what", ["user", "membership", "office", "ended", "not-begun"])
def test_what_does_not_stand_today_acts_no_more(app: Flask, what: str) -> None:
    office = make.office()
    user = make.user(office, "sok")
    membership = membership_of("sok")
    if what == "user":
        user.active = False
    elif what == "membership":
        membership.active = False
    elif what == "office":
        office.active = False
    elif what == "ended":
        membership.starts_on, membership.ends_on = today() - timedelta(days=9), today() - timedelta(days=1)
    else:
        membership.starts_on = today() + timedelta(days=1)
    db.session.flush()
    with pytest.raises(NotVisible):
        actor_for("sok")


def test_closing_a_membership_ends_what_an_open_session_can_do(client: Browsers, app: Flask) -> None:
    make.user(make.office(), "sok")
    browser = make.signed_in(client(), "sok")
    membership_of("sok").active = False
    db.session.commit()
    assert browser.get("/account").status == 303


def test_in_an_office_with_teams_who_has_none_sees_only_assigned_cases(app: Flask) -> None:
    office = make.office()
    make.user(office, "sok", "case_worker")
    assert actor_for("sok").scope is Scope.ORGANISATION
    team = organisations.add_team(office, name="River", by=SYSTEM)
    assert actor_for("sok").scope is Scope.ASSIGNED
    membership_of("sok").team_id = team.id
    db.session.flush()
    assert actor_for("sok").scope is Scope.TEAM


def test_a_deputy_approves_on_the_days_named_and_gains_nothing_else(app: Flask) -> None:
    office = make.office()
    boss = make.user(office, "boss", "supervisor")
    make.user(office, "sok")
    with at(START):
        day = today()
        own = actor_for("sok")
        deputies.name_deputy(
            deputy_membership_id=own.membership_id, starts_on=day, ends_on=day + timedelta(days=2), by=actor_for("boss")
        )
        lent = actor_for("sok")
        assert lent.permissions - own.permissions == {
            Permission.CASE_APPROVE,
            Permission.PLAN_APPROVE,
            Permission.CLOSURE_APPROVE,
            Permission.ERASURE_APPROVE,
            Permission.VITAL_DECIDE,
        }
        assert lent.deputy_for == {boss.id}
        assert (lent.scope, lent.classes) == (own.scope, own.classes)
    with at(START + timedelta(days=3)):
        assert actor_for("sok").permissions == own.permissions


def test_a_delegation_taken_back_is_over_at_once(app: Flask) -> None:
    office = make.office()
    make.user(office, "boss", "supervisor")
    make.user(office, "sok")
    boss, own = actor_for("boss"), actor_for("sok")
    row = deputies.name_deputy(deputy_membership_id=own.membership_id, starts_on=today(), ends_on=today(), by=boss)
    with pytest.raises(NotVisible):
        deputies.take_back(row.id, by=own)
    deputies.take_back(row.id, by=boss)
    assert actor_for("sok").deputy_for == frozenset()


def test_a_deputy_is_a_colleague_and_never_oneself(app: Flask) -> None:
    make.user(make.office(), "boss", "supervisor")
    make.user(make.office(), "stranger")
    boss = actor_for("boss")
    for other in (actor_for("stranger").membership_id, boss.membership_id):
        with pytest.raises(InvalidInput):
            deputies.name_deputy(deputy_membership_id=other, starts_on=today(), ends_on=today(), by=boss)
    with pytest.raises(NotAllowed):
        deputies.name_deputy(
            deputy_membership_id=boss.membership_id, starts_on=today(), ends_on=today(), by=actor_for("stranger")
        )


def test_a_changed_role_counts_at_once_and_signs_its_holders_out(client: Browsers, app: Flask) -> None:
    office = make.office()
    make.user(office, "root", "system_admin")
    make.user(office, "sok")
    browser = make.signed_in(client(), "sok")
    policy = policies()["case_worker"]
    fewer = policy.permissions - {Permission.NOTE_WRITE}
    roles.change(
        roles.get("case_worker"), scope=Scope.ASSIGNED, permissions=fewer, classes=policy.classes, by=actor_for("root")
    )
    db.session.commit()
    found = actor_for("sok")
    assert Permission.NOTE_WRITE not in found.permissions
    assert found.scope is Scope.ASSIGNED
    assert browser.get("/account").status == 303
    assert db.session.scalars(select(Session.end_reason)).all() == ["roles_changed"]


def test_a_role_that_breaks_a_rule_is_not_saved(app: Flask) -> None:
    make.user(make.office(), "root", "system_admin")
    with pytest.raises(InvalidInput):
        roles.change(
            roles.get("auditor"),
            scope=Scope.ORGANISATION,
            permissions=[Permission.AUDIT_READ, Permission.CASE_SEE],
            classes=["identity"],
            by=actor_for("root"),
        )


def test_nobody_changes_a_role_they_hold_and_only_a_system_administrator_changes_any(app: Flask) -> None:
    office = make.office()
    make.user(office, "root", "system_admin")
    make.user(office, "clerk", "org_admin")
    policy = policies()["system_admin"]
    values: dict[str, Any] = {"scope": policy.scope, "permissions": policy.permissions, "classes": []}
    with pytest.raises(InvalidInput):
        roles.change(roles.get("system_admin"), by=actor_for("root"), **values)
    with pytest.raises(NotAllowed):
        roles.change(roles.get("observer"), by=actor_for("clerk"), **values)


def test_seeding_again_leaves_roles_as_administrators_made_them(app: Flask) -> None:
    make.user(make.office(), "root", "system_admin")
    roles.change(roles.get("observer"), scope=Scope.NONE, permissions=[], classes=[], by=actor_for("root"))
    assert roles.seed() == 0
    assert policies()["observer"].permissions == frozenset()


def test_a_user_of_two_offices_acts_for_one_at_a_time_and_changes_under_a_new_token(
    client: Browsers, app: Flask
) -> None:
    one, two = make.office("ONE"), make.office("TWO")
    user = make.user(one, "sok")
    other = accounts.join(user, two, roles=["clerk"], by=SYSTEM)
    db.session.commit()
    browser = make.signed_in(client(), "sok")
    before = browser.raw.get_cookie("s", domain="localhost")
    assert "Office ONE" in browser.get("/account").words()
    assert browser.fill("/account/office", membership=str(other.id)).status == 303
    assert "Office TWO" in browser.get("/account").words()
    after = browser.raw.get_cookie("s", domain="localhost")
    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_a_membership_of_somebody_else_cannot_be_chosen(client: Browsers, app: Flask) -> None:
    make.user(make.office(), "sok")
    make.user(make.office("FOREIGN"), "stranger")
    browser = make.signed_in(client(), "sok")
    foreign = membership_of("stranger")
    assert browser.fill("/account/office", membership=str(foreign.id)).status == 422
    assert "FOREIGN" not in browser.get("/account").text


def test_a_session_is_never_renewed_for_a_membership_of_somebody_else(client: Browsers, app: Flask) -> None:
    make.user(make.office(), "sok")
    make.user(make.office(), "stranger")
    browser = make.signed_in(client(), "sok")
    token = browser.raw.get_cookie("s", domain="localhost")
    assert token is not None
    found = signed_in(token.value)
    assert found is not None
    with pytest.raises(NotVisible):
        sessions.renew(found, membership_id=membership_of("stranger").id)


def test_the_identity_of_a_request_costs_one_statement(client: Browsers, app: Flask) -> None:
    make.user(make.office(), "sok")
    browser = make.signed_in(client(), "sok")
    browser.get("/account")
    said: list[str] = []

    def hear(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        browser.get("/account/deputies")
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    assert len([one for one in said if "token_hash" in one]) == 1
    assert not [one for one in said if "role_permission" in one]
