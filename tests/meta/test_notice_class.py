"""Migration 0015 gives old news its class and its case, and the way back takes only what it gave."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text

from casework.cases.models import Notice
from casework.db import db
from casework.sharing import service as sharing
from casework.startup import upgrade
from tests.meta.test_migrations import downgrade
from tests.sharing.scene import Scene


def test_old_news_gets_class_and_case_from_its_record(live_app: Flask) -> None:
    with live_app.app_context():
        scene = Scene()
        entry = scene.agree(to=scene.clinic)
        referral = scene.send(to=scene.clinic, service_type="tb_screening")
        sharing.withdraw(entry, scene.case, by=scene.worker, form="written")
        case_id, referral_id, entry_id = scene.case.id, referral.id, entry.id
        db.session.commit()
        db.session.remove()
    downgrade(live_app, "0014")
    with live_app.app_context():
        cases = db.session.execute(text("SELECT kind, case_id FROM notice WHERE due_at IS NOT NULL")).all()
        assert {row.kind: row.case_id for row in cases} == {"referral_received": None, "consent_withdrawn": None}
        db.session.remove()
    upgrade(live_app)
    with live_app.app_context():
        rows = {(row.record_id, row.without_access): row for row in db.session.query(Notice)}
        assert {row.case_id for row in rows.values()} == {case_id}
        assert rows[referral_id, True].data_class == "health"
        assert rows[entry_id, True].data_class == "demographic"
