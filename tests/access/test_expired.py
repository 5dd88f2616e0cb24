"""A session that expired keeps what its own user typed and does nothing else; cookies are bound to the host."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from casework.access.models import Deputy, Session
from casework.access.queries import members
from casework.db import at, db
from casework.writes.models import Draft
from tests.access import make
from tests.client import Client

Browsers = Callable[[], Client]
START = make.START


@pytest.fixture
def form(client: Browsers, app: Flask) -> tuple[Client, str, dict[str, str], str]:
    """A supervisor with a half-typed form: browser, address, fields, secret."""
    office = make.office()
    secret = make.with_code(make.user(office, "boss", "supervisor"))
    make.user(office, "sok")
    with at(START):
        browser = make.signed_in(client(), "boss", secret)
        path = browser.get("/account/deputies/new").location
        colleague = next(one for one in members(office.id) if one.username == "sok")
        typed = {"deputy_membership_id": str(colleague.membership_id), "starts_on-day": "24", "starts_on-month": "11"}
        fields = {**browser.get(path).fields(), **typed}
    return browser, path, fields, secret


def test_what_was_typed_survives_a_time_out(form: tuple[Client, str, dict[str, str], str]) -> None:
    browser, path, fields, secret = form
    with at(START + timedelta(minutes=20)):
        page = browser.post(path, fields)
        assert page.location == f"/sign-in?next={path}"
        assert db.session.execute(select(func.count()).select_from(Deputy)).scalar_one() == 0
        assert "was kept" in browser.get("/sign-in").text
        make.signed_in(browser, "boss", secret)
        again = browser.get(path).fields()
        assert again["deputy_membership_id"] == fields["deputy_membership_id"]


def test_a_session_that_was_ended_keeps_nothing(form: tuple[Client, str, dict[str, str], str]) -> None:
    browser, path, fields, _ = form
    for row in db.session.scalars(select(Session).where(Session.ended_at.is_(None))):
        row.ended_at, row.end_reason = START, "ended_by_owner"
    db.session.commit()
    with at(START + timedelta(minutes=20)):
        assert browser.post(path, fields).status == 303
    assert db.session.execute(select(func.count()).select_from(Draft)).scalar_one() == 0


def test_an_expired_session_reads_nothing(form: tuple[Client, str, dict[str, str], str]) -> None:
    browser, path, _, _ = form
    with at(START + timedelta(minutes=20)):
        assert browser.get(path).location.startswith("/sign-in?")


def test_where_cookies_are_secure_they_are_bound_to_the_host(
    client: Browsers, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    make.user(make.office(), "sok")
    page = make.enter(client(), "sok", office="yes")
    given = {line.split("=")[0]: line for line in page.response.headers.getlist("Set-Cookie")}
    for name in ("__Host-s", "__Host-d"):
        for flag in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
            assert flag in given[name], (name, flag)
        assert "Domain" not in given[name]
    assert "Max-Age" not in given["__Host-s"]
