"""The second step: who needs it does nothing else before, a code works once, a reset takes two people and a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from casework.access.models import RecoveryCode, Session, User, UserSealed
from casework.access.queries import actor_for
from casework.access.service import factors
from casework.db import at, db
from casework.errors import InvalidTransition, NotAllowed
from tests.access import make
from tests.client import Client

Browsers = Callable[[], Client]
SECRET = "JBSWY3DPEHPK3PXP" * 2
START = make.START


@pytest.fixture
def vann(app: Flask) -> User:
    return make.user(make.office(), "vann", "coordinator")


def enrolled_in_the_browser(browser: Client) -> tuple[str, list[str]]:
    """Walk through setting it up; the secret and the recovery codes shown."""
    assert browser.fill("/account/code").status == 303
    page = browser.get("/account/code")
    secret = page.words("main code").replace(" ", "")
    page = browser.fill("/account/code", code=make.code(secret))
    assert page.status == 200
    return secret, [found.to_text().strip() for found in page.query("main code")]


def test_who_exports_can_do_nothing_before_setting_it_up(client: Browsers, vann: User) -> None:
    browser = make.signed_in(client(), "vann")
    assert browser.get("/account").location.startswith("/account/code")
    assert browser.get("/account/deputies").location.startswith("/account/code")
    _, codes = enrolled_in_the_browser(browser)
    assert len(set(codes)) == 10
    assert browser.get("/account").status == 200


def test_a_case_worker_may_go_without(client: Browsers, app: Flask) -> None:
    make.user(make.office(), "sok")
    assert make.signed_in(client(), "sok").get("/account").status == 200


def test_a_wrong_first_code_switches_nothing_on(client: Browsers, vann: User) -> None:
    browser = make.signed_in(client(), "vann")
    browser.fill("/account/code")
    assert browser.fill("/account/code", code="000000").status == 422
    assert db.session.get_one(User, vann.id).factor_since_at is None


def test_looking_at_the_page_makes_no_secret(client: Browsers, vann: User) -> None:
    make.signed_in(client(), "vann").get("/account/code")
    assert db.session.get(UserSealed, vann.id) is None


def test_the_secret_is_sealed(app: Flask, vann: User) -> None:
    secret = make.with_code(vann)
    kept = db.session.get_one(UserSealed, vann.id).factor_secret
    assert kept is not None
    assert secret.encode() not in kept


def test_the_picture_is_an_svg_of_the_own_secret_only_until_it_is_in_force(client: Browsers, vann: User) -> None:
    browser = make.signed_in(client(), "vann")
    browser.fill("/account/code")
    page = browser.get("/account/code/picture.svg")
    assert page.response.mimetype == "image/svg+xml"
    assert "style" not in page.text
    secret = browser.get("/account/code").words("main code").replace(" ", "")
    browser.fill("/account/code", code=make.code(secret))
    assert browser.get("/account/code/picture.svg").status == 404


def test_with_the_password_alone_nothing_is_reached_and_nothing_enrolled(client: Browsers, vann: User) -> None:
    make.with_code(vann)
    browser = client()
    make.enter(browser, "vann")
    for path in ("/account", "/account/code", "/account/password", "/account/recovery", "/account/code/picture.svg"):
        assert browser.get(path).location.startswith("/sign-in/code"), path


def test_the_right_code_leads_in_under_a_new_token(client: Browsers, vann: User) -> None:
    secret = make.with_code(vann)
    browser = client()
    make.enter(browser, "vann")
    before = {one.value for one in browser.raw._cookies.values()}  # type: ignore[attr-defined]
    assert browser.fill("/sign-in/code", code=make.code(secret)).status == 303
    after = {one.value for one in browser.raw._cookies.values()}  # type: ignore[attr-defined]
    assert not before & after
    assert browser.get("/account").status == 200


def test_a_code_works_once(client: Browsers, vann: User) -> None:
    secret = make.with_code(vann)
    with at(START):
        make.signed_in(client(), "vann", secret)
        thief = client()
        make.enter(thief, "vann")
        assert thief.fill("/sign-in/code", code=make.code(secret)).status == 422
        assert thief.fill("/sign-in/code", code=make.code(secret, -1)).status == 422
        assert thief.fill("/sign-in/code", code=make.code(secret, 1)).status == 303


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(app: Flask, steps: int, right: bool) -> None:
    with at(START):
        found = factors.right_step(SECRET, make.code(SECRET, steps), after=None)
        assert (found is not None) == right


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_is_no_code_is_wrong(typed: str) -> None:
    assert factors.right_step(SECRET, typed, after=None) is None


def test_guessing_codes_is_slowed_down(client: Browsers, vann: User) -> None:
    secret = make.with_code(vann)
    with at(START):
        browser = client()
        make.enter(browser, "vann")
        for _ in range(5):
            assert browser.fill("/sign-in/code", code="000000").status == 422
        assert browser.fill("/sign-in/code", code=make.code(secret)).status == 422


def test_a_recovery_code_works_once(client: Browsers, vann: User) -> None:
    with at(START):
        first = make.signed_in(client(), "vann")
        _, codes = enrolled_in_the_browser(first)
        second, third = client(), client()
        make.enter(second, "vann")
        assert second.fill("/sign-in/code", recovery=codes[0].upper()).status == 303
        make.enter(third, "vann")
        assert third.fill("/sign-in/code", recovery=codes[0]).status == 422
        assert third.fill("/sign-in/code", recovery=codes[1]).status == 303
    kept = db.session.scalars(select(RecoveryCode.code_mask)).all()
    assert all(codes[2].encode() not in mask for mask in kept)


def test_new_recovery_codes_ask_again_who_sits_there(client: Browsers, vann: User) -> None:
    secret = make.with_code(vann)
    browser = client()
    with at(START):
        make.signed_in(browser, "vann", secret)
        assert browser.get("/account/recovery").status == 200
    with at(START + timedelta(minutes=6)):
        assert browser.get("/account/recovery").location.startswith("/sign-in/again")
        answer = browser.fill("/sign-in/again", password=make.PASSWORD, code=make.code(secret))
        assert answer.status == 303
        assert browser.get("/account/recovery").status == 200


def test_setting_it_up_ends_the_other_sessions(client: Browsers, vann: User) -> None:
    elsewhere = make.signed_in(client(), "vann")
    enrolled_in_the_browser(make.signed_in(client(), "vann"))
    assert elsewhere.get("/account").location.startswith("/sign-in?")


def test_a_reset_takes_two_administrators_and_a_day(client: Browsers, vann: User) -> None:
    make.with_code(vann)
    office = make.office()
    make.user(office, "one", "org_admin")
    make.user(office, "two", "org_admin")
    one, two = actor_for("one"), actor_for("two")
    with at(START):
        request = factors.ask_reset(vann, by=one)
        with pytest.raises(NotAllowed):
            factors.approve_reset(request, by=one)
        with pytest.raises(NotAllowed):
            factors.approve_reset(request, by=actor_for("vann"))
        factors.approve_reset(request, by=two)
        db.session.commit()
    with at(START + timedelta(hours=23)):
        assert make.enter(client(), "vann").location == "/"
        assert db.session.get_one(User, vann.id).factor_since_at is not None
    with at(START + timedelta(hours=25)):
        make.enter(client(), "vann")
        assert db.session.get_one(User, vann.id).factor_since_at is None


def test_nobody_asks_for_the_own_reset(app: Flask, vann: User) -> None:
    make.with_code(vann)
    with pytest.raises(NotAllowed):
        factors.ask_reset(vann, by=actor_for("vann"))


def test_the_user_sees_a_reset_and_stops_it(client: Browsers, vann: User) -> None:
    secret = make.with_code(vann)
    make.user(make.office(), "one", "org_admin")
    request = factors.ask_reset(vann, by=actor_for("one"))
    db.session.commit()
    browser = make.signed_in(client(), "vann", secret)
    assert "stop it now" in browser.get("/account").words()
    assert browser.fill("/account", "main form[action='/account/code/reset/stop']").status == 303
    make.user(make.office(), "two", "org_admin")
    with pytest.raises(InvalidTransition):
        factors.approve_reset(request, by=actor_for("two"))


def test_a_session_tells_how_far_the_sign_in_went(client: Browsers, vann: User) -> None:
    secret = make.with_code(vann)
    make.signed_in(client(), "vann", secret)
    reached = [row.factor for row in db.session.scalars(select(Session).order_by(Session.created_at, Session.id))]
    assert reached == ["password", "code"]
