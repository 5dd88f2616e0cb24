"""A journey that plants a word of its own into every box of every form about a person, sends it, and looks at it."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from flask import Flask
from PIL import Image
from werkzeug.routing import Rule

from casework.cases.service import bring_in
from casework.db import db, today
from tests.client import Client, Page
from tests.meta.asking import Street, address, carry, street
from tests.meta.routes_table import STATES, TABLE, WORDS
from tests.signin import enter

KHMER = "សុភាពសម្ងាត់តេស្ត"
KHMER_GIVEN = "បុប្ផាលាក់ទុក"
PHONE, PHONE_TYPED = "87654321", "+855 87 654 321"
PAPER = "QX7788990"
FILE = "Zofvkanari-scan"
STEM = "kanari"
"""Stands in every word typed."""
WORDS_PLANTED = (STEM, KHMER, KHMER_GIVEN, PHONE, PAPER, "Velmoor", "Tirbrand", "Oxlund")
"""What is looked for: the words typed, and the family names of the houses."""
AHEAD = ("due_", "moved_to", "next", "again", "review", "ends", "until", "travel", "expires", "guardian_valid_to")
ALL_OF = ("conduct", "explained")
"""Boxes that must all be ticked."""
AFTER = (
    "reintegration.note_fact",
    "reintegration.note_found",
    "reintegration.stop",
    "repatriation.stop",
    "assistance.leave",
)
"""Forms that end something: sent last."""


class Planter:
    """Fills and sends forms as one user; remembers every word planted and what each form answered."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self.houses: Street = street()
            self.by = self.houses.owner.user("supervisor")
            carry(self.houses.owner.case, self.by)
            lawyer = self.houses.owner.user("legal_worker")
            bring_in(self.houses.owner.case, user_id=lawyer.user_id, by=self.by, reason="skills")
            self.usernames = {self.by.username, self.houses.guest.boss.username}
            self.things = dict(self.houses.owner.things)
            db.session.commit()
        self.desk = enter(Client(app), self.by.username)
        self.lawyer = enter(Client(app), lawyer.username)
        self.typed = 0
        self.answers: dict[str, int] = {}

    def word(self) -> str:
        """A new word; each holds STEM, so that one search finds them all."""
        self.typed += 1
        return "Zvq" + "".join("bcdfghjklm"[int(digit)] for digit in f"{self.typed:04}") + STEM

    def everything(self) -> None:
        """Register somebody, send every form of a case, search for what was typed, look at every page."""
        self.register()
        forms = [rule for rule in self.rules("case") if "draft_id" in rule.arguments]
        for rule in sorted(forms, key=lambda rule: (rule.endpoint in AFTER, rule.endpoint)):
            self.send(rule)
        self.desk, usual = self.lawyer, self.desk
        for rule in forms:
            if "legal" in TABLE[rule.endpoint].classes:
                self.send(rule)
        self.desk = usual
        for word in (KHMER, PHONE_TYPED, PAPER, self.word()):
            self.desk.fill("/find", text=word)
            self.desk.fill("/register", text=word)
        for rule in self.rules("case") + self.rules("office"):
            if "GET" in (rule.methods or ()) and set(TABLE[rule.endpoint].needs) <= {
                str(p) for p in self.by.permissions
            }:
                self.desk.raw.get(self.address(rule), base_url="https://localhost")

    def register(self) -> None:
        """The first pages of a new person."""
        begun = self.desk.post("/register/new", {"text": self.word(), "csrf_token": self.desk.token("/register")})
        self.answers["register"] = self.fill(begun.location).status

    def send(self, rule: Rule) -> None:
        """A form three times: kept as a draft, refused for a box too much, sent."""
        path = self.address(rule)
        if self.desk.raw.get(path, base_url="https://localhost").status_code != 200:
            return
        opened = self.desk.get(path)
        for more in ({"save": "draft"}, {"box_too_much": self.word()}, {}):
            page = self.send_filled(opened, path, **more)
        self.answers[rule.endpoint] = page.status

    def fill(self, path: str, **more: str) -> Page:
        return self.send_filled(self.desk.get(path), path, **more)

    def send_filled(self, page: Page, path: str, **more: str) -> Page:
        """Every box of an open page filled, and the form sent; the page itself where it has none."""
        form = "main form[method=post]"
        if page.status != 200 or not page.query(form):
            return page
        values: dict[str, Any] = page.fields(form)
        for box in page.query(f"{form} input, {form} textarea, {form} select"):
            name = box.attrs.get("name") or ""
            if name and name not in ("csrf_token", "version", "draft") and "save" not in name:
                self._answer(box, name, values)
        action = urlsplit(page.query(form)[0].attrs.get("action") or path).path or path
        return self.desk.post(action, {**values, **more}, content_type="multipart/form-data")

    def _answer(self, box: Any, name: str, values: dict[str, Any]) -> None:
        kind = box.attrs.get("type") or "text"
        if box.name == "select":
            if name == "do_not_contact_reason":
                return
            options = [o.attrs.get("value") or "" for o in box.query("option")]
            values[name] = values.get(name) or next((option for option in options if option), "")
        elif kind == "file":
            values[name] = (_photo(), f"{FILE}.png")
        elif kind == "radio":
            values.setdefault(name, box.attrs.get("value") or "")
        elif kind == "checkbox" and name in ALL_OF:
            values[name] = [*values.get(name, []), box.attrs.get("value")]
        elif kind == "checkbox":
            if name == "classes" or not values.get(name):
                values.setdefault(name, box.attrs.get("value") or "on")
        elif kind != "hidden":
            values[name] = values.get(name) or self._typed(box, name)

    def _typed(self, box: Any, name: str) -> str:
        field, _, part = name.rpartition("-")
        if part in ("day", "month", "year"):
            return str(getattr(_day(field), part))
        if part in ("time", "clock") or name in ("safe_from", "safe_to"):
            return "08:30" if name != "safe_to" else "09:30"
        if name == "age":
            return ""
        if name.startswith("khmer"):
            return KHMER if "family" in name else KHMER_GIVEN
        if box.attrs.get("inputmode") == "tel":
            return PHONE_TYPED
        if box.attrs.get("inputmode") in ("numeric", "decimal"):
            return "1"
        if name in ("document_number",) or (name == "number" and box.attrs.get("inputmode") != "tel"):
            return PAPER
        return self.word()

    def rules(self, kind: str) -> list[Rule]:
        return [
            rule for rule in self.app.url_map.iter_rules()
            if TABLE[rule.endpoint].kind == kind and not rule.endpoint.startswith("access.")
        ]  # fmt: skip

    def address(self, rule: Rule) -> str:
        words = {**WORDS, "state": STATES.get(rule.endpoint, ""), "cap_id": uuid4(), "draft_id": uuid4()}
        renamed = {name: self.things[other] for name, other in TABLE[rule.endpoint].values.items()}
        things = {k: v for k, v in self.things.items() if k != "draft_id"}
        return address(self.app, rule, {**words, **things, **renamed})


def _day(field: str) -> date:
    """A day that suits the question: some are to come, some are today or yesterday, birth lies far back."""
    if field in ("birth", "began", "ended", "occurred", "decided"):
        return date(1990, 3, 4)
    if field.startswith(AHEAD):
        return today() + timedelta(days=20)
    return today()


def _photo() -> io.BytesIO:
    out = io.BytesIO()
    picture = Image.new("RGB", (60, 40), "white")
    exif = Image.Exif()
    exif[0x010E] = FILE
    picture.save(out, "PNG", exif=exif)
    out.seek(0)
    return out
