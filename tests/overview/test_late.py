"""Behind the board: late work by whom it waits for and by province; cases in which nobody wrote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from casework.access.permissions import Actor
from casework.cases.service import add_note, add_task, exclude
from casework.db import at, db, utcnow
from casework.overview.queries import late as queries
from casework.overview.workflow import QUIET_DAYS
from casework.people.models import Person
from tests import factories, scenes
from tests.client import Client
from tests.overview.counting import statements
from tests.sharing.scene import Scene, case_of

Desk = Callable[[Actor], Client]
AGO = timedelta(days=3)


def test_late_work_is_counted_by_whom_it_waits_for(scene: Scene) -> None:
    by, other, due = scene.worker, case_of(scene.worker), utcnow() - AGO
    for _ in range(2):
        add_task(scene.case, by=by, kind="todo", due_at=due, waiting_for_org_id=scene.shelter.id)
    add_task(other, by=by, kind="todo", due_at=due - AGO, waiting_for_org_id=scene.shelter.id)
    add_task(other, by=by, kind="return_step", due_at=due, waiting_for="consulate")
    add_task(other, by=by, kind="follow_up", due_at=due)
    add_task(other, by=by, kind="follow_up", due_at=utcnow() + AGO)
    found = queries.late(scene.supervisor)
    assert {group.key: (group.tasks, group.cases) for group in found.parties} == {
        (scene.shelter.id, None): (3, 2),
        (None, "consulate"): (1, 1),
        (None, None): (1, 1),
    }
    assert found.parties[0].oldest == due - AGO
    assert not found.more


def test_late_work_is_counted_by_province_where_the_office_may_know_it(scene: Scene) -> None:
    boss = scenes.user(scene.shelter, "supervisor")
    scenes.grant(scene.case, scene.shelter.id, ["identity"], ends_at=utcnow() + timedelta(days=9))
    own = case_of(boss)
    for case in (own, scene.case):
        db.session.get_one(Person, case.person_id).origin_province = "01"
        add_task(case, by=boss, kind="todo", due_at=utcnow() - AGO, data_class="identity")
    db.session.flush()
    assert {group.key: group.tasks for group in queries.late(boss).provinces} == {"01": 1, None: 1}


def test_a_case_kept_from_the_reader_is_in_no_count(scene: Scene) -> None:
    add_task(scene.case, by=scene.worker, kind="todo", due_at=utcnow() - AGO)
    assert [group.tasks for group in queries.late(scene.supervisor).parties] == [1]
    other = scenes.user(scene.home, "supervisor")
    exclude(scene.case, user_id=scene.supervisor.user_id, reason="complaint", by=other)
    assert queries.late(scene.supervisor) == queries.Late([], [], False)


def test_a_case_is_silent_until_somebody_writes_a_note(scene: Scene) -> None:
    with at(utcnow() - timedelta(days=QUIET_DAYS + 9)):
        quiet, told, old = (case_of(scene.worker) for _ in range(3))
        add_note(old, by=scene.worker, text="x")
    add_note(told, by=scene.worker, text="x")
    add_task(quiet, by=scene.worker, kind="todo")
    rows, more = queries.silent(scene.supervisor)
    assert {row.code: row.noted_at is None for row in rows} == {quiet.code: True, old.code: False}
    assert {row.user_id for row in rows} == {scene.worker.user_id}
    assert more is None


def test_who_reads_no_notes_is_told_so(scene: Scene, desk: Desk) -> None:
    with at(utcnow() - timedelta(days=QUIET_DAYS + 9)):
        case_of(scene.worker)
    coordinator = factories.actor("coordinator", at_office=scene.home, factor=True)
    assert queries.silent(coordinator) == ([], None)
    assert "Your role reads no notes" in desk(coordinator).get("/board/silent").words()


def test_pages_cost_the_same_for_one_and_for_many_and_go_on(scene: Scene, desk: Desk) -> None:
    boss = desk(scene.supervisor)
    numbers = []
    for more in (1, 59):
        with at(utcnow() - timedelta(days=QUIET_DAYS + 9)):
            for _ in range(more):
                case = case_of(scene.worker)
                add_task(case, by=scene.worker, kind="todo", due_at=utcnow(), waiting_for_org_id=scene.shelter.id)
        for path in ("/board/late", "/board/silent"):
            boss.get(path)
            with statements() as sent:
                page = boss.get(path)
            numbers.append(len(sent))
    assert numbers[:2] == numbers[2:], numbers
    assert max(numbers) <= 7
    following = boss.get(page.query("a[rel=next]")[0].attrs["href"])
    assert len(page.query("main tbody tr")) == 50
    assert len(following.query("main tbody tr")) == 10
    assert boss.get("/board/silent?after=x_y").status == 200
