"""The board: counts by the database over what its reader reaches, lateness with its holder, approvals, quiet cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from casework.access.permissions import Actor
from casework.cases.service import add_note, add_task, ask_approval, exclude, set_station
from casework.db import at, utcnow, uuid7
from casework.overview.queries.board import figures, late_tasks, quiet_cases
from casework.overview.workflow import QUIET_DAYS
from tests import factories, scenes
from tests.client import Client
from tests.overview.counting import statements
from tests.sharing.scene import Scene, case_of

Desk = Callable[[Actor], Client]


def counts(by: Actor) -> dict[str, tuple[int, int]]:
    """Stage -> (cases, late ones), without empty stages."""
    return {column.stage: (column.cases, column.late) for column in figures(by).columns if column.cases}


def test_stages_and_lateness_are_counted_over_the_own_office(scene: Scene) -> None:
    late = case_of(scene.worker)
    add_task(late, by=scene.worker, kind="follow_up", due_at=utcnow() - timedelta(days=1))
    home = case_of(scene.worker)
    set_station(home, "reintegration", "open", by=scene.worker)
    set_station(home, "identification", "done", by=scene.worker)
    case_of(scene.host)
    assert counts(scene.supervisor) == {"identification": (2, 1), "reintegration": (1, 0)}
    assert counts(scene.host) == {"identification": (1, 0)}


def test_a_supervisor_of_a_team_counts_the_team(scene: Scene) -> None:
    one, two = scenes.team(scene.home), scenes.team(scene.home)
    boss = scenes.user(scene.home, "supervisor", team=one)
    mate, other = scenes.user(scene.home, "case_worker", team=one), scenes.user(scene.home, "case_worker", team=two)
    mine, _ = case_of(mate), case_of(other)
    add_task(mine, by=mate, kind="follow_up", due_at=utcnow() - timedelta(hours=2))
    assert counts(boss) == {"identification": (1, 1)}
    assert [(load.name, load.cases) for load in figures(boss).loads] == [(mate.display_name, 1)]
    assert [task.code for task in late_tasks(boss)] == [mine.code]


def test_a_case_from_which_somebody_is_kept_away_is_not_in_the_counts(scene: Scene) -> None:
    assert counts(scene.supervisor) == {"identification": (1, 0)}
    other = scenes.user(scene.home, "supervisor")
    exclude(scene.case, user_id=scene.supervisor.user_id, reason="complaint", by=other)
    assert counts(scene.supervisor) == {}
    assert counts(other) == {"identification": (1, 0)}


def test_access_that_ended_is_not_counted(scene: Scene) -> None:
    boss = scenes.user(scene.shelter, "supervisor")
    end = utcnow() + timedelta(days=2)
    scenes.grant(scene.case, scene.shelter.id, ["identity"], ends_at=end)
    assert counts(boss) == {"identification": (1, 0)}
    with at(end):
        assert counts(boss) == {}


def test_closed_and_quiet_cases(scene: Scene) -> None:
    with at(utcnow() - timedelta(days=QUIET_DAYS + 5)):
        quiet, told = case_of(scene.worker), case_of(scene.worker)
    add_note(told, by=scene.worker, text="x")
    found = quiet_cases(scene.supervisor)
    assert [(row.code, row.user_id) for row in found] == [(quiet.code, scene.worker.user_id)]
    assert figures(scene.supervisor).quiet == 1
    assert quiet_cases(scene.host) == []


def test_late_things_stand_with_holder_and_with_whom_they_wait_for(scene: Scene, desk: Desk) -> None:
    now, by = utcnow(), scene.worker
    add_task(scene.case, by=by, kind="follow_up", due_at=now - timedelta(days=2))
    add_task(scene.case, by=by, kind="return_step", due_at=now - timedelta(days=9), waiting_for="consulate")
    add_task(scene.case, by=by, kind="stay_review", due_at=now + timedelta(days=9))
    page = desk(scene.supervisor).get("/board")
    rows = [" ".join(row.to_text().split()) for row in page.query("main table.cw-list tbody tr")]
    assert len(rows) == 2
    assert rows[0].startswith("late 9 days")
    assert "consulate" in rows[0]
    assert scene.worker.display_name in rows[1]
    assert "Testdara" not in page.text


def test_approvals_of_others_wait_here_and_the_own_ones_do_not(scene: Scene, desk: Desk) -> None:
    ask_approval(scene.case, by=scene.worker, kind="vital", record_id=uuid7())
    ask_approval(scene.case, by=scene.supervisor, kind="closure", record_id=uuid7())
    words = desk(scene.supervisor).get("/board").words()
    assert "Approvals waiting 1" in words
    assert "Case opened because life is at risk" in words


def test_the_board_is_for_roles_that_may_see_it(scene: Scene, desk: Desk) -> None:
    assert desk(scene.worker).get("/board").status == 403
    stranger = factories.actor("supervisor", at_office=scene.shelter, factor=True)
    page = desk(stranger).get("/board")
    assert page.status == 200
    assert scene.case.code not in page.text


def test_the_number_of_statements_does_not_grow_with_the_office(scene: Scene, desk: Desk) -> None:
    by, boss = scene.worker, desk(scene.supervisor)

    def fill(cases: int) -> None:
        for _ in range(cases):
            with at(utcnow() - timedelta(days=60)):
                case = case_of(by)
            add_task(case, by=by, kind="follow_up", due_at=utcnow() - timedelta(days=1))
            add_task(case, by=by, kind="todo", due_at=utcnow() - timedelta(days=1), waiting_for_org_id=scene.shelter.id)
            ask_approval(case, by=by, kind="closure", record_id=uuid7())

    numbers = []
    for more in (1, 29):
        fill(more)
        boss.get("/board")
        with statements() as sent:
            assert boss.get("/board").status == 200
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 14, numbers
