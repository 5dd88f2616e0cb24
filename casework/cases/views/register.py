"""Registering: search first, then who the person is; the case stands after the first page, the rest can wait."""

from __future__ import annotations

import re

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.queries import classes_of_many, find, names_on_list
from casework.cases.queries.signs import signs_of
from casework.cases.views.blueprint import bp
from casework.db import uuid7
from casework.people.forms import SearchForm
from casework.writes import drafts
from casework.writes.http import seen
from casework.writes.orchestrator import transaction

KHMER = re.compile("[\u1780-\u17ff]")
PAGE = "assistance.register_person"
"""The first page of registering; it stands above here, for it may record the first evening as well."""
PAGES = ("who", "contact", "papers", "origin")
"""The four short pages of registering, in their order; the first one makes the case."""


@bp.route("/register", methods=["GET", "POST"])
@requires(Permission.CASE_REGISTER)
def register() -> ResponseReturnValue:
    """Search first: who is registered already is found before a second record is made."""
    by = current()
    form = SearchForm()
    found = None
    if form.is_submitted() and form.validate():
        found = find(by, form.text.data)
        seen("search", [case.id for case in found])
        if not found:
            return redirect(_begin(form.text.data, flash_words=True), 303)
    classes = classes_of_many(by, [case.id for case in found or []])
    page = render_template(
        "cases/register_search.html",
        form=form,
        found=found,
        names=names_on_list(by, found or [], classes),
        signs=signs_of(by, found or [], classes),
    )
    return page, 422 if form.errors else 200


@bp.post("/register/new")
@requires(Permission.CASE_REGISTER)
def register_new() -> ResponseReturnValue:
    """'This is a new person': the words searched for become the first answers, in a draft and never in an address."""
    form = SearchForm()
    return redirect(_begin(form.text.data if form.validate() else ""), 303)


def _begin(text: str, *, flash_words: bool = False) -> str:
    """The address of a fresh registration; the words searched for stand in its draft, if they can be a name."""
    draft_id = uuid7()
    location = url_for(PAGE, draft_id=draft_id)
    if text and not any(character.isdigit() for character in text):
        script = "khmer" if KHMER.search(text) else "latin"
        family, _, given = text.partition(" ")
        values = {f"{script}_family": [family], f"{script}_given": [given.strip()]}
        with transaction():
            drafts.save(draft_id, by=current(), endpoint=PAGE, location=location, values=values)
    if flash_words:
        flash(gettext("Nobody of your office's cases is found under these words."))
    return location
