"""What waits is read and decided on the board itself: plans, closures, openings, returns, erasures."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from casework.access.permissions import Actor
from casework.cases.models import Approval
from casework.cases.queries.rights import answer_by
from casework.cases.service import erasure, exclude
from casework.codes.service import edit
from casework.db import at, db, end_of_day, today
from casework.overview.queries.decisions import decisions
from casework.reintegration import service as reintegration
from casework.sharing import service as sharing
from tests import factories, scenes
from tests.client import Client, Page
from tests.overview.counting import statements
from tests.sharing.scene import Scene

Desk = Callable[[Actor], Client]
GOAL = "I want to sew at home"


def plan_waits(scene: Scene) -> Approval:
    plan = reintegration.start_plan(scene.case, by=scene.worker)
    reintegration.add_goal(plan, scene.case, by=scene.worker, domain="Education", goal=GOAL)
    return reintegration.send_plan(plan, scene.case, by=scene.worker)


def unfold(boss: Client, approval: Approval) -> tuple[str, Page]:
    """Follow the link of the board; gives the address of the form and the page."""
    assert f"/board/decisions/{approval.id}#decide" in boss.get("/board").text
    there = boss.get(f"/board/decisions/{approval.id}").location
    return there, boss.get(there)


def answer(boss: Client, there: str, page: Page, **values: Any) -> Page:
    return boss.post(there, {**page.fields("#decide form"), **values})


def test_a_plan_is_read_and_approved_without_leaving(scene: Scene, desk: Desk) -> None:
    approval, boss = plan_waits(scene), desk(scene.supervisor)
    assert GOAL not in boss.get("/board").text
    there, page = unfold(boss, approval)
    assert GOAL in page.words()
    assert "Late" in page.words()
    done = answer(boss, there, page, decision="approved")
    assert (done.status, done.location) == (303, "/board")
    db.session.refresh(approval)
    assert (approval.decision, approval.decided_by) == ("approved", scene.supervisor.user_id)
    assert "Nothing waits for your decision." in boss.get("/board").words()


def test_sending_back_needs_a_reason_beside_the_field_and_keeps_the_board(scene: Scene, desk: Desk) -> None:
    approval, boss = plan_waits(scene), desk(scene.supervisor)
    there, page = unfold(boss, approval)
    wrong = answer(boss, there, page, decision="returned")
    assert wrong.status == 422
    assert "Say what should be changed." in wrong.words()
    assert GOAL in wrong.words()
    assert answer(boss, there, page, decision="returned", reason="Name who helps").status == 303


def test_a_decision_taken_meanwhile_is_told(scene: Scene, desk: Desk) -> None:
    approval, boss = plan_waits(scene), desk(scene.supervisor)
    there, page = unfold(boss, approval)
    other = scenes.user(scene.home, "supervisor")
    reintegration.decide_plan(approval, scene.case, by=other, decision="approved", reason="")
    late = answer(boss, there, page, decision="approved")
    assert late.status == 422
    assert "This was decided already." in late.words()


def test_closing_is_decided_on_the_board(scene: Scene, desk: Desk) -> None:
    from_worker = {"reason": "goals_met_agreed", "person_view": "agrees", "told_on": today()}
    closure = reintegration.request_closure(
        scene.case,
        by=scene.worker,
        **from_worker,
        explanation="She found work",
        outcomes=["goals_all", "lives_family"],
        situation="x",
        recontact=False,
        recontact_rule="",
    )
    approval = db.session.query(Approval).filter_by(record_id=closure.id).one()
    boss = desk(scene.supervisor)
    there, page = unfold(boss, approval)
    assert "She found work" in page.words()
    assert answer(boss, there, page, decision="approved").status == 303
    db.session.refresh(scene.case)
    assert scene.case.status == "closed"


def test_an_opening_where_life_was_at_risk_is_decided_on_the_board(scene: Scene, desk: Desk) -> None:
    opening = sharing.open_vital(
        scene.case, by=scene.worker, org_id=scene.clinic.id, purpose="medical", classes=["identity"], reason="Bleeding"
    )
    approval = db.session.query(Approval).filter_by(record_id=opening.id).one()
    boss = desk(scene.supervisor)
    there, page = unfold(boss, approval)
    assert "Bleeding" in page.words()
    assert answer(boss, there, page, decision="confirmed").status == 422
    assert answer(boss, there, page, decision="confirmed", reason="It was needed").status == 303
    db.session.refresh(opening)
    assert opening.decision == "confirmed"


def test_an_erasure_is_approved_with_one_tap(scene: Scene, desk: Desk) -> None:
    request = erasure.ask_erasure(scene.case, reason="erase", by=scene.worker)
    erasure.place_hold(scene.case, reason="court", by=scene.supervisor)
    boss = desk(scene.supervisor)
    page = boss.get("/board")
    assert "A hold stands" in page.words()
    there = f"/board/erasures/{scene.case.id}/{request.id}/approve"
    sent = page.fields(f"form[action='{there}']")
    assert (boss.post(there, sent).status, boss.post(there, sent).location) == (303, "/board")
    db.session.refresh(request)
    assert (request.first_by, request.second_by) == (scene.supervisor.user_id, None)


def test_an_erasure_has_the_days_of_its_kind_to_be_answered(scene: Scene, desk: Desk) -> None:
    root = factories.actor("system_admin")
    asked = datetime(2027, 11, 2, 18, tzinfo=UTC)  # the 3rd in Phnom Penh
    with at(asked):
        request = erasure.ask_erasure(scene.case, reason="erase", by=scene.worker)
    with at(asked + timedelta(days=20)):
        assert decisions(scene.supervisor)[0].due_at == end_of_day(date(2027, 12, 3))
        page = desk(scene.supervisor).get(f"/cases/{scene.case.id}/erasure")
        assert "to be answered by 3 Dec 2027, in 10 days" in page.words(), page.words()
        change = {"extra": json.dumps({"due_days": "10"})}
        edit("rights_request_type", "erase", by=root, version=1, changes=change)
        assert "late" in desk(scene.supervisor).get("/board").words("main .cw-due--late")
        for user in (scene.supervisor, scenes.user(scene.home, "supervisor")):
            erasure.answer_erasure(scene.case, request.id, approve=True, by=user, expected_version=request.version)
        assert answer_by(request) is None


def test_what_one_may_not_see_is_not_there(scene: Scene, desk: Desk) -> None:
    approval = plan_waits(scene)
    other = scenes.user(scene.home, "supervisor")
    exclude(scene.case, user_id=scene.supervisor.user_id, reason="complaint", by=other)
    boss = desk(scene.supervisor)
    assert boss.get(f"/board/decisions/{approval.id}").status == 404
    assert str(approval.id) not in boss.get("/board").text
    assert desk(scene.worker).get(f"/board/decisions/{approval.id}").status == 403


def test_who_asked_reads_but_does_not_decide(scene: Scene, desk: Desk) -> None:
    plan = reintegration.start_plan(scene.case, by=scene.supervisor)
    reintegration.add_goal(plan, scene.case, by=scene.supervisor, domain="Education", goal=GOAL)
    approval = reintegration.send_plan(plan, scene.case, by=scene.supervisor)
    boss = desk(scene.supervisor)
    page = boss.get(boss.get(f"/board/decisions/{approval.id}").location)
    assert "You asked for this; somebody else decides." in page.words()


def test_an_unfolded_decision_costs_few_statements_more(scene: Scene, desk: Desk) -> None:
    approval, boss = plan_waits(scene), desk(scene.supervisor)
    there, _ = unfold(boss, approval)
    numbers = []
    for path in ("/board", there):
        with statements() as sent:
            boss.get(path)
        numbers.append(len(sent))
    assert numbers[1] - numbers[0] <= 10, numbers  # the approval, the draft, the plan, its goals and their steps
