"""Records kept for one field of work: written by its workers, and for everybody else not there at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from casework.assistance.health import FUNCTIONS, SYMPTOMS, disabled, presumptive_tb, urgent
from casework.assistance.models import Consultation, HealthCheck, ServiceLine
from casework.assistance.queries import checks, session_rows, sessions
from casework.assistance.service import Session, record_health_check, record_session
from casework.cases.models import CaseStatistic, Task
from casework.cases.queries import visible_tasks
from casework.cases.service import bring_in
from casework.db import db, today
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible
from tests import factories
from tests.assistance.test_pages import at_form
from tests.assistance.world import World
from tests.client import Client
from tests.overview.counting import statements
from tests.signin import enter

Browsers = Callable[[], Client]


@pytest.fixture
def clinic(world: World) -> World:
    """The nurse is brought in beside the worker who carries the case."""
    bring_in(world.case, user_id=world.nurse.user_id, by=world.supervisor, reason="skills")
    return world


def visit(world: World, **more: Any) -> Consultation:
    said: dict[str, Any] = {"service_type": "medicine", "held_on": today(), "note": "Coughs at night"} | more
    return record_session(world.case, "health", Session(**said), by=world.nurse)


def check(world: World, **answers: str) -> HealthCheck:
    return record_health_check(world.case, by=world.nurse, consent="yes", checked_on=today(), answers=answers)


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_any_of_four_signs_or_an_x_ray_suspects_tuberculosis() -> None:
    clear = dict.fromkeys(SYMPTOMS, "no")
    assert presumptive_tb(clear) is False
    assert presumptive_tb({}) is None
    assert presumptive_tb({"tb_cough": "no"}) is None
    for sign in SYMPTOMS:
        assert presumptive_tb({**clear, sign: "yes"}) is True
        assert presumptive_tb({sign: "yes"}) is True
    assert presumptive_tb({**clear, "cxr": "abnormal_suggestive"}) is True
    assert presumptive_tb({**clear, "cxr": "abnormal_other"}) is False


def test_a_lot_or_cannot_counts_as_disabled_and_silence_counts_as_nothing() -> None:
    fine = dict.fromkeys(FUNCTIONS, "some")
    assert disabled(fine) is False
    for function in FUNCTIONS:
        assert disabled({**fine, function: "a_lot"}) is True
        assert disabled({function: "cannot"}) is True
        assert disabled({name: level for name, level in fine.items() if name != function}) is None


def test_a_nurse_writes_and_the_case_worker_finds_nothing(clinic: World) -> None:
    row = visit(clinic, next_on=today() + timedelta(days=7))
    check(clinic, tb_cough="yes")
    assert [found.session.id for found in sessions(clinic.nurse, clinic.case, "health")] == [row.id]
    assert len(checks(clinic.nurse, clinic.case)) == 1
    assert sessions(clinic.worker, clinic.case, "health") == []
    assert checks(clinic.supervisor, clinic.case) == []
    kinds = {task.kind for task in db.session.scalars(visible_tasks(clinic.nurse))}
    assert "appointment" in kinds
    assert "appointment" not in {task.kind for task in db.session.scalars(visible_tasks(clinic.worker))}


@pytest.mark.parametrize(("role", "service"), [
    ("psychosocial_worker", "counselling_trauma"), ("legal_worker", "legal_support_representation"),
])  # fmt: skip
def test_each_field_writes_in_its_own_class_only(clinic: World, role: str, service: str) -> None:
    worker = factories.actor(role, at_office=clinic.office)
    bring_in(clinic.case, user_id=worker.user_id, by=clinic.supervisor, reason="skills")
    field = role.removesuffix("_worker")
    said = Session(service_type=service, held_on=today(), note="A long talk")
    assert record_session(clinic.case, field, said, by=worker).data_class == field
    with pytest.raises(NotVisible):
        record_session(clinic.case, "health", said, by=worker)
    with pytest.raises(InvalidInput):
        record_session(clinic.case, field, Session("medicine", today(), note="x"), by=worker)
    assert sessions(clinic.nurse, clinic.case, field) == []


def test_the_words_lie_sealed(clinic: World) -> None:
    row = visit(clinic, who="Sampleperson", given="Sampletablets")
    check(clinic, hiv_volunteered="positive")
    [shown] = session_rows([row])
    assert (shown.who, shown.note, shown.given) == ("Sampleperson", "Coughs at night", "Sampletablets")
    for table in ("consultation_sealed", "health_check_sealed", "health_check", "consultation"):
        raw = repr(db.session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 - own names
        for word in ("Sample", "positive", "hiv", "Coughs"):
            assert word not in raw, table


def test_who_said_no_is_asked_nothing(clinic: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        record_health_check(clinic.case, by=clinic.nurse, consent="no", checked_on=today(), answers={"tb_cough": "no"})
    assert refused.value.field == "consent"
    record_health_check(clinic.case, by=clinic.nurse, consent="no", checked_on=today(), answers={})
    [row] = checks(clinic.nurse, clinic.case)
    assert (row.check.consent, row.answers) == ("no", {})


def test_a_check_takes_only_known_answers_of_the_past(clinic: World) -> None:
    for answers in ({"tb_cough": "perhaps"}, {"blood_group": "A"}, {}):
        with pytest.raises(InvalidInput):
            check(clinic, **answers)
    with pytest.raises(InvalidInput):
        record_health_check(
            clinic.case, by=clinic.nurse, consent="yes", checked_on=today() + timedelta(days=1),
            answers={"tb_cough": "no"},
        )  # fmt: skip
    assert count(HealthCheck) == 0


def test_statistics_learn_of_disability_and_of_nothing_else(clinic: World) -> None:
    def counted() -> str:
        return db.session.get_one(CaseStatistic, clinic.case.id).disability

    assert counted() == "unknown"
    check(clinic, disability_seeing="a_lot")
    assert counted() == "yes"
    check(clinic, tb_cough="yes")
    assert counted() == "yes"
    check(clinic, **dict.fromkeys(FUNCTIONS, "none"))
    assert counted() == "no"


def test_an_urgent_answer_is_a_task_of_the_nurse_alone(clinic: World) -> None:
    assert urgent({"self_harm_risk": "yes", "injury": "yes"}) == ["self_harm_risk"]
    check(clinic, self_harm_risk="yes")
    assert "urgent_care" in {task.kind for task in db.session.scalars(visible_tasks(clinic.nurse))}
    assert "urgent_care" not in {task.kind for task in db.session.scalars(visible_tasks(clinic.worker))}


def test_of_travel_only_the_result_is_told_and_only_when_asked(clinic: World) -> None:
    check(clinic, fit_to_travel="no", tb_cough="yes")
    assert not [task for task in db.session.scalars(visible_tasks(clinic.worker)) if task.kind == "travel_fitness"]
    told = {"answers": {"fit_to_travel": "with_conditions"}, "tell_travel": True}
    record_health_check(clinic.case, by=clinic.nurse, consent="yes", checked_on=today(), **told)  # type: ignore[arg-type]
    [task] = [task for task in db.session.scalars(visible_tasks(clinic.worker)) if task.kind == "travel_fitness"]
    assert (task.data_class, task.record_kind, task.record_id) == ("travel", None, None)
    with pytest.raises(InvalidInput):
        record_health_check(
            clinic.case, by=clinic.nurse, consent="yes", checked_on=today(), answers={}, note="x", tell_travel=True
        )


def test_a_correction_stands_for_the_earlier_row_and_both_stay(clinic: World) -> None:
    first = visit(clinic, next_on=today() + timedelta(days=3))
    said = Session("medicine", today(), note="Coughs in the morning")
    second = record_session(clinic.case, "health", said, by=clinic.nurse, corrects=first)
    rows = {row.session.id: row for row in sessions(clinic.nurse, clinic.case, "health")}
    assert rows[first.id].corrected
    assert not rows[second.id].corrected
    assert [t.state for t in db.session.scalars(select(Task).where(Task.record_id == first.id))] == ["done"]
    with pytest.raises(InvalidTransition):
        record_session(clinic.case, "health", said, by=clinic.nurse, corrects=first)
    other = factories.actor("health_worker", at_office=clinic.office)
    bring_in(clinic.case, user_id=other.user_id, by=clinic.supervisor, reason="skills")
    with pytest.raises(NotAllowed):
        record_session(clinic.case, "health", said, by=other, corrects=second)


def test_a_session_counts_as_help_once(clinic: World) -> None:
    said = Session("medicine", today(), note="x")
    row = record_session(clinic.case, "health", said, by=clinic.nurse, as_help=True)
    line = db.session.get_one(ServiceLine, row.line_id)
    assert (line.service_type, line.data_class) == ("medicine", "health")
    record_session(clinic.case, "health", said, by=clinic.nurse, corrects=row, as_help=True)
    assert count(ServiceLine) == 1


def test_the_next_visit_ends_the_appointment(clinic: World) -> None:
    first = visit(clinic, held_on=today() - timedelta(days=7), next_on=today())
    visit(clinic)
    assert [t.state for t in db.session.scalars(select(Task).where(Task.record_id == first.id))] == ["done"]
    with pytest.raises(InvalidInput):
        visit(clinic, next_on=today() - timedelta(days=1))


def test_the_pages_are_for_the_field_and_absent_for_others(app: Flask, clinic: World, client: Browsers) -> None:
    nurse = enter(client(), clinic.nurse.username)
    base = f"/cases/{clinic.case.id}"
    page = at_form(nurse, f"{base}/health/check", consent="yes", tb_fever="yes", disability_walking="cannot", note="x")
    shown = nurse.follow(page).words()
    for words in ("tuberculosis suspected", "counts as disabled", "Fever"):
        assert words in shown
    page = at_form(nurse, f"{base}/sessions/health/new", service_type="medicine", note="Coughs at night", given="Rest")
    shown = nurse.follow(page).words()
    assert "Coughs at night" in shown
    assert "Medicine and treatment: Rest" in shown
    links = [link.attrs["href"] or "" for link in nurse.get(f"{base}/health").query("main a")]
    correct = next(link for link in links if link.endswith("/correct"))
    assert "correction" in nurse.follow(at_form(nurse, correct, note="Coughs all day")).words()
    worker = enter(client(), clinic.worker.username)
    for path in ("health", "psychosocial", "legal", "health/check", "sessions/health/new", "sessions/nothing/new"):
        page = worker.get(f"{base}/{path}")
        assert page.status == 404 or worker.get(page.location).status == 404
    for path in (base, f"{base}/help", f"{base}/seen", "/", "/cases"):
        words = worker.get(path).words()
        for telling in ("ealth check", "Coughs", "session", "Session", "tuberculosis"):
            assert telling not in words, (path, telling)


def test_errors_stand_beside_their_fields_and_nothing_is_lost(app: Flask, clinic: World, client: Browsers) -> None:
    nurse = enter(client(), clinic.nurse.username)
    page = at_form(nurse, f"/cases/{clinic.case.id}/health/check", consent="no", note="She has a rash")
    assert page.status == 422
    assert "She has a rash" in page.words()
    page = at_form(nurse, f"/cases/{clinic.case.id}/sessions/health/new", service_type="medicine")
    assert page.status == 422
    assert "Write what was found" in page.words()
    assert count(HealthCheck) == count(Consultation) == 0


def test_a_page_of_sessions_costs_the_same_with_one_and_with_many(clinic: World) -> None:
    visit(clinic)
    with statements() as one:
        sessions(clinic.nurse, clinic.case, "health")
    for _ in range(5):
        visit(clinic)
    with statements() as many:
        sessions(clinic.nurse, clinic.case, "health")
    assert len(many) == len(one)
