"""Pages of reports: the sentence of filters, the table, and the way to a file, which begins with who and why."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from casework.audit.models import AuditEvent, AuditSubject
from casework.codes.queries import get
from casework.db import at, db
from casework.reports import service
from casework.reports.models import ExportRecord
from tests import factories as make
from tests.client import Client, Page
from tests.reports.world import NOW, World, random_rows, row, seen_by_home, write
from tests.signin import enter

Browsers = Callable[[], Client]
YEAR = "first-day=1&first-month=1&first-year=2026&last-day=31&last-month=12&last-year=2026"
ANSWERS = {"file_format": "csv", "recipient": "Dara Test, Ministry", "reason": "Report of the quarter", "agreed": "yes"}


@pytest.fixture
def browser(world: World, client: Browsers) -> Client:
    """The coordinator's browser."""
    return enter(client(), world.coordinator.username)


def asked(browser: Client, **values: str) -> Page:
    """Go from the report to the questions and answer them."""
    form = browser.get(f"/reports/referrals/export?{YEAR}")
    return browser.fill(form.location, **{**ANSWERS, **values})


def fetched(browser: Client, **values: str) -> Page:
    """The file itself."""
    ready = browser.follow(asked(browser, **values))
    [link] = [a.attrs["href"] for a in ready.query("main a") if a.attrs["href"].endswith("/file")]
    return browser.get(link)


def test_reports_lead_to_the_first_one_the_role_may_open(world: World, client: Browsers, browser: Client) -> None:
    assert browser.get("/reports").location == "/reports/referrals"
    observer = make.user("observer", at_office=world.home)
    assert enter(client(), observer.username).get("/reports").location == "/reports/totals"
    assert enter(client(), make.user("clerk", at_office=world.home).username).get("/reports").status == 403


def test_the_report_shows_figures_and_rows_of_what_one_may_see(world: World, browser: Client) -> None:
    rows = seen_by_home(world, write(random_rows(world, 60, 5)))
    page = browser.get(f"/reports/referrals?{YEAR}")
    assert page.status == 200
    shown = page.query("main .cw-list tbody tr")
    assert len(shown) == min(len(rows), 50)
    assert f"Sent {len(rows)} Answered in time" in page.words()
    codes = {case.code for case in world.foreign}
    sent_here = {one["case_id"] for one in rows}
    assert all(case.id in sent_here or case.code not in page.text for case in world.foreign), codes


def test_a_referral_between_others_leaves_no_trace(world: World, browser: Client) -> None:
    write([row(world.theirs[0], world.elsewhere, author=world.partner_worker, sent_at=NOW - timedelta(days=2))])
    page = browser.get("/reports/referrals")
    assert world.theirs[0].code not in page.text
    assert "Sent 0" in page.words()


def test_names_stand_nowhere(world: World, browser: Client) -> None:
    write(random_rows(world, 30, 2))
    assert "Testfamily" not in browser.get(f"/reports/referrals?{YEAR}").text
    assert "Testfamily" not in fetched(browser).text


def test_pages_of_the_table_go_on_with_the_filter(world: World, browser: Client) -> None:
    start = NOW - timedelta(days=3)
    write(row(world.ours[0], world.partner, author=world.worker, sent_at=start) for _ in range(60))
    page = browser.get(f"/reports/referrals?{YEAR}&service=rice")
    [link] = page.query("a[rel=next]")
    following = browser.get(link.attrs["href"])
    assert "service=rice" in link.attrs["href"]
    assert len(following.query("main .cw-list tbody tr")) == 10
    assert "Sent 60" in following.words()


@pytest.mark.parametrize(
    "query",
    ["first-day=31&first-month=2&first-year=2026", "first-day=x", "first-year=", "side=both", "office=1",
     "service=none", "status=draft", "last-day=1&last-month=1&last-year=1999", "service=rice%00",
     "first-year=" + "9" * 300],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_is_said_and_shows_nothing(world: World, browser: Client, query: str) -> None:
    page = browser.get(f"/reports/referrals?{query}")
    assert page.status == 422
    assert page.query("#error-summary")
    assert not page.query("main .cw-list")
    assert browser.get(f"/reports/referrals/export?{query}").location.startswith("/reports/referrals")


def test_no_file_without_who_why_and_a_promise(world: World, browser: Client) -> None:
    write(random_rows(world, 5, 1))
    for name in ANSWERS:
        page = asked(browser, **{name: ""})
        assert page.status == 422, name
        assert page.query("#error-summary")
    assert db.session.scalars(select(ExportRecord)).all() == []


def test_a_filter_that_was_tampered_with_is_refused(world: World, browser: Client) -> None:
    for text in ("", "{}", '{"first": "2026-01-01", "last": "2026-02-01", "office": "x"}'):
        assert asked(browser, filters=text).status in (400, 422)


def test_a_csv_holds_the_rows_and_leaves_only_after_it_was_written_down(world: World, browser: Client) -> None:
    rows = seen_by_home(world, write(random_rows(world, 70, 6)))
    answer = fetched(browser)
    body = answer.response.get_data()
    assert answer.response.headers["Content-Disposition"].startswith("attachment; filename=referrals-2026-")
    lines = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))
    assert len(lines) == len(rows) + 1
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "export.fetched")).all()
    [manifest] = [json.loads(one.body) for one in events]
    assert manifest["rows"] == len(rows)
    assert manifest["sha256"] == hashlib.sha256(body).hexdigest()
    assert manifest["filters"]["first"] == "2026-01-01"
    taken = select(AuditSubject.case_id).join(AuditEvent, AuditEvent.id == AuditSubject.event_id)
    cases = set(db.session.scalars(taken.where(AuditEvent.action == "view.export")))
    assert cases == {one["case_id"] for one in rows}


def test_a_spreadsheet_says_first_what_it_is(world: World, browser: Client) -> None:
    rows = seen_by_home(world, write(random_rows(world, 40, 7)))
    answer = fetched(browser, file_format="xlsx", reason="=HYPERLINK(1)")
    book = openpyxl.load_workbook(io.BytesIO(answer.response.get_data()))
    about, table = book.worksheets
    said = {line[0].value: line[1].value for line in about.iter_rows() if line[0].value}
    assert said["For"] == ANSWERS["recipient"]
    assert said["Why"] == "'=HYPERLINK(1)"
    assert said["From day"] == "2026-01-01"
    assert table.max_row == len(rows) + 1
    assert {cell.data_type for line in table.iter_rows(max_col=6) for cell in line} == {"s"}
    assert "f" not in {cell.data_type for sheet in book.worksheets for line in sheet.iter_rows() for cell in line}


def test_a_file_that_cannot_be_recorded_is_not_sent(
    world: World, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(random_rows(world, 5, 1))

    def broken(*anything: object) -> None:
        raise RuntimeError("no room in the audit")

    monkeypatch.setattr(service, "record_leaving", broken)
    answer = fetched(browser)
    assert answer.status == 503
    assert "CW-" not in answer.text


def test_a_double_submit_is_one_request(world: World, browser: Client) -> None:
    form = browser.get(f"/reports/referrals/export?{YEAR}")
    page = browser.get(form.location)
    for _ in range(2):
        assert browser.post(form.location, {**page.fields(), **ANSWERS}).status == 303
    assert len(db.session.scalars(select(ExportRecord)).all()) == 1


def test_a_file_is_for_who_asked_and_for_a_day(world: World, client: Browsers, browser: Client) -> None:
    ready = asked(browser).location
    other = make.user("coordinator", at_office=world.home, factor=True)
    colleague = enter(client(), other.username)
    for path in (ready, f"{ready}/file"):
        assert colleague.get(path).status == 404
    with at(NOW + timedelta(hours=23)):
        again = enter(client(), world.coordinator.username)
        assert again.get(f"{ready}/file").status == 200
    with at(NOW + timedelta(hours=25)):
        late = enter(client(), world.coordinator.username)
        assert late.get(f"{ready}/file").status == 404
    said = get("retention_class", "export_file").extra["hours"]
    row = db.session.scalars(select(ExportRecord)).one()
    assert row.expires_at - row.asked_at == timedelta(hours=int(said)), "what the list of retention says"


def test_rights_count_when_the_file_is_made(world: World, browser: Client) -> None:
    write([row(world.ours[0], world.partner, author=world.worker, sent_at=NOW - timedelta(days=2))])
    ready = asked(browser).location
    world.ours[0].published = False
    db.session.commit()
    assert world.ours[0].code not in browser.get(f"{ready}/file").text


def test_who_may_look_may_not_take_out(world: World, client: Browsers) -> None:
    worker = enter(client(), world.worker.username)
    assert "Export" not in worker.get("/reports/referrals").words()
    for path in ("/reports/referrals/export", "/reports/exports"):
        assert worker.get(path).status == 403


def test_the_office_sees_what_was_taken_out(world: World, client: Browsers, browser: Client) -> None:
    asked(browser)
    page = browser.get("/reports/exports")
    assert ANSWERS["recipient"] in page.words()
    assert ANSWERS["reason"] in page.words()
    other = make.user("coordinator", at_office=world.partner, factor=True)
    assert ANSWERS["recipient"] not in enter(client(), other.username).get("/reports/exports").words()


def test_statistics_and_totals_each_have_their_page(world: World, client: Browsers, browser: Client) -> None:
    assert "3 cases that you may see" in browser.get("/reports/statistics").words()
    assert "No case is counted" in browser.get("/reports/statistics?kind=historical").words()
    assert browser.get("/reports/statistics?kind=none").status == 422
    assert browser.get("/reports/totals").status == 403
    observer = enter(client(), make.user("observer", at_office=world.home).username)
    page = observer.get("/reports/totals")
    assert "withheld" in page.words()
    assert observer.get("/reports/statistics").status == observer.get("/reports/referrals").status == 403
