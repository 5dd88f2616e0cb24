"""The door: one answer for every refusal, no lock-out, a new token at each step, sessions that end for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from casework.access.models import KnownDevice, LoginAttempt, Session, User
from casework.access.queries import SessionState, signed_in
from casework.access.service import accounts, passwords, sessions
from casework.db import at, db
from casework.errors import InvalidInput, Unavailable
from tests.access import make
from tests.client import Client, Page

Browsers = Callable[[], Client]
START = make.START


def cookie(browser: Client, name: str = "s") -> str | None:
    found = browser.raw.get_cookie(name, domain="localhost")
    return found.value if found else None


def plain(page: Page) -> str:
    """The page without what differs between any two pages: tokens and nonces, and the name as typed."""
    text = page.text
    for selector, attribute in (("input[name=csrf_token]", "value"), ("input[name=username]", "value")):
        for found in page.query(selector):
            text = text.replace(found.attrs.get(attribute) or "\0", "")
    nonces = {found.attrs["nonce"] for found in page.query("[nonce]")}
    for nonce in nonces:
        text = text.replace(nonce, "")
    return text


@pytest.fixture
def sok(app: Flask) -> User:
    return make.user(make.office("SHELTER-1"), "sok")


def test_the_right_name_and_password_lead_in(client: Browsers, sok: User) -> None:
    browser = client()
    assert make.enter(browser, "Sok").status == 303
    assert browser.get("/account").status == 200


def test_without_a_session_every_page_leads_to_the_door(client: Browsers, sok: User) -> None:
    page = client().get("/account")
    assert page.status == 303
    assert page.location == "/sign-in?next=/account"


def test_every_refusal_has_the_same_status_and_the_same_words(client: Browsers, sok: User) -> None:
    closed = make.user(make.office(), "closed")
    closed.active = False
    db.session.commit()
    answers = [
        make.enter(client(), "sok", "wrong-password-here"),
        make.enter(client(), "nobody-of-this-name", "wrong-password-here"),
        make.enter(client(), "closed"),
    ]
    for _ in range(5):
        make.enter(client(), "sok", "wrong-password-here")
    answers.append(make.enter(client(), "sok"))
    assert {answer.status for answer in answers} == {422}
    assert len({plain(answer) for answer in answers}) == 1
    assert all(answer.response.headers.get("Set-Cookie", "").startswith(("f=", "")) for answer in answers)


def test_an_unknown_name_costs_a_hash_as_well(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    real = passwords._Hasher.current

    class Counting:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def verify(self, stored: str, password: str) -> bool:
            verified.append(stored)
            return bool(real.verify(stored, password))

    monkeypatch.setattr(passwords._Hasher, "current", Counting())
    assert not passwords.matches("whatever-it-may-be", None)
    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$")


def test_an_attacker_elsewhere_does_not_keep_a_worker_from_a_known_device(client: Browsers, sok: User) -> None:
    office_computer, attacker = client(), client()
    with at(START):
        assert make.enter(office_computer, "sok", office="yes").status == 303
        office_computer.fill("/account", "header form[action='/sign-out']")
        for _ in range(40):
            assert make.enter(attacker, "sok", "wrong-password-here").status == 422
        assert make.enter(attacker, "sok").status == 422
        for _ in range(8):
            make.enter(office_computer, "sok", "mistyped-password")
        assert make.enter(office_computer, "sok").status == 303


def test_a_known_device_is_slowed_down_and_never_locked(client: Browsers, sok: User) -> None:
    browser = client()
    with at(START):
        make.enter(browser, "sok", office="yes")
        browser.fill("/account", "header form[action='/sign-out']")
        for _ in range(12):
            make.enter(browser, "sok", "wrong-password-here")
        assert make.enter(browser, "sok").status == 422
    with at(START + timedelta(seconds=61)):
        assert make.enter(browser, "sok").status == 303


def test_a_right_password_works_again_ten_minutes_later_from_anywhere(client: Browsers, sok: User) -> None:
    with at(START):
        for _ in range(6):
            make.enter(client(), "sok", "wrong-password-here")
        assert make.enter(client(), "sok").status == 422
    with at(START + timedelta(minutes=10, seconds=1)):
        assert make.enter(client(), "sok").status == 303


def test_a_try_is_reserved_before_anything_is_hashed(
    client: Browsers, sok: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing: list[int] = []

    def look(password: str, stored: str | None) -> bool:
        reserved = select(func.count()).select_from(LoginAttempt).where(LoginAttempt.outcome == "reserved")
        standing.append(db.session.execute(reserved).scalar_one())
        return False

    monkeypatch.setattr(passwords, "matches", look)
    make.enter(client(), "sok")
    assert standing == [1]


def test_names_and_addresses_are_not_kept_in_plain(client: Browsers, sok: User) -> None:
    make.enter(client(), "sok", "wrong-password-here")
    row = db.session.execute(select(LoginAttempt)).scalars().one()
    assert b"sok" not in row.account_mask
    assert len(row.account_mask) == len(row.address_mask) == 32


def test_too_many_hashes_at_once_are_told_to_wait(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    held = [passwords._queue.acquire(blocking=False) for _ in range(passwords.AT_ONCE + passwords.WAITING)]
    try:
        with pytest.raises(Unavailable):
            passwords.make("four-words-of-mine")
    finally:
        for _ in held:
            passwords._queue.release()


def test_a_token_planted_before_sign_in_is_not_used(client: Browsers, sok: User) -> None:
    browser = client()
    browser.raw.set_cookie("s", "planted-token-of-an-attacker", domain="localhost")
    make.enter(browser, "sok")
    assert cookie(browser) not in (None, "planted-token-of-an-attacker")


def test_signing_in_again_gives_a_new_token_and_ends_the_old_one(client: Browsers, sok: User) -> None:
    browser = make.signed_in(client(), "sok")
    first = cookie(browser) or ""
    make.enter(browser, "sok")
    assert cookie(browser) != first
    assert signed_in(first) is None


def test_the_database_holds_no_token(client: Browsers, sok: User) -> None:
    browser = make.signed_in(client(), "sok")
    token = cookie(browser) or ""
    row = db.session.execute(select(Session)).scalars().one()
    assert token.encode() not in row.token_hash
    assert len(row.token_hash) == 32


def test_after_signing_out_the_token_is_worth_nothing(client: Browsers, sok: User) -> None:
    browser = make.signed_in(client(), "sok")
    token = cookie(browser) or ""
    page = browser.fill("/account", "header form[action='/sign-out']")
    assert page.status == 303
    assert "storage" in page.response.headers["Clear-Site-Data"]
    browser.raw.set_cookie("s", token, domain="localhost")
    assert browser.get("/account").status == 303
    assert signed_in(token) is None


def test_a_session_that_ended_does_not_rise_by_being_used(client: Browsers, sok: User) -> None:
    browser = make.signed_in(client(), "sok")
    row = db.session.execute(select(Session)).scalars().one()
    sessions.end(row.id, reason="ended_by_owner", by=sessions.SystemDoer(sok.id, make.office().id))
    sessions.touch(row.id)
    db.session.commit()
    assert browser.get("/account").status == 303
    assert signed_in(cookie(browser) or "") is None


@pytest.mark.parametrize(("office", "minutes"), [("", 15), ("yes", 60)])
def test_a_session_rests_a_quarter_hour_or_an_hour_on_an_office_computer(
    client: Browsers, sok: User, office: str, minutes: int
) -> None:
    browser = client()
    with at(START):
        make.enter(browser, "sok", **({"office": office} if office else {}))
    with at(START + timedelta(minutes=minutes - 1)):
        assert browser.get("/account").status == 200
    with at(START + timedelta(minutes=2 * minutes)):
        assert browser.get("/account").status == 303
        assert (found := signed_in(cookie(browser) or "")) is not None
        assert found.state is SessionState.EXPIRED


def test_a_session_is_over_after_twelve_hours_however_busy(client: Browsers, sok: User) -> None:
    browser = client()
    with at(START):
        make.signed_in(browser, "sok")
    for quarter in range(1, 12 * 6):
        with at(START + timedelta(minutes=10 * quarter)):
            assert browser.get("/account").status == 200
    with at(START + timedelta(hours=12)):
        assert browser.get("/account").status == 303


def test_only_who_ticks_the_box_makes_a_device_known(client: Browsers, sok: User) -> None:
    make.enter(client(), "sok")
    assert db.session.execute(select(func.count()).select_from(KnownDevice)).scalar_one() == 0


def test_the_first_password_is_changed_before_anything_else(client: Browsers, app: Flask) -> None:
    make.user(make.office(), "new", must_change_password=True)
    browser = make.signed_in(client(), "new")
    assert browser.get("/account").location.startswith("/account/password")
    values = {"new_password": "plum-tram-lantern-seven", "again": "plum-tram-lantern-seven"}
    assert browser.fill("/account/password", old_password=make.PASSWORD, **values).status == 303
    assert browser.get("/account").status == 200


def test_changing_the_password_ends_the_other_sessions_and_renews_this_one(client: Browsers, sok: User) -> None:
    here, elsewhere = make.signed_in(client(), "sok"), make.signed_in(client(), "sok")
    token = cookie(here)
    values = {"new_password": "plum-tram-lantern-seven", "again": "plum-tram-lantern-seven"}
    assert here.fill("/account/password", old_password=make.PASSWORD, **values).status == 303
    assert cookie(here) != token
    assert here.get("/account").status == 200
    assert elsewhere.get("/account").status == 303
    assert make.enter(client(), "sok").status == 422


def test_a_wrong_old_password_changes_nothing(client: Browsers, sok: User) -> None:
    browser = make.signed_in(client(), "sok")
    values = {"new_password": "plum-tram-lantern-seven", "again": "plum-tram-lantern-seven"}
    page = browser.fill("/account/password", old_password="not-the-old-password", **values)
    assert page.status == 422
    assert make.enter(client(), "sok").status == 303


@pytest.mark.parametrize(
    "bad", ["short", "passwordpassword", "sok-sok-sok-sok-sok", "aaaaaaaaaaaaaaaa", "casework-sok-test"]
)
def test_a_password_easy_to_guess_is_refused(app: Flask, sok: User, bad: str) -> None:
    with pytest.raises(InvalidInput):
        accounts.password_fits(sok, bad)


def test_a_password_is_never_kept_as_a_draft(client: Browsers, sok: User) -> None:
    browser = make.signed_in(client(), "sok")
    page = browser.fill("/account/password", old_password="x", save="draft", press="draft")
    assert page.status == 422


def test_an_extra_field_at_the_door_is_refused(client: Browsers, sok: User) -> None:
    page = make.enter(client(), "sok", is_demo="1")
    assert page.status == 422


def test_the_way_back_never_leads_to_another_site(client: Browsers, sok: User) -> None:
    for path in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        browser = client()
        token = browser.token("/sign-in")
        values = {"username": "sok", "password": make.PASSWORD, "csrf_token": token}
        assert browser.post("/sign-in", values, query_string={"next": path}).location == "/"


def test_outside_demo_mode_no_account_is_listed(client: Browsers, app: Flask) -> None:
    make.user(make.office(), "demo.one", is_demo=True)
    page = client().get("/sign-in")
    assert "demo.one" not in page.text
    assert "open-the-river-gate" not in page.text


def test_in_demo_mode_the_door_lists_invented_accounts_only(
    client: Browsers, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CASEWORK_DEMO", True)
    office = make.office()
    make.user(office, "demo.one", is_demo=True)
    make.user(office, "real.one")
    page = client().get("/sign-in")
    assert "demo.one" in page.text
    assert "real.one" not in page.text
