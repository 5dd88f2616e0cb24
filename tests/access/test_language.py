"""One place decides the language: the user's own, else this computer's choice, else what the browser asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g
from flask_babel import get_locale
from sqlalchemy.orm import scoped_session

from casework.access.models import User
from casework.access.queries import signed_in as session_of
from casework.audit.models import AuditEvent
from casework.web.languages import choose
from tests import factories
from tests.client import Client
from tests.signin import enter

Browser = Callable[[], Client]
DOOR = "/sign-in"


def tongue(browser: Client, path: str, **headers: str) -> str:
    return str(browser.get(path, headers=headers).query("html")[0].attrs["lang"])


def chosen(browser: Client, path: str, language: str) -> None:
    token = browser.token(path)
    page = browser.post("/language", {"csrf_token": token, "language": language, "back": path})
    assert (page.status, page.location) == (303, path)


def speaker(language: str, name: str = "dara") -> User:
    user = factories.user("case_worker", name=name)
    user.language = language
    return user


def test_without_a_sign_in_the_choice_stands_before_the_browsers_wish(
    session: scoped_session[Any], client: Browser
) -> None:
    browser = client()
    assert tongue(browser, DOOR, **{"Accept-Language": "km"}) == "km"
    chosen(browser, DOOR, "en")
    assert tongue(browser, DOOR, **{"Accept-Language": "km"}) == "en"


def test_who_is_signed_in_reads_the_own_language_on_any_computer(session: scoped_session[Any], client: Browser) -> None:
    speaker("km")
    browser = client()
    chosen(browser, DOOR, "en")
    assert tongue(enter(browser, "dara"), "/account", **{"Accept-Language": "en"}) == "km"


def test_the_choice_of_who_is_signed_in_is_stored_with_the_user(session: scoped_session[Any], client: Browser) -> None:
    user = speaker("en")
    chosen(enter(client(), "dara"), "/account", "km")
    assert user.language == "km"
    assert tongue(enter(client(), "dara"), "/account") == "km"
    kept = session.query(AuditEvent).filter_by(action="user.language").one()
    assert kept.user_id == user.id


def test_pages_forms_and_letters_agree(session: scoped_session[Any], app: Flask, client: Browser) -> None:
    """Letters and lists ask the actor, pages and forms ask the request: both must say the same."""
    speaker("km")
    browser = enter(client(), "dara")
    token = next(iter(browser.raw._cookies.values())).value  # type: ignore[attr-defined]
    found = session_of(token)
    assert found is not None
    with app.test_request_context("/", headers={"Accept-Language": "en", "Cookie": "language=en"}):
        g.signed_in = found
        assert found.actor.language == choose() == str(get_locale()) == "km"


def test_a_language_without_a_catalogue_is_refused_and_changes_nothing(
    session: scoped_session[Any], client: Browser
) -> None:
    user = speaker("km")
    chosen(enter(client(), "dara"), "/account", "fr")
    assert user.language == "km"
