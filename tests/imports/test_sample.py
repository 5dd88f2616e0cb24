"""The sample records imported twice and once killed: 2,000 historical cases, and statistics equal to their count."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from casework.audit.verify import verify
from casework.cases.models import Case, CaseStatistic, Task
from casework.db import db
from casework.imports.models import ImportRun
from casework.writes.orchestrator import transaction
from tests import factories
from tests.imports.records import ROOT, independent_count, look_alike, sample

MAP = "ctdc_victim_perpetrator"


@pytest.fixture
def office(live_app: Flask) -> tuple[str, str]:
    """An office and its coordinator, who may import and read statistics: (code, user name)."""
    with live_app.app_context(), transaction():
        made = factories.office()
        return made.code, factories.user("coordinator", at_office=made, factor=True).username


@pytest.fixture
def command(live_app: Flask) -> Callable[..., subprocess.Popen[str]]:
    """Start the real command in a process of its own, on the test's database."""
    config = live_app.config["CASEWORK"]

    def start(*words: str) -> subprocess.Popen[str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith("CASEWORK_")}
        env |= {"CASEWORK_MODE": "demo", "CASEWORK_DATA": str(config.data), "CASEWORK_KEYS": str(config.key_folder)}
        env |= {"DATABASE_URL": live_app.config["SQLALCHEMY_DATABASE_URI"]}
        line = [sys.executable, "-m", "casework.cli", *words]
        return subprocess.Popen(line, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


def words(path: Path, office: tuple[str, str]) -> tuple[str, ...]:
    return "import", "cases", str(path), "--map", MAP, "--organisation", office[0], "--as", office[1]


def kill_after(process: subprocess.Popen[str], rows: int) -> None:
    """kill -9 as soon as the command tells of so many staged rows."""
    assert process.stderr is not None
    checked = False
    for line in process.stderr:
        number = int(line.split()[0])
        checked = checked or number == 2000
        if checked and number == rows:
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def finished(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def count(app: Flask, *rules: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Case).where(*rules)) or 0


def test_two_thousand_records_killed_once_and_imported_twice(
    live_app: Flask, office: tuple[str, str], command: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    path = sample(tmp_path)
    kill_after(command(*words(path, office)), rows=600)
    assert 600 <= count(live_app) < 2000
    assert count(live_app, Case.published) == 0
    staged = json.loads(finished(command("report", "statistics", "--as", office[1])))
    assert staged["cases"] == 0
    assert "2000 cases became visible" in finished(command(*words(path, office)))
    again = finished(command(*words(path, office)))
    assert "0 cases made, 2000 known already, 0 faulty. 0 cases became visible." in again
    assert count(live_app, Case.historical, Case.published) == count(live_app) == 2000
    told = json.loads(finished(command("report", "statistics", "--as", office[1])))
    assert told["cases"] == 2000
    for table, wanted in independent_count(path).items():
        assert {code: number for code, number in told[table].items() if number} == dict(wanted), table
    with live_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Task)) == 0
        assert db.session.scalar(select(func.count()).select_from(CaseStatistic)) == 2000
        states = db.session.scalars(select(ImportRun.state).order_by(ImportRun.started_at)).all()
        assert states == ["stopped", "published", "published"]
        assert verify() == []


def test_the_count_beside_the_program_differs_for_another_file(tmp_path: Path) -> None:
    one, other = look_alike(tmp_path / "one.csv"), look_alike(tmp_path / "other.csv", seed=6)
    assert independent_count(one) != independent_count(other)
    assert sum(independent_count(one)["by_sex"].values()) == 2000
