"""Administration: within the own office, never for oneself, never above one's own rank, nothing by an extra field."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from casework.access.models import Membership, MembershipRole, Organisation, Role, Session, User
from casework.access.permissions import Permission
from casework.access.queries import actor_for, members
from casework.access.service import accounts, organisations
from casework.audit.models import AuditEvent
from casework.db import db, today
from casework.errors import Conflict, InvalidInput, NotAllowed
from tests.access import make
from tests.client import Client

Browsers = Callable[[], Client]


def membership_of(username: str) -> Membership:
    query = select(Membership).join(User, User.id == Membership.user_id).where(User.username == username)
    return db.session.execute(query).scalars().one()


@pytest.fixture
def office(app: Flask) -> Organisation:
    return make.office("OWN")


@pytest.fixture
def admin(client: Browsers, office: Organisation) -> Client:
    secret = make.with_code(make.user(office, "chief", "org_admin"))
    return make.signed_in(client(), "chief", secret)


@pytest.fixture
def root(client: Browsers, office: Organisation) -> Client:
    secret = make.with_code(make.user(office, "root", "system_admin"))
    return make.signed_in(client(), "root", secret)


def add(browser: Client, office: Organisation, **values: object) -> str:
    """Add a user through the page; the one-time password shown."""
    form = browser.get(f"/administration/offices/{office.id}/users/new").location
    page = browser.fill(form, **{"username": "dara", "display_name": "Dara Test", "roles": "case_worker", **values})
    assert page.status == 303, page.words()
    return browser.follow(page).words("main code")


def test_a_new_user_signs_in_with_the_one_time_password_and_must_change_it(
    client: Browsers, admin: Client, office: Organisation
) -> None:
    password = add(admin, office)
    browser = client()
    assert make.enter(browser, "dara", password).status == 303
    assert browser.get("/account").location.startswith("/account/password")


def test_sending_the_form_twice_makes_one_user_with_one_password(admin: Client, office: Organisation) -> None:
    form = admin.get(f"/administration/offices/{office.id}/users/new").location
    fields = {**admin.get(form).fields(), "username": "dara", "display_name": "Dara Test", "roles": "case_worker"}
    first, second = admin.post(form, fields), admin.post(form, fields)
    assert first.location == second.location
    assert len([one for one in members(office.id) if one.username == "dara"]) == 1


def test_the_one_time_password_is_gone_once_it_was_changed(
    client: Browsers, admin: Client, office: Organisation
) -> None:
    form = admin.get(f"/administration/offices/{office.id}/users/new").location
    page = admin.fill(form, username="dara", display_name="Dara Test", roles="case_worker")
    password = admin.follow(page).words("main code")
    browser = client()
    make.enter(browser, "dara", password)
    values = {"new_password": "plum-tram-lantern-seven", "again": "plum-tram-lantern-seven"}
    browser.fill("/account/password", old_password=password, **values)
    assert admin.follow(page).status == 404


@pytest.mark.parametrize("role", ["system_admin", "org_admin", "auditor"])
def test_an_office_administrator_gives_no_role_of_the_system(admin: Client, office: Organisation, role: str) -> None:
    form = admin.get(f"/administration/offices/{office.id}/users/new").location
    page = admin.fill(form, username="dara", display_name="Dara Test", roles=role)
    assert page.status == 422
    assert not [one for one in members(office.id) if one.username == "dara"]


def test_the_service_refuses_what_the_page_does_not_offer(admin: Client, office: Organisation) -> None:
    new = accounts.NewUser("dara", "Dara Test", ("system_admin",))
    with pytest.raises(NotAllowed):
        accounts.add(office, new, by=actor_for("chief"), password_hash="x")


@pytest.mark.parametrize("extra", ["is_demo", "must_change_password", "password_hash", "active", "user_id", "id"])
def test_an_extra_field_is_refused(admin: Client, office: Organisation, extra: str) -> None:
    form = admin.get(f"/administration/offices/{office.id}/users/new").location
    page = admin.fill(form, username="dara", display_name="Dara Test", roles="case_worker", **{extra: "1"})
    assert page.status == 422
    assert not [one for one in members(office.id) if one.username == "dara"]


def test_another_office_is_as_if_absent(admin: Client, office: Organisation) -> None:
    foreign = make.office("FOREIGN")
    make.user(foreign, "stranger")
    absent, theirs = uuid4(), membership_of("stranger").id
    pairs = [
        (f"/administration/offices/{absent}", f"/administration/offices/{foreign.id}"),
        (f"/administration/offices/{absent}/users/new", f"/administration/offices/{foreign.id}/users/new"),
        (f"/administration/memberships/{absent}", f"/administration/memberships/{theirs}"),
        (f"/administration/memberships/{absent}/change", f"/administration/memberships/{theirs}/change"),
    ]
    for nothing, foreign_path in pairs:
        none, other = admin.get(nothing), admin.get(foreign_path)
        assert (none.status, other.status) == (404, 404)
        assert none.text == other.text
    assert "stranger" not in admin.get("/administration/users").text


def test_a_system_administrator_sees_every_office(root: Client) -> None:
    make.user(make.office("FOREIGN"), "stranger")
    assert "stranger" in root.get("/administration/users").text


@pytest.mark.parametrize("role", ["org_admin", "system_admin"])
def test_nobody_changes_the_own_roles(office: Organisation, role: str) -> None:
    make.user(office, "chief", role)
    with pytest.raises(NotAllowed):
        accounts.change(membership_of("chief"), roles=["case_worker"], team_id=None, active=True, by=actor_for("chief"))


def test_an_office_administrator_does_not_touch_an_account_of_higher_rank(admin: Client, office: Organisation) -> None:
    above = make.user(office, "root", "system_admin")
    chief = actor_for("chief")
    with pytest.raises(NotAllowed):
        accounts.reset_password(above, password_hash="x", by=chief)
    with pytest.raises(NotAllowed):
        accounts.set_active(above, active=False, by=chief)
    with pytest.raises(NotAllowed):
        accounts.change(membership_of("root"), roles=["case_worker"], team_id=None, active=True, by=chief)


def test_changing_roles_ends_the_sessions(client: Browsers, admin: Client, office: Organisation) -> None:
    make.user(office, "sok")
    browser = make.signed_in(client(), "sok")
    form = admin.get(f"/administration/memberships/{membership_of('sok').id}/change").location
    assert admin.fill(form, roles="clerk").status == 303
    assert browser.get("/account").status == 303
    assert actor_for("sok").roles == {"clerk"}


def test_roles_of_different_reach_are_refused_together(office: Organisation) -> None:
    new = accounts.NewUser("dara", "Dara Test", ("supervisor", "health_worker"))
    with pytest.raises(InvalidInput):
        accounts.create(office, new, by=None, password_hash="x")


def test_closing_an_account_signs_it_out_and_keeps_it_out(
    client: Browsers, admin: Client, office: Organisation
) -> None:
    make.user(office, "sok")
    browser = make.signed_in(client(), "sok")
    path = f"/administration/memberships/{membership_of('sok').id}"
    assert admin.fill(path, f"main form[action='{path}/close']").status == 303
    assert browser.get("/account").status == 303
    assert make.enter(client(), "sok").status == 422


def test_ending_sessions_works_again_the_next_day(client: Browsers, admin: Client, office: Organisation) -> None:
    make.user(office, "sok")
    path = f"/administration/memberships/{membership_of('sok').id}"
    for _ in range(2):
        browser = make.signed_in(client(), "sok")
        assert admin.fill(path, f"main form[action='{path}/end-sessions']").status == 303
        assert browser.get("/account").status == 303


def test_a_session_of_somebody_else_cannot_be_ended(client: Browsers, office: Organisation) -> None:
    make.user(office, "sok")
    make.user(office, "dara")
    theirs, mine = make.signed_in(client(), "sok"), make.signed_in(client(), "dara")
    of_sok = select(Session.id).join(User, User.id == Session.user_id).where(User.username == "sok")
    session_id = db.session.scalars(of_sok).one()
    page = mine.post(f"/account/sessions/{session_id}/end", {"csrf_token": mine.token("/account")})
    absent = mine.post(f"/account/sessions/{uuid4()}/end", {"csrf_token": mine.token("/account")})
    assert (page.status, absent.status) == (404, 404)
    assert page.text == absent.text
    assert theirs.get("/account").status == 200


def test_a_worker_is_refused_and_the_refusal_is_written_down(client: Browsers, office: Organisation) -> None:
    make.user(office, "sok")
    browser = make.signed_in(client(), "sok")
    assert browser.get("/administration/users").status == 403
    refused = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "refused")).one()
    assert "organisation:manage" in refused.body


def test_an_administrator_sees_no_case(admin: Client) -> None:
    found = actor_for("chief")
    assert Permission.CASE_SEE not in found.permissions
    assert not found.classes


def test_a_taken_code_or_name_is_said_beside_its_field(root: Client, office: Organisation) -> None:
    with pytest.raises(Conflict) as refused:
        organisations.create(code="OWN", name="Another", type=office.type, by=actor_for("root"))
    assert refused.value.field == "code"
    with pytest.raises(Conflict):
        accounts.create(office, accounts.NewUser("ROOT", "Root Two", ("clerk",)), by=None, password_hash="x")


def test_an_office_is_added_corrected_and_given_services(root: Client, office: Organisation) -> None:
    form = root.get("/administration/offices/new").location
    page = root.fill(form, code="PST-1", name="House by the bridge", type=office.type)
    assert page.status == 303, page.words()
    path = page.location
    assert "House by the bridge" in root.get(path).words()
    change = root.get(f"{path}/change").location
    assert root.fill(change, name="House by the river").status == 303
    assert (
        root.fill(root.get(f"{path}/services/new").location, service_type="shelter_night", capacity="12").status == 303
    )
    assert "Night at a shelter 12 people at once" in root.get(path).words()
    change = root.get(f"{path}/services/new?service=shelter_night").location
    opened = root.get(change).fields()
    assert opened["capacity"] == "12"
    assert root.fill(root.get(f"{path}/services/new?service=shelter_night").location, capacity="9").status == 303
    stale = root.post(change, {**opened, "capacity": "7"})
    assert stale.status == 409, "somebody corrected it meanwhile"
    assert "How many people at once 7 9" in stale.words()
    assert root.fill(root.get(f"{path}/provinces").location, provinces="02").status == 303
    taken_off = root.fill(path, f"form[action='{path}/services/shelter_night/end']")
    assert taken_off.status == 303
    words = root.get(path).words()
    assert "No service is named yet" in words
    assert "Battambang" in words
    # Newest first: what was taken off, with the number that stood, and who did it.
    assert "Services offered: Night at a shelter: 9 → empty" in words
    assert "Root Test" in words
    assert root.fill(root.get(f"{path}/services/new").location, service_type="gone", capacity="1").status == 422


def test_one_place_of_a_user_is_signed_out_and_only_in_the_own_office(
    client: Browsers, admin: Client, office: Organisation
) -> None:
    make.user(office, "sok")
    first, second = make.signed_in(client(), "sok"), make.signed_in(client(), "sok")
    page = f"/administration/memberships/{membership_of('sok').id}"
    ended = admin.get(page).query("form[action*='/sessions/']")[0].attrs["action"]
    stranger = make.user(make.office("FOREIGN"), "stranger")
    make.signed_in(client(), "stranger")
    foreign = db.session.scalars(select(Session.id).where(Session.user_id == stranger.id)).one()
    token = admin.token(page)
    assert admin.post(f"{page}/sessions/{foreign}/end", {"csrf_token": token}).status == 404
    assert admin.post(ended, {"csrf_token": token}).status == 303
    assert sorted([first.get("/account").status, second.get("/account").status]) == [200, 303]


def test_an_administrator_names_a_deputy_for_who_is_away_and_never_themselves(
    admin: Client, office: Organisation
) -> None:
    make.user(office, "boss", "supervisor")
    make.user(office, "mate", "supervisor")
    make.user(office, "sok")
    days = dict(zip(("day", "month", "year"), (today().day, today().month, today().year), strict=True))
    typed = {f"{name}-{part}": str(value) for name in ("starts_on", "ends_on") for part, value in days.items()}
    who = {name: str(membership_of(name).id) for name in ("boss", "mate", "sok", "chief")}
    form = admin.get("/administration/deputies/new").location
    for away, deputy in (("sok", "mate"), ("boss", "chief"), ("boss", "boss")):
        page = admin.fill(form, membership=who[away], deputy_membership_id=who[deputy], **typed)
        assert page.status == 422, (away, deputy)
    page = admin.fill(form, membership=who["boss"], deputy_membership_id=who["mate"], **typed)
    assert page.status == 303, page.words()
    assert "Mate Test approves for Boss Test" in admin.follow(page).words()
    assert actor_for("mate").deputy_for
    assert admin.fill("/administration/deputies", "form[action$='/end']").status == 303
    assert not actor_for("mate").deputy_for


def test_a_change_of_roles_is_kept_with_what_stood_before(admin: Client, office: Organisation) -> None:
    make.user(office, "sok")
    path = f"/administration/memberships/{membership_of('sok').id}"
    assert admin.fill(admin.get(f"{path}/change").location, roles="clerk").status == 303
    assert "Roles: Case worker → " in admin.get(path).words()


def test_settings_show_what_the_role_may_do(admin: Client, root: Client) -> None:
    of_system = {"Holidays", "Lists and templates", "Offices"}
    for browser, more in ((admin, set()), (root, of_system)):
        page = browser.get("/administration")
        found = {link.to_text().strip() for link in page.query("main a")}
        assert {"Users", "Deputies", "My office"} <= found
        assert found & of_system == more
        assert len(page.query(".cw-nav a")) <= 5


def test_an_office_never_stands_under_itself(root: Client, office: Organisation) -> None:
    below = make.office("BELOW")
    below.parent_id = office.id
    db.session.flush()
    with pytest.raises(InvalidInput):
        organisations.change(office, name=office.name, type=office.type, parent_id=below.id, by=actor_for("root"))


def test_an_office_changed_meanwhile_is_not_overwritten(root: Client, office: Organisation) -> None:
    form = root.get(f"/administration/offices/{office.id}/change").location
    fields = root.get(form).fields()
    office.name = "Changed by another"
    db.session.commit()
    assert root.post(form, {**fields, "name": "Mine"}).status == 409
    assert db.session.get_one(Organisation, office.id).name == "Changed by another"


def test_all_roles_stand_on_one_screen(root: Client) -> None:
    page = root.get("/administration/roles")
    assert len(page.query("thead th")) == 14
    assert len(page.query("tbody tr")) > len(Permission)


def test_a_role_is_changed_on_its_page(root: Client) -> None:
    form = root.get("/administration/roles/observer/change").location
    offered = [one.attrs["value"] for one in root.get(form).query("input[name='scope']")]
    assert offered == ["NONE", "TOTALS", "ASSIGNED", "TEAM", "ORGANISATION"]
    assert root.fill(form, scope="NONE").status == 303
    kept = db.session.execute(select(Role.scope).where(Role.code == "observer")).scalar_one()
    assert kept == "NONE"


def test_every_role_given_is_one_row(office: Organisation) -> None:
    make.user(office, "sok", "case_worker", "supervisor")
    rows = db.session.scalars(select(MembershipRole).where(MembershipRole.membership_id == membership_of("sok").id))
    assert len(rows.all()) == 2
