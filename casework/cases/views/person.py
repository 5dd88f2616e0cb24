"""The person of a case: identity, safe contact, papers, nationality, people around; each with its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.cases.models import Case
from casework.cases.queries import case_bar, classes_of, get_case
from casework.cases.queries.relatives import mates_of, others_of, relations_for
from casework.cases.service import person as service
from casework.cases.views.blueprint import bp, form_page
from casework.cases.views.register import PAGES
from casework.cases.views.standing import shown
from casework.codes.queries import choices
from casework.errors import NotVisible, StaleRecord
from casework.people import kinds
from casework.people.forms import (
    ContactForm,
    IdentityForm,
    NationalityForm,
    OriginForm,
    PaperForm,
    RelationForm,
)
from casework.people.queries import (
    claims_of,
    contacts_of,
    document_numbers,
    documents_of,
    get_person,
    guardians_of,
    identity_of,
    rules_of,
)
from casework.web.forms import BaseForm
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer

NEXT = {"contact": "papers", "papers": "origin"}
"""What follows on a page of registering."""
STEP = ("step",)
"""Travels along while registering: `step=1` says that another page follows."""


@bp.get("/cases/<uuid:case_id>/person")
@requires(Permission.CASE_SEE)
def person(case_id: UUID) -> ResponseReturnValue:
    """Who the person is and how to reach them safely: each part only with its class open."""
    by = current()
    case = get_case(by, case_id)
    opened = classes_of(by, case_id)
    row = get_person(case.person_id)
    papers = documents_of(row.id) if "identity" in opened else []
    relations = relations_for(by, opened, row.id)
    seen("person", [case_id], classes=",".join(sorted(opened.all)))
    return render_template(
        "cases/person.html",
        bar=case_bar(by, case, opened),
        person=row,
        identity=identity_of(row) if "identity" in opened else None,
        rules=rules_of(contacts_of(row.id)) if "safe_contact" in opened else [],
        papers=papers,
        numbers=document_numbers(papers),
        claims=claims_of([row.id]).get(row.id, []) if "demographic" in opened else [],
        relations=relations,
        others=others_of(by, relations),
        guardians=guardians_of(row, relations),
        mates=mates_of(by, case) if "family" in opened else {},
        kinds=kinds,
        opened=opened,
    )


def _registering() -> bool:
    return request.args.get("step") == "1"


def _page(form: BaseForm, case_id: UUID, *, heading: str, verb: str, at: str) -> str:
    """A form about the person; while registering, with the pages that come before and after."""
    by = current()
    bar = case_bar(by, get_case(by, case_id))
    pages = PAGES if at and _registering() else ()
    return render_template("cases/person_form.html", form=form, bar=bar, heading=heading, verb=verb, pages=pages, at=at)


def _add(
    case_id: UUID,
    draft_id: UUID,
    form_class: type[Any],
    data_class: str,
    heading: str,
    verb: str,
    act: Callable[[Case, Any, Actor], object],
    step: str = "",
) -> ResponseReturnValue:
    """One form about the person: shown when its class is open, recorded by `act(case, form, by)`."""
    by = current()
    get_case(by, case_id)
    if data_class not in classes_of(by, case_id):
        raise NotVisible
    form = open_form(form_class, draft_id)
    form.offer(choices)
    registering = _registering() and step

    def once() -> Answer:
        act(get_case(by, case_id), form, by)
        after = NEXT.get(step) if registering else None
        if registering:
            there = url_for(f"cases.add_{after}", case_id=case_id, step=1) if after else ""
            return Answer(there or url_for("overview.case_page", case_id=case_id), gettext("Recorded."))
        return Answer(url_for("cases.person", case_id=case_id), gettext("Recorded."))

    def page(form: Any) -> str:
        seen("form", [case_id], form=step or data_class)
        return _page(form, case_id, heading=heading, verb=verb, at=step)

    return submit(form, key=draft_id, act=once, page=page, case_id=case_id)


@form_page("/cases/<uuid:case_id>/contacts/new", Permission.CASE_SEE, begin="add_contact", keep=STEP)
def record_contact(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """How the person may be reached safely."""
    return _add(
        case_id,
        draft_id,
        ContactForm,
        "safe_contact",
        gettext("How to reach the person safely"),
        gettext("Record contact"),
        lambda case, form, by: service.add_contact(case, form.contact_data(), by=by),
        "contact",
    )


@form_page("/cases/<uuid:case_id>/papers/new", Permission.CASE_SEE, begin="add_papers", keep=STEP)
def record_paper(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """A document the person holds, or that was taken or lost."""
    return _add(
        case_id,
        draft_id,
        PaperForm,
        "identity",
        gettext("A document of the person"),
        gettext("Record document"),
        lambda case, form, by: service.add_paper(case, form.document_data(), by=by),
        "papers",
    )


@form_page("/cases/<uuid:case_id>/nationality/new", Permission.CASE_SEE, begin="add_nationality", keep=STEP)
def record_nationality(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """What is said or decided about one nationality."""
    return _add(
        case_id,
        draft_id,
        NationalityForm,
        "demographic",
        gettext("Nationality"),
        gettext("Record nationality"),
        lambda case, form, by: service.claim_nationality(case, form.claim_data(), by=by),
    )


@form_page("/cases/<uuid:case_id>/relations/new", Permission.CASE_SEE, begin="add_relation", keep=STEP)
def record_relation(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Somebody around the person."""
    return _add(
        case_id,
        draft_id,
        RelationForm,
        "family",
        gettext("Somebody around the person"),
        gettext("Record relation"),
        lambda case, form, by: service.relate(case, form.third_person_data(), form.relation_data(), by=by),
    )


def _correct(
    case_id: UUID, draft_id: UUID, form_class: type[Any], heading: str, step: str, *needed: str
) -> ResponseReturnValue:
    """Correct facts of the person: carries the version seen, answers an older one with both versions."""
    by = current()
    case = get_case(by, case_id)
    if not {"identity", *needed} <= classes_of(by, case_id).all:
        raise NotVisible
    standing = shown(get_person(case.person_id))
    form = open_form(form_class, draft_id, data=standing)
    form.offer(choices)

    def act() -> Answer:
        case = get_case(by, case_id)
        if form.seen_version is None:
            raise StaleRecord(shown(get_person(case.person_id)))
        service.correct_person(case, form.changes(), by=by, version=form.seen_version)
        if _registering():
            return Answer(url_for("overview.case_page", case_id=case_id), gettext("Registered."))
        return Answer(url_for("cases.person", case_id=case_id), gettext("Corrected."))

    def page(form: Any) -> str:
        seen("form", [case_id], form=step)
        return _page(form, case_id, heading=heading, verb=gettext("Save"), at=step)

    return submit(
        form,
        key=draft_id,
        act=act,
        page=page,
        case_id=case_id,
        current=lambda: shown(get_person(get_case(by, case_id).person_id)),
    )


@form_page("/cases/<uuid:case_id>/origin", Permission.CASE_EDIT, begin="add_origin", keep=STEP)
def record_origin(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """How to speak with the person, and where they come from."""
    return _correct(case_id, draft_id, OriginForm, gettext("Language and origin"), "origin", "demographic")


@form_page("/cases/<uuid:case_id>/identity", Permission.CASE_EDIT, begin="edit_identity", keep=STEP)
def correct_identity(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Correct names, sex or birth."""
    return _correct(case_id, draft_id, IdentityForm, gettext("Who the person is"), "who")
