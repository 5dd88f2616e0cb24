"""The tests' own way in opens the same kind of session as the forms do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from casework.access.models import Session
from casework.access.queries import signed_in as read_session
from tests import factories
from tests.client import Client
from tests.signin import enter


def test_entering_opens_one_session_for_that_user(session: scoped_session[Any], client: Callable[[], Client]) -> None:
    user = factories.user("supervisor", name="dara")
    browser = enter(client(), "dara")
    token = next(iter(browser.raw._cookies.values())).value  # type: ignore[attr-defined]
    found = read_session(token)
    assert found is not None
    assert found.actor.user_id == user.id
    assert session.scalar(select(func.count()).select_from(Session)) == 1


def test_an_actor_has_the_rights_of_the_roles(session: scoped_session[Any]) -> None:
    office = factories.office()
    worker, observer = factories.actor("case_worker", at_office=office), factories.actor("observer", at_office=office)
    assert worker.organisation_id == observer.organisation_id == office.id
    assert worker.permissions > observer.permissions or worker.permissions != observer.permissions


def test_a_user_may_have_one_time_codes(session: scoped_session[Any]) -> None:
    assert factories.user("coordinator", factor=True).factor_since_at is not None
