"""Migrations: one chain without gaps, the models as they say, and a way back that leaves no trace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import CheckConstraint, func, inspect, select
from sqlalchemy import table as named

from casework.db import db
from casework.startup import MIGRATIONS, head, revision, scripts, upgrade
from casework.vault.keys import Ring
from tests.engines import Databases
from tests.meta.asking import street

VERSIONS = MIGRATIONS / "versions"
NEWEST = 5
"""Steps that are taken on a database with rows; each one before was among them while it was new."""


def downgrade(app: Flask, to: str) -> None:
    with app.app_context():
        command.downgrade(scripts(), to)


def files() -> list[Path]:
    return sorted(VERSIONS.glob("[0-9]*.py"))


@pytest.fixture
def empty_app(engine_name: str, databases: Databases) -> Iterator[Flask]:
    """A program on a database without any table."""
    url = databases.empty(engine_name)
    app = databases.program(url)
    yield app
    databases.discard(app, url)


Facts = dict[str, dict[str, list[str]]]


def schema(app: Flask) -> Facts:
    """Tables with columns, keys, indexes and checks, comparable between two moments."""
    with app.app_context():
        look = inspect(db.engine)
        readings = {
            "columns": look.get_multi_columns(),
            "primary key": look.get_multi_pk_constraint(),
            "foreign keys": look.get_multi_foreign_keys(),
            "unique": look.get_multi_unique_constraints(),
            "checks": look.get_multi_check_constraints(),
            "indexes": look.get_multi_indexes(),
        }
        db.engine.dispose()
    found: Facts = {}
    for kind, reading in readings.items():
        for (_, table), facts in reading.items():
            listed = facts if isinstance(facts, list) else [facts]
            found.setdefault(table, {})[kind] = sorted(plain(each) for each in listed)
    found.pop("alembic_version", None)
    return found


def plain(facts: Any) -> str:
    """A reflected fact as text, the same for equal facts."""
    if isinstance(facts, dict):
        return ", ".join(f"{key}={plain(facts[key])}" for key in sorted(facts) if key != "comment")
    return str(facts)


def names(facts: list[str]) -> set[str]:
    return {re.findall(r"(?:^|, )name=(\w+)", fact)[0] for fact in facts}


def test_numbers_revisions_and_current_head_agree() -> None:
    numbers = [path.name[:4] for path in files()]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    chain = [script.revision for script in ScriptDirectory.from_config(scripts()).walk_revisions()]
    assert list(reversed(chain)) == numbers
    assert (VERSIONS / ".current-head").read_text().strip() == numbers[-1] == head()


def test_each_migration_has_a_way_back() -> None:
    for path in files():
        assert re.search(r"^def upgrade\(\) -> None:$", path.read_text(), re.MULTILINE), path.name
        assert re.search(r"^def downgrade\(\) -> None:$", path.read_text(), re.MULTILINE), path.name


def test_models_match_migrations(live_app: Flask) -> None:
    with live_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        difference = compare_metadata(context, db.metadata)
    assert difference == []


def test_names_of_constraints_match_the_models(live_app: Flask) -> None:
    """Alembic compares neither checks nor what happens on delete; a migration that forgets one is found here."""
    found = schema(live_app)
    for table in db.metadata.sorted_tables:
        checks = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        assert names(found[table.name]["checks"]) == checks, table.name
        for key in table.foreign_key_constraints:
            [fact] = [fact for fact in found[table.name]["foreign keys"] if f"name={key.name}," in fact]
            deletes = re.search(r"ondelete=([A-Z ]+)", fact)
            assert (deletes.group(1) if deletes else None) == key.ondelete, key.name


def test_each_step_leads_up_and_back_down_to_the_same_schema(empty_app: Flask) -> None:
    """Up step by step, down step by step, and up again: each revision looks the same from both sides."""
    steps = [path.name[:4] for path in files()]
    seen: dict[str, Facts] = {"base": schema(empty_app)}
    for step in steps:
        upgrade(empty_app, step)
        seen[step] = schema(empty_app)
    for step in reversed(["base", *steps[:-1]]):
        downgrade(empty_app, "-1")
        assert schema(empty_app) == seen[step], f"{step}: the way down to it leaves something"
    upgrade(empty_app)
    assert schema(empty_app) == seen[steps[-1]], "up, down, up differs"


def test_all_the_way_down_leaves_an_empty_database(live_app: Flask) -> None:
    downgrade(live_app, "base")
    assert schema(live_app) == {}
    with live_app.app_context():
        assert revision(db.engine) is None


def test_a_second_upgrade_changes_nothing(live_app: Flask) -> None:
    before = schema(live_app)
    upgrade(live_app)
    assert schema(live_app) == before


def rows(app: Flask) -> dict[str, int]:
    """How many rows each table holds."""
    with app.app_context():
        with db.engine.connect() as connection:
            tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
            count = {name: connection.scalar(select(func.count()).select_from(named(name))) or 0 for name in tables}
        db.engine.dispose()
    return count


def test_each_step_goes_up_on_a_database_that_is_in_use(live_app: Flask, ring: Ring) -> None:
    """A step down and up again, the newest first, with rows in the tables: a column that must not be empty is filled
    for the rows that are there, and no row of a table that stays is lost."""
    with live_app.app_context():
        street()
        db.session.remove()
    there = rows(live_app)
    assert sum(count > 0 for count in there.values()) > 100
    for step in reversed([path.name[:4] for path in files()[-NEWEST:]]):
        downgrade(live_app, "-1")
        before = rows(live_app)
        upgrade(live_app, step)
        after = rows(live_app)
        assert {name: after[name] for name in before} == before, f"{step} loses rows"
        downgrade(live_app, "-1")
