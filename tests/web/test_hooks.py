"""Hooks: deny by default, headers everywhere, error pages that tell nothing, leaving, languages, weight."""

from __future__ import annotations

import gzip
import logging
import re
from typing import Any

import brotli
import pytest
from flask import Flask
from justhtml import JustHTML

from casework.web import headers, leave
from casework.web.assets import FOLDER, Assets

KIB = 1024


@pytest.fixture
def production(web: Flask) -> Flask:
    """The sample program as it runs for real: errors become pages."""
    web.testing = False
    return web


def test_a_view_without_a_mark_is_refused(production: Flask) -> None:
    answer = production.test_client().get("/unmarked")
    assert answer.status_code == 403
    assert "nobody may see" not in answer.text


def test_a_view_without_a_mark_is_loud_in_tests(web: Flask) -> None:
    with pytest.raises(RuntimeError, match="does not say who may open it"):
        web.test_client().get("/unmarked")


@pytest.mark.parametrize("path", ["/parts", "/form", "/calendar", "/nothing", "/raise/bug", "/leave", "/unmarked"])
def test_every_response_is_protected(production: Flask, path: str) -> None:
    answer = production.test_client().get(path)
    for name in headers.FIXED:
        assert name in answer.headers, name
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_scripts_carry_the_nonce_of_their_response(web: Flask) -> None:
    client = web.test_client()
    seen = set()
    for _ in range(2):
        answer = client.get("/parts")
        nonces = {tag.attrs["nonce"] for tag in JustHTML(answer.text, sanitize=False).query("script")}
        assert len(nonces) == 1
        assert f"'nonce-{nonces.copy().pop()}'" in answer.headers["Content-Security-Policy"]
        seen |= nonces
    assert len(seen) == 2


def test_absent_and_not_visible_are_the_same_bytes(production: Flask) -> None:
    absent = production.test_client().get("/no/such/thing")
    hidden = production.test_client().get("/raise/hidden")
    assert absent.status_code == hidden.status_code == 404
    assert absent.data == hidden.data
    assert b"Chan Dara" not in absent.data


@pytest.mark.parametrize(("what", "status"), [("refused", 403), ("stale", 409), ("busy", 503), ("bug", 500)])
def test_errors_become_pages_in_human_words(production: Flask, what: str, status: int) -> None:
    answer = production.test_client().get(f"/raise/{what}")
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert "planted secret value" not in answer.text


def test_a_bug_logs_its_place_and_reference_but_no_value(production: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page = production.test_client().get("/raise/bug?q=typed").text
    assert "planted secret value" not in caplog.text
    assert "typed" not in caplog.text
    assert "RuntimeError at fail" in caplog.text
    assert caplog.text.split("reference ")[1].split()[0] in page


def test_a_body_too_large_gets_a_page(production: Flask) -> None:
    production.config["WTF_CSRF_ENABLED"] = False
    answer = production.test_client().post("/form", data={"story": "x" * (2 * 1024 * KIB)})
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_a_form_from_another_site_is_refused(production: Flask) -> None:
    production.config["WTF_CSRF_ENABLED"] = False
    answer = production.test_client().post("/form", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_form_without_its_token_gets_a_page(production: Flask) -> None:
    assert production.test_client().post("/form", base_url="https://localhost").status_code == 400


def test_a_form_with_its_token_passes_over_https_without_a_referrer(production: Flask) -> None:
    client = production.test_client()
    page = JustHTML(client.get("/form", base_url="https://localhost").text, sanitize=False)
    token = page.query("main input[name=csrf_token]")[0].attrs["value"]
    answer = client.post(
        "/form", base_url="https://localhost", data={"csrf_token": token, "first_name": "Sok", "need": "food"}
    )
    assert answer.status_code == 303


def test_the_page_about_two_versions_shows_both_and_can_be_sent_again(production: Flask) -> None:
    production.config["WTF_CSRF_ENABLED"] = False
    typed = {"first_name": "<i>Srey</i>", "need": "food", "version": "3", "people": "many"}
    answer = production.test_client().post("/stale", data=typed)
    page = JustHTML(answer.text, strict=True, sanitize=False)
    assert answer.status_code == 409
    cells = [cell.to_text().strip() for cell in page.query("td")]
    assert cells == ["<i>Srey</i>", "Sok", "Food", "A safe bed"]
    inputs = {box.attrs["name"]: box.attrs["value"] for box in page.query("main input[type=hidden]")}
    assert inputs["version"] == "4"
    assert (inputs["people"], inputs["first_name"]) == ("many", "<i>Srey</i>")


def test_pages_with_secrets_are_not_compressed(web: Flask) -> None:
    client = web.test_client()
    accept = {"Accept-Encoding": "br, gzip"}
    assert client.get("/parts", headers=accept).headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in client.get("/secret", headers=accept).headers


# --- Leaving ---


def test_leaving_ends_only_the_own_session_and_clears_the_browser(web: Flask) -> None:
    ended: list[str] = []
    leave.connect(web, session_of=lambda: "session-1", end=lambda: ended.append("session-1"))
    client = web.test_client()
    client.get("/leave?token=of-somebody-else")
    assert ended == []
    with web.test_request_context("/"):
        link = leave.leave_url()
    answer = client.get(link)
    assert ended == ["session-1"]
    assert answer.headers["Location"] == "/calendar"
    assert "cookies" in answer.headers["Clear-Site-Data"]
    assert client.post(link).status_code == 204


def test_the_neutral_page_says_nothing_of_us(web: Flask) -> None:
    text = web.test_client().get("/calendar").text
    assert "Casework" not in text
    assert "Chan Dara" not in text


# --- Languages ---


def test_the_language_is_remembered_and_leads_back_only_to_ourselves(web: Flask) -> None:
    web.config["WTF_CSRF_ENABLED"] = False
    client = web.test_client()
    assert client.post("/language", data={"language": "km", "back": "/parts"}).headers["Location"] == "/parts"
    assert 'lang="km"' in client.get("/parts").text
    for back in ("//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", ""):
        assert client.post("/language", data={"language": "km", "back": back}).headers["Location"] == "/"


def test_a_khmer_page_is_in_khmer(web: Flask) -> None:
    text = web.test_client().get("/form", headers={"Accept-Language": "km"}).text
    assert "ទុកសេចក្តីព្រាង" in text
    assert "Save draft" not in text


# --- Static files and weight ---


def test_static_files_are_cached_for_good_under_hashed_names(web: Flask) -> None:
    client = web.test_client()
    page = JustHTML(client.get("/parts").text, sanitize=False)
    address = page.query("link[rel=stylesheet]")[0].attrs["href"]
    answer = client.get(address, headers={"Accept-Encoding": "br"})
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")
    assert brotli.decompress(answer.data) == Assets(FOLDER).files[address.rpartition("/")[2]].body
    assert client.get("/static/app.css").status_code == 404
    assert client.get("/static/..%2f..%2fconfig.py").status_code == 404


def test_the_style_sheet_names_only_our_own_hashed_fonts(web: Flask) -> None:
    assets = Assets(FOLDER)
    css = assets.files[assets.hashed["app.css"]].body.decode()
    assert css.count("@font-face") == 2
    for font in ("fonts/khmer.woff2", "fonts/thai.woff2"):
        assert f"url({assets.hashed[font]})" in css
    assert len(re.findall(r"url\(", css)) == 2
    for word in ("GDS", "crown", "@import"):
        assert word not in css
    assert b"SIL OPEN FONT" in assets.files[assets.hashed["LICENCES.txt"]].body


def size(web: Flask, path: str) -> int:
    answer: Any = web.test_client().get(path, headers={"Accept-Encoding": "gzip"})
    return len(answer.data)


@pytest.mark.parametrize("path", ["/parts", "/form"])
def test_pages_stay_light(web: Flask, path: str) -> None:
    assets = Assets(FOLDER)
    rest = sum(len(gzip.compress(assets.files[assets.hashed[name]].body, 9)) for name in ("app.css", "app.js"))
    assert rest <= 20 * KIB
    assert size(web, path) <= 12 * KIB
    assert size(web, path) + rest <= 55 * KIB
