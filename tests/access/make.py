"""Users as the tests of the door need them, and browsers that go through it with a code."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pyotp

from casework.access.models import Organisation, User
from casework.access.service import accounts, factors
from casework.db import db, utcnow
from tests.client import Client, Page
from tests.factories import PASSWORD, office, password_hash

__all__ = ["PASSWORD", "START", "code", "enter", "office", "signed_in", "user", "with_code"]

START: datetime = utcnow().replace(hour=2, minute=0, second=0, microsecond=0) + timedelta(days=7)
"""A morning after everything that a test makes before it sets the clock."""


def user(at: Organisation, username: str, *held: str, **values: Any) -> User:
    """A committed user with the roles `held` (case worker if none) who has changed the first password."""
    values = {"must_change_password": False, **values}
    new = accounts.NewUser(username=username, display_name=f"{username.title()} Test", roles=held or ("case_worker",))
    made = accounts.create(at, new, by=None, password_hash=password_hash(), **values)
    db.session.commit()
    return made


def with_code(made: User) -> str:
    """Give the user a second step; returns the secret."""
    secret = factors.set_up_at_once(made)
    db.session.commit()
    return secret


def code(secret: str, steps: int = 0) -> str:
    """The one-time code of now, or of so many steps later."""
    return pyotp.TOTP(secret).generate_otp(int(utcnow().timestamp()) // 30 + steps)


def enter(browser: Client, username: str, password: str = PASSWORD, **values: str) -> Page:
    """Send the sign-in form; the answer, whatever it is."""
    return browser.fill("/sign-in", username=username, password=password, **values)


def signed_in(browser: Client, username: str, secret: str = "") -> Client:
    """The browser, signed in fully."""
    page = enter(browser, username)
    assert page.status == 303, page.words()
    if secret:
        page = browser.fill("/sign-in/code", code=code(secret))
        assert page.status == 303, page.words()
    return browser
