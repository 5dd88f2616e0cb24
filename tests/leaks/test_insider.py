"""What an insider with the source tried once: names past the predicate, words under the wrong class, silent overwrites.

Each of these was shown open before it was closed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from casework.assistance.service import Gift, Lodging, change_stay, hand_out
from casework.audit.models import AuditEvent
from casework.cases.models import Task
from casework.cases.service import exclude, make_group, refresh_access, take_on
from casework.cases.service import person as people
from casework.cases.service.groups import Shared
from casework.claims import queries as claim_queries
from casework.claims import service as claims
from casework.codes.queries import choices
from casework.consent.models import Grant
from casework.db import db, today, utcnow
from casework.errors import InvalidTransition, NotVisible, StaleRecord
from casework.identification.kinds import EXPLAINED
from casework.identification.service.requests import RequestData, record_request
from casework.people.names import Names
from casework.people.service import RelationData, ThirdPersonData
from casework.referrals.service import Paper, enter_letter
from casework.reintegration import service as reintegration
from casework.reintegration.models import KIN_ANSWERS
from casework.repatriation import service as returning
from casework.repatriation.models import MovementSeat
from casework.repatriation.queries import get_movement
from casework.sharing import service as sharing
from tests import factories
from tests import scenes as make
from tests.assistance.test_beds import Home
from tests.assistance.world import World as HelpWorld
from tests.claims.world import prosecuted
from tests.claims.world import scene as claim_scene
from tests.client import Client
from tests.repatriation.world import World as ReturnWorld
from tests.sharing.scene import Scene, case_of
from tests.signin import enter

Browser = Callable[[], Client]


def masked(desk: Client) -> Client:
    """The same desk with names hidden."""
    desk.raw.set_cookie("names", "hidden", domain="localhost")
    return desk


def test_a_relative_with_a_case_of_their_own_has_no_name_for_who_cannot_see_it(app: Any, client: Browser) -> None:
    by = make.user(make.office(), "case_worker")
    a = make.case(by, person_id=make.person(by, "Alpha", "Visible"))
    b = make.case(by, person_id=make.person(by, "Zetahidden", "Secretname"))
    make_group(by=by, kind="family", name="G", cases=[a, b])
    people.relate_helped(a, b, RelationData("sibling", "no"), by=by)
    there = make.office()
    mole = make.user(there, "case_worker")
    make.grant(a, there.id, ["family", "demographic", "needs_risk"])
    desk = enter(client(), mole.username)
    page = desk.follow(desk.get(f"/cases/{a.id}/what-happened/missing"))
    assert page.status == 200
    assert "Zetahidden" not in page.text
    assert "Secretname" not in page.text


def test_an_alleged_offender_is_no_family_to_a_guest(app: Any, client: Browser) -> None:
    by = make.user(make.office(), "case_worker")
    case = make.case(by)
    who = ThirdPersonData("alleged_offender", Names(latin_given="Brokerplanted"))
    people.relate(case, who, RelationData("alleged_offender", "no"), by=by)
    there = make.office()
    mole = make.user(there, "case_worker")
    make.grant(case, there.id, ["family", "demographic"])
    desk = enter(client(), mole.username)
    for path in (f"/cases/{case.id}/person", f"/cases/{case.id}"):
        assert "Brokerplanted" not in desk.get(path).text, path
    assert "Brokerplanted" in enter(client(), by.username).get(f"/cases/{case.id}/person").text


def test_where_a_person_hides_and_whom_they_call_needs_its_own_class(app: Any, client: Browser) -> None:
    world = HelpWorld()
    reintegration.agree_safety(
        world.case, by=world.worker, signs="s", steps="t", places="Aunt in Kandal road", people="Sokha 012345678"
    )
    reintegration.note_fact(
        world.case, by=world.worker, kind="missing", source="seen", known="k", kin=KIN_ANSWERS[0],
        next_of_kin="Brother Planted",
    )  # fmt: skip
    planted = ("Kandal road", "012345678", "Brother Planted")
    coordinator = factories.actor("coordinator", at_office=world.office, factor=True)
    page = enter(client(), coordinator.username).get(f"/cases/{world.case.id}/reintegration")
    assert page.status == 200
    assert [word for word in planted if word in page.text] == []
    page = enter(client(), world.worker.username).get(f"/cases/{world.case.id}/reintegration")
    assert [word for word in planted if word not in page.text] == []


def test_words_alone_make_a_new_version_of_a_loss_and_a_proceeding(session: Any) -> None:
    found = claim_scene()
    row = prosecuted(found)
    data = claims.ProceedingData(role="victim", country="KHM", lawyer="L1", about="first")
    seen = row.version
    claims.change_proceeding(row, found.case, data, by=found.lawyer, expected_version=seen)
    with pytest.raises(StaleRecord):
        claims.change_proceeding(row, found.case, replace(data, about="second"), by=found.lawyer, expected_version=seen)
    wages = claims.LossData("unpaid_wages", holder="employer", amount=90_000, currency="USD", description="one")
    loss = claims.add_loss(found.case, wages, by=found.lawyer)
    seen = loss.version
    photo = replace(wages, evidence="photo of contract")
    claims.mend_loss(loss, found.case, photo, by=found.lawyer, expected_version=seen)
    with pytest.raises(StaleRecord):
        claims.mend_loss(loss, found.case, wages, by=found.lawyer, expected_version=seen)
    assert claim_queries.loss_words(loss)["evidence"] == "photo of contract"


def journey(world: ReturnWorld, days: int) -> tuple[Any, Any]:
    """A return at the step of travel, and a journey with a seat for it."""
    path = world.start(start_at="IN07_travel")
    day = today() + timedelta(days=days)
    row = returning.plan_movement(path, world.case, by=world.officer, travel_on=day, vehicle="Bus", meeting="A")
    return path, row


def test_words_alone_make_a_new_version_of_a_journey_and_a_paper(session: Any) -> None:
    world = ReturnWorld()
    path, row = journey(world, 3)
    seen, same = row.version, {"by": world.officer, "travel_on": row.travel_on, "vehicle": "Bus", "note": ""}
    returning.change_movement(row, meeting="B", expected_version=seen, **same)
    with pytest.raises(StaleRecord):
        returning.change_movement(row, meeting="C", expected_version=seen, **same)
    paper = returning.add_paper(
        path, world.case, "passport", returning.PaperData(state="asked", note="old"), by=world.officer
    )
    seen = paper.version
    data = returning.PaperData(state="asked", asked_on=paper.asked_on, note="new")
    returning.change_paper(paper, path, world.case, data, by=world.officer, expected_version=seen)
    with pytest.raises(StaleRecord):
        returning.change_paper(paper, path, world.case, data, by=world.officer, expected_version=seen)


def test_a_journey_does_not_leave_with_somebody_whose_condition_fell(session: Any) -> None:
    world = ReturnWorld()
    path, row = journey(world, 0)
    world.clear(path)
    seat = db.session.get_one(MovementSeat, (row.id, world.case.id))
    returning.board(seat, row, path, world.case, by=world.officer)
    world.check(path, "safety", "no")
    with pytest.raises(InvalidTransition, match="no longer holds"):
        returning.depart(row, by=world.officer)
    world.check(path, "safety")
    returning.depart(row, by=world.officer)
    assert row.state == "left"


def test_who_gave_up_the_seat_reads_no_more_of_the_journey(session: Any) -> None:
    world = ReturnWorld()
    path, row = journey(world, 3)
    world.share()
    own = case_of(world.worker)
    start = returning.Journey(direction="INBOUND", other_country="THA", start_at="IN07_travel")
    mine = returning.start_return(own, start, by=world.worker)
    seat = returning.take_seat(row, mine, own, returning.SeatData(), by=world.worker)
    for grant in db.session.scalars(select(Grant).where(Grant.case_id == world.case.id)):
        grant.ended_at, grant.ended_reason = utcnow(), "withdrawn"
    db.session.flush()
    refresh_access(world.case)
    assert get_movement(world.worker, row.id) is row
    returning.stay_behind(seat, row, mine, own, by=world.worker)
    with pytest.raises(NotVisible):
        get_movement(world.worker, row.id)
    assert get_movement(world.officer, row.id) is row
    assert path.state == "open"


def test_an_office_is_asked_about_the_family_only_when_the_agreement_names_it(session: Any) -> None:
    world = ReturnWorld()
    path = world.start()
    world.may_trace()
    with pytest.raises(InvalidTransition):
        world.ask_family(path, asked_org_id=factories.office(type="moi_ahtjp").id)
    assert world.ask_family(path, asked_org_id=world.ngo.id).state == "asked"


def test_a_request_for_a_formal_decision_ends_with_its_agreement(session: Any) -> None:
    scene = Scene()
    entry = sharing.record_given(
        scene.case, by=scene.worker, classes=("identification",), recipient_org_id=scene.home.id,
        purpose="formal_identification", form="written",
    )  # fmt: skip
    authority = next(row for row in choices("identification_authority") if row.extra.get("may_set_formal") == "yes")
    asked = RequestData(
        authority=authority.code, country="KHM", state="asked", explained=list(EXPLAINED), asked_on=today()
    )
    row = record_request(scene.case, asked, by=scene.worker)
    other = scene.agree()
    sharing.withdraw(other, scene.case, by=scene.worker, form="verbal")
    assert row.state == "asked"
    sharing.withdraw(entry, scene.case, by=scene.worker, form="verbal")
    assert row.state == "withdrawn"
    left = select(Task).where(Task.record_id == row.id, Task.state == "open")
    assert db.session.scalars(left).all() == []


def test_what_is_shown_of_a_colleagues_change_is_written_down(app: Any, client: Browser) -> None:
    world = HelpWorld()
    home = Home(world)
    stay = home.arrive(1)
    desk = enter(client(), world.worker.username)
    opened = desk.get(f"/cases/{world.case.id}/stays/{stay.id}/change")
    values = desk.get(opened.location).fields()
    changed = Lodging("agreed", room_id=home.room.id, bed_number=1, visitors="Planted rule")
    change_stay(stay, world.case, changed, by=world.worker)
    page = desk.post(opened.location, values)
    assert (page.status, "Planted rule" in page.text) == (409, True)
    acts = db.session.scalars(select(AuditEvent.action).where(AuditEvent.stream_id == world.case.id)).all()
    assert "view.stale" in acts


def test_names_are_covered_on_the_persons_page_and_in_packets(app: Any, client: Browser) -> None:
    scene = Scene()
    scene.agree()
    referral = scene.send()
    page = masked(enter(client(), scene.host.username)).get(f"/referrals/{referral.id}")
    assert _bare(page, "Sampleson") == []
    page = masked(enter(client(), scene.worker.username)).get(f"/cases/{scene.case.id}/person")
    assert _bare(page, "Sampleson") == []


def _bare(page: Any, name: str) -> list[str]:
    """Places of a page that hold the name and that no cover lies on."""
    return [
        node.to_text()
        for node in page.query("dd, td, li, p, span, strong, h1")
        if name in node.to_text() and "data-name" not in node.attrs and not node.query("[data-name]")
    ]


def test_words_are_brought_along_only_within_one_case(app: Any, client: Browser) -> None:
    scene = Scene()
    scene.agree()
    referral = scene.send(need="Plantedneed")
    other = case_of(scene.worker)
    desk = enter(client(), scene.worker.username)
    asked = f"to={scene.shelter.id}&service=shelter_night&after={referral.id}"
    page = desk.follow(desk.get(f"/cases/{other.id}/referrals/new?{asked}"))
    assert (page.status, "Plantedneed" in page.text) == (200, False)


def test_the_register_keeps_the_words_of_a_letter_that_is_not_whole_for_these_eyes(app: Any, client: Browser) -> None:
    world = HelpWorld()
    other = world.another_case()
    paper = Paper("in", today(), "answer", other_name="Mother of Planted", their_number="PL-77")
    enter_letter(paper, by=world.worker, cases=[world.case, other])
    mate = factories.actor("case_worker", at_office=world.office)
    assert "Mother of Planted" in enter(client(), mate.username).get("/letters?box=in").text
    exclude(other, user_id=mate.user_id, by=world.supervisor, reason="complaint")
    page = enter(client(), mate.username).get("/letters?box=in")
    assert (page.status, "Mother of Planted" in page.text) == (200, False)


def test_a_clerk_learns_no_house_and_no_facts_of_a_group(app: Any, client: Browser) -> None:
    world = HelpWorld()
    home = Home(world)
    home.arrive(1)
    gift = hand_out(Gift("rice", 5), by=world.worker, case_ids=[world.case.id], house_id=home.house.id)
    clerk = factories.actor("clerk", at_office=world.office)
    take_on(world.case, user_id=clerk.user_id, by=world.supervisor)
    facts = Shared(place="Planted pier", arrived_on=today())
    group = make_group(by=world.worker, kind="crew", name="Planted crew", shared=facts, cases=[world.case])
    desk = enter(client(), clerk.username)
    assert "A house of the office" not in desk.get(f"/hand-outs/{gift.id}").text
    page = desk.get(f"/groups/{group.id}").text
    assert [word for word in ("Planted pier", "Planted crew", "Day they came") if word in page] == []
