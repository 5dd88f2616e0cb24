"""A coordinator's quarter: the sentence of filters, kept for next time, the report frozen and taken out as a file."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import openpyxl
from sqlalchemy import insert

from casework.access.queries import actor_for, organisation_by_code
from casework.cases.models import Case
from casework.db import at, db, uuid7
from casework.referrals.models import Referral
from casework.reports.workflow import days_of
from casework.writes.orchestrator import transaction
from tests import scenes
from tests.browser.conftest import Enter
from tests.browser.hands import Hands
from tests.browser.server import Served
from tests.browser.world import HOME, SHELTER
from tests.reports.world import row

SENT = 12


def prepare(served: Served) -> None:
    """Referrals of the last quarter, answered, late and declined."""
    with served.inside(), transaction():
        first, _ = days_of("last_quarter", served.now.date())
        day = datetime(first.year, first.month, 5, 3, tzinfo=UTC)
        worker, shelter = actor_for("home.worker"), organisation_by_code(SHELTER)
        with at(day):
            case: Case = scenes.case(worker)
        rows = [
            row(
                case, shelter, author=worker, sent_at=day + timedelta(days=number), priority="urgent",
                status="rejected" if number == 3 else "accepted", hours=100 if number < 2 else 5,
                service="shelter_night" if number < SENT else "rice",
            )
            for number in range(SENT + 3)
        ]  # fmt: skip
        assert organisation_by_code(HOME).id == case.owner_org_id
        db.session.execute(insert(Referral), [{**one, "id": uuid7()} for one in rows])


def test_a_coordinator_reports_on_a_quarter(enter: Enter, served: Served, width: int) -> None:
    prepare(served)
    coordinator = enter("home.coordinator")
    coordinator.click("Reports")
    asked(coordinator, served)
    frozen(coordinator)
    taken_out(coordinator)
    counted(coordinator)


def asked(coordinator: Hands, served: Served) -> None:
    """Referrals sent by my office for a night at a shelter, of the last quarter; kept for the next one."""
    coordinator.choose("by", "my office")
    coordinator.choose("for", "Night at a shelter")
    coordinator.click("Show")
    coordinator.click("Keep this filter")
    coordinator.type("Name of the filter", "Shelter, last quarter")
    coordinator.pick("Which days", "last quarter")
    coordinator.click("Keep the filter")
    coordinator.sees("The filter is kept.")
    coordinator.click("Shelter, last quarter")
    coordinator.sees(f"{SENT - 2} of {SENT} sent were answered within the limit")
    fits(coordinator)


def frozen(coordinator: Hands) -> None:
    """Handed in to a donor, and frozen as it was."""
    coordinator.click("Freeze")
    coordinator.sees("What will be frozen", "Answered in time")
    coordinator.type("Title", "Shelter, third quarter")
    coordinator.click("Freeze it")
    coordinator.sees("Enter to whom the report is handed in.")
    coordinator.type("Handed in to", "Sample donor")
    coordinator.click("Freeze it")
    coordinator.sees("The report is frozen.", "Every figure would be the same today.", "83 %")
    fits(coordinator)
    coordinator.click("Frozen reports")
    coordinator.sees("Shelter, third quarter", "Sample donor")


def taken_out(coordinator: Hands) -> None:
    """The rows as a spreadsheet whose first sheet says what it is, for whom and why."""
    coordinator.click("Referrals", within=coordinator.main)
    coordinator.click("Shelter, last quarter")
    coordinator.click("Export")
    coordinator.sees("Who will know", f"{SENT} referrals, as you may see them now.")
    coordinator.pick("Kind of file", "Spreadsheet (XLSX), with a first sheet that says what it is")
    coordinator.type("Who gets the file", "Sample donor")
    coordinator.type("What it is needed for", "Report of the quarter")
    coordinator.tick("The receiver agreed to use it for this only, to keep it safe and to delete it afterwards")
    coordinator.click("Write down and go on")
    with coordinator.page.expect_download() as download:
        coordinator.click("Fetch the file")
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    about = {str(line[0]): str(line[1]) for line in book.worksheets[0].iter_rows(values_only=True) if line[0]}
    assert (about["For"], about["Why"]) == ("Sample donor", "Report of the quarter")
    assert book.worksheets[1].max_row >= SENT + 1


def counted(coordinator: Hands) -> None:
    """The other reports of the quarter are a tap away, and fit the page."""
    coordinator.click("Back to the report")
    for tab, words in (("Indicators", "From screening to help"), ("Persons helped", "Nobody was helped")):
        coordinator.click(tab, within=coordinator.main)
        coordinator.sees(words)
        fits(coordinator)


def fits(hands: Hands) -> None:
    """Nothing sticks out of the page."""
    assert hands.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), hands.where()
