"""One worker's cases, and handing them over: shown first, done exactly so, each with its own line in the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from casework.access.permissions import Actor
from casework.audit.models import AuditEvent, AuditSubject
from casework.cases.models import Case, Notice
from casework.cases.queries import carriers
from casework.cases.service import add_task, exclude
from casework.db import db, utcnow
from casework.errors import InvalidInput, NotAllowed
from casework.overview import service
from casework.overview.queries.caseload import carried, plan
from tests import scenes
from tests.client import Client
from tests.overview.counting import statements
from tests.sharing.scene import Scene, case_of

Desk = Callable[[Actor], Client]


def ids(cases: list[Case]) -> list[UUID]:
    return [case.id for case in cases]


def move(by: Actor, worker: Actor, cases: list[Case], *to: Actor, reason: str = "leave") -> int:
    """Look, then hand over exactly what was shown."""
    users = [one.user_id for one in to]
    shown = plan(by, worker.user_id, ids(cases), users).digest
    return service.hand_over(by, worker.user_id, ids(cases), to=users, reason=reason, shown=shown)


def test_each_case_goes_to_whoever_carries_least(scene: Scene) -> None:
    one, two = (scenes.user(scene.home, "case_worker") for _ in range(2))
    for _ in range(3):
        case_of(one)
    mine = [scene.case, *(case_of(scene.worker) for _ in range(4))]
    assert move(scene.supervisor, scene.worker, mine, one, two) == 5
    held = list(carriers(scene.supervisor, ids(mine)).values())
    assert (held.count(one.user_id), held.count(two.user_id)) == (1, 4)
    assert carried(scene.supervisor, scene.worker.user_id) == []


def test_tasks_move_along_and_every_case_has_its_own_line(scene: Scene) -> None:
    mate = scenes.user(scene.home, "case_worker")
    mine = [scene.case, case_of(scene.worker)]
    task = add_task(mine[0], by=scene.worker, kind="follow_up", assignee_id=scene.worker.user_id)
    assert [row.tasks for row in carried(scene.supervisor, scene.worker.user_id) if row.case_id == mine[0].id] == [1]
    move(scene.supervisor, scene.worker, mine, mate)
    db.session.refresh(task)
    assert task.assignee_id == mate.user_id
    lines = db.session.scalars(
        select(AuditSubject.case_id)
        .join(AuditEvent, AuditEvent.id == AuditSubject.event_id)
        .where(AuditEvent.action == "case.assigned")
    )
    assert set(ids(mine)) <= set(lines)
    assert db.session.scalars(select(AuditEvent).where(AuditEvent.action == "caseload.handed_over")).one()
    told = db.session.scalars(select(Notice.case_id).where(Notice.user_id == mate.user_id, Notice.kind == "assigned"))
    assert set(told) == set(ids(mine))


def test_who_is_kept_away_gets_no_such_case(scene: Scene) -> None:
    mate, other = (scenes.user(scene.home, "case_worker") for _ in range(2))
    exclude(scene.case, user_id=mate.user_id, reason="conflict_of_interest", by=scene.supervisor)
    alone = plan(scene.supervisor, scene.worker.user_id, [scene.case.id], [mate.user_id])
    assert [one.to for one in alone.moves] == [None]
    with pytest.raises(InvalidInput):
        move(scene.supervisor, scene.worker, [scene.case], mate)
    move(scene.supervisor, scene.worker, [scene.case], mate, other)
    assert carriers(scene.supervisor, [scene.case.id]) == {scene.case.id: other.user_id}


def test_what_changed_since_it_was_shown_is_shown_again(scene: Scene) -> None:
    mate = scenes.user(scene.home, "case_worker")
    shown = plan(scene.supervisor, scene.worker.user_id, [scene.case.id], [mate.user_id]).digest
    exclude(scene.case, user_id=mate.user_id, reason="conflict_of_interest", by=scene.supervisor)
    with pytest.raises(InvalidInput):
        service.hand_over(
            scene.supervisor, scene.worker.user_id, [scene.case.id], to=[mate.user_id], reason="leave", shown=shown
        )


def test_a_case_kept_from_the_supervisor_does_not_exist_here(scene: Scene) -> None:
    mate, boss = scenes.user(scene.home, "case_worker"), scenes.user(scene.home, "supervisor")
    exclude(scene.case, user_id=scene.supervisor.user_id, reason="complaint", by=boss)
    assert carried(scene.supervisor, scene.worker.user_id) == []
    assert plan(scene.supervisor, scene.worker.user_id, [scene.case.id], [mate.user_id]).moves == []
    assert [row.code for row in carried(boss, scene.worker.user_id)] == [scene.case.code]


def test_nobody_outside_the_office_is_handed_a_case(scene: Scene) -> None:
    found = plan(scene.supervisor, scene.worker.user_id, [scene.case.id], [scene.host.user_id])
    assert [one.to for one in found.moves] == [None]
    with pytest.raises(NotAllowed):
        service.hand_over(
            scene.worker, scene.worker.user_id, [scene.case.id], to=[scene.worker.user_id], reason="leave", shown=""
        )


def test_on_pages_it_is_looked_at_first_and_then_done(scene: Scene, desk: Desk) -> None:
    mate, boss = scenes.user(scene.home, "case_worker"), desk(scene.supervisor)
    other = case_of(scene.worker)
    assert f"/board/workers/{scene.worker.user_id}" in boss.get("/board").text
    page = boss.get(f"/board/workers/{scene.worker.user_id}")
    assert scene.case.code in page.text
    assert "2 open cases" in page.words()
    form = boss.get(f"/board/workers/{scene.worker.user_id}/hand-over").location
    chosen = {"cases": [str(scene.case.id), str(other.id)], "to": [str(mate.user_id)], "reason": "leave"}
    shown = boss.fill(form, **chosen)
    assert shown.status == 200
    assert "This will happen" in shown.words()
    assert carriers(scene.supervisor, [other.id]) == {other.id: scene.worker.user_id}
    sent = {**shown.fields("main form"), **chosen}
    for _ in range(2):
        assert boss.post(form, sent).status == 303
        assert set(carriers(scene.supervisor, ids([scene.case, other])).values()) == {mate.user_id}


def test_a_worker_of_another_office_is_not_found(scene: Scene, desk: Desk) -> None:
    boss = desk(scene.supervisor)
    for who in (scene.host.user_id, "x", scene.case.id):
        assert boss.get(f"/board/workers/{who}").status == 404
    assert desk(scene.worker).get(f"/board/workers/{scene.worker.user_id}").status == 403


def test_the_list_costs_the_same_for_one_case_and_for_thirty(scene: Scene, desk: Desk) -> None:
    boss = desk(scene.supervisor)
    numbers = []
    for more in (0, 29):
        for _ in range(more):
            add_task(case_of(scene.worker), by=scene.worker, kind="todo", due_at=utcnow() - timedelta(days=1))
        boss.get(f"/board/workers/{scene.worker.user_id}")
        with statements() as sent:
            assert boss.get(f"/board/workers/{scene.worker.user_id}").status == 200
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 9, numbers
