"""Verbs of the daily work: note, task, assign, bring_in, exclude, tidy."""

from __future__ import annotations

from datetime import timedelta

from casework.access.permissions import Actor
from casework.cases.service import add_note, add_task, assign, bring_in, exclude, finish_task, set_station
from casework.db import end_of_day, today
from casework.demo.script import Step
from casework.demo.stage import Scene
from casework.reintegration.queries import blocking_tasks


def note(scene: Scene, by: Actor, step: Step) -> None:
    """A note; its `class` decides who reads it."""
    data_class = step.get("class", "case_note")
    add_note(scene.seen_by(by), by=by, text=scene.words("note", data_class), data_class=data_class)


def task(scene: Scene, by: Actor, step: Step) -> None:
    """Something to do in some `days`, or something that others owe us (`waits`, `waits_for` an office).

    `about` names the sentence in words.toml."""
    office = step.get("waits_for")
    add_task(
        scene.seen_by(by),
        by=by,
        kind=step.get("kind", "todo"),
        due_at=end_of_day(today() + timedelta(days=int(step.get("days", "3")))),
        assignee_id=by.user_id,
        text=scene.words(step.get("about", "task")) if step.get("kind", "todo") == "todo" else None,
        waiting_for_org_id=scene.stage.office(office) if office else None,
        waiting_for=step.get("waits").replace("_", " ") or None,
    )


def give_to(scene: Scene, by: Actor, step: Step) -> None:
    """Give the case to a colleague."""
    reason = step.get("reason", "skills")
    assign(scene.seen_by(by), to_user_id=scene.stage.user(step.get("to")), by=by, reason=reason)


def let_help(scene: Scene, by: Actor, step: Step) -> None:
    """Let a colleague help with the case."""
    bring_in(scene.seen_by(by), user_id=scene.stage.user(step.get("to")), reason=step.get("reason", "skills"), by=by)


def keep_out(scene: Scene, by: Actor, step: Step) -> None:
    """Keep a colleague away from the case."""
    user_id = scene.stage.user(step.get("user"))
    exclude(scene.seen_by(by), user_id=user_id, reason=step.get("reason", "conflict_of_interest"), by=by)


def tidy(scene: Scene, by: Actor, step: Step) -> None:
    """Finish what is open before the case is closed."""
    case = scene.seen_by(by)
    for open_task in blocking_tasks(by, case):
        finish_task(open_task, case, by=by)


def done(scene: Scene, by: Actor, step: Step) -> None:
    """Finish what is open of one kind, the label."""
    case = scene.seen_by(by)
    for open_task in blocking_tasks(by, case):
        if open_task.kind == step.label:
            finish_task(open_task, case, by=by)


def move_station(scene: Scene, by: Actor, step: Step) -> None:
    """Say that a station is open or done: the label is station:state."""
    name, _, state = step.label.partition(":")
    set_station(scene.seen_by(by), name, state, by=by)


VERBS = {
    "note": note,
    "task": task,
    "assign": give_to,
    "bring_in": let_help,
    "exclude": keep_out,
    "tidy": tidy,
    "done": done,
    "station": move_station,
}
