"""Starting a screening, the questions with the evidence beside them, reading one that is finished."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission, can
from casework.access.queries import organisation_names
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.codes.queries import Code, choices, label
from casework.consent.queries import answer_about
from casework.db import PHNOM_PENH
from casework.identification import queries, service
from casework.identification.forms.screenings import PARTS, AnswersForm, SettingForm, list_of
from casework.identification.kinds import MEANS_OF_A_CHILD
from casework.identification.models import Screening
from casework.identification.views.blueprint import bp
from casework.identification.views.tab import INTERVIEW
from casework.web.choices import Option
from casework.web.filters import day
from casework.writes.http import fresh, open_form, seen, submit
from casework.writes.orchestrator import Answer


@bp.get("/cases/<uuid:case_id>/screenings/new")
@requires(Permission.IDENTIFICATION_SCREEN)
def new_screening(case_id: UUID) -> ResponseReturnValue:
    """To the page before the questions."""
    get_case(current(), case_id)
    return fresh("identification.start_screening", case_id=case_id)


@bp.route("/cases/<uuid:case_id>/screenings/new/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.IDENTIFICATION_SCREEN)
def start_screening(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Where, in which language, who is there; then the questions."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(SettingForm, draft_id)
    form.country.choices, form.language.choices = choices("country"), choices("language")
    form.province.choices = choices("province")

    def act() -> Answer:
        row = service.start_screening(get_case(by, case_id), form.setting(), by=by)
        return Answer(url_for(".screening", case_id=case_id, screening_id=row.id))

    def page(form: SettingForm) -> str:
        seen("form", [case_id], form="screening")
        asked = answer_about(case_id, INTERVIEW, org_id=by.organisation_id)
        return render_template("identification/start.html", form=form, bar=case_bar(by, case), interview=asked)

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


@bp.get("/cases/<uuid:case_id>/screenings/<uuid:screening_id>")
@requires(Permission.CASE_SEE)
def screening(case_id: UUID, screening_id: UUID) -> ResponseReturnValue:
    """To the questions while it is open and ours; else what was noted, to read."""
    by = current()
    case = get_case(by, case_id)
    row = queries.get_screening(by, case_id, screening_id)
    if _writes_in(row, by):
        return fresh("identification.answer", case_id=case_id, screening_id=screening_id)
    answers = queries.answers_of([row.id])
    items = [queries.item(answer.list, answer.code, answer.strength) for answer in answers]
    seen("screening", [case_id], answers=len(answers))
    return render_template(
        "identification/screening.html",
        bar=case_bar(by, case),
        row=row,
        items=items,
        taken={(answer.list, answer.code) for answer in answers if answer.earlier_id},
        words=queries.words_of(row),
        office=organisation_names([row.author_org_id]).get(row.author_org_id, ""),
        suggestion=queries.suggestion_for(by, case, items),
    )


@bp.route("/cases/<uuid:case_id>/screenings/<uuid:screening_id>/answers/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.IDENTIFICATION_SCREEN)
def answer(case_id: UUID, screening_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """The questions; each save goes on, stops for now, or finishes."""
    by = current()
    case = get_case(by, case_id)
    row = queries.get_screening(by, case_id, screening_id)
    form = open_form(AnswersForm, draft_id, data=_as_typed(row))
    earlier = _offer(form, by, case, row)

    def act() -> Answer:
        found = queries.get_screening(by, case_id, screening_id)
        _save(found, get_case(by, case_id), form, by)
        return _next(found, by)

    def page(form: AnswersForm) -> str:
        seen("screening", [case_id], form="answers")
        return render_template(
            "identification/answers.html",
            form=form,
            bar=case_bar(by, case),
            row=row,
            parts=PARTS,
            parts_noted=[sum(len(form[name].data or []) for name in part.fields) for part in PARTS],
            earlier=earlier,
            suggestion=queries.suggestion_for(by, case),
        )

    return submit(form, key=draft_id, act=act, page=page, current=lambda: _as_typed(row), case_id=case_id)


def _writes_in(row: Screening, by: Actor) -> bool:
    ours = row.author_org_id == by.organisation_id and can(by, Permission.IDENTIFICATION_SCREEN)
    return ours and row.state != "finished"


def _save(row: Screening, case: Case, form: AnswersForm, by: Actor) -> None:
    service.note_answers(
        row,
        case,
        by=by,
        expected_version=form.seen_version or 0,
        answers=form.answers(),
        earlier=form.earlier.data or [],
        testimony=form.testimony.data or "",
        then=form.then.data or "open",
    )


def _next(row: Screening, by: Actor) -> Answer:
    """Where to go after a save, and what may be offered whatever was found."""
    if row.state == "open":
        return Answer(url_for(".screening", case_id=row.case_id, screening_id=row.id), gettext("Saved."))
    if row.state == "paused":
        note = gettext("Saved. Let the person rest. Food, a bed, first aid and transport may be offered now.")
        return Answer(url_for(".tab", case_id=row.case_id), note)
    page = ".new_decision" if service.may_decide(by) else ".tab"
    return Answer(url_for(page, case_id=row.case_id), gettext("The screening is finished."))


def _as_typed(row: Screening) -> dict[str, Any]:
    """The form's values as they stand on the record."""
    values: dict[str, Any] = {"version": str(row.version), "testimony": queries.words_of(row).get("testimony", "")}
    for noted in queries.answers_of([row.id]):
        if noted.earlier_id:
            values.setdefault("earlier", []).append(f"{noted.list}:{noted.code}")
        else:
            dimension = queries.item(noted.list, noted.code).dimension
            values.setdefault(f"{noted.list}_{dimension}" if dimension else noted.list, []).append(noted.code)
    return values


def _offer(form: AnswersForm, by: Actor, case: Case, row: Screening) -> bool:
    """Hand the code lists and the earlier answers in; True when something was answered before."""
    child = queries.counts_as_child(by, case)
    for part in PARTS:
        for name in part.fields:
            form[name].choices = [_option(code) for code in _codes(name) if child or code.code != MEANS_OF_A_CHILD]
    before = queries.earlier_answers(by, row)
    offices = organisation_names({found.org_id for found in before.values()})
    form.earlier.choices = [
        Option(
            key,
            gettext(label(found.list, found.code)),
            gettext(
                "noted %(day)s by %(office)s",
                day=day(found.noted_at.astimezone(PHNOM_PENH).date()),
                office=offices.get(found.org_id, ""),
            ),
        )
        for key, found in before.items()
    ]
    return bool(before)


def _codes(field: str) -> list[Code]:
    dimension = field.partition("indicator_")[2] if field.startswith("indicator_D") else ""
    return [code for code in choices(list_of(field)) if not dimension or code.extra.get("dimension") == dimension]


def _option(code: Code) -> Any:
    """A code with the heading it stands under as its hint, where a list holds several kinds of signs."""
    return Option(code.code, code.label, code.group) if code.list == "supplementary_indicator" else code
