"""Production mode refuses to start with anything that belongs to the demo or to another version."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from casework.access.models import User
from casework.db import db, uuid7
from casework.startup import Refused, head, known, refusals, refuse, revision
from casework.vault import keys
from config import Config

PRODUCTION = Config(mode="production", proxy=1)


def reasons(app: Flask, settings: Config, ring: keys.Ring | None) -> list[str]:
    with app.app_context():
        return refusals(settings, ring, db.engine)


def execute(app: Flask, statement: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(statement))


def test_production_starts_when_all_is_well(live_app: Flask, ring: keys.Ring) -> None:
    assert reasons(live_app, PRODUCTION, ring) == []


def test_production_refuses_missing_keys(live_app: Flask) -> None:
    [reason] = reasons(live_app, PRODUCTION, None)
    assert reason.startswith("The keys are missing")


def test_production_refuses_demo_keys(live_app: Flask, tmp_path: Path) -> None:
    demo = keys.create(tmp_path / "keys", demo=True)
    [reason] = reasons(live_app, PRODUCTION, demo)
    assert reason.startswith("The keys were made for the demo")


def test_production_refuses_debug(live_app: Flask, ring: keys.Ring) -> None:
    [reason] = reasons(live_app, replace(PRODUCTION, debug=True), ring)
    assert reason.startswith("Debug is on")


def test_production_refuses_plain_http(live_app: Flask, ring: keys.Ring) -> None:
    [reason] = reasons(live_app, replace(PRODUCTION, proxy=0), ring)
    assert reason.startswith("Plain HTTP is refused")


def test_production_refuses_demo_accounts(live_app: Flask, ring: keys.Ring) -> None:
    with live_app.app_context():
        db.session.add(User(username="tola", display_name="Tola", password_hash="-", is_demo=True))
        db.session.commit()
    [reason] = reasons(live_app, PRODUCTION, ring)
    assert reason.startswith("Demo accounts are present")


@pytest.mark.parametrize("mode", ["production", "demo"])
def test_a_database_of_a_newer_version_is_refused_in_any_mode(live_app: Flask, ring: keys.Ring, mode: str) -> None:
    execute(live_app, "UPDATE alembic_version SET version_num = '9999'")
    [reason] = reasons(live_app, replace(PRODUCTION, mode=mode), ring)
    assert "9999" in reason
    assert "newer version" in reason


def test_an_older_database_is_refused_with_the_command_that_helps(live_app: Flask, ring: keys.Ring) -> None:
    execute(live_app, "UPDATE alembic_version SET version_num = '0001'")
    [reason] = reasons(live_app, PRODUCTION, ring)
    assert "casework prepare" in reason


def test_several_reasons_are_all_told(live_app: Flask) -> None:
    with live_app.app_context(), pytest.raises(Refused) as refusal:
        refuse(replace(PRODUCTION, debug=True, proxy=0), None, db.engine)
    assert len(str(refusal.value).splitlines()) == 3


def test_the_demo_may_be_what_it_is(live_app: Flask, tmp_path: Path) -> None:
    assert reasons(live_app, Config(mode="demo", debug=True), keys.create(tmp_path / "keys", demo=True)) == []


def test_a_migrated_database_stands_at_the_newest_revision(live_app: Flask) -> None:
    with live_app.app_context():
        assert revision(db.engine) == head()


def test_an_empty_database_is_known_and_a_foreign_one_is_not() -> None:
    assert known(None)
    assert known(head())
    assert not known("9999")


def test_no_mode_starts_with_the_keys_of_another_database(live_app: Flask, ring: keys.Ring, tmp_path: Path) -> None:
    with live_app.app_context():
        assert refusals(PRODUCTION, ring, db.engine) == []
        keys.make_root("person", uuid7())
        db.session.commit()
        assert refusals(PRODUCTION, ring, db.engine) == []
        other = keys.create(tmp_path / "keys", demo=False)
        keys.install(other)
        try:
            for settings in (PRODUCTION, Config(mode="demo"), Config(mode="test")):
                [reason] = refusals(settings, other, db.engine)
                assert reason == "The keys are not the keys of this database; put back the right ones."
                with pytest.raises(Refused, match="put back the right ones"):
                    refuse(settings, other, db.engine)
        finally:
            keys.install(ring)
