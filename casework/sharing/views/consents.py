"""The consent ledger of a case: read it, record a yes or a no, take an agreement back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import names_of, organisation
from casework.cases.models import Case
from casework.cases.queries import case_bar, classes_of, get_case
from casework.codes.queries import choices
from casework.consent import queries
from casework.consent.forms import AnswerForm, WithdrawForm
from casework.consent.models import ConsentEntry
from casework.consent.workflow import FORMS, PEOPLE, TEXT_VERSION, TEXTS
from casework.db import end_of_day
from casework.errors import n_
from casework.sharing import service
from casework.sharing.views.blueprint import bp, form_page, of_codes, other_offices, read_id, shareable
from casework.web.forms import Option, often_first
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer

AROUND = "family"
"""Class of the names of those who answered for the person or sat by: guardian, witness, interpreter."""


@bp.get("/cases/<uuid:case_id>/consent")
@requires(Permission.CASE_SEE)
def consent(case_id: UUID) -> ResponseReturnValue:
    """What the person agreed to, in words, and every answer ever given."""
    by = current()
    case = get_case(by, case_id)
    owner = case.owner_org_id == by.organisation_id
    rows = queries.ledger(case_id, org_id=by.organisation_id, owner=owner)
    opened = classes_of(by, case_id)
    people = queries.people_of(row.id for row in rows if opened.opens(AROUND, row.author_org_id, by))
    seen("consent", [case_id], count=len(rows), people=len(people), **({"class": AROUND} if people else {}))
    authors = names_of({row.author_user_id for row in rows if row.author_org_id == by.organisation_id})
    return render_template(
        "consent/ledger.html",
        bar=case_bar(by, case),
        rows=rows,
        authors=authors,
        people=people,
        people_words=PEOPLE,
        openings=queries.openings(case_id, by.organisation_id),
    )


@form_page("/cases/<uuid:case_id>/consent/new", Permission.CONSENT_RECORD, keep=("to", "purpose"))
def record_answer(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record what the person says to one purpose and one recipient."""
    by = current()
    case = get_case(by, case_id)
    asked = {"purpose": request.args.get("purpose", ""), "recipient": request.args.get("to", "")}
    form = open_form(AnswerForm, draft_id, data={"giver": "self"} | asked)
    form.purpose.choices = often_first(choices("consent_purpose"))
    form.recipient.choices = _recipients(by)
    form.classes.choices = shareable()
    form.method.choices = of_codes("consent_method", FORMS)
    form.language.choices = choices("language")

    def act() -> Answer:
        _record(get_case(by, case_id), by, form)
        return Answer(url_for("sharing.consent", case_id=case_id), gettext("The answer is recorded."))

    def page(form: AnswerForm) -> str:
        seen("form", [case_id], form="consent")
        return render_template(
            "consent/answer.html", form=form, bar=case_bar(by, case), told=TEXTS[TEXT_VERSION], version=TEXT_VERSION
        )

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


@form_page("/cases/<uuid:case_id>/consent/<uuid:entry_id>/withdraw", Permission.CONSENT_RECORD)
def withdraw(case_id: UUID, entry_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Say what will happen, then record that the person takes an agreement back."""
    by = current()
    case = get_case(by, case_id)
    entry = _entry(by, case, entry_id)
    form = open_form(WithdrawForm, draft_id)
    form.method.choices = of_codes("consent_method", FORMS)

    def act() -> Answer:
        now = get_case(by, case_id)
        end = service.withdraw_every if form.every.data else service.withdraw
        end(_entry(by, now, entry_id), now, by=by, form=form.method.data, note=form.note.data)
        return Answer(url_for("sharing.consent", case_id=case_id), gettext("The agreement is taken back."))

    def page(form: WithdrawForm) -> str:
        seen("form", [case_id], form="withdrawal")
        to = organisation(entry.recipient_org_id).name if entry.recipient_org_id else ""
        owner = case.owner_org_id == by.organisation_id
        others = queries.others_open(entry, org_id=by.organisation_id, owner=owner)
        return render_template("consent/withdraw.html", form=form, bar=case_bar(by, case), to=to, others=others)

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


def _entry(by: Actor, case: Case, entry_id: UUID) -> ConsentEntry:
    owner = case.owner_org_id == by.organisation_id
    return queries.get_entry(entry_id, case.id, org_id=by.organisation_id, owner=owner)


def _recipients(by: Actor) -> list[Option]:
    """The own office, then the others with a row: only these can be opened a case; then kinds of parties, in words."""
    own = [Option(f"org:{by.organisation_id}", n_("Our own office: it keeps and uses the record"))]
    offices = [Option(f"org:{option.value}", option.label) for option in other_offices(by)]
    kinds = [
        Option(f"kind:{choice.code}", choice.label)
        for choice in choices("consent_recipient", language=by.language)
        if choice.group != "own"
    ]
    return own + offices + kinds


def _record(case: Case, by: Actor, form: AnswerForm) -> None:
    kind, _, value = (form.recipient.data or "").partition(":")
    asked: dict[str, Any] = {
        "recipient_org_id": read_id(value, field="recipient") if kind == "org" else None,
        "recipient_kind": value if kind == "kind" else None,
        "recipient_name": form.recipient_name.data or None,
        "form": form.method.data,
        "giver": form.giver.data,
        "assented": form.assented.data or None,
        "language": form.language.data,
        "text_version": form.text_version.data,
        "people": {name: form[name].data for name in PEOPLE if form[name].data},
        "note": form.note.data or None,
    }
    if form.answer.data == "refused":
        service.record_refused(case, by=by, purpose=form.purpose.data, classes=form.classes.data or (), **asked)
        return
    ends_at = end_of_day(form.ends_on.data) if form.ends_on.data else None
    service.record_given(
        case, by=by, purpose=form.purpose.data, classes=form.classes.data or (), ends_at=ends_at, **asked
    )
