"""The commands that list who is there, make the first administrator, and help who forgot a password."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from casework.access.queries import actor_for
from casework.cli import users as commands
from casework.db import db
from tests.access import make
from tests.client import Client

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one of the commands inside the test's program."""
    monkeypatch.setattr(commands, "program", lambda: nullcontext(app))

    def go(name: str, *words: str) -> Result:
        return CliRunner().invoke(getattr(commands, name), list(words))

    return go


def secret_of(answer: Result) -> str:
    return answer.output.split("One-time password: ")[1].split()[0]


def test_organisations_and_users_are_listed_as_json(run: Run) -> None:
    make.user(make.office("BTB-1"), "sok", "case_worker", "supervisor")
    offices = json.loads(run("list_organisations", "--format", "json").output)
    assert "BTB-1" in {row["code"] for row in offices}
    (listed,) = json.loads(run("users", "--format", "json", "--organisation", "BTB-1").output)
    assert (listed["username"], listed["roles"]) == ("sok", ["case_worker", "supervisor"])
    assert "password" not in json.dumps(listed)


def test_an_organisation_that_is_not_there_is_wrong_use(run: Run) -> None:
    assert run("users", "--organisation", "NOWHERE").exit_code == 2


def test_the_first_administrator_signs_in_and_must_change_password_and_set_up_the_second_step(
    run: Run, client: Callable[[], Client]
) -> None:
    answer = run("create_admin", "Chief", "--name", "Chief Test", "--organisation", "HQ-1")
    assert answer.exit_code == 0, answer.output
    browser = client()
    assert make.enter(browser, "chief", secret_of(answer)).status == 303
    assert browser.get("/account").location.startswith("/account/password")
    assert actor_for("chief").roles == {"system_admin"}


def test_a_second_administrator_has_to_be_asked_for(run: Run) -> None:
    words = ("--name", "Chief Test", "--organisation", "HQ-1")
    run("create_admin", "chief", *words)
    assert run("create_admin", "second", *words).exit_code == 2
    assert run("create_admin", "second", *words, "--further").exit_code == 0


def test_a_reset_password_works_once_and_ends_the_sessions(run: Run, client: Callable[[], Client]) -> None:
    make.user(make.office(), "sok")
    browser = make.signed_in(client(), "sok")
    answer = run("users", "reset-password", "sok")
    db.session.expire_all()
    assert browser.get("/account").status == 303
    assert make.enter(client(), "sok").status == 422
    assert make.enter(client(), "sok", secret_of(answer)).status == 303


def test_a_user_who_is_not_there_is_wrong_use(run: Run) -> None:
    assert run("users", "reset-password", "nobody").exit_code == 2
