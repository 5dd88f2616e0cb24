"""The eye and the hand: names the server does not send, drafts found again elsewhere, keys that can be switched off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.access.permissions import Actor
from casework.cases.service import add_task
from casework.db import db, utcnow, uuid7
from casework.errors import NotVisible
from casework.writes import drafts
from casework.writes.models import Draft, DraftSealed
from tests import factories
from tests.client import Client
from tests.overview.counting import statements
from tests.sharing.scene import Scene

Desk = Callable[[Actor], Client]
NAME = "Testdara"


def turn(browser: Client, path: str) -> str:
    """Press the button in the header; where it leads."""
    page = browser.get(path)
    button = page.query("#names button")[0]
    sent = browser.post("/names", {**page.fields("#names"), "hide": str(button.attrs["value"])})
    assert sent.status == 303
    return sent.location


def test_hidden_names_are_not_sent_with_lists_and_the_bar_until_they_are_shown_again(scene: Scene, desk: Desk) -> None:
    add_task(scene.case, by=scene.worker, kind="follow_up", due_at=utcnow())
    browser = desk(scene.worker)
    pages = ("/", "/cases", f"/cases/{scene.case.id}", f"/cases/{scene.case.id}/notes")
    assert all(NAME in browser.get(path).text for path in pages)
    assert turn(browser, "/cases?status=open") == "/cases?status=open"
    for path in pages:
        page = browser.get(path)
        assert NAME not in page.text, path
        assert scene.case.code in page.text
        assert page.words("#names button") == "Show names"
    assert "name hidden" in browser.get("/cases").words()
    assert browser.get(f"/cases/{scene.case.id}").words(".cw-identity__name") == "name hidden"
    turn(browser, "/")
    assert NAME in browser.get("/cases").text


def test_hiding_names_asks_the_database_less_and_a_letter_is_not_touched(scene: Scene, desk: Desk) -> None:
    browser = desk(scene.worker)
    with statements() as open_list:
        browser.get("/cases")
    turn(browser, "/cases")
    with statements() as hidden:
        browser.get("/cases")
    assert len(hidden) < len(open_list)
    # Where a name is what the page is for, it stands there, covered by the style sheet.
    page = browser.get(f"/cases/{scene.case.id}/person")
    assert "cw-masked" in page.query("html")[0].attrs["class"]


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "javascript:1"])
def test_the_buttons_lead_only_into_the_program(scene: Scene, desk: Desk, back: str) -> None:
    browser = desk(scene.worker)
    token = browser.token("/keys")
    for address in ("/names", "/keys"):
        assert browser.post(address, {"csrf_token": token, "back": back}).location == "/"
        assert browser.post(address, {"back": "/"}).status == 400


def test_single_keys_can_be_switched_off(scene: Scene, desk: Desk) -> None:
    browser = desk(scene.worker)
    page = browser.get("/keys")
    assert "Hide names" in page.words()
    assert page.query("body")[0].attrs["data-keys"] == "/keys"
    assert browser.fill("/keys", off="1").location == "/keys"
    page = browser.get("/keys")
    assert "Single keys are off" in page.words()
    assert "data-keys" not in page.query("body")[0].attrs
    browser.fill("/keys", off="0")
    assert "data-keys" in browser.get("/").query("body")[0].attrs


def test_a_draft_is_found_on_another_device_and_goes_on_there(scene: Scene, desk: Desk) -> None:
    first, second = desk(scene.worker), desk(scene.worker)
    form = first.get(f"/cases/{scene.case.id}/notes/new").location
    fields = first.get(form).fields()
    assert first.post(form, {**fields, "text": "Half a talk", "save": "draft"}).status == 303
    for where in ("/", "/account"):
        links = [link.attrs["href"] for link in second.get(where).query("#began a")]
        assert links == [form]
    assert second.get(form).fields()["text"] == "Half a talk"
    assert scene.case.code in second.get("/").words("#began")
    assert "Half a talk" not in second.get("/").text


def test_a_draft_is_thrown_away_with_its_key_by_its_owner_only(scene: Scene, desk: Desk) -> None:
    draft_id = uuid7()
    drafts.save(
        draft_id, by=scene.worker, endpoint="cases.write_note", location="/x", values={"text": ["a"]}, case_id=None
    )
    mate = factories.actor("case_worker", at_office=scene.home)
    with pytest.raises(NotVisible):
        drafts.discard(draft_id, by=mate)
    stranger = desk(scene.host)
    press = f"/account/drafts/{draft_id}/discard"
    assert stranger.post(press, {"csrf_token": stranger.token("/keys")}).status == 404
    assert desk(scene.worker).fill("/account", f"form[action='{press}']").status == 303
    assert db.session.get(Draft, draft_id) is None
    assert db.session.get(DraftSealed, draft_id) is None
    assert not desk(scene.worker).get("/account").query("#began")


@pytest.mark.parametrize(("language", "words"), [("th", "วันของฉัน"), ("vi", "Ngày của tôi")])
def test_languages_in_part_say_so_and_fall_back_to_english(scene: Scene, desk: Desk, language: str, words: str) -> None:
    browser = desk(scene.worker)
    foot = browser.get("/").words("footer")
    assert "ไทย (in part)" in foot
    assert "Tiếng Việt (in part)" in foot
    browser.post("/language", {"csrf_token": browser.token("/keys"), "language": language, "back": "/"})
    page = browser.get("/")
    assert page.query("html")[0].attrs["lang"] == language
    assert page.words("h1") == words
    # What has no words yet is English, never empty.
    assert "Where you are signed in" in browser.get("/account").text
