"""Losses and proceedings: what is kept, what is refused, who sees the other side, how dates become tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from casework.access.models import Organisation
from casework.access.permissions import Actor
from casework.cases.models import Task
from casework.cases.queries import timeline, visible_tasks
from casework.cases.service import bring_in, take_on
from casework.claims import queries, service
from casework.claims.kinds import PROCEEDINGS
from casework.claims.models import Loss, LossSealed
from casework.claims.service import HearingData, LossData, ProceedingData, StageData
from casework.codes.dates import known
from casework.codes.queries import choices
from casework.db import db, today, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, StaleRecord
from tests.claims.world import Scene, heard, prosecuted, scene
from tests.factories import actor, office
from tests.identification.world import share

pytestmark = pytest.mark.usefixtures("session")
WAGES = LossData("unpaid_wages", holder="employer", amount=90_000, currency="USD", description="Planted words")


def test_a_loss_is_kept_with_its_amount_and_its_words_sealed() -> None:
    found = scene()
    row = service.add_loss(found.case, replace(WAGES, evidence="Planted proof", party="Planted Boss"), by=found.lawyer)
    (view,) = queries.losses_of(found.lawyer, found.case.id)
    assert (view.side, view.description, view.evidence, view.party) == (
        "owed", "Planted words", "Planted proof", "Planted Boss",
    )  # fmt: skip
    assert (row.amount, row.currency, row.state, row.data_class) == (90_000, "USD", "open", "legal")
    sealed = db.session.get_one(LossSealed, row.id)
    assert b"Planted" not in (sealed.description or b"") + (sealed.evidence or b"")


def test_a_case_worker_sees_no_loss_no_proceeding_no_hearing_and_no_line_of_them() -> None:
    found = scene()
    service.add_loss(found.case, WAGES, by=found.lawyer)
    heard(found, prosecuted(found))
    assert queries.losses_of(found.worker, found.case.id) == []
    assert queries.proceedings_of(found.worker, found.case.id) == []
    kinds = {"loss", "proceeding", "proceeding_step", "hearing"}
    assert kinds.isdisjoint(line.kind for line in timeline(found.worker, found.case.id))
    assert kinds - {"proceeding_step"} <= {line.kind for line in timeline(found.lawyer, found.case.id)}
    assert "hearing" not in {task.kind for task in db.session.scalars(visible_tasks(found.worker))}
    with pytest.raises(NotAllowed):
        service.add_loss(found.case, WAGES, by=found.worker)
    with pytest.raises(NotVisible):
        queries.get_loss(found.worker, found.case.id, db.session.scalars(select(Loss.id)).one())


def test_another_office_sees_claims_by_consent_and_the_other_side_only_with_its_own_class() -> None:
    found = scene()
    legal_aid, stranger = (actor("legal_worker", at_office=office()) for _ in range(2))
    service.add_loss(found.case, replace(WAGES, party="Planted Boss"), by=found.lawyer)
    row = prosecuted(found)
    share(found.case, legal_aid, "identity", "legal", by=found.worker)
    _helps(found, legal_aid)
    (view,) = queries.losses_of(legal_aid, found.case.id)
    assert (view.description, view.party) == ("Planted words", "")
    (proceeding,) = queries.proceedings_of(legal_aid, found.case.id)
    assert (proceeding.words["lawyer"], proceeding.party) == ("Planted Lawyer", "")
    share(found.case, legal_aid, "perpetrator", by=found.worker)
    assert queries.losses_of(legal_aid, found.case.id)[0].party == "Planted Boss"
    with pytest.raises(NotAllowed):
        service.mend_loss(view.loss, found.case, WAGES, by=legal_aid, expected_version=view.loss.version)
    with pytest.raises(NotAllowed):
        service.enter_stage(row, found.case, StageData("arrest"), by=legal_aid, expected_version=row.version)
    assert queries.losses_of(stranger, found.case.id) == []


def _helps(found: Scene, other: Actor) -> None:
    their_office = db.session.get_one(Organisation, other.organisation_id)
    boss = actor("supervisor", at_office=their_office)
    take_on(found.case, user_id=boss.user_id, by=boss)
    bring_in(found.case, user_id=other.user_id, by=boss, reason="skills")


def test_police_see_the_other_side_of_nothing_they_may_not_read() -> None:
    """Class perpetrator alone opens no loss and no proceeding."""
    found, police = scene(), actor("police_identifier", at_office=office())
    service.add_loss(found.case, replace(WAGES, party="Planted Boss"), by=found.lawyer)
    share(found.case, police, "identity", "perpetrator", by=found.worker)
    assert queries.losses_of(police, found.case.id) == []


def test_mending_a_loss_replaces_and_an_old_version_is_refused() -> None:
    found = scene()
    row = service.add_loss(found.case, replace(WAGES, party="Planted Boss"), by=found.lawyer)
    paid = replace(WAGES, claimed=90_000, recovered=40_000, claimed_on=today(), party=None)
    service.mend_loss(row, found.case, paid, by=found.lawyer, expected_version=row.version)
    (view,) = queries.losses_of(found.lawyer, found.case.id)
    assert (view.loss.state, view.party) == ("partly", "Planted Boss")
    with pytest.raises(StaleRecord):
        service.mend_loss(row, found.case, paid, by=found.lawyer, expected_version=1)


def test_totals_keep_currencies_and_debts_apart() -> None:
    found = scene()
    for data in (
        WAGES,
        LossData("ransom", amount=500_000, currency="THB", claimed=100_000, recovered=20_000),
        LossData("debt_broker", amount=70_000, currency="USD"),
        LossData("passport"),
    ):
        service.add_loss(found.case, data, by=found.lawyer)
    rows = queries.totals(queries.losses_of(found.lawyer, found.case.id))
    assert [(row.currency, row.lost, row.claimed, row.recovered, row.owes) for row in rows] == [
        ("THB", 500_000, 100_000, 20_000, 0),
        ("USD", 90_000, 0, 0, 70_000),
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "nothing"}, "kind"),
        ({"holder": "nobody"}, "holder"),
        ({"currency": None}, "currency"),
        ({"currency": "kilogram"}, "currency"),
        ({"state": "gone"}, "state"),
        ({"since": known(today() + timedelta(days=2))}, "since"),
        ({"claimed_on": today() + timedelta(days=2)}, "claimed_on"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(wrong: dict[str, Any], field: str) -> None:
    found = scene()
    with pytest.raises(InvalidInput) as refusal:
        service.add_loss(found.case, replace(WAGES, **wrong), by=found.lawyer)
    assert refusal.value.field == field


def test_the_database_refuses_an_amount_without_currency() -> None:
    found = scene()
    row = service.add_loss(found.case, WAGES, by=found.lawyer)
    row.currency = None
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_every_kind_of_proceeding_has_stages_in_the_list() -> None:
    groups = {code.group for code in choices("legal_stage")}
    for kind in PROCEEDINGS.values():
        assert set(kind.stages) <= groups


@pytest.mark.parametrize("kind", PROCEEDINGS)
def test_each_kind_takes_its_own_roles_and_stages_and_no_others(kind: str) -> None:
    found, said = scene(), PROCEEDINGS[kind]
    stage = choices("legal_stage", group=said.stages[-1])[0].code
    row = service.start_proceeding(
        found.case, kind, ProceedingData(said.roles[0], "THA"), StageData(stage), by=found.lawyer
    )
    assert (row.kind, row.stage) == (kind, stage)
    wrong_role = "accused" if kind != "defence" else "victim"
    with pytest.raises(InvalidInput) as refusal:
        service.start_proceeding(found.case, kind, ProceedingData(wrong_role, "THA"), StageData(stage), by=found.lawyer)
    assert refusal.value.field == "role"
    wrong_stage = "wage_claim" if kind != "labour" else "arrest"
    with pytest.raises(InvalidInput) as refusal:
        service.enter_stage(row, found.case, StageData(wrong_stage), by=found.lawyer, expected_version=row.version)
    assert refusal.value.field == "stage"


def test_stages_are_history_and_amounts_stay_until_said_anew() -> None:
    found = scene()
    row = prosecuted(found, claimed=200_000, currency="USD")
    for stage in (
        StageData("compensation_awarded", known(today()), "Planted judgment", awarded=150_000),
        StageData("compensation_paid", known(today()), paid=50_000, over=True),
    ):
        service.enter_stage(row, found.case, stage, by=found.lawyer, expected_version=row.version)
    (view,) = queries.proceedings_of(found.lawyer, found.case.id)
    assert [one.step.stage for one in view.steps] == ["compensation_paid", "compensation_awarded", "complaint"]
    assert view.steps[1].note == "Planted judgment"
    assert (row.claimed, row.awarded, row.paid, row.ended_on) == (200_000, 150_000, 50_000, today())
    service.enter_stage(row, found.case, StageData("appeal"), by=found.lawyer, expected_version=row.version)
    assert row.ended_on is None


def test_a_hearing_is_a_task_that_moves_and_ends_with_it() -> None:
    found = scene()
    hearing = heard(found, prosecuted(found))

    def task() -> Task:
        return db.session.scalars(select(Task).where(Task.record_id == hearing.id)).one()

    assert (task().kind, task().due_at, task().data_class) == ("hearing", hearing.due_at, "legal")
    later = utcnow() + timedelta(days=30)
    settle = {"by": found.lawyer, "expected_version": hearing.version}
    with pytest.raises(InvalidInput):
        service.settle_hearing(hearing, found.case, what="moved", **settle)
    service.settle_hearing(hearing, found.case, what="moved", moved_to=later, **settle)
    assert (task().due_at, task().state, hearing.state) == (later, "open", "planned")
    settle["expected_version"] = hearing.version
    service.settle_hearing(hearing, found.case, what="held", outcome="Planted outcome", **settle)
    assert (task().state, hearing.state) == ("done", "held")
    with pytest.raises(InvalidTransition):
        service.settle_hearing(hearing, found.case, what="held", by=found.lawyer, expected_version=hearing.version)
    (view,) = queries.proceedings_of(found.lawyer, found.case.id)
    assert view.hearings[0].words["outcome"] == "Planted outcome"


def test_a_record_is_not_found_through_another_case() -> None:
    found, elsewhere = scene(), scene()
    row = prosecuted(found)
    hearing = heard(found, row)
    loss = service.add_loss(found.case, WAGES, by=found.lawyer)
    for ask, record in (
        (queries.get_proceeding, row), (queries.get_hearing, hearing), (queries.get_loss, loss),
    ):  # fmt: skip
        with pytest.raises(NotVisible):
            ask(found.lawyer, elsewhere.case.id, record.id)
        with pytest.raises(NotVisible):
            ask(elsewhere.lawyer, elsewhere.case.id, record.id)
    with pytest.raises(NotVisible):
        service.add_loss(elsewhere.case, replace(WAGES, proceeding_id=row.id), by=elsewhere.lawyer)


def test_accused_and_defended_belong_together_in_the_database_too() -> None:
    found = scene()
    row = prosecuted(found)
    db.session.refresh(row)
    row.role = "accused"
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_date_to_come_has_a_kind() -> None:
    found = scene()
    with pytest.raises(InvalidInput):
        service.plan_hearing(prosecuted(found), found.case, HearingData("party", utcnow()), by=found.lawyer)
