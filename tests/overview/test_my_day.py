"""My day: what is our move, what waits for others, what is new; nothing of another office, bounded, few statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from casework.access.permissions import Actor
from casework.cases.service import add_task, ask_approval, escalate_tasks, exclude, finish_task, notify
from casework.cases.service.erasure import answer_erasure, ask_erasure
from casework.db import db, utcnow, uuid7
from casework.overview.queries.decisions import decisions
from casework.overview.queries.my_day import TaskKey, list_tasks
from casework.overview.workflow import SHOWN
from casework.sharing.service import STOP
from casework.writes import drafts
from tests import factories, scenes
from tests.client import Client, Page
from tests.overview.counting import statements
from tests.sharing.scene import Scene, case_of

Desk = Callable[[Actor], Client]


def block(page: Page, heading: str) -> str:
    """The text of one part of the page."""
    for section in page.query("section"):
        words = " ".join(section.to_text().split())
        if words.startswith(heading):
            return words
    raise AssertionError(f"no part {heading!r}")


def test_tasks_stand_by_whose_move_it_is_and_when(scene: Scene, desk: Desk) -> None:
    now, by = utcnow(), scene.worker
    add_task(scene.case, by=by, kind="todo", text="Ring the sister", due_at=now - timedelta(days=3))
    add_task(scene.case, by=by, kind="follow_up", due_at=now + timedelta(days=3))
    add_task(scene.case, by=by, kind="return_step", due_at=now + timedelta(days=5), waiting_for="consulate")
    add_task(scene.case, by=by, kind="stay_review", due_at=now + timedelta(days=60))
    page = desk(by).get("/")
    assert "Ring the sister" in block(page, "Your move")
    assert "late 3 days" in block(page, "Your move")
    assert "Sampleson Testdara" in block(page, "Your move")
    assert "Visit or call" in block(page, "Tasks and visits this week")
    assert "consulate" in block(page, "Waiting for others")
    assert "Look at a long stay again" not in page.words()


def test_a_task_of_a_colleague_is_seen_by_choice_only(scene: Scene, desk: Desk) -> None:
    add_task(scene.case, by=scene.worker, kind="follow_up", due_at=utcnow(), assignee_id=scene.worker.user_id)
    browser = desk(scene.supervisor)
    assert scene.case.code not in browser.get("/").text
    assert scene.case.code in browser.get("/?all=1").text


def test_another_office_learns_nothing_of_our_day(scene: Scene, desk: Desk) -> None:
    add_task(scene.case, by=scene.worker, kind="todo", text="Ring the sister", due_at=utcnow())
    notify(scene.home.id, "person_missing", case_id=scene.case.id)
    page = desk(scene.host).get("/?all=1")
    for secret in (scene.case.code, "Ring the sister", "Testdara", "A person is missing"):
        assert secret not in page.text


def test_who_is_kept_away_from_a_case_finds_nothing_of_it(scene: Scene, desk: Desk) -> None:
    add_task(scene.case, by=scene.worker, kind="follow_up", due_at=utcnow())
    notify(scene.home.id, "person_missing", case_id=scene.case.id)
    exclude(scene.case, user_id=scene.worker.user_id, reason="related_to_person", by=scene.supervisor)
    page = desk(scene.worker).get("/?all=1")
    assert scene.case.code not in page.text
    assert "A person is missing" not in page.text


def test_a_referral_that_came_in_waits_for_an_answer_without_a_name(scene: Scene, desk: Desk) -> None:
    scene.agree()
    sent = scene.send()
    page = desk(scene.host).get("/")
    assert "Answer a referral" in block(page, "Your move")
    assert page.query(f'a[href="/referrals/{sent.id}"]')
    assert "Testdara" not in page.text
    assert "Answer a referral" not in desk(scene.nurse).get("/").text


def test_what_a_supervisor_must_decide_is_the_own_move_with_the_way_to_it(scene: Scene, desk: Desk) -> None:
    plan = ask_approval(scene.case, by=scene.worker, kind="plan", record_id=uuid7())
    own = ask_approval(scene.case, by=scene.supervisor, kind="closure", record_id=uuid7())
    ask_erasure(scene.case, reason="erase", by=scene.worker)
    page = desk(scene.supervisor).get("/")
    words = block(page, "Your move")
    assert words.startswith("Your move 2")
    assert "Decide: Plan" in words
    assert "Decide: Erasing a person's data" in words
    assert page.query(f'a[href="/cases/{scene.case.id}/approvals/{plan.id}"]')
    assert page.query(f'a[href="/cases/{scene.case.id}/erasure"]')
    assert str(own.id) not in page.text
    assert "Decide" not in desk(scene.worker).get("/").text
    assert "Decide" not in desk(scenes.user(scene.shelter, "supervisor")).get("/").text


def test_an_erasure_waits_for_a_second_approval_but_not_from_the_same_person(scene: Scene, desk: Desk) -> None:
    request = ask_erasure(scene.case, reason="erase", by=scene.worker)
    other = scenes.user(scene.home, "supervisor")
    answer_erasure(scene.case, request.id, approve=True, by=scene.supervisor, expected_version=request.version)
    assert decisions(scene.supervisor) == []
    assert [one.kind for one in decisions(other)] == ["erasure"]
    answer_erasure(scene.case, request.id, approve=True, by=other, expected_version=request.version)
    assert decisions(scenes.user(scene.home, "supervisor")) == []


def test_news_are_read_with_one_tap(scene: Scene, desk: Desk) -> None:
    notify(scene.home.id, "referral_accepted", case_id=scene.case.id, user_id=scene.worker.user_id)
    browser = desk(scene.worker)
    page = browser.get("/")
    form = next(f for f in page.query("form") if "/news/" in (f.attrs.get("action") or ""))
    token = form.query("input[name=csrf_token]")[0].attrs["value"]
    assert browser.post(form.attrs["action"], {"csrf_token": token}).status == 303
    assert "A referral was accepted" not in browser.get("/").text


def test_news_of_lateness_say_what_is_late_but_no_word_that_was_typed(scene: Scene, desk: Desk) -> None:
    by = scene.worker
    for kind, days in (("risk_review", -2), ("todo", -2), ("follow_up", 2)):
        due = utcnow() + timedelta(days=days)
        add_task(scene.case, by=by, kind=kind, text="Ring the sister", due_at=due, assignee_id=by.user_id)
    assert escalate_tasks(utcnow()) == 3
    news = block(desk(by).get("/"), "News about my cases")
    assert "Late: Look at the risk again" in news
    assert "Late: To do" in news
    assert "Due within three days: Visit or call" in news
    assert "sister" not in news
    assert "Something is late" not in news


def test_news_of_a_task_that_is_done_or_not_for_these_eyes_name_no_kind(scene: Scene, desk: Desk) -> None:
    by = scene.worker
    hidden = {"kind": "appointment", "data_class": "health", "assignee_id": by.user_id}
    add_task(scene.case, by=by, due_at=utcnow() - timedelta(days=2), **hidden)
    escalate_tasks(utcnow())
    assert "Appointment" not in desk(by).get("/").text
    done = add_task(scene.case, by=by, kind="risk_review", due_at=utcnow() - timedelta(days=2), assignee_id=by.user_id)
    escalate_tasks(utcnow())
    finish_task(done, scene.case, by=by)
    assert "Something is late" in block(desk(by).get("/"), "News about my cases")


def test_only_news_of_a_withdrawal_lead_to_the_page_of_erasing(scene: Scene, desk: Desk) -> None:
    notify(scene.home.id, "referral_received", case_id=scene.case.id, user_id=scene.worker.user_id, due_at=utcnow())
    browser = desk(scene.worker)
    page = browser.get("/")
    assert "Mark as read" in block(page, "News about my cases")
    assert not page.query("a[href='/referrals/stop']")
    notify(scene.home.id, STOP, case_id=scene.case.id, user_id=scene.worker.user_id, due_at=utcnow())
    assert browser.get("/").query("a[href='/referrals/stop']")


def test_drafts_are_the_own_ones_and_lead_back_to_their_form(scene: Scene, desk: Desk) -> None:
    draft_id, location = uuid7(), f"/cases/{scene.case.id}/notes/new/x"
    values = {"text": ["half a note"]}
    drafts.save(draft_id, by=scene.worker, endpoint="cases.write_note", location=location, values=values,
                case_id=scene.case.id)  # fmt: skip
    page = desk(scene.worker).get("/")
    assert page.query(f'a[href="{location}"]')
    assert scene.case.code in block(page, "What you began")
    assert "half a note" not in page.text
    assert location not in desk(scene.supervisor).get("/").text


def test_a_long_day_is_cut_and_its_lists_hold_every_task_once(scene: Scene, desk: Desk) -> None:
    for number in range(SHOWN + 5):
        due = None if number % 5 == 0 else utcnow() - timedelta(days=number % 3)
        add_task(scene.case, by=scene.worker, kind="follow_up", due_at=due)
    page = desk(scene.worker).get("/")
    assert f"Your move {SHOWN}+" in page.words()
    assert page.query('a[href="/tasks/move"]')
    found, key, pages = [], None, 0
    while pages == 0 or key:
        rows, key = list_tasks(scene.worker, "move", mine=True, after=TaskKey.read(str(key) if key else None), limit=7)
        found += [row.task.id for row in rows]
        pages += 1
    assert len(found) == len(set(found)) == SHOWN + 5
    assert desk(scene.worker).get("/tasks/move").words().count(scene.case.code) == SHOWN + 5


def test_nonsense_in_the_address_shows_the_first_page(scene: Scene, desk: Desk) -> None:
    browser = desk(scene.worker)
    for address in ("/tasks/move?after=x", "/tasks/move?after=nan_1", "/tasks/week?after=none_zz", "/?all=%00"):
        assert browser.get(address).status == 200
    assert browser.get("/tasks/everything").status == 404


def filled(by: Actor, cases: int) -> None:
    """A day with so many cases, each with a task of each kind and a piece of news."""
    for number in range(cases):
        case = case_of(by, f"Test{number}")
        add_task(case, by=by, kind="todo", text="x", due_at=utcnow() - timedelta(hours=1))
        add_task(case, by=by, kind="follow_up", due_at=utcnow() + timedelta(days=3))
        add_task(case, by=by, kind="return_step", waiting_for="consulate")
        notify(by.organisation_id, "person_found", case_id=case.id)


def test_the_number_of_statements_does_not_grow_with_the_day(session: Any, desk: Desk) -> None:
    counts = []
    for cases in (1, 30):
        by = scenes.user(scenes.office(), "case_worker")
        filled(by, cases)
        browser = desk(by)
        browser.get("/")
        with statements() as sent:
            assert browser.get("/").status == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 24


def test_each_role_begins_where_its_work_is(session: Any, desk: Desk) -> None:
    office = factories.office()
    begins = {
        "observer": "/reports/totals", "auditor": "/access-log",
        "org_admin": "/administration", "system_admin": "/administration",
    }  # fmt: skip
    for role, address in begins.items():
        page = desk(factories.actor(role, at_office=office, factor=True)).get("/")
        assert (page.status, page.location) == (303, address), role
    for role in ("case_worker", "supervisor", "coordinator", "clerk", "mission_officer", "police_identifier",
                 "health_worker", "psychosocial_worker", "legal_worker"):  # fmt: skip
        assert desk(factories.actor(role, at_office=office, factor=True)).get("/").status == 200, role


def test_a_visitor_is_asked_to_sign_in(client: Callable[[], Client]) -> None:
    assert client().get("/").status == 303
    db.session.rollback()
