"""Every form with every kind of nonsense in its fields: an answer in words, never a 500, never half a record."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from bench.kinds import KINDS, Aim, Kind, typed
from casework.cases.models import Case
from casework.db import db
from tests.badinput.desk import Desk, packed
from tests.client import Client, Page
from tests.signin import enter

ANSWERED = (200, 303, 409, 413, 422)
NASTY = (
    "\0", "a\0b", "\u202edrawkcab\u2066", "\u200f\u200e\ufeff", "%", "100% %s %(name)s %d {0} {x}", "{{ 7 * 7 }}",
    "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "-1", "99999999999999999999", "1e309", "NaN",
    "0", "٣٤", "៣៤", "31", "2543", " ", "\r\n\r\n", "\N{GRINNING FACE}" * 50, "é" * 2_500,
    "=1+1", "null", "true", "[]", str(uuid4()),
)  # fmt: skip
KEPT = ("csrf_token", "version", "save", "shown")
FORMS = [kind for kind in KINDS if kind.name not in ("plan approved", "referral accepted", "referral declined")]


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk()


@pytest.fixture
def hand(desk: Desk, client: Callable[[], Client]) -> Client:
    return enter(client(), desk.by.username)


def form_of(hand: Client, desk: Desk, kind: Kind, aim: Aim) -> tuple[str, dict[str, Any]]:
    """Address and good values of a form or button, as a person fills it in."""
    if aim.version is not None:
        return aim.path, {"csrf_token": hand.token("/account"), "version": str(aim.version)}
    path, page = aim.path, hand.get("/register" if aim.path == "/register" else aim.path)
    if path == "/register":
        page = hand.post("/register/new", {**page.fields(), "text": "Sampleson"})
    while page.status == 303:
        path = page.location
        page = hand.get(path)
    values: dict[str, Any] = page.fields()
    ticked = [box.attrs["value"] for box in page.query("input[name=classes]") if "checked" in box.attrs]
    return path, {**values, **({"classes": ticked} if ticked else {}), **typed(kind, desk, second=False)}  # type: ignore[arg-type]


def told(page: Page, kind: str, values: dict[str, Any]) -> None:
    """The answer is one of ours; a refusal says what is wrong."""
    assert page.status in (*ANSWERED, 400, 404), f"{kind}: {page.status} for {str(values)[:300]}"
    if page.status == 422:
        assert page.query("#error-summary"), f"{kind}: refused without a word"


def effect(kind: Kind) -> int:
    return int(db.session.connection().exec_driver_sql(kind.effect).scalar() or 0)


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.name)
def test_nonsense_in_every_field_gets_an_answer_in_words(desk: Desk, hand: Client, kind: Kind) -> None:
    dice = random.Random(kind.name)
    aim = kind.aim(desk)  # type: ignore[arg-type]
    db.session.commit()
    path, good = form_of(hand, desk, kind, aim)
    free = [name for name in good if name not in KEPT]
    attacks = [{name: value for name in free} for value in dice.sample(NASTY, 4)]
    attacks += [{name: dice.choice((*NASTY, str(desk.foreign.id), str(uuid4())))} for name in free]
    attacks += [{"version": value} for value in ("", "x")]
    for attack in attacks:
        before = effect(kind)
        sent = {**good, **attack}
        page = hand.post(path, sent)
        told(page, kind.name, attack)
        if page.status in (400, 404, 409, 422):
            assert effect(kind) == before, f"{kind.name}: refused, and saved all the same"


def test_fields_the_form_does_not_have_change_nothing(desk: Desk, hand: Client) -> None:
    path, good = form_of(hand, desk, KINDS[1], KINDS[1].aim(desk))  # type: ignore[arg-type]
    extra = {
        "case_id": str(desk.foreign.id), "author_user_id": str(desk.actors["there_a"].user_id), "id": str(uuid4()),
        "published": "0", "owner_org_id": str(desk.foreign.owner_org_id), "is_admin": "1", "data_class[]": "health",
    }  # fmt: skip
    hand.post(path, {**good, **extra})
    case = db.session.get_one(Case, desk.case.id)
    assert (case.owner_org_id, case.published) == (desk.by.organisation_id, True)
    assert effect(KINDS[1]) in (0, 1)
    listed = hand.get(f"/cases/{desk.case.id}/notes")
    assert listed.status == 200


@pytest.mark.parametrize("name", ["100% Sok", "%(x)s", "{{ 7*7 }}", "<b>Dara</b>", 'O\'Dara \\ "quoted"'])
def test_a_strange_name_is_shown_as_it_is_on_every_page(desk: Desk, hand: Client, name: str) -> None:
    path, good = form_of(hand, desk, KINDS[0], KINDS[0].aim(desk))  # type: ignore[arg-type]
    sent = hand.post(path, {**good, "latin_given": name})
    assert sent.status == 303, sent.words()
    for place in ("/cases", sent.location.rpartition("/contacts")[0], "/"):
        page = hand.get(place)
        assert page.status == 200
    assert name in " ".join(hand.get("/cases").words().split())
    assert hand.fill("/find", text=name).status in (200, 422)


def test_marks_that_turn_text_around_and_nul_bytes_never_reach_a_page(desk: Desk, hand: Client) -> None:
    path, good = form_of(hand, desk, KINDS[1], KINDS[1].aim(desk))  # type: ignore[arg-type]
    sent = hand.post(path, {**good, "text": "before\0 \u202eafter\u2069 end"})
    assert sent.status == 303, sent.words()
    shown = hand.follow(sent)
    assert "before after end" in shown.words()
    assert not {"\0", "\u202e", "\u2069"} & set(shown.text)


def test_ten_megabytes_of_text_get_a_page_that_says_so(desk: Desk, hand: Client) -> None:
    path, good = form_of(hand, desk, KINDS[1], KINDS[1].aim(desk))  # type: ignore[arg-type]
    whole = "word " * 2_000_000
    page = hand.post(path, {**good, "text": whole})
    assert page.status == 413
    assert "Nothing was saved" in page.words()
    page = hand.post(path, **packed({**good, "text": whole}))
    assert page.status == 413
    assert effect(KINDS[1]) == 0


def test_a_text_over_its_limit_is_refused_and_kept(desk: Desk, hand: Client) -> None:
    path, good = form_of(hand, desk, KINDS[1], KINDS[1].aim(desk))  # type: ignore[arg-type]
    long = "long words " * 12_000
    page = hand.post(path, {**good, "text": long})
    assert page.status == 422
    assert page.query("#error-summary")
    assert long.strip() in page.text
    assert effect(KINDS[1]) == 0


DATES = (
    ("31", "2", "2020"), ("0", "1", "2020"), ("1", "13", "2020"), ("1", "1", "0"), ("1", "1", "99999"),
    ("1", "", "2020"),
    ("1", "1", "2999"), ("", "", "x"), ("1", "1", "-5"), ("29", "2", "1900"), ("1.5", "1", "2020"), ("1", "1", "1e3"),
)  # fmt: skip


@pytest.mark.parametrize("boxes", DATES, ids="-".join)
def test_a_date_that_cannot_be_is_refused_beside_its_boxes_and_kept(
    desk: Desk, hand: Client, boxes: tuple[str, str, str]
) -> None:
    path, good = form_of(hand, desk, KINDS[0], KINDS[0].aim(desk))  # type: ignore[arg-type]
    before = effect(KINDS[0])
    parts = {f"opened_on-{part}": value for part, value in zip(("day", "month", "year"), boxes, strict=True)}
    page = hand.post(path, {**good, **parts})
    assert page.status == 422, page.words()
    assert [link.attrs["href"] for link in page.query("#error-summary a")] == ["#opened_on-day"]
    assert {name: page.fields()[name] for name in parts} == parts
    assert page.fields()["latin_family"] == "Sampleson"
    assert effect(KINDS[0]) == before


def test_dates_that_contradict_each_other_are_refused(desk: Desk, hand: Client) -> None:
    born_later = {"birth-day": "1", "birth-month": "1", "birth-year": "2030"}
    path, good = form_of(hand, desk, KINDS[0], KINDS[0].aim(desk))  # type: ignore[arg-type]
    assert hand.post(path, {**good, **born_later}).status == 422
    event = next(kind for kind in KINDS if kind.name == "event edited")
    aim = event.aim(desk)  # type: ignore[arg-type]
    db.session.commit()
    path, good = form_of(hand, desk, event, aim)
    page = hand.post(path, {**good, "began-year": "2018", "ended-year": "2014"})
    assert page.status == 422
    assert page.query("#error-summary")


def test_addresses_with_foreign_ids_are_absent(desk: Desk, hand: Client) -> None:
    token = hand.token("/account")
    tried = 0
    for rule in hand.app.url_map.iter_rules():
        if "case_id" not in rule.arguments or rule.endpoint == "static":
            continue
        ids = {name: str(uuid4()) for name in rule.arguments}
        known = {"what": "feedback", "state": "open"}
        path = rule.rule
        for name in rule.arguments:
            value = str(desk.foreign.id) if name == "case_id" else known.get(name, ids[name])
            path = _filled(path, name, value)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            page = hand.get(path) if method == "GET" else hand.post(path, {"csrf_token": token, "version": "1"})
            assert page.status in (403, 404), f"{method} {path}: {page.status}"
            tried += 1
    assert tried > 80


def _filled(rule: str, name: str, value: str) -> str:
    """A rule with one of its parts replaced: '<uuid:case_id>' becomes the id."""
    before, _, rest = rule.partition(f"{name}>")
    return before[: before.rindex("<")] + value + rest
