"""The browser of the tests: opens pages as a person would, and checks each one it gets."""

from __future__ import annotations

import contextvars
import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask, request_tearing_down
from justhtml import JustHTML
from werkzeug.test import TestResponse

from casework.db import _clock, at, db
from tests.writelog import WriteLog

SERVICE = "Casework"
PAGE_LIMIT = 150_000
"""Bytes of a page before compression; the compressed budget is checked by its own test."""
READING_TABLES = re.compile(r"audit_|view_|session$|user_session$|login_attempt$|throttle")
"""Tables a GET may write: what was read, when the session was last used, the tries at a door."""
OWN_TABLES = re.compile(r"operation$|draft(_sealed)?$|data_key$")
"""Tables a POST may write with no line in the record of acts: its own key, and what is typed and not sent yet."""
SILENT = {"/account/code": {"user_sealed"}, "/sign-in/code": {"recovery_code"}}
"""Path -> tables written without a line: the secret of a second step, told when it comes in force; a wrong recovery
code looked for by the statement that would use it up."""
FORBIDDEN_WORDS = ("GOV.UK", "GDS Transport", "govuk-crown")


class Page:
    """An answer of the program: the response and, for HTML, its strictly parsed tree."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.text = response.get_data(as_text=True) if _is_text(response) else ""
        self.tree: Any = JustHTML(self.text, strict=True, sanitize=False) if response.mimetype == "text/html" else None

    @property
    def location(self) -> str:
        """The path a redirect points to."""
        return str(self.response.headers["Location"])

    def query(self, selector: str) -> list[Any]:
        """The elements a CSS selector finds."""
        return list(self.tree.query(selector))

    def words(self, selector: str = "main") -> str:
        """The text of the first element found, spaces folded; empty when there is none."""
        found = self.query(selector)
        return " ".join(found[0].to_text().split()) if found else ""

    def fields(self, form: str = "main form") -> dict[str, str]:
        """Names and values of the first form found, as a browser would send them untouched."""
        values: dict[str, str] = {}
        for field in self.query(form)[0].query("input, textarea, select"):
            name, kind = field.attrs.get("name"), field.attrs.get("type") or "text"
            if not name or kind in ("submit", "button", "file") or "disabled" in field.attrs:
                continue
            if kind in ("checkbox", "radio") and "checked" not in field.attrs:
                continue
            if field.name == "select":
                options = field.query("option")
                chosen = [option for option in options if "selected" in option.attrs] or options[:1]
                values[name] = (chosen[0].attrs.get("value") or "") if chosen else ""
            elif field.name == "textarea":
                values[name] = field.to_text()
            else:
                values[name] = field.attrs.get("value") or ("on" if kind == "checkbox" else "")
        return values


class Client:
    """A browser with cookies. Each request runs as in production: own context, own session; the clock is kept."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.raw = app.test_client()

    def get(self, path: str, **options: Any) -> Page:
        """Open a page. Fails when the program commits anything but the record of the reading."""
        page, written = self._open("GET", path, **options)
        stray = sorted({table for table in written if not READING_TABLES.match(table)})
        assert not stray, f"GET {path} wrote to {stray}"
        return page

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Page:
        """Send a form exactly as given; the token must be among the fields. Fails when the program commits a change
        that no line of the record tells of."""
        page, written = self._open("POST", path, data=data or {}, **options)
        if written and "audit_event" not in written:
            silent = {name for name in written if not READING_TABLES.match(name) and not OWN_TABLES.match(name)}
            silent -= SILENT.get(urlsplit(path).path, set())
            assert not silent, f"POST {path} wrote to {sorted(silent)} and left no audit_event"
        return page

    def fill(self, path: str, form: str = "main form", /, **values: Any) -> Page:
        """Open `path`, change some fields of its form, send it as a browser would; give back the answer."""
        page = self.get(path)
        assert page.status == 200, f"GET {path} answered {page.status}"
        action = page.query(form)[0].attrs.get("action") or path
        return self.post(urljoin(path, action), {**page.fields(form), **values})

    def follow(self, page: Page) -> Page:
        """Go where a redirect points to."""
        assert page.status in (302, 303), f"expected a redirect, got {page.status}"
        parts = urlsplit(page.location)
        return self.get(parts.path + (f"?{parts.query}" if parts.query else ""))

    def token(self, path: str) -> str:
        """The CSRF token of the page at `path`."""
        return str(self.get(path).query("input[name=csrf_token]")[0].attrs["value"])

    def _open(self, method: str, path: str, **options: Any) -> tuple[Page, list[str]]:
        log: WriteLog | None = self.app.extensions.get("casework_writelog")
        if log:
            db.session.commit()  # what the test prepared stands, as if saved before
        mark = log.mark() if log else (0, 0)
        left: list[str] = []

        def ended(sender: Flask, **rest: Any) -> None:
            left.extend(log.pending(mark) if log else [])

        options.setdefault("base_url", "https://localhost")
        with request_tearing_down.connected_to(ended, sender=self.app):
            response = _outside(lambda: self.raw.open(path, method=method, **options))
        assert not left, f"{method} {path} left changes uncommitted in {sorted(set(left))}"
        if log:
            db.session.expire_all()
        page = Page(response)
        check(page, f"{method} {path}")
        return page, log.committed(mark) if log else []


def _is_text(response: TestResponse) -> bool:
    return response.mimetype.startswith("text/") or response.mimetype in ("application/json", "image/svg+xml")


def _outside(act: Callable[[], TestResponse]) -> TestResponse:
    """Run `act` in a fresh context: the test's program context would be shared with the request, and `g` with it."""
    fixed = _clock.get()

    def run() -> TestResponse:
        with ExitStack() as stack:
            if fixed is not None:
                stack.enter_context(at(fixed))
            return act()

    return contextvars.Context().run(run)


def check(page: Page, what: str) -> None:
    """What holds for every answer of the program."""
    assert page.status != 500, f"{what}: 500"
    headers = page.response.headers
    if "immutable" not in headers.get("Cache-Control", ""):
        assert "no-store" in headers.get("Cache-Control", ""), f"{what}: may be stored"
    if page.tree is None or page.status in (301, 302, 303, 308):
        return
    for word in FORBIDDEN_WORDS:
        assert word not in page.text, f"{what}: shows {word}"
    assert len(page.text.encode()) <= PAGE_LIMIT, f"{what}: {len(page.text.encode())} bytes"
    headings = [" ".join(h.to_text().split()) for h in page.query("h1")]
    assert len(headings) == 1, f"{what}: {len(headings)} h1"
    title = " ".join(page.query("title")[0].to_text().split()).removeprefix("Error: ")
    assert title == f"{headings[0]} - {SERVICE}", f"{what}: title {title!r} of page {headings[0]!r}"
    for form in page.query("form"):
        method = (form.attrs.get("method") or "").lower()
        assert method in ("get", "post"), f"{what}: a form without method"
        if method == "post":
            assert form.query("input[name=csrf_token]"), f"{what}: a form without token"
