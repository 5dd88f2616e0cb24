"""One colleague of an office carries a case: by the service, and by the database when the service is passed by."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from casework.cases.models import Assignment
from casework.cases.service import take_on
from casework.db import db, utcnow, uuid7
from casework.startup import upgrade
from tests import factories as make
from tests import scenes
from tests.meta.test_migrations import downgrade


def another(case_id: Any, org_id: Any, user_id: Any) -> Assignment:
    return Assignment(
        id=uuid7(), case_id=case_id, org_id=org_id, user_id=user_id, part="carries", starts_at=utcnow(),
        by_user_id=user_id,
    )  # fmt: skip


def carriers(case_id: Any) -> list[Assignment]:
    rows = select(Assignment).where(Assignment.case_id == case_id, Assignment.ended_at.is_(None))
    return list(db.session.scalars(rows))


def test_a_second_carrier_is_refused_by_the_database(session: Any) -> None:
    office = make.office()
    worker, other = make.actor("case_worker", at_office=office), make.actor("case_worker", at_office=office)
    case = scenes.case(worker)
    take_on(case, user_id=other.user_id, by=worker)
    assert [row.user_id for row in carriers(case.id)] == [other.user_id]
    with db.session.begin_nested() as step:
        db.session.add(another(case.id, office.id, worker.user_id))
        with pytest.raises(IntegrityError):
            db.session.flush()
        step.rollback()
    guest = make.actor("case_worker")
    take_on(case, user_id=guest.user_id, by=guest)
    assert {row.user_id for row in carriers(case.id)} == {other.user_id, guest.user_id}


def test_where_two_stood_before_the_newest_stays(live_app: Flask) -> None:
    with live_app.app_context():
        worker = make.actor("case_worker")
        case = scenes.case(worker)
        case_id, org_id, user_id = case.id, worker.organisation_id, worker.user_id
        db.session.commit()
        db.session.remove()
    downgrade(live_app, "0015")
    with live_app.app_context():
        newest = another(case_id, org_id, user_id)
        db.session.add(newest)
        wanted = newest.id
        db.session.commit()
        assert db.session.scalar(text("SELECT count(*) FROM assignment WHERE ended_at IS NULL")) == 2
        db.session.remove()
    upgrade(live_app)
    with live_app.app_context():
        assert [row.id for row in carriers(case_id)] == [wanted]
        db.session.remove()
