"""Migrations: one chain without gaps, the models as they say, and a way back that leaves no trace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from casework.db import db
from casework.startup import MIGRATIONS, downgrade, head, revision, scripts, upgrade
from tests.engines import Databases

VERSIONS = MIGRATIONS / "versions"


def files() -> list[Path]:
    return sorted(VERSIONS.glob("[0-9]*.py"))


@pytest.fixture
def empty_app(engine_name: str, databases: Databases) -> Iterator[Flask]:
    """A program on a database without any table."""
    url = databases.empty(engine_name)
    app = databases.program(url)
    yield app
    databases.discard(app, url)


def column(reflected: Any) -> tuple[str, str, bool, str]:
    return reflected["name"], str(reflected["type"]), reflected["nullable"], str(reflected["default"])


def schema(app: Flask) -> dict[str, Any]:
    """Tables with columns, keys, indexes and checks, comparable between two moments."""
    with app.app_context():
        look = inspect(db.engine)
        found = {}
        for table in sorted(look.get_table_names()):
            if table == "alembic_version":
                continue
            found[table] = {
                "columns": sorted(column(each) for each in look.get_columns(table)),
                "primary key": look.get_pk_constraint(table)["constrained_columns"],
                "foreign keys": sorted(
                    (str(k["name"]), k["constrained_columns"], k["referred_table"], str(k["options"]))
                    for k in look.get_foreign_keys(table)
                ),
                "unique": sorted((str(u["name"]), u["column_names"]) for u in look.get_unique_constraints(table)),
                "checks": sorted((str(c["name"]), c["sqltext"]) for c in look.get_check_constraints(table)),
                "indexes": sorted((str(i["name"]), i["column_names"], i["unique"]) for i in look.get_indexes(table)),
            }
        db.engine.dispose()
        return found


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
        checks = {str(c.name) for c in table.constraints if type(c).__name__ == "CheckConstraint"}
        assert {name for name, _ in found[table.name]["checks"]} == checks, table.name
        wanted = {str(k.name): k.ondelete for k in table.foreign_key_constraints}
        for name, *_, options in found[table.name]["foreign keys"]:
            stands = re.search(r"'ondelete': '([A-Z ]+)'", options)
            assert (stands.group(1) if stands else None) == wanted[name], f"{table.name}: {name}"


def test_each_step_goes_up_down_and_up_to_the_same_schema(empty_app: Flask) -> None:
    for path in files():
        before = schema(empty_app)
        upgrade(empty_app, path.name[:4])
        after = schema(empty_app)
        downgrade(empty_app, "-1")
        assert schema(empty_app) == before, f"{path.name}: the way down leaves something"
        upgrade(empty_app, path.name[:4])
        assert schema(empty_app) == after, f"{path.name}: up, down, up differs"


def test_all_the_way_down_leaves_an_empty_database(live_app: Flask) -> None:
    downgrade(live_app, "base")
    assert schema(live_app) == {}
    with live_app.app_context():
        assert revision(db.engine) is None


def test_a_second_upgrade_changes_nothing(live_app: Flask) -> None:
    before = schema(live_app)
    upgrade(live_app)
    assert schema(live_app) == before
