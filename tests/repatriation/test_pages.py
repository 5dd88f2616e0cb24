"""Pages of the return, as a mission officer, a partner and a supervisor use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from casework.db import PHNOM_PENH, db, utcnow
from casework.repatriation import service
from casework.repatriation.models import Handover
from casework.repatriation.queries import newest_decision
from tests import factories
from tests.client import Client, Page
from tests.repatriation.world import World
from tests.signin import enter

Browsers = Callable[[], Client]


def at_form(client: Client, path: str, **values: object) -> Page:
    """Open the fresh form at `path`, fill it and send it."""
    opened = client.get(path)
    assert opened.status == 303, opened.status
    return client.fill(opened.location, **values)


def base(world: World) -> str:
    return f"/cases/{world.case.id}/return"


def moment() -> dict[str, str]:
    """The boxes of the time field, some minutes ago."""
    local = (utcnow() - timedelta(minutes=10)).astimezone(PHNOM_PENH)
    return {
        "at-day": str(local.day), "at-month": str(local.month), "at-year": str(local.year), "at-time": f"{local:%H:%M}",
    }  # fmt: skip


def press(client: Client, page: Page, end: str) -> Page:
    """Press the button of the form whose address ends so."""
    form = next(form for form in page.query("main form") if (form.attrs.get("action") or "").endswith(end))
    values = {field.attrs["name"]: field.attrs.get("value") or "" for field in form.query("input")}
    return client.post(form.attrs["action"], values)


def test_a_return_is_planned_and_its_first_step_unfolds(app: Flask, world: World, client: Browsers) -> None:
    officer = enter(client(), world.officer.username)
    assert "No return is planned" in officer.get(base(world)).words()
    asked = officer.follow(officer.get(f"{base(world)}/new"))
    groups = [group.attrs["label"] for group in asked.query("select[name=start_at] optgroup")]
    assert groups == ["Often", "Home to Cambodia", "Home from Cambodia", "Home inside Cambodia"]
    sent = at_form(officer, f"{base(world)}/new", direction="INBOUND", other_country="THA", arranged="yes")
    assert sent.status == 303, sent.words()
    page = officer.follow(sent)
    assert "No travel yet." in page.words()
    assert "has not decided yet" in page.words()
    first = page.query("li[aria-current=step]")[0]
    assert "Notification received" in first.to_text()
    assert first.query("textarea")


def test_a_wrong_start_stays_on_the_page_with_what_was_typed(app: Flask, world: World, client: Browsers) -> None:
    officer = enter(client(), world.officer.username)
    page = at_form(officer, f"{base(world)}/new", direction="INBOUND", arranged="yes", start_at="IN09_reception")
    assert page.status == 422
    assert "The travel lies before this step" in page.words()
    assert page.query("option[value=IN09_reception][selected]")


def test_the_unfolded_form_ends_the_step_and_the_next_opens(app: Flask, world: World, client: Browsers) -> None:
    world.start(start_at="IN03_nationality")
    officer = enter(client(), world.officer.username)
    page = officer.get(base(world))
    sent = officer.fill(base(world), "form[action*=finish]", outcome="confirmed", note="Letter 12")
    assert sent.status == 303, sent.words()
    assert "The step is done." in officer.follow(sent).text
    page = officer.get(base(world))
    assert "Letter 12" in page.words()
    assert "Confirmed" in page.words()


def test_waiting_and_going_on_take_one_tap_and_a_double_tap_has_one_effect(
    app: Flask, world: World, client: Browsers
) -> None:
    world.start(start_at="IN06_document")
    officer = enter(client(), world.officer.username)
    page = officer.get(base(world))
    for _ in range(2):
        assert press(officer, page, "/wait").status == 303
    page = officer.get(base(world))
    assert "The clock stands still" in page.words()
    assert press(officer, page, "/resume").status == 303
    assert "by " in officer.get(base(world)).words()


def test_steps_are_left_out_given_away_and_wait_for_an_office(app: Flask, world: World, client: Browsers) -> None:
    path = world.start(start_at="IN06_document")
    officer, step = enter(client(), world.officer.username), world.step(path, "IN06_document").id
    assert at_form(officer, f"{base(world)}/steps/{step}/give", party="consulate").status == 303
    assert at_form(officer, f"{base(world)}/steps/{step}/answer", org_id=str(world.ngo.id)).status == 303
    words = officer.get(base(world)).words()
    assert "the consulate" in words
    assert f"waiting for {world.ngo.name}" in words
    assert at_form(officer, f"{base(world)}/steps/{step}/skip", reason="not_possible").status == 303
    assert "Not possible" in officer.get(base(world)).words()


def test_the_conditions_are_filled_on_pages(app: Flask, world: World, client: Browsers) -> None:
    path = world.start(start_at="IN05_decision")
    world.agree()
    officer, here = enter(client(), world.officer.username), f"{base(world)}/{path.id}"
    assert at_form(officer, f"{here}/decision", answer="yes", informed="interpreter", words="Home").status == 303
    for kind in ("safety", "fit"):
        assert at_form(officer, f"{here}/check", kind=kind, result="yes").status == 303
    assert at_form(officer, f"{here}/receiver", receiver=f"office:{world.commune.id}", accepted="yes").status == 303
    day = {"travel_on-day": "3", "travel_on-month": "12", "travel_on-year": "2030"}
    assert at_form(officer, f"{here}/travel-day", **day).status == 303
    words = officer.get(base(world)).words()
    assert "The person may travel." in words
    assert "3 Dec 2030" in words


def test_a_supervisor_decides_on_a_return_against_the_assessment(app: Flask, world: World, client: Browsers) -> None:
    path = world.start(start_at="IN05_decision")
    world.check(path, "safety", "no")
    officer, boss = enter(client(), world.officer.username), enter(client(), world.supervisor.username)
    here = f"{base(world)}/{path.id}/decision"
    assert at_form(officer, here, answer="yes", informed="in_person").status == 422
    assert at_form(officer, here, answer="yes", informed="in_person", against_advice="yes").status == 303
    db.session.expire_all()
    address = f"{base(world)}/decisions/{newest_decision(path).id}/decide"
    assert officer.get(address).status == 403
    sent = at_form(boss, address, decision="approved")
    assert sent.status == 303, sent.words()
    assert "a supervisor approved it" in boss.get(base(world)).words()


def test_a_hand_over_is_written_printed_and_signed_by_each_side(app: Flask, world: World, client: Browsers) -> None:
    path = world.start(start_at="IN07_travel")
    world.clear(path)
    world.share()
    world.finish(path, "IN07_travel")
    step = world.step(path, "IN08_handover").id
    officer, partner = enter(client(), world.officer.username), enter(client(), world.worker.username)
    page = at_form(
        officer, f"{base(world)}/steps/{step}/hand-over", other_org_id=str(world.ngo.id), border_point="poipet",
        giver_officer="Officer Planted", receiver_officer="Worker Sample", papers="id_document:laissez_passer",
        belongings="One red bag", not_disclosed="The boat", **moment(),
    )  # fmt: skip
    assert page.status == 303, page.words()
    record = page.location
    assert "The boat" in officer.get(record).words()
    assert "Laissez-passer" in officer.get(record).words()
    assert "The boat" not in partner.get(record).text
    paper = officer.get(f"{record}/print")
    assert "One red bag" in paper.words()
    assert "The boat" not in paper.text
    assert not [form for form in partner.get(record).query("form") if "sign/giver" in (form.attrs.get("action") or "")]
    assert press(officer, officer.get(record), "/sign/giver").status == 303
    assert press(partner, partner.get(record), "/sign/receiver").status == 303
    assert "signed by both sides" in officer.get(record).words()
    assert db.session.query(Handover).one().state == "signed"


def test_a_side_without_accounts_signs_on_paper(app: Flask, world: World, client: Browsers) -> None:
    path = world.start(start_at="IN07_travel")
    world.clear(path)
    world.finish(path, "IN07_travel")
    data = service.HandoverData(
        at=utcnow(), giver_org_id=world.mission.id, receiver_org_id=world.commune.id, border_point="poipet",
        giver_officer="A", receiver_officer="B",
    )  # fmt: skip
    row = service.record_handover(world.step(path, "IN08_handover"), path, world.case, data, by=world.officer)
    officer, here = enter(client(), world.officer.username), f"{base(world)}/hand-over/{row.id}"
    assert at_form(officer, f"{here}/paper/receiver", paper="Chief Sample, folder 3").status == 303
    assert "Chief Sample, folder 3" in officer.get(here).words()


def test_another_office_and_a_role_without_the_class_find_nothing(app: Flask, world: World, client: Browsers) -> None:
    path = world.start()
    step = world.step(path, "IN01_notify").id
    stranger = enter(client(), world.stranger.username)
    for address in ("", "/new", f"/{path.id}/decision", f"/steps/{step}/finish"):
        assert stranger.get(base(world) + address).status == 404
    world.share(world.ngo, "demographic")
    partner = enter(client(), world.worker.username)
    assert "No return is planned" in partner.get(base(world)).words()
    fresh = partner.get(f"{base(world)}/steps/{step}/finish")
    assert partner.get(fresh.location).status == 404


def test_the_case_of_another_person_is_no_way_in(app: Flask, world: World, client: Browsers) -> None:
    path = world.start()
    other = World()
    step = world.step(path, "IN01_notify").id
    officer = enter(client(), other.officer.username)
    fresh = officer.get(f"{base(other)}/steps/{step}/finish")
    assert officer.get(fresh.location).status == 404
    opened = officer.get(f"{base(other)}/{path.id}/stop")
    assert officer.get(opened.location).status == 404


def test_a_partner_sees_the_tracker_and_only_its_own_steps_have_buttons(
    app: Flask, world: World, client: Browsers
) -> None:
    path = world.start(start_at="IN04_family")
    world.share()
    partner = enter(client(), world.worker.username)
    page = partner.get(base(world))
    assert "Family tracing" in page.words()
    assert not page.query("main form")
    service.give_step(world.step(path, "IN04_family"), path, world.case, by=world.officer, org_id=world.ngo.id)
    sent = partner.fill(base(world), "form[action*=finish]", outcome="yes")
    assert sent.status == 303, sent.words()
    clerk = factories.actor("clerk", at_office=world.mission)
    assert enter(client(), clerk.username).get(base(world)).status == 404
