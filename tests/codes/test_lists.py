"""Code lists: filled once, checked everywhere, edited with history."""

from __future__ import annotations

import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from casework.access.permissions import Actor
from casework.codes import queries, service, workingdays
from casework.codes.models import CodeEntry, CodeHistory, CodeRevision, Holiday
from casework.db import db, uuid7
from casework.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleRecord
from tests import factories


@pytest.fixture
def admin(app: Flask) -> Actor:
    queries.forget()
    service.seed()
    return factories.actor("system_admin")


def entry(list_name: str, code: str) -> CodeEntry:
    return db.session.scalars(select(CodeEntry).where(CodeEntry.list == list_name, CodeEntry.code == code)).one()


def test_seeding_again_adds_nothing_and_keeps_what_an_office_edited(admin: Actor) -> None:
    service.edit("gender", "Feminine", by=admin, version=1, changes={"label_km": "ស្រី"})
    service.take_off_holiday(date(2026, 5, 14), by=admin)
    rows = db.session.scalar(select(func.count()).select_from(CodeEntry))
    assert service.seed() == 0
    assert db.session.scalar(select(func.count()).select_from(CodeEntry)) == rows
    assert entry("gender", "Feminine").label_km == "ស្រី"
    assert workingdays.is_working(date(2026, 5, 14))


def older(list_name: str, code: str, *, extra: dict[str, str], without: str = "", **columns: object) -> None:
    """Put a row back to what an older version delivered."""
    row = CodeEntry.__table__.c
    stands = json.loads(entry(list_name, code).extra) | extra
    stands.pop(without, None)
    values = {**columns, "extra": json.dumps(stands)}
    db.session.execute(update(CodeEntry).where(row.list == list_name, row.code == code).values(values))
    db.session.expire_all()


def test_an_upgrade_brings_what_no_office_edits_and_leaves_what_it_may_edit(admin: Actor) -> None:
    edited, plain = "IN11_plan", "IN12_followup"
    words = {"label_en": "Our plan", "active": False, "note": "Asked by the board"}
    extra = json.loads(entry("repatriation_step", edited).extra) | {"default_due_days": "45", "owner": "Ours"}
    service.edit("repatriation_step", edited, by=admin, version=1, changes=words | {"extra": json.dumps(extra)})
    older("repatriation_step", edited, extra={"sequence": "10", "clock_starts": "notice"}, position=2)
    older("repatriation_step", plain, extra={"sequence": "11", "gone": "x"}, position=3, note="An older note")
    assert service.seed() == 2
    row, untouched = entry("repatriation_step", edited), entry("repatriation_step", plain)
    stands = json.loads(row.extra)
    assert (stands["sequence"], stands["clock_starts"], row.position) == ("11", "referral accepted", 10)
    assert (stands["default_due_days"], stands["owner"]) == ("45", "Ours")
    assert (row.label_en, row.active, row.note, row.version) == ("Our plan", False, "Asked by the board", 2)
    assert (json.loads(untouched.extra)["sequence"], untouched.position) == ("12", 11)
    assert "gone" not in untouched.extra
    assert untouched.note == "see follow_up_schedule"
    assert queries.get("repatriation_step", plain).extra["sequence"] == "12"
    assert service.seed() == 0


def test_an_export_is_kept_the_hours_that_the_list_says(admin: Actor) -> None:
    older("retention_class", "export_file", extra={"years": "0.082"}, without="hours", note="30 days")
    assert service.seed() == 1
    row = entry("retention_class", "export_file")
    assert (json.loads(row.extra)["hours"], json.loads(row.extra)["years"], row.note) == (
        "24",
        "",
        "hours after asking",
    )


def test_words_that_an_office_changed_get_no_khmer_of_ours(admin: Actor) -> None:
    older("repatriation_step", "IN03_nationality", extra={"owner": "Ministry by the river"}, without="owner_km")
    older("repatriation_step", "IN08_handover", extra={}, without="owner_km")
    assert service.seed() == 2
    changed, plain = (queries.get("repatriation_step", code) for code in ("IN03_nationality", "IN08_handover"))
    assert changed.attribute("owner", "km") == "Ministry by the river"
    assert (plain.attribute("owner", "km"), plain.attribute("owner", "en")) == ("ភាគីទាំងពីរ", "both sides")


def test_a_code_that_an_office_had_before_it_was_delivered_stays_its_own(admin: Actor) -> None:
    older("donor", "us_jtip", extra={}, source="own", position=90, note="")
    assert service.seed() == 0
    assert entry("donor", "us_jtip").position == 90


def test_seeding_again_fills_khmer_that_is_missing_and_no_other(admin: Actor) -> None:
    thailand = entry("country", "THA")
    thailand.label_km = ""
    service.edit("gender", "Feminine", by=admin, version=1, changes={"label_km": "ស្រី"})
    assert service.seed() == 1
    db.session.expire_all()
    assert queries.label("country", "THA", "km") == "ថៃ"
    assert entry("gender", "Feminine").label_km == "ស្រី"


def test_every_list_of_the_data_files_is_there_in_its_order(admin: Actor) -> None:
    assert [code.code for code in queries.choices("date_precision")] == [
        "day",
        "month",
        "year",
        "age_estimate",
        "unknown",
    ]
    assert len(queries.choices("country")) == 250
    assert len(queries.provinces()) == 25
    assert queries.choices("district", "01")[0].code == "0102"
    assert queries.get("data_class", "health").extra == {"access_class": "health", "sensitivity": "4"}


def test_a_label_is_khmer_where_khmer_is_read_and_filled(admin: Actor) -> None:
    assert queries.label("province", "02", "km") == "បាត់ដំបង"
    assert queries.label("province", "02") == "Battambang"
    assert queries.label("risk_level", "high", "km") == "ខ្ពស់"
    assert queries.label("htcds_field", "org_Name", "km") == "org_Name"
    assert (queries.label("gender", "Gone"), queries.label("gender", None)) == ("Gone", "")


def test_a_group_narrows_a_list(admin: Actor) -> None:
    assert {code.code for code in queries.choices("age_band", "NCCT")} == {"NCCT_U15", "NCCT_15_17", "NCCT_18_UP"}
    assert queries.choices("no_such_list") == []


@pytest.mark.parametrize("code", ["", "health ", "HEALTH", "no_such_code", "x" * 10_000])
def test_a_code_that_is_not_in_its_list_is_refused_beside_its_field(admin: Actor, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        service.check("data_class", code, field="kind")
    assert refused.value.field == "kind"


def test_a_code_taken_out_of_use_still_has_its_label_and_is_no_longer_accepted(admin: Actor) -> None:
    service.edit("donor", queries.choices("donor")[0].code, by=admin, version=1, changes={"active": False})
    gone = db.session.scalars(select(CodeEntry).where(CodeEntry.list == "donor", ~CodeEntry.active)).one()
    assert gone.code not in {code.code for code in queries.choices("donor")}
    assert queries.label("donor", gone.code) == gone.label_en
    with pytest.raises(InvalidInput):
        service.check("donor", gone.code)


def test_a_district_belongs_to_its_province(admin: Actor) -> None:
    service.check_place("01", "0105")
    service.check_place(None, None)
    for province, district in (("02", "0105"), (None, "0105"), ("1", None), ("01", "105")):
        with pytest.raises(InvalidInput):
            service.check_place(province, district)


def test_an_edit_keeps_what_was_said_before(admin: Actor) -> None:
    service.edit("gender", "Feminine", by=admin, version=1, changes={"label_en": "Woman"})
    history = db.session.scalars(select(CodeHistory)).one()
    assert json.loads(history.before)["label_en"] == "Female / woman"
    assert (history.author_user_id, queries.label("gender", "Feminine")) == (admin.user_id, "Woman")
    with pytest.raises(StaleRecord):
        service.edit("gender", "Feminine", by=admin, version=1, changes={"label_en": "Lady"})


@pytest.mark.parametrize(
    "changes", [{"code": "F"}, {"label_en": " "}, {"extra": "[]"}, {"extra": '{"a": 1}'}, {"extra": "no json"}]
)
def test_an_edit_that_would_break_a_list_is_refused(admin: Actor, changes: dict[str, str | bool]) -> None:
    with pytest.raises(InvalidInput):
        service.edit("gender", "Feminine", by=admin, version=1, changes=changes)


def test_a_code_that_the_program_works_with_is_never_taken_out_of_use(admin: Actor) -> None:
    for code in ("IN05_decision", "IN07_travel", "IN08_handover", "DOM07_move"):
        with pytest.raises(InvalidInput) as refused:
            service.edit("repatriation_step", code, by=admin, version=1, changes={"active": False})
        assert refused.value.field == "active"
    assert (
        service.edit("repatriation_step", "IN06_document", by=admin, version=1, changes={"active": False}).version == 2
    )
    older("repatriation_step", "IN08_handover", extra={}, active=False)
    assert service.seed() == 1
    assert entry("repatriation_step", "IN08_handover").active


def test_an_office_adds_its_own_code_once(admin: Actor) -> None:
    service.add_code("donor", "INVENTED_FUND", label_en="Invented fund", by=admin)
    assert queries.choices("donor")[-1].code == "INVENTED_FUND"
    with pytest.raises(Conflict):
        service.add_code("donor", "INVENTED_FUND", label_en="Again", by=admin)
    with pytest.raises(InvalidInput):
        service.add_code("donor", "no good", label_en="Spaces", by=admin)
    with pytest.raises(NotVisible):
        service.add_code("no_such_list", "A", label_en="A", by=admin)


def test_only_who_manages_the_system_edits_lists_and_holidays(admin: Actor) -> None:
    worker = factories.actor("supervisor")
    acts = (
        lambda: service.edit("gender", "Feminine", by=worker, version=1, changes={"label_en": "W"}),
        lambda: service.add_code("donor", "X", label_en="X", by=worker),
        lambda: service.add_holiday(date(2026, 4, 14), label="Khmer New Year", by=worker),
        lambda: service.take_off_holiday(date(2026, 5, 14), by=worker),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_a_holiday_typed_in_moves_a_deadline(admin: Actor) -> None:
    assert workingdays.add(date(2026, 4, 13), 1) == date(2026, 4, 14)
    service.add_holiday(date(2026, 4, 14), label="Khmer New Year", by=admin)
    assert workingdays.add(date(2026, 4, 13), 1) == date(2026, 4, 15)
    with pytest.raises(Conflict):
        service.add_holiday(date(2026, 4, 14), label="Khmer New Year", by=admin)
    assert db.session.scalars(select(Holiday).where(Holiday.day == date(2026, 4, 14))).one().source == "own"


def test_an_edit_of_another_worker_shows_when_the_revision_is_asked_again(
    admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert queries.label("gender", "Feminine") == "Female / woman"
    # Another process: rows and revision move, this process's cache is not told.
    row = CodeEntry.__table__.c
    db.session.execute(update(CodeEntry).where(row.list == "gender", row.code == "Feminine").values(label_en="Woman"))
    db.session.execute(update(CodeRevision).values(token=uuid7()))
    assert queries.label("gender", "Feminine") == "Female / woman"
    monkeypatch.setattr(queries, "CHECK_EVERY", -1.0)
    assert queries.label("gender", "Feminine") == "Woman"
