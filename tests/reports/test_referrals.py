"""The referral report: its figures are those of an independent count over what one may see, and of nothing else."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from casework.db import PHNOM_PENH, db
from casework.errors import InvalidInput
from casework.reports import queries
from casework.reports.workflow import ReferralFilter, read_filter, usual_filter
from tests import factories as make
from tests.reports.world import ANSWERED, NOW, Row, World, answer_of, ids, random_rows, row, seen_by_home, write

ALL = ReferralFilter(first=date(2026, 1, 1), last=date(2026, 12, 31))


@pytest.mark.parametrize("seed", range(4))
def test_figures_equal_an_independent_count(world: World, seed: int) -> None:
    equal_to_a_count(world, seen_by_home(world, write(random_rows(world, 90, seed))))


@pytest.mark.apart
def test_figures_of_five_thousand_cases_equal_an_independent_count(world: World) -> None:
    world.many(5_000)
    rows = seen_by_home(world, write(random_rows(world, 12_000, 17)))
    assert len({one["case_id"] for one in rows}) > 2_000
    equal_to_a_count(world, rows)


def equal_to_a_count(world: World, rows: list[Row]) -> None:
    """Every figure of the report is what plain loops over the rows give."""
    found = queries.figures(world.coordinator, ALL)
    answers = [(end - one["sent_at"]).total_seconds() / 3600 for one in rows if (end := answer_of(one))]
    in_time = [one for one in rows if (end := answer_of(one)) and end <= one["due_at"]]
    assert found.all.sent == len(rows)
    assert found.all.answered == len(answers)
    assert found.all.in_time == len(in_time)
    assert found.all.has_time == sum(one["status"] == "sent" and one["due_at"] >= NOW for one in rows)
    assert found.in_time_percent == math.floor(100 * len(in_time) / len(rows) + 0.5)
    assert found.median_hours == pytest.approx(statistics.median(answers), abs=0.051)
    assert found.slow_hours == pytest.approx(sorted(answers)[math.ceil(0.9 * len(answers)) - 1], abs=0.051)
    assert found.declined == sum(one["status"] == "rejected" for one in rows)
    for name, key in (("by_status", "status"), ("by_service", "service_type"), ("by_priority", "priority")):
        groups = {code: group.sent for code, group in getattr(found, name).items()}
        assert groups == Counter(one[key] for one in rows)


def test_rows_come_in_pages_newest_first_each_once(world: World) -> None:
    rows = seen_by_home(world, write(random_rows(world, 80, 9)))
    got, after = [], None
    while True:
        page, after = queries.rows(world.coordinator, ALL, after=after, limit=7)
        got += page
        if after is None:
            break
    assert len(got) == len(rows)
    assert {one.id for one in got} == ids(rows)
    assert [one.sent_at for one in got] == sorted((one.sent_at for one in got), reverse=True)
    assert [one.id for one in queries.stream(world.coordinator, ALL)] == [one.id for one in got]


def test_a_transfer_is_counted_as_a_transfer_and_not_as_a_service(world: World) -> None:
    case = world.ours[0]
    write([
        row(case, world.partner, author=world.coordinator, sent_at=NOW - timedelta(days=2), kind="transfer"),
        row(case, world.partner, author=world.coordinator, sent_at=NOW - timedelta(days=1)),
    ])  # fmt: skip
    found = queries.figures(world.coordinator, ALL)
    assert {code: group.sent for code, group in found.by_service.items()} == {"transfer": 1, "rice": 1}
    rice = replace(ALL, service="rice")
    assert queries.figures(world.coordinator, rice).all.sent == 1
    assert [one.kind for one in queries.stream(world.coordinator, rice)] == ["referral"]


def test_what_others_send_each_other_is_not_counted(world: World) -> None:
    write([row(world.theirs[0], world.elsewhere, author=world.partner_worker, sent_at=NOW - timedelta(days=1))])
    assert queries.figures(world.coordinator, ALL).all.sent == 0
    assert queries.rows(world.coordinator, ALL)[0] == []
    assert queries.figures(world.partner_worker, ALL).all.sent == 1


def test_a_role_without_cases_counts_nothing(world: World) -> None:
    write(random_rows(world, 20, 1))
    for role in ("observer", "org_admin", "auditor"):
        assert queries.figures(make.actor(role, at_office=world.home), ALL).all.sent == 0


def test_each_filter_narrows(world: World) -> None:
    rows = seen_by_home(world, write(random_rows(world, 120, 3)))

    def check(wanted: ReferralFilter, rule: object) -> None:
        expected = {one["id"] for one in rows if rule(one)}  # type: ignore[operator]
        assert {one.id for one in queries.stream(world.coordinator, wanted)} == expected
        assert queries.figures(world.coordinator, wanted).all.sent == len(expected)
        assert expected

    year = {"first": ALL.first, "last": ALL.last}
    check(ReferralFilter(**year, office=world.home.id), lambda one: one["author_org_id"] == world.home.id)
    check(ReferralFilter(**year, office=world.home.id, side="received"), lambda one: one["to_org_id"] == world.home.id)
    check(ReferralFilter(**year, office=world.partner.id), lambda one: one["author_org_id"] == world.partner.id)
    check(ReferralFilter(**year, service="rice"), lambda one: one["service_type"] == "rice")
    check(ReferralFilter(**year, status="rejected"), lambda one: one["status"] == "rejected")
    check(ReferralFilter(**year, priority="urgent"), lambda one: one["priority"] == "urgent")
    day = rows[0]["sent_at"].astimezone(PHNOM_PENH).date()
    check(ReferralFilter(first=day, last=day), lambda one: one["sent_at"].astimezone(PHNOM_PENH).date() == day)


def test_an_answer_told_later_counts_from_when_it_was_given(world: World) -> None:
    start = NOW - timedelta(days=10)
    told = row(
        world.ours[0], None, author=world.worker, sent_at=start, status="accepted", hours=100, priority="emergency",
        answer_given_at=start + timedelta(hours=5), answer_channel="phone",
    )  # fmt: skip
    write([told])
    found = queries.figures(world.coordinator, ALL)
    assert (found.median_hours, found.all.in_time) == (5.0, 1)
    [line] = queries.rows(world.coordinator, ALL)[0]
    assert (line.hours, line.late(NOW)) == (5.0, False)


def test_nothing_sent_shows_no_percentage(world: World) -> None:
    found = queries.figures(world.coordinator, ALL)
    assert (found.in_time_percent, found.median_hours, found.slow_hours) == (None, None, None)


def test_late_means_answered_after_the_limit_or_still_waiting(world: World) -> None:
    start = NOW - timedelta(days=40)
    states = {"sent": True, "revoked": False, **dict.fromkeys(ANSWERED, True)}
    write(
        row(world.ours[0], world.partner, author=world.worker, sent_at=start, status=status,
            hours=400 if status in ANSWERED else None)
        for status in states
    )  # fmt: skip
    assert {one.status: one.late(NOW) for one in queries.rows(world.coordinator, ALL)[0]} == states


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"first": "2026-01-01"}', '{"first": "x", "last": "y"}', '{"first": 1, "last": 2}',
     '{"first": "2026-01-01", "last": "2026-02-01", "side": "both"}',
     '{"first": "2026-01-01", "last": "2026-02-01", "office": "mine"}',
     '{"first": "2026-01-01", "last": "2026-02-01", "status": "draft"}',
     '{"first": "2026-02-01", "last": "2026-01-01"}',
     '{"first": "2026-01-01", "last": "2026-02-01", "more": "x"}'],
)  # fmt: skip
def test_a_filter_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_filter(text)


def test_a_filter_comes_back_as_it_was_written() -> None:
    assert read_filter(usual_filter().written()) == usual_filter()
    assert read_filter(ALL.written()) == ALL


def test_the_report_takes_three_statements_whatever_its_length(world: World) -> None:
    """One page of rows, the counts, the hours."""
    for count in (3, 90):
        write(random_rows(world, count, count))
        statements: list[str] = []

        def note(conn: object, cursor: object, statement: str, *rest: object, into: list[str] = statements) -> None:
            into.append(statement)

        connection = db.session.connection()
        event.listen(connection, "before_cursor_execute", note)
        queries.rows(world.coordinator, ALL)
        queries.figures(world.coordinator, ALL)
        event.remove(connection, "before_cursor_execute", note)
        assert len(statements) == 3, statements
