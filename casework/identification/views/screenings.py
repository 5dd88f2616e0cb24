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
from casework.identification.forms.answers import AnswersBase, answers_form, parts_with
from casework.identification.forms.screenings import SettingForm
from casework.identification.kinds import MEANS_OF_A_CHILD, VULNERABLE
from casework.identification.models import Screening
from casework.identification.views.blueprint import bp, form_page
from casework.identification.views.tab import INTERVIEW
from casework.web.choices import Option
from casework.web.filters import day
from casework.writes.http import fresh, open_form, seen, submit
from casework.writes.orchestrator import Answer


@form_page("/cases/<uuid:case_id>/screenings/new", Permission.IDENTIFICATION_SCREEN, begin="new_screening")
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
    told = queries.told_in(row)
    seen("screening", [case_id], answers=len(answers))
    return render_template(
        "identification/screening.html",
        bar=case_bar(by, case),
        row=row,
        items=items,
        taken={(answer.list, answer.code) for answer in answers if answer.earlier_id},
        words=queries.words_of(row),
        told=[
            (question, queries.answer_words(question, told[question.code], by.language))
            for block in queries.blocks(by.language)
            for question in block.questions
            if question.code in told
        ],
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
    blocks = queries.blocks(by.language)
    form = open_form(answers_form(blocks, _said_before(by, row)), draft_id, data=_as_typed(row, blocks))
    earlier = _offer(form, by, case, row, blocks)

    def act() -> Answer:
        found = queries.get_screening(by, case_id, screening_id)
        _save(found, get_case(by, case_id), form, by)
        return _next(found, by)

    def page(form: AnswersBase) -> str:
        seen("screening", [case_id], form="answers")
        items, child = queries.evidence_of(by, case), queries.counts_as_child(by, case)
        parts = parts_with(blocks, [block.code for block in blocks if block.opens(items, child=child)])
        return render_template(
            "identification/answers.html",
            form=form,
            bar=case_bar(by, case),
            row=row,
            parts=parts,
            parts_noted=[sum(_noted(form[name].data) for name in part.fields) for part in parts],
            earlier=earlier,
            suggestion=queries.suggestion_for(by, case, items),
            forced_crime=queries.forced_crime(items),
        )

    return submit(form, key=draft_id, act=act, page=page, current=lambda: _as_typed(row, blocks), case_id=case_id)


def _writes_in(row: Screening, by: Actor) -> bool:
    ours = row.author_org_id == by.organisation_id and can(by, Permission.IDENTIFICATION_SCREEN)
    return ours and row.state != "finished"


def _save(row: Screening, case: Case, form: AnswersBase, by: Actor) -> None:
    service.note_answers(
        row,
        case,
        by=by,
        expected_version=form.seen_version or 0,
        answers=form.answers(),
        earlier=form.earlier.data or [],
        told=form.told(),
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


def _noted(value: Any) -> int:
    """How many answers a field holds."""
    return len(value) if isinstance(value, list) else int(value not in (None, ""))


def _as_typed(row: Screening, blocks: list[queries.Block]) -> dict[str, Any]:
    """The form's values as they stand on the record."""
    values: dict[str, Any] = {"version": str(row.version), "testimony": queries.words_of(row).get("testimony", "")}
    values |= {f"told_{question}": answer for question, answer in queries.told_in(row).items()}
    where = {(block.list, code.code): f"signs_{block.code}" for block in blocks for code in block.signs}
    for noted in queries.answers_of([row.id]):
        if noted.earlier_id:
            values.setdefault("earlier", []).append(f"{noted.list}:{noted.code}")
        else:
            name = where.get((noted.list, noted.code)) or _field(noted.list, noted.code)
            values.setdefault(name, []).append(noted.code)
    return values


def _field(listed: str, code: str) -> str:
    """The field of a code outside the blocks: operational indicators stand in one for each dimension."""
    if listed == queries.ELSEWHERE:
        return "signs_other"
    dimension = queries.item(listed, code).dimension
    return f"{listed}_{dimension}" if dimension else listed


def _said_before(by: Actor, row: Screening) -> dict[str, str]:
    """Question -> what an earlier screening has on it, in words for a hint."""
    before = queries.told_before(by, row)
    questions = {question.code: question for question in choices("screening_question", language=by.language)}
    return {
        code: gettext(
            "Said before, %(day)s: %(answer)s",
            day=day(found.started_at.astimezone(PHNOM_PENH).date()),
            answer=queries.answer_words(questions[code], answer, by.language),
        )
        for code, (answer, found) in before.items()
        if code in questions
    }


def _offer(form: AnswersBase, by: Actor, case: Case, row: Screening, blocks: list[queries.Block]) -> bool:
    """Hand the code lists and the earlier answers in; True when something was answered before.

    What an earlier screening noted is offered once, among the earlier answers, unless it was noted here as well.
    """
    child, before = queries.counts_as_child(by, case), queries.earlier_answers(by, row)
    for name, listed in form.signs.items():
        form[name].choices = [
            code
            for code in _codes(name, listed, blocks)
            if (child or code.code != MEANS_OF_A_CHILD)
            and (f"{listed}:{code.code}" not in before or code.code in (form[name].data or []))
        ]
    for name, question in form.questions.items():
        if question.extra.get("list"):
            form[name].choices = choices(question.extra["list"], language=by.language)
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


def _codes(name: str, listed: str, blocks: list[queries.Block]) -> list[Code]:
    """The codes that are ticked in a field."""
    if name == "signs_other":
        return queries.other_signs(blocks)
    if name.startswith("signs_"):
        return next(list(block.signs) for block in blocks if name == f"signs_{block.code}")
    if listed == "vulnerability":
        return [code for code in choices(listed) if code.group in VULNERABLE]
    dimension = name.partition("indicator_")[2] if name.startswith("indicator_D") else ""
    return [code for code in choices(listed) if not dimension or code.extra.get("dimension") == dimension]
