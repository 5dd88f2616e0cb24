"""Every form about a record that somebody else may change meanwhile: both versions are shown, and either may stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from bench.kinds import day
from casework.access.permissions import Actor
from casework.access.queries.policies import policies
from casework.assistance.models import ServiceCap
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.codes.queries import label
from casework.db import db, today, utcnow
from casework.referrals.models import Referral
from casework.referrals.service import Wanted
from casework.reintegration.models import FollowUp, Plan
from casework.reintegration.service import reschedule
from casework.sharing import service as sharing
from tests import factories
from tests.client import Client, Page
from tests.meta.asking import Asker, Street, _Savepoint, address, carry, street
from tests.meta.routes_table import STATES, TABLE, WORDS
from tests.meta.things import House, Things

Values = dict[str, Any]
REFUSED = "answered 403: "
KEPT = ("csrf_token", "version")
OLD = "0"
"""A version that no record has any more."""
WRITTEN = "What I wrote meanwhile"
ANSWERS: dict[str, Values] = {
    "claims.settle_hearing": {f"moved_to-{part}": [""] for part in ("day", "month", "year")},
    "identification.move_request": {"state": ["not_wanted"]},
    "reintegration.move_visit": {name: [value] for name, value in day("due_on", 5).items()},
    "sharing.begun": {"who": ["The chief"]},
    "sharing.behalf": {"who": ["The chief"]},
}
"""What is typed where the first answer of each list would be refused."""
RECORDS = {
    "sharing.back": "accepted_id",
    "sharing.feedback": "accepted_id",
    "sharing.behalf": "told_id",
    "sharing.begun": "begun_id",
}
"""Which referral a form of an answer is about."""
ADDS = {"cases.ask_erasure", "cases.place_hold", "sharing.call"}
"""Forms that add a line, whatever became of the record meanwhile: the version on their page is a button's."""


class Desk:
    """Opens forms as one user of a house."""

    def __init__(self, app: Flask, case: Case, by: Actor, plain: set[str]) -> None:
        carry(case, by)
        self.app, self.plain = app, plain
        self.client: Client = Asker(app, by).client

    def opened(self, rule: Rule, known: Things | None) -> tuple[str, Page] | None:
        """Address and page of a form that carries a version, or None."""
        path = address(self.app, rule, known) if known else ""
        page = self.client.get(path) if path else None
        if page is None or page.status != 200:
            return None
        if not page.query("main form input[name=version]") or filled(page)["version"] == [""]:
            self.plain.add(rule.endpoint)
            return None
        return path, page


def filled(page: Page) -> Values:
    """The form as a browser would send it, with several ticks."""
    values: Values = {}
    form = next(one for one in page.query("main form") if one.query("input[name=version]"))
    for field in form.query("input, textarea, select"):
        name, kind = field.attrs.get("name"), field.attrs.get("type") or "text"
        if not name or kind in ("submit", "button", "file") or "disabled" in field.attrs:
            continue
        if kind in ("checkbox", "radio") and "checked" not in field.attrs:
            continue
        if field.name == "select":
            chosen = [one for one in field.query("option") if "selected" in one.attrs]
            value = (chosen[0].attrs.get("value") or "") if chosen else ""
        else:
            value = field.to_text() if field.name == "textarea" else field.attrs.get("value") or ""
        values.setdefault(name, []).append(value)
    return values


def written(page: Page, endpoint: str) -> Values:
    """The form with something typed into every empty long text and the first answer of every open question."""
    values = filled(page)
    for field in page.query("main form textarea"):
        if not field.to_text().strip():
            values[field.attrs["name"]] = [WRITTEN]
    for field in page.query("main form input[type=radio]"):
        values.setdefault(field.attrs["name"], [field.attrs["value"]])
    for field in page.query("main form select"):
        offered = [one.attrs["value"] for one in field.query("option") if one.attrs.get("value")]
        if values.get(field.attrs["name"]) == [""] and offered:
            values[field.attrs["name"]] = offered[:1]
    for part in ("day", "month", "year"):
        for name in [name for name in values if name.endswith(f"-{part}") and values[name] == [""]]:
            values[name] = [str(getattr(today(), part))]
    return values | ANSWERS.get(endpoint, {})


def rules(app: Flask) -> Iterator[Rule]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if "draft_id" in rule.arguments:
            yield rule


@pytest.fixture
def houses(app: Flask) -> Street:
    """One of everything; a plan that waits, and a referral to an office without accounts."""
    made = street()
    owner, by = made.owner, made.owner.boss
    db.session.get_one(Plan, owner.things["plan_id"]).state = "waiting"
    commune = factories.office(type="NGO", has_users=False)
    sharing.record_given(owner.case, by=by, purpose="referral", classes=["identity"], form="written",
                         recipient_org_id=commune.id)  # fmt: skip
    for name, service in (("told_id", "medicine"), ("begun_id", "cooked_meal")):
        wanted = Wanted(service_type=service, priority="emergency", purpose="referral", to_org_id=commune.id)
        shown = sharing.look(owner.case, by=by, wanted=wanted)
        sent = owner.keep(name, sharing.send(owner.case, by=by, wanted=wanted, digest=shown.digest))
        sent.sent_at -= timedelta(hours=1)
        if name == "begun_id":
            sharing.accept(sent, by=by, on_behalf=sharing.OnBehalf("The chief", "phone", utcnow(), ""))
    db.session.commit()
    return made


def test_either_version_may_stand_and_nothing_typed_is_lost(app: Flask, houses: Street) -> None:
    """Each form that carries the version of a record, by the first user found who may send it."""
    told: dict[str, str] = {}
    plain = set(ADDS)
    for house, role in product((houses.owner, houses.guest), policies()):
        houses.read_again()
        desk = Desk(app, houses.owner.case, house.user(role), plain)
        for rule in rules(app):
            if told.get(rule.endpoint) == "" or rule.endpoint in plain:
                continue
            if opened := desk.opened(rule, things(houses.owner, rule, role)):
                said = chosen_between(desk, rule.endpoint, *opened)
                told[rule.endpoint] = told.get(rule.endpoint, said) if said == REFUSED else said
    assert {name: what for name, what in told.items() if what} == {}
    assert len(told) >= 43


def things(house: House, rule: Rule, role: str) -> Things | None:
    """What stands in the address of a form, or None if the role has no use of it."""
    route = TABLE[rule.endpoint]
    if not {str(one) for one in policies()[role].permissions} >= set(route.needs):
        return None
    cap = db.session.scalars(select(ServiceCap.id).limit(1)).one()
    known = {**WORDS, "cap_id": cap, "state": STATES.get(rule.endpoint, ""), **house.things, "draft_id": uuid4()}
    known |= {name: house.things[other] for name, other in route.values.items()}
    known |= {"referral_id": house.things[RECORDS[rule.endpoint]]} if rule.endpoint in RECORDS else {}
    return known if known.keys() >= rule.arguments else None


def chosen_between(desk: Desk, endpoint: str, path: str, page: Page) -> str:
    """Send an older version, then choose mine, then choose theirs; what is wrong, or nothing."""
    mine = written(page, endpoint)
    with _Savepoint():
        desk.client.post(path, {**mine, "save": "draft"})
        before = views_of_cases()
        stale = desk.client.post(path, {**mine, "version": OLD})
        noted = views_of_cases() - before
        if stale.status != 409:
            return f"answered {stale.status}: {stale.words('#error-summary')[:150]}"
        carried = filled(stale)
        lost = [name for name in mine if name not in KEPT and carried.get(name, [""]) != mine[name]]
        if lost:
            return f"lost {lost}"
        typed = {name.partition("-")[0] for name in mine if name not in KEPT and mine[name] != filled(page).get(name)}
        if len(both(stale)) < len(typed) or mine_of(stale).count(WRITTEN) < list(mine.values()).count([WRITTEN]):
            return f"shows {both(stale)} where {sorted(typed)} were typed"
        if carried["version"] == [OLD]:
            return "carries the old version: it would go round for ever"
        keep = stale.query("a.govuk-button--secondary")[-1].attrs["href"]
        if without_token(filled(desk.client.get(keep))) != without_token(filled(page)):
            return "'keep what stands now' shows what was typed"
        if views_of_cases() - before > noted == 0:
            return "shows what stands of a case, and nobody learns who looked"
        saved = desk.client.post(path, carried)
        return "" if saved.status == 303 else f"mine answered {saved.status}: {saved.words('#error-summary')[:150]}"


def views_of_cases() -> int:
    """How many lines of the audit say that somebody looked at a case."""
    looked = select(func.count()).where(AuditEvent.action.like("view.%"), func.length(AuditEvent.case_ids) > 0)
    return db.session.scalar(looked) or 0


def both(page: Page) -> dict[str, tuple[str, str]]:
    """The rows of the page: label -> what I wrote, what stands now."""
    rows = (row.query("th, td") for row in page.query("main tbody tr"))
    return {label.to_text(): (mine.to_text(), now.to_text()) for label, mine, now in rows}


def mine_of(page: Page) -> list[str]:
    """What I wrote, field by field."""
    return [mine for mine, _ in both(page).values()]


def without_token(values: Values) -> Values:
    """What is left when the session's token is taken out."""
    return {name: value for name, value in values.items() if name != "csrf_token"}


def test_what_somebody_else_did_meanwhile_is_said_in_words(app: Flask, houses: Street) -> None:
    """A state that no field asks for, and a day that the form asks for under its own label."""
    owner, by = houses.owner, houses.owner.boss
    desk = Desk(app, owner.case, owner.user("case_worker"), set())
    visit = db.session.get_one(FollowUp, owner.things["visit_id"])
    path = f"/cases/{owner.case.id}/visits/{visit.id}/move/{uuid4()}"
    mine = written(desk.client.get(path), "reintegration.move_visit")
    reschedule(visit, owner.case, by=by, day=today() + timedelta(days=3), reason="office")
    stale = desk.client.post(path, mine)
    shown = both(stale)
    assert stale.status == 409
    assert shown["State"] == ("-", "planned")
    assert shown["New day"] == tuple(_boxes(today() + timedelta(days=ahead)) for ahead in (5, 3))
    assert "the same" not in stale.words()

    referral = db.session.get_one(Referral, owner.things["referral_id"])
    desk = Desk(app, owner.case, houses.guest.user("case_worker"), set())
    path = f"/referrals/{referral.id}/decline/{uuid4()}"
    mine = written(desk.client.get(path), "sharing.decline")
    sharing.accept(referral, by=houses.guest.boss)
    shown = both(desk.client.post(path, mine))
    assert shown["State"] == ("-", label("referral_status", "accepted"))
    assert WRITTEN in [written for written, _ in shown.values()]


def _boxes(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"
