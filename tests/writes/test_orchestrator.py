"""Writes with real commits: one effect per key, one winner per version, nothing half-saved, drafts of nobody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from casework.access.permissions import Actor
from casework.audit.models import AuditEvent
from casework.cases.models import Case, Note, Task
from casework.cases.queries import get_case, get_task
from casework.cases.service import add_note, add_task, finish_task
from casework.db import db, uuid7
from casework.errors import AlreadyRecorded, InvalidInput, NotVisible, StaleRecord
from casework.writes import drafts
from casework.writes.models import Draft, Operation
from casework.writes.orchestrator import Answer, Claim, transaction, write
from tests import scenes as make


@pytest.fixture
def scene(live_app: Flask) -> SimpleNamespace:
    """An office with two users and one case, committed."""
    with live_app.app_context(), transaction():
        office = make.office()
        first, second = make.user(office), make.user(office)
        case_id = make.case(first).id
    return SimpleNamespace(app=live_app, first=first, second=second, case_id=case_id)


def claim(by: Actor, key: str = "form:1", body: bytes = b"body") -> Claim:
    return Claim(key, by.user_id, "/somewhere", body)


def write_note(scene: SimpleNamespace, by: Actor, one: Claim, text: str = "words") -> Answer:
    with scene.app.app_context():

        def act() -> Answer:
            note = add_note(get_case(by, scene.case_id), by=by, text=text)
            return Answer(f"/notes/{note.id}")

        return write(one, act)


def count(scene: SimpleNamespace, model: type) -> int:
    with scene.app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_repeated_submit_has_one_effect_and_the_same_answer(scene: SimpleNamespace) -> None:
    first = write_note(scene, scene.first, claim(scene.first))
    again = write_note(scene, scene.first, claim(scene.first))
    assert again.location == first.location
    assert again.replayed
    assert count(scene, Note) == 1
    with scene.app.app_context():
        assert db.session.get_one(Operation, "form:1").seen == 2


def test_thirty_submits_at_once_have_one_effect(scene: SimpleNamespace) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: write_note(scene, scene.first, claim(scene.first)), range(30)))
    assert len({answer.location for answer in answers}) == 1
    assert sum(not answer.replayed for answer in answers) == 1
    assert count(scene, Note) == 1


def test_appends_of_many_writers_all_stand(scene: SimpleNamespace) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: write_note(scene, scene.first, claim(scene.first, f"form:{n}")), range(24)))
    assert count(scene, Note) == 24


def test_the_same_key_with_another_body_is_not_recorded_twice(scene: SimpleNamespace) -> None:
    first = write_note(scene, scene.first, claim(scene.first))
    with pytest.raises(AlreadyRecorded) as error:
        write_note(scene, scene.first, claim(scene.first, body=b"other"))
    assert error.value.location == first.location
    assert count(scene, Note) == 1


def test_another_users_key_is_answered_as_if_absent(scene: SimpleNamespace) -> None:
    write_note(scene, scene.first, claim(scene.first))
    with pytest.raises(NotVisible):
        write_note(scene, scene.second, claim(scene.second))


def test_a_refused_form_leaves_nothing_behind_and_its_key_free(scene: SimpleNamespace) -> None:
    before = count(scene, AuditEvent)
    with pytest.raises(InvalidInput):
        write_note(scene, scene.first, claim(scene.first), text=" ")
    assert count(scene, Note) == 0
    assert count(scene, Operation) == 0
    assert count(scene, AuditEvent) == before
    assert write_note(scene, scene.first, claim(scene.first)).location


def test_of_two_editors_one_saves_and_one_is_told(scene: SimpleNamespace) -> None:
    with scene.app.app_context(), transaction():
        case = db.session.get_one(Case, scene.case_id)
        task_id = add_task(case, by=scene.first, kind="todo", assignee_id=scene.first.user_id).id

    def end(by: Actor, state: str) -> str:
        with scene.app.app_context():

            def act() -> Answer:
                task, case = get_task(by, task_id)
                finish_task(task, case, by=by, state=state, expected_version=1)
                return Answer("/")

            try:
                write(claim(by, f"tap:{by.user_id}"), act)
            except StaleRecord:
                return "stale"
            return "saved"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(end, (scene.first, scene.first), ("done", "cancelled")))
    assert sorted(outcomes) in (["saved", "stale"], ["saved", "saved"])
    with scene.app.app_context():
        assert db.session.get_one(Task, task_id).version == 2


def test_a_draft_is_its_owners_alone_and_goes_with_its_key(scene: SimpleNamespace) -> None:
    draft_id: UUID = uuid7()
    with scene.app.app_context():
        with transaction():
            drafts.save(draft_id, by=scene.first, endpoint="x", location="/x", values={"text": ["secret words"]})
        assert drafts.load(draft_id, by=scene.first) == {"text": ["secret words"]}
        assert drafts.load(draft_id, by=scene.second) is None
        with pytest.raises(NotVisible), transaction():
            drafts.save(draft_id, by=scene.second, endpoint="x", location="/x", values={"text": ["mine"]})
        assert [row.location for row in drafts.list_for(scene.first)] == ["/x"]
        with transaction():
            drafts.drop(draft_id)
        assert drafts.load(draft_id, by=scene.first) is None
    assert count(scene, Draft) == 0
