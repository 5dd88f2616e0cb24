"""Events: shared by those they happened to, seen through a visible member, sealed under their own key."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from casework.audit.models import AuditEvent
from casework.codes.dates import PartialDate, Precision
from casework.db import at, db, utcnow
from casework.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleRecord
from casework.identification import queries, service
from casework.identification.models import AllegedOffenderSealed, EventSealed, TraffickingEvent
from casework.identification.service import Facts, Names, Offender, Place
from casework.vault.models import DataKey
from tests.identification.world import case_of, share, worker

pytestmark = pytest.mark.usefixtures("session")

AT_SEA = {
    "act": ["recruitment", "transportation"],
    "protocol_means": ["deception"],
    "exploitation_type": ["ForcedLabourFishing"],
    "labour_sector": ["A0311"],
}
YEARS = PartialDate(date(2014, 1, 1), date(2018, 12, 31), Precision.YEAR)


def recorded(by: Any, case: Any, **more: Any) -> TraffickingEvent:
    values = {"codes": AT_SEA, "occurred": YEARS, **more}
    role = values.pop("role", "exploited")
    return service.record_event(case, Facts(**values), by=by, role=role)


def test_an_event_keeps_acts_means_purposes_places_and_an_interval_of_years() -> None:
    by = worker()
    case = case_of(by)
    places = [Place("recruitment", "KHM", "12", "Planted market"), Place("exploitation", "THA")]
    recorded(by, case, places=places, names=Names(vessel="Planted Star"), account="Planted account.")
    (view,) = queries.events_of(by, case.id)
    assert view.codes == {name: sorted(codes) for name, codes in AT_SEA.items()}
    assert (view.event.occurred_from, view.event.occurred_to) == (date(2014, 1, 1), date(2018, 12, 31))
    assert [(place.stage, place.country, place.province) for place in view.places] == [
        ("recruitment", "KHM", "12"),
        ("exploitation", "THA", None),
    ]
    words = queries.event_words(view.event)
    assert words["account"] == "Planted account."
    assert words["names"] == {"vessel": "Planted Star"}
    assert words["places"] == [{"stage": "recruitment", "name": "Planted market"}]


def test_words_are_sealed_under_the_events_own_key() -> None:
    by = worker()
    case = case_of(by)
    event = recorded(by, case, account="Planted account.")
    row = db.session.get_one(EventSealed, event.id)
    assert row.root_id == event.id != case.person_id
    assert b"Planted" not in (getattr(row, "account") or b"")  # noqa: B009
    assert db.session.get_one(DataKey, (event.id, 1)).root_kind == "event"


def test_an_event_without_words_needs_no_key() -> None:
    by = worker()
    event = recorded(by, case_of(by))
    assert db.session.get(EventSealed, event.id) is None
    assert db.session.get(DataKey, (event.id, 1)) is None


def test_only_visible_members_are_shown_and_counted() -> None:
    by, other = worker(), worker()
    first, second = case_of(by), case_of(by)
    event = recorded(by, first)
    service.join_event(event, second, through=first, by=by, role="exploited")
    assert queries.events_of(by, first.id)[0].members == 2
    share(second, other, "trafficking_history", by=by)
    (view,) = queries.events_of(other, second.id)
    assert view.members == 1
    assert [code for _, code in queries.members_of(other, event.id)] == [second.code]
    with pytest.raises(NotVisible):
        queries.get_event(other, first.id, event.id)


def test_an_event_is_seen_only_through_a_member_with_the_class() -> None:
    by, other = worker(), worker()
    case = case_of(by)
    event = recorded(by, case)
    assert other.organisation_id != by.organisation_id
    share(case, other, "identity", "needs_risk", by=by)
    assert queries.events_of(other, case.id) == []
    with pytest.raises(NotVisible):
        queries.get_event(other, case.id, event.id)
    share(case, other, "trafficking_history", by=by)
    assert queries.get_event(other, case.id, event.id) == event


def test_what_was_shared_ends_with_its_time() -> None:
    by, other = worker(), worker()
    case = case_of(by)
    recorded(by, case)
    share(case, other, "trafficking_history", by=by, days=3)
    with at(utcnow() + timedelta(days=4)):
        assert queries.events_of(other, case.id) == []


def test_another_office_cannot_mend_an_event() -> None:
    by, other = worker(), worker()
    case = case_of(by)
    event = recorded(by, case)
    share(case, other, "trafficking_history", by=by)
    with pytest.raises(NotAllowed):
        service.edit_event(event, case, Facts(AT_SEA), by=other, expected_version=event.version)


def test_mending_names_what_was_added_and_taken_out() -> None:
    by = worker()
    case = case_of(by)
    event = recorded(by, case, account="Planted account.")
    version = event.version
    codes = {**AT_SEA, "protocol_means": ["fraud"]}
    service.edit_event(event, case, Facts(codes, account="Shorter."), by=by, expected_version=version)
    assert event.version == version + 1
    assert queries.event_words(event) == {"account": "Shorter."}
    row = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "event.edited")).one()
    assert "protocol_means:fraud" in row.body
    assert "protocol_means:deception" in row.body
    with pytest.raises(StaleRecord):
        service.edit_event(event, case, Facts(codes), by=by, expected_version=version)


def test_codes_alone_move_the_version_too() -> None:
    by = worker()
    case = case_of(by)
    event = recorded(by, case)
    version = event.version
    service.edit_event(event, case, Facts(occurred=YEARS), by=by, expected_version=version)
    assert event.version == version + 1


def test_a_case_belongs_to_an_event_once() -> None:
    by = worker()
    first, second = case_of(by), case_of(by)
    event = recorded(by, first)
    service.join_event(event, second, through=first, by=by, role="witness")
    with pytest.raises(Conflict):
        service.join_event(event, second, through=first, by=by, role="witness")


@pytest.mark.parametrize(
    "wrong",
    [
        {"codes": {"act": ["made_up"]}},
        {"codes": {"data_class": ["health"]}},
        {"role": "made_up"},
        {"places": [Place("made_up", "KHM")]},
        {"places": [Place("transit", "nowhere")]},
        {"places": [Place("transit", "THA", "12")]},
        {"occurred": PartialDate(date(2099, 1, 1), date(2099, 12, 31), Precision.YEAR)},
    ],
)
def test_what_no_list_knows_is_refused(wrong: dict[str, Any]) -> None:
    by = worker()
    with pytest.raises(InvalidInput):
        recorded(by, case_of(by), **wrong)


def test_alleged_offenders_need_the_class_perpetrator() -> None:
    police, ngo = worker("police_identifier"), worker()
    case = case_of(ngo)
    event = recorded(ngo, case)
    offender = Offender("person", "Planted Captain", ["VesselCaptain"])
    with pytest.raises(NotAllowed):
        service.record_offender(event, case, offender, by=ngo)
    share(case, police, "trafficking_history", "perpetrator", by=ngo)
    row = service.record_offender(event, case, offender, by=police)
    (view,) = queries.offenders_of(police, case.id, event.id)
    assert (view.name, view.roles) == ("Planted Captain", ["VesselCaptain"])
    assert db.session.get_one(AllegedOffenderSealed, row.id).root_id == row.id
    assert queries.offenders_of(ngo, case.id, event.id) == []


def test_forms_of_exploitation_are_counted_for_those_it_happened_to() -> None:
    by = worker()
    first, second, third = case_of(by), case_of(by), case_of(by)
    event = recorded(by, first, codes={"exploitation_type": ["ForcedLabourFishing", "SexualExploitation"]})
    service.join_event(event, second, through=first, by=by, role="witness")
    ids = [first.id, second.id, third.id]
    assert queries.exploitation_of(ids) == {first.id: {"labour", "sexual"}, second.id: set(), third.id: set()}
