"""Administration in words: roles and countries by their names, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale, gettext

from casework.access.service.roles import NAMES, defaults
from casework.db import db
from tests.access import make
from tests.client import Client

Browsers = Callable[[], Client]


def admin(client: Browsers, language: str) -> Client:
    office = make.office("OWN")
    user = make.user(office, "root", "system_admin")
    user.language = language
    db.session.flush()
    return make.signed_in(client(), "root", make.with_code(user))


def test_offices_are_listed_with_their_country_and_its_code_behind(session: Any, client: Browsers) -> None:
    assert "Cambodia (KHM)" in admin(client, "en").get("/administration/offices").words()


def test_a_reader_of_khmer_finds_no_role_in_english(session: Any, client: Browsers) -> None:
    words = admin(client, "km").get("/administration/roles").words()
    assert "ប្រធានក្រុម" in words
    assert [name for name in NAMES.values() if name in words] == []


@pytest.mark.parametrize("code", sorted(NAMES))
def test_every_role_we_begin_with_has_a_khmer_name(app: Flask, code: str) -> None:
    assert {policy.code: policy.label for policy in defaults()} == NAMES
    with app.test_request_context("/"), force_locale("km"):
        assert gettext(NAMES[code]) != NAMES[code]
