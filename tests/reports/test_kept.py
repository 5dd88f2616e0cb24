"""Filters kept under a name, and reports frozen as they were handed in, beside what they would say today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from casework.access.permissions import Actor
from casework.cases.service import exclude
from casework.db import at, db
from casework.errors import InvalidInput, NotAllowed, NotVisible
from casework.reports import service
from casework.reports.measures import Measure, changes, withheld
from casework.reports.models import FrozenReport, SavedFilter
from casework.reports.queries.indicators import Period
from casework.reports.queries.kept import digest_of, figures_of, filters_of, get_frozen
from casework.reports.queries.measured import measured, write_period
from casework.reports.workflow import SPANS, ReferralFilter, days_of
from tests import factories as make
from tests import scenes
from tests.client import Client
from tests.reports.world import NOW, World, random_rows, row, write
from tests.signin import enter

Browsers = Callable[[], Client]
YEAR = ReferralFilter(first=date(2026, 1, 1), last=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("span", "day", "first", "last"),
    [
        ("this_month", date(2026, 2, 14), date(2026, 2, 1), date(2026, 2, 28)),
        ("last_month", date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        ("this_quarter", date(2026, 11, 24), date(2026, 10, 1), date(2026, 12, 31)),
        ("last_quarter", date(2026, 2, 1), date(2025, 10, 1), date(2025, 12, 31)),
        ("last_quarter", date(2026, 11, 24), date(2026, 7, 1), date(2026, 9, 30)),
        ("this_year", date(2024, 2, 29), date(2024, 1, 1), date(2024, 12, 31)),
        ("last_year", date(2024, 2, 29), date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_days_that_move_along(span: str, day: date, first: date, last: date) -> None:
    assert days_of(span, day) == (first, last)


def test_every_span_has_days(session: Any) -> None:
    for span in set(SPANS) - {"fixed"}:
        first, last = days_of(span, date(2026, 11, 24))
        assert first.day == 1
        assert (last + timedelta(days=1)).day == 1


def test_a_kept_filter_is_the_users_own_and_moves_along(world: World) -> None:
    by = world.coordinator
    with at(NOW):
        service.keep_filter(by, YEAR, name="  Shelter   quarter ", span="last_quarter")
        [kept] = filters_of(by)
        assert (kept.name, kept.wanted.first, kept.wanted.last) == (
            "Shelter quarter", date(2026, 7, 1), date(2026, 9, 30),
        )  # fmt: skip
        assert filters_of(world.worker) == []
        service.keep_filter(by, YEAR, name="shelter QUARTER", span="fixed")
        [kept] = filters_of(by)
        assert kept.wanted == YEAR
        with pytest.raises(NotVisible):
            service.drop_filter(world.worker, kept.row.id)
        service.drop_filter(by, kept.row.id)
        assert filters_of(by) == []


def test_only_so_many_filters_are_kept(world: World) -> None:
    for number in range(20):
        service.keep_filter(world.worker, YEAR, name=f"No {number}", span="fixed")
    service.keep_filter(world.worker, YEAR, name="No 3", span="this_year")
    with pytest.raises(InvalidInput):
        service.keep_filter(world.worker, YEAR, name="One more", span="fixed")


def test_a_filter_is_kept_opened_and_taken_away_on_pages(world: World, client: Browsers) -> None:
    browser = enter(client(), world.coordinator.username)
    days = "first-day=1&first-month=1&first-year=2026&last-day=31&last-month=12&last-year=2026"
    asked = f"/reports/referrals?side=received&office=mine&service=rice&{days}"
    link = browser.get(asked).query("a[href^='/reports/referrals/filters']")[0].attrs["href"]
    form = browser.get(link).location
    empty = browser.fill(form, name="", span="fixed")
    assert empty.status == 422
    back = browser.follow(browser.fill(form, name="Rice to us", span="fixed"))
    [again] = [a.attrs["href"] for a in back.query("main a") if a.to_text() == "Rice to us"]
    page = browser.get(again)
    chosen = [option.attrs["value"] for option in page.query("select option[selected]")]
    assert chosen[:3] == ["received", "mine", "rice"]
    row_id = db.session.query(SavedFilter).one().id
    drop = f"/reports/referrals/filters/{row_id}/drop"
    assert browser.post(drop, page.fields(f"form[action='{drop}']")).status == 303
    assert "Rice to us" not in browser.get("/reports/referrals").text


def of_a_team(world: World) -> Actor:
    """Somebody who reads the same classes, of a team's cases only."""
    return scenes.user(world.home, "case_worker", team=scenes.team(world.home))


def frozen(by: Actor, **more: Any) -> FrozenReport:
    filters = YEAR.written()
    values: dict[str, Any] = {
        "report": "referrals", "first": YEAR.first, "last": YEAR.last, "filters": filters,
        "figures": measured(by, "referrals", filters), "title": "Third quarter", "receiver": "Sample donor",
        "remark": "",
    }  # fmt: skip
    return service.freeze(by, **{**values, **more})


def test_a_frozen_report_stays_and_shows_what_changed_since(world: World) -> None:
    by = world.coordinator
    with at(NOW):
        write(random_rows(world, 80, 3))
        report = frozen(by)
        then, exact = figures_of(by, report)
        assert exact
        now = measured(by, "referrals", report.filters)
        assert not any(one.moved for one in changes(then, now))
        write([row(world.ours[0], world.partner, author=world.worker, sent_at=NOW - timedelta(days=3))])
        found = {one.shown.place: one for one in changes(then, measured(by, "referrals", report.filters))}
        assert found["sent", ""].difference == 1
        assert found["by_status", "sent"].moved
        assert not found["declined", ""].difference
        assert figures_of(by, report)[0] == then


def test_nothing_changes_a_frozen_report(world: World) -> None:
    report = frozen(world.coordinator)
    assert digest_of(report) == report.digest
    report.figures = "[]"
    assert digest_of(report) != report.digest
    with pytest.raises(RuntimeError):
        db.session.flush()
    db.session.rollback()


def test_only_who_takes_reports_out_freezes_and_only_the_office_reads(world: World) -> None:
    with pytest.raises(NotAllowed):
        frozen(world.worker)
    report = frozen(world.coordinator)
    assert get_frozen(world.worker, report.id) is report
    with pytest.raises(NotVisible):
        get_frozen(world.partner_worker, report.id)


def test_who_sees_less_finds_small_numbers_withheld(world: World) -> None:
    with at(NOW):
        write(random_rows(world, 40, 5))
        report = frozen(world.coordinator)
        found, exact = figures_of(of_a_team(world), report)
    assert not exact
    shown = [one.counted for one in found if one.counted]
    assert all(count >= 11 for count in shown), shown
    assert any(one.value is None for one in found)
    mate = make.actor("coordinator", at_office=world.home, factor=True)
    assert figures_of(mate, report)[1]
    exclude(world.ours[0], user_id=mate.user_id, reason="complaint", by=make.actor("supervisor", at_office=world.home))
    assert not figures_of(mate, report)[1]


def test_nothing_withheld_follows_from_what_is_shown() -> None:
    rows = [
        Measure("persons", value=60, counted=60),
        Measure("persons_sex", "female", value=52, counted=52),
        Measure("persons_sex", "male", value=8, counted=8),
        Measure("persons_age", "0-11", value=30, counted=30),
        Measure("persons_age", "18+", value=30, counted=30),
        Measure("persons_sex_age", "female/0-11", value=27, counted=27),
        Measure("persons_sex_age", "female/18+", value=25, counted=25),
        Measure("persons_sex_age", "male/0-11", value=3, counted=3),
        Measure("persons_sex_age", "male/18+", value=5, counted=5),
        Measure("closure_rate", "", "", "percent", 12.5, 5, 40),
        Measure("lost_contact", "", "", "percent", 50.0, 50, 100),
        Measure("nearly_all", "", "", "percent", 98.0, 98, 100),
        Measure("days_family", "", "", "median days", 12, None, 9),
    ]
    shown = {one.place: one for one in withheld(rows)}
    assert shown["persons_sex", "male"].value is None
    assert shown["persons_sex", "female"].value is None or shown["persons", ""].value is None
    assert all(shown[place].value is None for place in shown if "/" in place[1])
    assert (shown["closure_rate", ""].counted, shown["closure_rate", ""].value) == (None, None)
    assert shown["lost_contact", ""].value == 50.0
    assert (shown["nearly_all", ""].counted, shown["nearly_all", ""].value) == (None, None)
    assert shown["days_family", ""].value is None


def test_a_report_is_frozen_on_its_pages(world: World, client: Browsers) -> None:
    with at(NOW):
        write(random_rows(world, 30, 7))
        browser = enter(client(), world.coordinator.username)
        page = browser.get("/reports/referrals")
        link = next(a.attrs["href"] for a in page.query("main a") if a.to_text() == "Freeze")
        form = browser.get(link).location
        assert browser.fill(form, title="", receiver="").status == 422
        done = browser.follow(browser.fill(form, title="Third quarter", receiver="Sample donor"))
        assert "Every figure would be the same today." in done.words()
        assert "Third quarter" in browser.get("/reports/frozen").words()
        write([row(world.ours[0], world.partner, author=world.worker, sent_at=NOW - timedelta(days=3))])
        report = db.session.query(FrozenReport).one()
        assert "would be different today" in browser.get(f"/reports/frozen/{report.id}").words()
        worker = enter(client(), of_a_team(world).username)
        less = worker.get(f"/reports/frozen/{report.id}")
        assert "Numbers below 11 are withheld" in less.words()
        stranger = enter(client(), make.user("case_worker", at_office=world.elsewhere).username)
        assert stranger.get(f"/reports/frozen/{report.id}").status == 404


def test_indicators_and_persons_are_frozen_with_their_definitions(world: World) -> None:
    by = world.coordinator
    with at(NOW):
        period = Period(date(2026, 1, 1), date(2026, 12, 31))
        for report in ("indicators", "persons"):
            found = measured(by, report, write_period(period))
            assert found
        opened = next(one for one in measured(by, "indicators", write_period(period)) if one.key == "closure_rate")
    assert opened.definition["numerator"] == "cases closed in period"
    assert opened.words["en"] == "Closure rate"
    with pytest.raises(InvalidInput):
        measured(by, "indicators", "{}")
