"""What an indicator counts is said in the reader's language: on the page, in a frozen report, by the command."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from casework.access.models import User
from casework.access.permissions import Actor
from casework.cli import report as commands
from casework.codes import queries as codes
from casework.db import at, db
from casework.reports import service
from casework.reports.measures import Measure
from casework.reports.queries.indicators import Period, indicators
from casework.reports.queries.measured import DEFINED, definition_of, measured, write_period
from tests import factories as make
from tests.client import Client
from tests.reports.indicator_world import FIRST, LAST, Street
from tests.reports.world import NOW
from tests.signin import enter

Browsers = Callable[[], Client]
FILTERS = write_period(Period(FIRST, LAST))
KHMER = re.compile("[\u1780-\u17ff]")
DAYS = "&".join(
    f"{name}-day={day.day}&{name}-month={day.month}&{name}-year={day.year}"
    for name, day in (("first", FIRST), ("last", LAST))
)


def reading_khmer(by: Actor) -> Actor:
    db.session.scalars(select(User).where(User.id == by.user_id)).one().language = "km"
    db.session.flush()
    return by


def english() -> list[str]:
    """Every definition of the list in English."""
    return [row.extra[name] for row in codes.choices("kpi") for name in DEFINED if row.extra[name]]


def test_every_indicator_says_in_khmer_what_is_counted_and_of_what(session: Any) -> None:
    codes.forget()
    rows = codes.choices("kpi")
    assert len(rows) == 35
    for row in rows:
        assert row.extra["numerator"], row.code
        for name in DEFINED:
            english, khmer = row.attribute(name, "en"), row.extra[f"{name}_km"]
            assert bool(english) == bool(khmer), (row.code, name)
            assert not re.search("[A-Za-z]", khmer), (row.code, khmer)
            assert bool(KHMER.search(khmer)) == bool(khmer)
            assert row.attribute(name, "km") == khmer


def test_the_khmer_page_and_a_frozen_report_show_no_english_definition(session: Any, client: Browsers) -> None:
    codes.forget()
    with at(NOW):
        street = Street(60, seed=9)
        shown = [figure.code for figure in indicators(street.by, Period(FIRST, LAST))]
        by = reading_khmer(make.actor("coordinator", at_office=street.office, factor=True))
        reading_khmer(street.by)
        row = service.freeze(
            by, report="indicators", first=FIRST, last=LAST, filters=FILTERS, title="ក", receiver="ខ", remark="",
            figures=measured(by, "indicators", FILTERS),
        )  # fmt: skip
        page = enter(client(), street.by.username).get(f"/reports/indicators?{DAYS}").words()
        kept = enter(client(), by.username).get(f"/reports/frozen/{row.id}").words()
    assert len(shown) > 20
    for code in shown:
        for name in DEFINED:
            assert codes.get("kpi", code).attribute(name, "km") in page
    assert codes.get("kpi", "closure_rate").attribute("denominator", "km") in kept
    for words in (page, kept):
        assert [one for one in english() if one in words] == []


def test_a_report_frozen_before_there_was_khmer_keeps_its_words(session: Any) -> None:
    codes.forget()
    row = codes.get("kpi", "closure_rate")
    said = {name: row.extra[name] for name in DEFINED}
    old = Measure("closure_rate", definition=said)
    assert definition_of(old, "en") == said
    assert definition_of(old, "km")["numerator"] == row.attribute("numerator", "km")
    other = replace(old, definition={"numerator": "cases ended", "target": "90"})
    assert definition_of(other, "km") == {"numerator": "cases ended", "target": "90"}
    assert definition_of(Measure("sent", definition={"numerator": "sent"}), "km") == {"numerator": "sent"}


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_command_says_it_in_the_language_of_the_user(
    app: Flask, session: Any, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    codes.forget()
    monkeypatch.setattr(commands, "program", lambda: nullcontext(app))
    by = make.actor("supervisor")
    if language == "km":
        reading_khmer(by)
    db.session.commit()
    row = codes.get("kpi", "closure_rate")
    words = [row.in_language(language), *(row.attribute(name, language) for name in DEFINED)]

    def run(shape: str) -> str:
        db.session.commit()  # a command begins with a transaction of its own
        answer = CliRunner().invoke(commands.report, ["indicators", "--as", by.username, "--format", shape])
        assert answer.exit_code == 0, answer.output
        return answer.stdout

    found = {one["code"]: one for one in json.loads(run("json"))}
    assert list(found["closure_rate"]["definition"].values()) == words
    lines = list(csv.reader(io.StringIO(run("csv"))))
    assert next(line for line in lines if line[0] == "closure_rate")[-3:] == words
    assert {len(line) for line in lines} == {9}
