"""The commands give what the pages give, with the rights of the user named."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from casework.audit.models import AuditEvent
from casework.cli import report as commands
from casework.db import db
from casework.reports import queries
from tests import factories as make
from tests.reports.test_referrals import ALL
from tests.reports.world import World, random_rows, seen_by_home, write

Run = Callable[..., Result]
YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")


@pytest.fixture
def run(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `casework report ...` inside the test's program."""
    monkeypatch.setattr(commands, "program", lambda: nullcontext(app))

    def go(name: str, *words: str) -> Result:
        db.session.commit()  # a command begins with a transaction of its own
        return CliRunner().invoke(commands.report, [name, *words])

    return go


def test_statistics_are_those_of_the_page(world: World, run: Run) -> None:
    answer = run("statistics", "--as", world.coordinator.username)
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert found == queries.statistics(world.coordinator).document()
    assert found["cases"] == sum(found["by_sex"].values()) == 3
    assert found["exact"] is True
    lines = list(
        csv.reader(io.StringIO(run("statistics", "--as", world.coordinator.username, "--format", "csv").stdout))
    )
    assert ["by_kind", "running", "", "", "3"] in lines


def test_observers_get_totals_and_cannot_narrow_them(world: World, run: Run) -> None:
    observer = make.user("observer", at_office=world.home).username
    found = json.loads(run("statistics", "--as", observer).stdout)
    assert (found["exact"], found["cases"]) == (False, 0)
    assert run("statistics", "--as", observer, "--cases", "running").exit_code == 2


def test_referrals_as_json_are_rows_and_figures_of_the_page(world: World, run: Run) -> None:
    rows = seen_by_home(world, write(random_rows(world, 50, 4)))
    answer = run("referrals", "--as", world.coordinator.username, *YEAR, "--format", "json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert found["figures"]["sent"] == len(found["referrals"]) == len(rows)
    assert found["figures"]["median_hours"] == queries.figures(world.coordinator, ALL).median_hours
    assert {one["status"] for one in found["referrals"]} == {one["status"] for one in rows}
    assert "Testfamily" not in answer.stdout
    narrow = run("referrals", "--as", world.coordinator.username, *YEAR, "--format", "json", "--status", "sent",
                 "--service", "rice", "--office", "mine")  # fmt: skip
    wanted = [one for one in rows if (one["status"], one["service_type"]) == ("sent", "rice")]
    mine = [one for one in wanted if one["author_org_id"] == world.home.id]
    assert len(json.loads(narrow.stdout)["referrals"]) == len(mine)


def test_referrals_as_csv_and_xlsx_go_to_a_private_file(world: World, run: Run, tmp_path: Path) -> None:
    rows = seen_by_home(world, write(random_rows(world, 50, 4)))
    for shape in ("csv", "xlsx"):
        target = tmp_path / f"report.{shape}"
        words = ("--as", world.coordinator.username, *YEAR, "--format", shape, "--output", str(target))
        answer = run("referrals", *words, "--recipient", "Dara Test", "--reason", "quarter")
        assert answer.exit_code == 0, answer.output
        assert target.stat().st_mode & 0o777 == 0o600
    lines = list(csv.reader(io.StringIO((tmp_path / "report.csv").read_bytes().decode("utf-8-sig"), newline="")))
    table = openpyxl.load_workbook(tmp_path / "report.xlsx").worksheets[1]
    assert len(lines) == table.max_row == len(rows) + 1
    actions = [one.action for one in db.session.scalars(select(AuditEvent).where(AuditEvent.action.like("export.%")))]
    assert sorted(actions) == ["export.asked"] * 2 + ["export.fetched"] * 2


def test_who_may_not_take_out_gets_one_sentence(world: World, run: Run) -> None:
    for words in (
        ("referrals", "--as", world.worker.username, "--format", "csv"),
        ("referrals", "--as", make.user("observer", at_office=world.home).username, "--format", "json"),
        ("statistics", "--as", make.user("clerk", at_office=world.home).username),
    ):
        answer = run(*words)
        assert answer.exit_code == 2
        assert "may not open this report" in answer.stderr
        assert answer.stdout == ""


@pytest.mark.parametrize(
    "words",
    [("--as", "nobody"), (), ("--organisation", "NOWHERE"), ("--from", "yesterday"), ("--service", "none"),
     ("--status", "draft"), ("--format", "pdf"), ("--office", "NOWHERE"), ("--priority", "high"),
     ("--from", "2026-02-01", "--to", "2026-01-01"), ("--reason", " "), ("--recipient", "")],
)  # fmt: skip
def test_wrong_use_is_said_and_ends_with_two(world: World, run: Run, words: tuple[str, ...]) -> None:
    known = () if words in ((), ("--as", "nobody")) else ("--as", world.coordinator.username)
    answer = run("referrals", *known, *words)
    assert answer.exit_code == 2, answer.output
    assert answer.stdout == ""
    assert "Traceback" not in answer.output
