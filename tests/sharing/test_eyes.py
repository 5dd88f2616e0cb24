"""Who knows of a referral: of a special service who may read its class, sent it or was given it; after its end nobody
who did not know before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from casework.access.permissions import Actor
from casework.cases.queries import visible_tasks
from casework.cases.service import assign, bring_in
from casework.db import db, today
from casework.errors import NotVisible
from casework.referrals.models import Referral
from casework.referrals.queries import count_referrals, get_referral, packet_for, visible_referrals
from casework.reports.queries.referrals import figures
from casework.reports.workflow import ReferralFilter
from casework.sharing import service
from tests import factories as make
from tests import scenes
from tests.client import Client
from tests.sharing.scene import BASICS, Scene
from tests.signin import enter

SPECIAL = ("tb_screening", "counselling_trauma", "legal_support_representation")


def knows(by: Actor, referral: Referral) -> bool:
    return db.session.scalars(visible_referrals(by).where(Referral.id == referral.id)).one_or_none() is not None


def has_task(by: Actor, referral: Referral) -> bool:
    found = visible_tasks(by).subquery()
    return bool(db.session.scalar(select(func.count()).where(found.c.record_id == referral.id)))


@pytest.mark.parametrize("service_type", SPECIAL)
def test_a_special_service_is_known_to_who_sent_it_and_to_its_class(scene: Scene, service_type: str) -> None:
    scene.agree(to=scene.clinic)
    referral = scene.send(to=scene.clinic, service_type=service_type)
    mate = make.actor("case_worker", at_office=scene.home)
    boss = make.actor("coordinator", at_office=scene.home)
    for colleague in (mate, boss, scene.supervisor):
        assert not knows(colleague, referral)
        assert not has_task(colleague, referral)
        assert count_referrals(colleague, "out") == 0
        with pytest.raises(NotVisible):
            get_referral(colleague, referral.id)
    assert knows(scene.worker, referral)
    assert has_task(scene.worker, referral)
    role = {"health": "health_worker", "psychosocial": "psychosocial_worker", "legal": "legal_worker"}
    reader = make.actor(role[referral.data_class], at_office=scene.home)
    bring_in(scene.case, user_id=reader.user_id, by=scene.supervisor, reason="skills")
    assert knows(reader, referral)


def test_a_plain_service_is_known_to_colleagues_as_before(scene: Scene) -> None:
    scene.agree()
    referral = scene.send()
    assert knows(make.actor("case_worker", at_office=scene.home), referral)
    assert knows(scene.supervisor, referral)


def test_pages_and_reports_of_colleagues_are_silent_about_it(
    app: Flask, scene: Scene, client: Callable[[], Client]
) -> None:
    scene.agree(to=scene.clinic, purpose="medical")
    scene.send(to=scene.clinic, service_type="tb_screening", purpose="medical")
    mate = make.actor("case_worker", at_office=scene.home)
    browser = enter(client(), mate.username)
    case = f"/cases/{scene.case.id}"
    for address in ("/", "/?all=1", case, f"{case}/referrals", f"{case}/timeline", "/referrals?box=out"):
        page = browser.get(address)
        assert page.status in (200, 404), address
        assert "TB screening" not in page.text, address
        assert "answer to a referral" not in page.text, address
    wanted = ReferralFilter(first=today(), last=today())
    assert (figures(mate, wanted).all.sent, figures(scene.worker, wanted).all.sent) == (0, 1)


def test_sending_the_same_again_does_not_tell_that_it_was_sent(scene: Scene) -> None:
    scene.agree(to=scene.clinic)
    first = scene.send(to=scene.clinic, service_type="tb_screening")
    mate = make.actor("case_worker", at_office=scene.home)
    assert scene.send(to=scene.clinic, service_type="tb_screening", by=mate).id != first.id


def test_whoever_is_given_the_case_takes_over_its_referrals(scene: Scene) -> None:
    scene.agree(to=scene.clinic)
    referral = scene.send(to=scene.clinic, service_type="tb_screening")
    mate = make.actor("case_worker", at_office=scene.home)
    assign(scene.case, to_user_id=mate.user_id, by=scene.supervisor, reason="leave")
    assert knows(mate, referral)
    service.revoke(referral, by=mate)
    assert not knows(mate, referral)


def crew(scene: Scene) -> tuple[Actor, Actor]:
    """Two workers of the shelter in two teams: the case comes to the first."""
    one, two = scenes.team(scene.shelter), scenes.team(scene.shelter)
    return (
        make.actor("case_worker", at_office=scene.shelter, team=one),
        make.actor("case_worker", at_office=scene.shelter, team=two),
    )


@pytest.mark.parametrize("ending", ["revoke", "withdraw"])
def test_after_its_end_nobody_learns_of_it_who_did_not_know(scene: Scene, ending: str) -> None:
    ours, others = crew(scene)
    entry = scene.agree()
    referral = scene.send()
    service.accept(referral, by=ours)
    assert (knows(ours, referral), knows(others, referral)) == (True, False)
    if ending == "revoke":
        service.revoke(referral, by=scene.worker)
    else:
        service.withdraw(entry, scene.case, by=scene.worker, form="written")
    assert (knows(ours, referral), knows(others, referral)) == (True, False)
    assert packet_for(ours, referral) is None
    assert count_referrals(others, "in") == 0


def test_the_mark_that_it_ended_says_nothing_of_the_case(
    app: Flask, scene: Scene, client: Callable[[], Client]
) -> None:
    ours, _ = crew(scene)
    scene.agree(classes=BASICS)
    referral = scene.send()
    service.accept(referral, by=ours)
    service.revoke(referral, by=scene.worker)
    page = enter(client(), ours.username).get(f"/referrals/{referral.id}")
    assert page.status == 200
    assert "closed now" in page.words()
    assert "Sampleson" not in page.text
    assert f"/cases/{scene.case.id}" not in page.text


def test_one_that_was_never_answered_stays_with_who_could_answer(scene: Scene) -> None:
    ours, others = crew(scene)
    scene.agree()
    referral: Any = scene.send()
    service.revoke(referral, by=scene.worker)
    assert knows(ours, referral)
    assert knows(others, referral)
