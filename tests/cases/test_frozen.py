"""An office whose access has ended keeps what it wrote itself, and learns of no later stage, status or owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from casework.access.permissions import Actor
from casework.cases.queries import Filters, case_bar, find, get_case, list_cases
from casework.cases.queries.signs import signs_of
from casework.cases.queries.visible import classes_of_many
from casework.cases.service import add_note, set_station
from casework.cases.service.opening import close_case, reopen_case
from casework.db import at, today, utcnow
from casework.overview.queries.board import figures, quiet_cases
from casework.overview.workflow import QUIET_DAYS
from casework.referrals.models import Referral
from casework.sharing import service as sharing
from tests import factories as make
from tests.client import Client
from tests.sharing.scene import Scene
from tests.signin import enter


@pytest.fixture
def scene(session: object) -> Scene:
    """Offices, people and one case."""
    return Scene()


def knows(by: Actor, scene: Scene) -> tuple[str, str]:
    """Status and stage as list, count, board, search and header all tell them."""
    case = get_case(by, scene.case.id)
    bar = case_bar(by, case)
    [status] = [one for one in ("open", "closed") if list_cases(by, Filters(status=one)).total]
    rows = list_cases(by, Filters(status=status)).rows
    assert [row.case.id for row in rows] == [case.id]
    assert list_cases(by, Filters(status=status, stage=bar.stage)).total == 1
    signs = signs_of(by, find(by, case.code), classes_of_many(by, [case.id]))[case.id]
    assert signs.stage == bar.stage
    assert (
        ("closed" in [tag.text for tag in (*bar.tags, *signs.tags)]) == (status == "closed") == (bar.status != "open")
    )
    columns = {column.stage for column in figures(by).columns if column.cases}
    assert columns == ({bar.stage} if status == "open" else set())
    return status, bar.stage


def running(scene: Scene) -> Referral:
    """The shelter has the case, and wrote something."""
    referral = scene.send()
    sharing.accept(referral, by=scene.host)
    add_note(scene.case, by=scene.host, text="Two nights", data_class="assistance")
    return referral


def later_changes(scene: Scene, by: Actor) -> None:
    set_station(scene.case, "reintegration", "open", by=by)
    set_station(scene.case, "identification", "done", by=by)


def test_while_access_runs_all_is_live(scene: Scene) -> None:
    scene.agree()
    running(scene)
    later_changes(scene, scene.worker)
    assert knows(scene.host, scene) == knows(scene.worker, scene) == ("open", "reintegration")


@pytest.mark.parametrize("ending", ["withdraw", "revoke", "expire"])
def test_after_the_end_nothing_moves_for_the_receiver(scene: Scene, ending: str) -> None:
    entry = scene.agree(ends_at=utcnow() + timedelta(days=5))
    referral = running(scene)
    when = utcnow()
    if ending == "withdraw":
        sharing.withdraw(entry, scene.case, by=scene.worker, form="written")
    elif ending == "revoke":
        sharing.revoke(referral, by=scene.worker)
    else:
        when = entry.ends_at + timedelta(minutes=1)
    with at(when + timedelta(hours=1)):
        later_changes(scene, scene.worker)  # before the sweep, so that no row says what the office knew
        sharing.sweep_grants(utcnow())
        assert knows(scene.host, scene) == ("open", "identification")
        assert knows(scene.worker, scene) == ("open", "reintegration")
    with at(when + timedelta(hours=2)):
        close_case(scene.case, by=scene.worker, closed_on=today())
        assert knows(scene.host, scene) == ("open", "identification")
        assert knows(scene.worker, scene) == ("closed", "closure")
    with at(when + timedelta(hours=3)):
        reopen_case(scene.case, by=scene.supervisor, reason="new_need")
        assert knows(scene.host, scene) == ("open", "identification")


def test_what_was_closed_when_access_ended_stays_closed(scene: Scene) -> None:
    entry = scene.agree()
    running(scene)
    with at(utcnow() + timedelta(minutes=1)):
        sharing.withdraw(entry, scene.case, by=scene.worker, form="written")
    with at(utcnow() + timedelta(minutes=2)):
        close_case(scene.case, by=scene.worker, closed_on=today())
    with at(utcnow() + timedelta(minutes=3)):
        assert knows(scene.host, scene)[0] == "open"


def test_a_former_owner_sees_the_case_as_it_handed_it_over(scene: Scene) -> None:
    scene.agree()
    boss = make.actor("coordinator", at_office=scene.home)
    add_note(scene.case, by=scene.worker, text="Ours", data_class="assistance")
    sharing.accept(scene.send(by=boss, kind="transfer", service_type="social_work_general"), by=scene.host)
    assert scene.case.owner_org_id == scene.shelter.id
    with at(utcnow() + timedelta(hours=1)):
        later_changes(scene, scene.host)
        assert knows(boss, scene) == ("open", "identification")
        assert knows(scene.host, scene) == ("open", "reintegration")
        assert case_bar(boss, scene.case).owner_org_id is None
        with at(utcnow() + timedelta(days=QUIET_DAYS + 9)):
            assert [row.stage for row in quiet_cases(boss)] == ["identification"]
        close_case(scene.case, by=scene.host, closed_on=today())
        assert knows(boss, scene) == ("open", "identification")


def test_a_new_agreement_shows_the_case_live_again(scene: Scene) -> None:
    entry = scene.agree()
    running(scene)
    sharing.withdraw(entry, scene.case, by=scene.worker, form="written")
    with at(utcnow() + timedelta(hours=1)):
        later_changes(scene, scene.worker)
        assert knows(scene.host, scene) == ("open", "identification")
        scene.agree()
        sharing.accept(scene.send(), by=scene.host)
        assert knows(scene.host, scene) == ("open", "reintegration")


def test_pages_say_no_more_than_that(app: Flask, scene: Scene, client: Callable[[], Client]) -> None:
    entry = scene.agree()
    running(scene)
    sharing.withdraw(entry, scene.case, by=scene.worker, form="written")
    later_changes(scene, scene.worker)
    with at(utcnow() + timedelta(hours=1)):
        close_case(scene.case, by=scene.worker, closed_on=today())
        browser = enter(client(), scene.host.username)
        here = f"/cases/{scene.case.id}"
        for address in (here, "/cases", f"{here}/referrals"):
            page = browser.get(address)
            assert page.status == 200, address
            assert "Identification" in page.text or address == f"{here}/referrals", address
            assert '<strong class="cw-tag cw-tag--grey">closed' not in page.text, address
            assert "Two nights" in page.text or address != here
        assert "now: Identification" in browser.get(here).text
        assert scene.case.code in browser.get("/cases").text
        assert scene.case.code not in browser.get("/cases?status=closed").text
