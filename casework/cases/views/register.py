"""Registering: search first, then who the person is; the case stands after the first page, the rest can wait."""

from __future__ import annotations

import re
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.forms import RegisterForm
from casework.cases.queries import classes_of_many, find, names_on_list
from casework.cases.queries.signs import signs_of
from casework.cases.service import open_case
from casework.cases.views.blueprint import bp
from casework.codes.queries import choices
from casework.db import uuid7
from casework.people.forms import SearchForm
from casework.people.service import register as register_person
from casework.writes import drafts
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer, transaction

KHMER = re.compile("[\u1780-\u17ff]")
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
    form, draft_id = SearchForm(), uuid7()
    location = url_for("cases.register_who", draft_id=draft_id)
    if form.validate():
        script = "khmer" if KHMER.search(form.text.data) else "latin"
        family, _, given = form.text.data.partition(" ")
        if not any(character.isdigit() for character in form.text.data):
            values = {f"{script}_family": [family], f"{script}_given": [given.strip()]}
            with transaction():
                drafts.save(draft_id, by=current(), endpoint="cases.register_who", location=location, values=values)
    return redirect(location, 303)


@bp.route("/register/new/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.CASE_REGISTER)
def register_who(draft_id: UUID) -> ResponseReturnValue:
    """First page: who the person is and how they came. Person and case are made together."""
    by = current()
    form = open_form(RegisterForm, draft_id)
    form.offer(choices)

    def act() -> Answer:
        person = register_person(form.person_data(), by=by)
        case = open_case(
            by=by,
            person_id=person.id,
            opened_on=form.opened_on.data,
            manner_of_return=form.manner_of_return.data,
            entry_point=form.entry_point.data,
            stations=form.stations(),
        )
        return Answer(url_for("cases.add_contact", case_id=case.id, step=1), gettext("Registered. The case is open."))

    return submit(
        form,
        key=draft_id,
        act=act,
        page=lambda form: render_template("cases/register_who.html", form=form, pages=PAGES, at="who"),
    )
