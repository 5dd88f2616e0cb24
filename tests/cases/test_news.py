"""News: by class and case like any record, never to a user who is kept away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from casework.access.permissions import Actor
from casework.cases.models import Case, Notice
from casework.cases.queries import get_notice, news_for
from casework.cases.service import exclude, notify
from casework.db import db
from casework.errors import NotVisible
from casework.sharing import service as sharing
from casework.sharing.queries import stop_notices
from tests import factories as make
from tests.client import Client
from tests.sharing.scene import Scene
from tests.signin import enter


@pytest.fixture
def scene(session: object) -> Scene:
    """Offices, people and one case."""
    return Scene()


def told(by: Actor, notice: Notice) -> bool:
    """Whether the list and the single reading agree that the actor is told."""
    db.session.flush()
    listed = notice.id in {one.id for one in news_for(by)}
    try:
        get_notice(by, notice.id)
    except NotVisible:
        assert not listed
        return False
    assert listed
    return True


def keep_away(case: Case, who: Actor, by: Actor) -> None:
    exclude(case, user_id=who.user_id, reason="conflict_of_interest", by=by)


def test_news_follows_the_class_of_what_it_is_about(scene: Scene) -> None:
    boss = make.actor("coordinator", at_office=scene.home)
    for name, seen in (("case_note", False), ("health", False), ("needs_risk", True), ("demographic", True)):
        notice = notify(scene.home.id, "task_late", case_id=scene.case.id, data_class=name)
        assert told(boss, notice) is seen, name
    note = notify(scene.home.id, "task_late", case_id=scene.case.id, data_class="case_note")
    assert told(scene.worker, note)
    to_boss = notify(scene.home.id, "task_late", case_id=scene.case.id, data_class="health", user_id=boss.user_id)
    assert not told(boss, to_boss)


def test_who_is_kept_away_gets_no_news_of_the_case(scene: Scene) -> None:
    mate = make.actor("case_worker", at_office=scene.home)
    notices = [
        notify(scene.home.id, "task_late", case_id=scene.case.id, user_id=user_id, without_access=beyond)
        for user_id in (None, mate.user_id)
        for beyond in (False, True)
    ]
    assert all(told(mate, notice) for notice in notices)
    keep_away(scene.case, mate, scene.supervisor)
    assert not any(told(mate, notice) for notice in notices)


def test_who_is_kept_away_at_the_receiver_hears_neither_of_referral_nor_of_its_end(scene: Scene) -> None:
    boss = make.actor("supervisor", at_office=scene.shelter)
    mate = make.actor("case_worker", at_office=scene.shelter)
    entry = scene.agree()
    referral = scene.send()
    assert [one.kind for one in news_for(mate)] == ["referral_received"]
    sharing.accept(referral, by=scene.host)
    keep_away(scene.case, mate, boss)
    assert news_for(mate) == []
    sharing.withdraw(entry, scene.case, by=scene.worker, form="written")
    assert news_for(mate) == []
    assert stop_notices(mate) == []
    assert "consent_withdrawn" in [one.kind for one in news_for(scene.host)]


def test_news_without_a_case_is_for_nobody(scene: Scene) -> None:
    notice = notify(scene.home.id, "task_late", case_id=scene.case.id, without_access=True)
    notice.case_id = None
    assert not told(scene.worker, notice)


def test_who_sees_no_case_has_no_news(scene: Scene) -> None:
    notice = notify(scene.home.id, "task_late", case_id=scene.case.id, without_access=True)
    for role in ("org_admin", "observer", "system_admin", "auditor"):
        assert not told(make.actor(role, at_office=scene.home), notice)


def test_the_page_of_the_day_and_its_button_agree(app: Flask, scene: Scene, client: Callable[[], Client]) -> None:
    mate = make.actor("case_worker", at_office=scene.home)
    notice = notify(scene.home.id, "person_found", case_id=scene.case.id, data_class="health")
    notify(scene.home.id, "person_missing", case_id=scene.case.id)
    db.session.flush()
    browser = enter(client(), mate.username)
    page = browser.get("/")
    assert "A person is missing" in page.text
    assert "A missing person was found" not in page.text
    assert browser.post(f"/news/{notice.id}/read", {"csrf_token": browser.token("/")}).status == 404
    assert notice.acknowledged_at is None


def test_who_sent_a_special_referral_is_told_and_the_supervisor_is_not(scene: Scene) -> None:
    scene.agree(to=scene.clinic)
    referral = scene.send(to=scene.clinic, service_type="tb_screening")
    sharing.decline(referral, by=scene.nurse, reason="no_capacity")
    assert [one.kind for one in news_for(scene.worker)] == ["referral_rejected"]
    assert news_for(scene.supervisor) == []
