"""Coded words on the page of a case are in the reader's language, whenever and by whom they were written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from casework.access.models import User
from casework.access.permissions import Actor
from casework.cases.service import add_task, change
from casework.codes.queries import choices, label
from casework.db import db, utcnow, uuid7
from casework.overview.queries.timeline import Moment
from casework.overview.views.words import line_words
from tests.client import Client
from tests.sharing.scene import Scene

Desk = Callable[[Actor], Client]


def reading_khmer(by: Actor) -> Actor:
    db.session.scalars(select(User).where(User.id == by.user_id)).one().language = "km"
    db.session.flush()
    return by


def test_the_timeline_says_levels_stages_and_states_in_khmer(scene: Scene, desk: Desk) -> None:
    scene.agree()
    change(scene.case, "risk_level", "low", "medium", by=scene.worker, data_class="needs_risk")
    scene.send()
    here = f"/cases/{scene.case.id}"
    english = desk(scene.worker).get(here).words(".cw-timeline")
    assert "Risk: Medium" in english
    words = desk(reading_khmer(scene.worker)).get(here).words(".cw-timeline")
    assert "ហានិភ័យ: មធ្យម" in words
    assert "Medium" not in words
    for name, code in (("service_type", "shelter_night"), ("referral_status", "sent")):
        assert label(name, code, "en") not in words
        assert label(name, code, "km") in words


@pytest.mark.parametrize("name", ["risk_level", "reintegration_stage"])
def test_every_code_a_change_may_come_to_is_told_in_khmer(app: Flask, scene: Scene, name: str) -> None:
    for row in choices(name):
        line = Moment(uuid7(), utcnow(), f"change:{name}", None, uuid7(), uuid7(), after=row.code)
        with app.test_request_context("/"), force_locale("km"):
            told = line_words(line)
        assert row.label_km
        assert told.endswith(row.label_km)


def test_numbers_beside_words_are_in_the_readers_digits(scene: Scene, desk: Desk) -> None:
    for _ in range(6):
        add_task(scene.case, by=scene.worker, kind="screening", station="identification", due_at=utcnow())
    words = desk(reading_khmer(scene.worker)).get(f"/cases/{scene.case.id}").words(".cw-way")
    assert "និង ៣ ទៀត" in words


def test_the_levels_of_risk_are_offered_in_khmer(scene: Scene, desk: Desk) -> None:
    browser = desk(reading_khmer(scene.worker))
    form = browser.get(f"/cases/{scene.case.id}/risk/new").location
    words = browser.get(form).words()
    assert "មធ្យម" in words
    assert "Medium" not in words
