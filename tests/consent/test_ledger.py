"""The ledger: never asked, refused, given, withdrawn are four things, and a child's answer is not an adult's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from casework.consent.models import ConsentEntry, ConsentEntrySealed
from casework.consent.queries import (
    answer_about,
    consented_classes,
    get_entry,
    ledger,
    people_of,
    standing,
)
from casework.consent.service import give, refuse, validity, withdraw_entry
from casework.consent.workflow import SEPARATE_PURPOSES, TEXTS
from casework.db import at, db, utcnow, uuid7
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible
from tests import factories as make
from tests.sharing.scene import Scene, child_of


@pytest.fixture
def scene(session: Any) -> Scene:
    return Scene()


def agreed(scene: Scene, **more: Any) -> ConsentEntry:
    values: dict[str, Any] = {
        "purpose": "referral", "classes": ["identity"], "form": "written", "recipient_org_id": scene.shelter.id,
    }  # fmt: skip
    return give(scene.case, by=scene.worker, **(values | more))


def test_the_four_answers_are_told_apart(scene: Scene) -> None:
    about = {"case_id": scene.case.id, "purpose": "referral", "org_id": scene.shelter.id}
    assert answer_about(**about) == "never_asked"
    refuse(scene.case, by=scene.worker, purpose="referral", form="written", recipient_org_id=scene.shelter.id)
    assert answer_about(**about) == "refused"
    entry = agreed(scene)
    assert answer_about(**about) == "given"
    with at(entry.ends_at):
        assert answer_about(**about) == "ended"
    withdraw_entry(entry, scene.case, by=scene.worker, form="written")
    assert answer_about(**about) == "withdrawn"


def test_no_entry_means_no(scene: Scene) -> None:
    assert consented_classes(scene.case.id, scene.shelter.id, "referral") == {}
    assert standing(scene.case.id) == []


def test_an_agreement_holds_twelve_months_unless_said(scene: Scene) -> None:
    entry = agreed(scene)
    assert entry.ends_at == validity(entry.starts_at)
    with at(entry.ends_at - timedelta(seconds=1)):
        assert set(consented_classes(scene.case.id, scene.shelter.id, "referral")) == {"identity"}
    with at(entry.ends_at):
        assert consented_classes(scene.case.id, scene.shelter.id, "referral") == {}


def test_of_two_agreements_the_longer_one_counts_for_each_class(scene: Scene) -> None:
    short = agreed(scene, classes=["identity", "health"], ends_at=utcnow() + timedelta(days=5))
    long = agreed(scene, classes=["identity"])
    found = consented_classes(scene.case.id, scene.shelter.id, "referral")
    assert {name: entry_id for name, (entry_id, _) in found.items()} == {"identity": long.id, "health": short.id}


def test_an_agreement_that_begins_later_opens_nothing_today(scene: Scene) -> None:
    agreed(scene, starts_at=utcnow() + timedelta(days=2))
    assert consented_classes(scene.case.id, scene.shelter.id, "referral") == {}


@pytest.mark.parametrize("days", [-1, 0, 800])
def test_an_end_in_the_past_or_far_away_is_refused(scene: Scene, days: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        agreed(scene, ends_at=utcnow() + timedelta(days=days))
    assert caught.value.field == "ends_on"


def test_what_was_agreed_to_is_withdrawn_and_not_refused(scene: Scene) -> None:
    agreed(scene)
    with pytest.raises(InvalidTransition):
        refuse(scene.case, by=scene.worker, purpose="referral", form="written", recipient_org_id=scene.shelter.id)


def test_police_get_nothing_by_an_agreement_about_help(scene: Scene) -> None:
    for purpose in ("referral", "medical", "case_management"):
        with pytest.raises(InvalidInput) as caught:
            agreed(scene, purpose=purpose, recipient_org_id=scene.police.id)
        assert caught.value.field == "purpose"
    assert agreed(scene, purpose="law_enforcement", recipient_org_id=scene.police.id)


def test_the_separate_purposes_are_the_four_of_the_rules() -> None:
    assert {"law_enforcement", "photo", "media", "research"} == SEPARATE_PURPOSES


def test_a_person_is_told_seven_things() -> None:
    assert all(len(text) == 7 for text in TEXTS.values())
    assert TEXTS


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"form": "smoke signals"}, "method"),
        ({"form": "child_assent_guardian"}, "method"),
        ({"form": "verbal_witnessed"}, "witness"),
        ({"giver": "guardian", "people": {"guardian": "Aunt Sampla"}}, "giver"),
        ({"classes": []}, "classes"),
        ({"classes": ["everything"]}, "classes"),
        ({"purpose": "curiosity"}, "purpose"),
        ({"recipient_org_id": None}, "recipient"),
        ({"recipient_org_id": None, "recipient_kind": "family"}, "recipient_name"),
        ({"text_version": "old"}, "text_version"),
    ],
)
def test_an_incomplete_answer_is_refused_beside_its_field(scene: Scene, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        agreed(scene, **wrong)
    assert caught.value.field == field


def test_for_a_child_a_guardian_answers_and_the_child_agrees(scene: Scene) -> None:
    scene.case = child_of(scene.worker)
    with pytest.raises(InvalidInput, match="may be a child"):
        agreed(scene)
    with pytest.raises(InvalidInput, match="name of the guardian"):
        agreed(scene, giver="guardian", assented=True)
    with pytest.raises(InvalidInput, match="must agree too"):
        agreed(scene, giver="guardian", people={"guardian": "Aunt Sampla"})
    entry = agreed(scene, giver="guardian", people={"guardian": "Aunt Sampla"}, assented=True)
    assert people_of([entry.id]) == {entry.id: {"guardian": "Aunt Sampla"}}


def test_for_a_child_without_a_safe_guardian_a_best_interest_decision_counts(scene: Scene) -> None:
    scene.case = child_of(scene.worker)
    with pytest.raises(InvalidInput, match="who decided"):
        agreed(scene, giver="best_interest", assented=True)
    assert agreed(scene, giver="best_interest", assented=True, people={"decided_by": "Officer Exampla"})


def test_a_child_may_refuse_alone(scene: Scene) -> None:
    scene.case = child_of(scene.worker)
    refuse(scene.case, by=scene.worker, purpose="referral", form="written", recipient_org_id=scene.shelter.id)
    assert answer_about(scene.case.id, "referral", org_id=scene.shelter.id) == "refused"


def test_the_owner_reads_the_whole_ledger_and_others_what_concerns_them(scene: Scene) -> None:
    mine = agreed(scene)
    other = agreed(scene, recipient_org_id=scene.clinic.id)
    every = {row.id for row in ledger(scene.case.id, org_id=scene.home.id, owner=True)}
    assert every == {mine.id, other.id}
    assert [row.id for row in ledger(scene.case.id, org_id=scene.shelter.id, owner=False)] == [mine.id]
    with pytest.raises(NotVisible):
        get_entry(other.id, scene.case.id, org_id=scene.shelter.id, owner=False)
    with pytest.raises(NotVisible):
        get_entry(mine.id, uuid7(), org_id=scene.home.id, owner=True)


def test_a_withdrawal_is_a_new_entry_and_the_old_one_stays(scene: Scene) -> None:
    entry = agreed(scene)
    new = withdraw_entry(entry, scene.case, by=scene.worker, form="written", note="Said so by phone")
    rows = ledger(scene.case.id, org_id=scene.home.id, owner=True)
    assert [row.answer for row in rows] == ["withdrawn", "given"]
    assert not any(row.in_force for row in rows)
    assert (entry.answer, new.withdraws_id) == ("given", entry.id)


def test_names_in_an_entry_are_sealed(scene: Scene) -> None:
    entry = agreed(scene, recipient_org_id=None, recipient_kind="family", recipient_name="Brother Sampla", note="Box 4")
    row = db.session.get_one(ConsentEntrySealed, entry.id)
    assert b"Sampla" not in bytes(row.recipient_name or b"")
    [shown] = standing(scene.case.id)
    assert shown.recipient_name == "Brother Sampla"


def test_who_may_not_record_answers_does_not(scene: Scene) -> None:
    clerk = make.actor("clerk", at_office=scene.home)
    with pytest.raises(NotAllowed):
        give(
            scene.case,
            by=clerk,
            purpose="referral",
            classes=["identity"],
            form="written",
            recipient_org_id=scene.shelter.id,
        )


def test_the_database_defends_the_ledger_as_well(scene: Scene) -> None:
    entry = agreed(scene)
    entry.answer = "perhaps"
    with pytest.raises(IntegrityError):
        db.session.flush()
