"""The page of a case: every part through its own predicate, what is not open is not there, few statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from casework.access.permissions import Actor
from casework.assistance import service as help_
from casework.cases.models import Approval
from casework.cases.queries import classes_of
from casework.cases.service import add_note, add_task, ask_approval, change, make_group, set_station, take_on
from casework.codes.queries import choices
from casework.db import at, db, today, utcnow, uuid7
from casework.overview.queries.timeline import first_words, moments, read_key
from casework.overview.views.words import FILTERS
from casework.reintegration import service as reintegration
from casework.sharing import service as sharing
from tests import scenes
from tests.client import Client, Page
from tests.overview.counting import statements
from tests.sharing.scene import Scene, case_of

Desk = Callable[[Actor], Client]


def address(scene: Scene, more: str = "") -> str:
    return f"/cases/{scene.case.id}{more}"


def headings(page: Page) -> list[str]:
    return [" ".join(h.to_text().split()) for h in page.query("h2")]


def eat(scene: Scene, by: Actor) -> None:
    line = next(code for code in choices("service_type") if code.code == "cooked_meal")
    help_.record_help(scene.case, by=by, service_type=line.code, quantity=2, unit="meal", anyway=True)


def test_the_way_stands_with_its_dates_and_the_open_part_unfolded(scene: Scene, desk: Desk) -> None:
    set_station(scene.case, "return", "done", by=scene.worker)
    add_task(scene.case, by=scene.worker, kind="screening", station="identification", due_at=utcnow())
    page = desk(scene.worker).get(address(scene))
    way = [" ".join(part.to_text().split()) for part in page.query(".cw-way__part")]
    assert len(way) == 5
    assert "open since" in way[0]
    assert "Finish the screening" in way[0]
    assert "Go on with this part" in way[0]
    assert "done" in way[1]
    assert "not begun" in way[3]


def test_a_part_that_was_passed_over_or_said_to_be_needless_is_not_needed(scene: Scene, desk: Desk) -> None:
    set_station(scene.case, "arrival", "open", by=scene.worker)
    set_station(scene.case, "reintegration", "not_needed", by=scene.worker)
    way = [" ".join(part.to_text().split()) for part in desk(scene.worker).get(address(scene)).query(".cw-way__part")]
    assert "not needed" in way[1]
    assert "not needed" in way[3]
    assert "not begun" in way[4]


def test_the_own_office_keeps_and_uses_the_record_and_others_are_shared_with(scene: Scene, desk: Desk) -> None:
    scene.agree()
    scene.agree(to=scene.home, purpose="case_management")
    browser = desk(scene.worker)
    for path in (address(scene), f"{address(scene)}/consent"):
        words = browser.get(path).words()
        assert "Your own office may keep and use the record until" in words
        assert f"with {scene.home.name}" not in words


def test_help_consent_and_referrals_are_told_in_words(scene: Scene, desk: Desk) -> None:
    scene.agree()
    scene.send()
    eat(scene, scene.worker)
    words = desk(scene.worker).get(address(scene)).words()
    assert "Nothing may be shared" not in words
    assert f"May share with {scene.shelter.name} until" in words
    assert "Night at a shelter" in words
    assert "Cooked meal, 2 meals" in words or "ooked" in words


def test_without_any_answer_the_page_says_that_nothing_may_be_shared(scene: Scene, desk: Desk) -> None:
    assert "Nothing may be shared" in desk(scene.worker).get(address(scene)).words()


def test_a_stranger_gets_the_same_answer_for_this_case_and_for_none(scene: Scene, desk: Desk) -> None:
    browser = desk(scene.host)
    here, nowhere = browser.get(address(scene)), browser.get(f"/cases/{uuid7()}")
    assert here.status == nowhere.status == 404
    assert here.text.replace(str(scene.case.id), "") == nowhere.text.replace(str(scene.case.id), "")


def test_what_the_classes_do_not_open_is_absent_without_a_trace(scene: Scene, desk: Desk) -> None:
    scenes.grant(scene.case, scene.clinic.id, ["health"])
    take_on(scene.case, user_id=scene.nurse.user_id, by=scene.nurse)
    add_note(scene.case, by=scene.worker, text="A sentence of ours")
    eat(scene, scene.worker)
    scene.agree()
    add_task(scene.case, by=scene.worker, kind="todo", text="Ring the sister")
    plan_of(scene)
    page = desk(scene.nurse).get(address(scene))
    assert page.status == 200
    secrets = ("Testdara", "A sentence of ours", "meal", "May share", "Ring the sister", "Plan:", "The way", "Return",
               "Needs and last help", "Waiting for approval")  # fmt: skip
    assert [word for word in secrets if word in page.words()] == []
    assert "name withheld" in page.text
    assert headings(page) == ["People and safe contact", "Timeline"]


def test_an_office_with_a_case_sees_its_own_tasks_only(scene: Scene, desk: Desk) -> None:
    scene.agree()
    sharing.accept(scene.send(), by=scene.host)
    add_task(scene.case, by=scene.worker, kind="todo", text="Ring the sister")
    page = desk(scene.host).get(address(scene))
    assert page.status == 200
    assert "Ring the sister" not in page.text
    assert f"Office in charge: {scene.home.name}" in page.words()


def plan_of(scene: Scene) -> Approval:
    """A plan that waits for approval."""
    plan = reintegration.start_plan(scene.case, by=scene.worker, review_on=today() + timedelta(days=90))
    domain = choices("support_plan_type")[0].code
    reintegration.add_goal(plan, scene.case, by=scene.worker, domain=domain, goal="Work near home")
    return reintegration.send_plan(plan, scene.case, by=scene.worker)


def test_an_approval_shows_to_both_and_is_decided_by_the_other(scene: Scene, desk: Desk) -> None:
    waiting = plan_of(scene)
    link = f'a[href="/cases/{scene.case.id}/approvals/{waiting.id}"]'
    asked = desk(scene.worker).get(address(scene))
    assert "Waiting for approval: Plan" in asked.words()
    assert not asked.query(link)
    browser = desk(scene.supervisor)
    page = browser.get(address(scene))
    assert page.query(link)
    led = browser.get(page.query(link)[0].attrs["href"])
    assert led.status == 303
    assert str(waiting.id) in led.location
    assert desk(scene.host).get(f"/cases/{scene.case.id}/approvals/{waiting.id}").status == 404


def test_a_colleague_whose_role_does_not_open_it_sees_no_approval(scene: Scene, desk: Desk) -> None:
    plan_of(scene)
    clerk = scenes.user(scene.home, "clerk")
    take_on(scene.case, user_id=clerk.user_id, by=clerk)
    page = desk(clerk).get(address(scene))
    assert page.status == 200
    assert "Waiting for approval" not in page.words()
    assert "Plan:" not in page.words()


def test_each_kind_of_approval_leads_somewhere(scene: Scene, desk: Desk) -> None:
    browser = desk(scene.supervisor)
    for kind in ("vital", "return_against_advice", "closure"):
        row = ask_approval(scene.case, by=scene.worker, kind=kind, record_id=uuid7())
        page = browser.get(f"/cases/{scene.case.id}/approvals/{row.id}")
        assert page.status == 303, kind
        assert page.location.startswith(f"/cases/{scene.case.id}"), kind


def test_a_group_counts_its_visible_members(scene: Scene, desk: Desk) -> None:
    other, hidden = case_of(scene.worker), case_of(scene.worker)
    make_group(by=scene.worker, kind="family", name="Our family", cases=[scene.case, other, hidden])
    scenes.grant(scene.case, scene.shelter.id, ["identity", "demographic"])
    scenes.grant(other, scene.shelter.id, ["identity"])
    for case in (scene.case, other):
        take_on(case, user_id=scene.host.user_id, by=scene.host)
    assert "Family , 3 people" in desk(scene.worker).get(address(scene)).words()
    page = desk(scene.host).get(address(scene))
    assert "Family , 2 people" in page.words()
    assert "Our family" not in page.text


def test_the_menu_offers_what_the_role_may_do(scene: Scene, desk: Desk) -> None:
    worker = desk(scene.worker).get(address(scene)).words(".cw-menu")
    assert "Write a note" in worker
    assert "Give to a colleague" not in worker
    boss = desk(scene.supervisor).get(address(scene)).words(".cw-menu")
    assert "Give to a colleague" in boss
    assert "Keep a colleague away" in boss


def test_a_plain_task_is_done_with_one_tap(scene: Scene, desk: Desk) -> None:
    task = add_task(scene.case, by=scene.worker, kind="todo", text="Ring the sister")
    browser = desk(scene.worker)
    form = f'form[action="/tasks/{task.id}/done"]'
    sent = browser.post(f"/tasks/{task.id}/done", browser.get(address(scene)).fields(form))
    assert sent.status == 303
    assert "Ring the sister" not in browser.get(address(scene)).text


def test_the_timeline_tells_notes_changes_help_and_referrals(scene: Scene, desk: Desk) -> None:
    add_note(scene.case, by=scene.worker, text="She wants to go home first.")
    eat(scene, scene.worker)
    scene.agree()
    scene.send()
    set_station(scene.case, "arrival", "open", by=scene.worker)
    browser = desk(scene.worker)
    every = browser.get(address(scene)).words("#timeline")
    for told in ("She wants to go home first.", "Help recorded", "Referral: Night at a shelter", "Arrival help: open"):
        assert told in every
    only = {
        "notes": "Note", "help": "Help recorded", "referrals": "Referral: Night", "steps": "Arrival help: open",
        "changes": "Case: open",
    }  # fmt: skip
    for show, told in only.items():
        words = browser.get(address(scene, f"?show={show}")).words(".cw-timeline")
        assert told in words, show
        assert [other for name, other in only.items() if name != show and f"{other} " in f"{words} "] in (
            [], ["Arrival help: open"],
        ), show  # fmt: skip
    assert set(FILTERS) == {*only, "all"}
    nonsense = browser.get(address(scene, "?show=nonsense&before=nonsense"))
    assert nonsense.words(".cw-timeline") == browser.get(address(scene)).words(".cw-timeline")


def test_a_change_of_owner_is_told_without_an_id(scene: Scene, desk: Desk) -> None:
    change(scene.case, "owner", str(scene.home.id), str(scene.shelter.id), by=scene.worker)
    words = desk(scene.worker).get(address(scene)).words(".cw-timeline")
    assert "Office in charge of the case" in words
    assert str(scene.shelter.id) not in words


def test_a_note_of_a_closed_class_gives_no_line(scene: Scene, desk: Desk) -> None:
    scenes.grant(scene.case, scene.clinic.id, ["health", "identity"])
    take_on(scene.case, user_id=scene.nurse.user_id, by=scene.nurse)
    add_note(scene.case, by=scene.nurse, text="Fever since two days", data_class="health")
    take_on(scene.case, user_id=scene.worker.user_id, by=scene.worker)
    before = len(moments(scene.worker, scene.case.id)[0])
    assert "Fever" in desk(scene.nurse).get(address(scene)).text
    page = desk(scene.worker).get(address(scene))
    assert "Fever" not in page.text
    add_note(scene.case, by=scene.nurse, text="Better", data_class="health")
    assert len(moments(scene.worker, scene.case.id)[0]) == before


def test_the_timeline_goes_back_line_by_line_without_a_gap(scene: Scene) -> None:
    scene.agree()
    for number in range(12):
        with at(utcnow() + timedelta(minutes=number // 3)):
            add_note(scene.case, by=scene.worker, text=str(number))
    scene.send()
    whole, end = moments(scene.worker, scene.case.id, limit=500)
    assert end == ""
    found, key = [], None
    for _ in range(30):
        lines, key = moments(scene.worker, scene.case.id, before=read_key(key), limit=3)
        found += lines
        if not key:
            break
    assert [line.id for line in found] == [line.id for line in whole]
    assert {"note", "referral"} <= {line.kind for line in whole}


@pytest.mark.parametrize(
    ("text", "shown"),
    [("short", "short"), ("a  b\nc", "a b c"), ("word " * 40, f"{'word ' * 28}..."),
     ("ក" * 200, ""), ("ក" * 100 + "\u200b" + "ក" * 100, "ក" * 100 + " ...")],
)  # fmt: skip
def test_first_words_are_cut_between_words_only(text: str, shown: str) -> None:
    assert first_words(text) == shown


def test_few_statements_however_much_a_case_holds(scene: Scene, desk: Desk) -> None:
    def fill(times: int) -> None:
        for _ in range(times):
            add_note(scene.case, by=scene.worker, text="x")
            eat(scene, scene.worker)
            scene.agree()
            scene.agree(to=scene.clinic)
            add_task(scene.case, by=scene.worker, kind="todo", text="x")
            add_task(scene.case, by=scene.worker, kind="return_step", waiting_for_org_id=scene.shelter.id)
            make_group(by=scene.worker, kind="crew", name="x", cases=[scene.case, case_of(scene.worker)])

    fill(1)
    scene.send()
    browser = desk(scene.worker)
    counts = []
    for more in (0, 12):
        fill(more)
        here = address(scene)
        browser.get(here)
        with statements() as sent:
            assert browser.get(here).status == 200
        counts.append(len(sent))
    assert counts[0] == counts[1], counts
    assert counts[0] <= 33, counts  # with the stop of asking, private talk, papers and drafts


def test_the_view_is_recorded_before_the_page_is_sent(scene: Scene, desk: Desk) -> None:
    desk(scene.supervisor).get(address(scene))
    words = desk(scene.worker).get(address(scene, "/seen")).words()
    assert "Opened the case" in words
    assert classes_of(scene.host, scene.case.id).all == frozenset()
    db.session.rollback()
