"""Pages of the assessment, of the plan to stay safe, and of promises."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.queries import case_bar, get_case
from casework.codes.queries import choices
from casework.reintegration import queries, service
from casework.reintegration.forms import PromiseForm, SafetyForm, SettleForm, assessed
from casework.reintegration.kinds import LEVEL_WORDS, NEED_LEVEL_WORDS, NEED_WORDS, PROTECTION
from casework.reintegration.views.blueprint import bp, form_page, page_url, people_of, show_form
from casework.web.forms import chosen_id
from casework.writes.http import open_form, seen
from casework.writes.orchestrator import Answer

ASSESSMENT_WORDS = {
    "need_words": NEED_WORDS,
    "need_level_words": NEED_LEVEL_WORDS,
    "level_words": LEVEL_WORDS,
    "protection": PROTECTION,
}


@form_page("/cases/<uuid:case_id>/assessment/new", Permission.PLAN_WRITE)
def assess(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Look at the whole situation with the person; what stood last time is there already."""
    by = current()
    case = get_case(by, case_id)
    before = queries.assessments(by, case)
    last = queries.assessment_row(before[0]) if before else None
    risks = {level: choices("vulnerability", group=level, language=by.language) for level in LEVEL_WORDS}
    form = open_form(assessed(risks), draft_id, data=_beginning(last))

    def act() -> Answer:
        row = service.assess(
            get_case(by, case_id),
            by=by,
            needs=form.chosen("need_"),
            risks=form.factors("risk_"),
            protections=form.factors("protection_"),
            wishes=form.wishes.data,
            strengths=form.strengths.data,
            worries=form.worries.data,
        )
        address = url_for("reintegration.assessment", case_id=case_id, assessment_id=row.id)
        return Answer(address, gettext("The assessment is recorded."))

    words = {"heading": gettext("Assessment"), "verb": gettext("Record assessment")}
    return show_form(
        form, draft_id, case, act, **words, template="reintegration/assess.html",
        last=last, need_words=NEED_WORDS, level_words=LEVEL_WORDS,
    )  # fmt: skip


def _beginning(last: queries.AssessmentRow | None) -> dict[str, object]:
    """What was answered last time: the worker only changes what changed."""
    if last is None:
        return {f"need_{need}": "none" for need in NEED_WORDS}
    filled: dict[str, object] = {f"need_{need}": last.needs.get(need, "none") for need in NEED_WORDS}
    for level, protecting in PROTECTION.items():
        # A risk of another level is no answer of this question; the form drops what it does not offer.
        of_level = {code.code for code in choices("vulnerability", group=level)}
        filled[f"risk_{level}"] = [one for one in last.risks if one in of_level]
        filled[f"protection_{level}"] = [one for one in last.protections if one in protecting]
    return {**filled, **last.words}


@bp.get("/cases/<uuid:case_id>/assessment/<uuid:assessment_id>")
@requires(Permission.CASE_SEE)
def assessment(case_id: UUID, assessment_id: UUID) -> ResponseReturnValue:
    """An assessment to read, by level: what endangers beside what protects."""
    by = current()
    case = get_case(by, case_id)
    row = queries.assessment_row(queries.get_assessment(by, case_id, assessment_id))
    seen("reintegration", [case_id], part="assessment")
    groups = {
        level: {code.code for code in choices("vulnerability", group=level, language=by.language)}
        for level in LEVEL_WORDS
    }
    others = [one for one in queries.assessments(by, case) if one.id != assessment_id]
    return render_template(
        "reintegration/assessment.html", bar=case_bar(by, case), row=row, groups=groups, others=others,
        **ASSESSMENT_WORDS,
    )  # fmt: skip


@form_page("/cases/<uuid:case_id>/safety-plan", Permission.PLAN_WRITE)
def agree_safety(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Agree with the person what to do in danger."""
    by = current()
    case = get_case(by, case_id)
    standing = queries.safety_now(by, case)
    form = open_form(SafetyForm, draft_id, data=standing[1] if standing else {})

    def act() -> Answer:
        names = ("signs", "steps", "places", "people", "review_on")
        service.agree_safety(get_case(by, case_id), by=by, **{name: form[name].data for name in names})
        return Answer(page_url(case_id), gettext("The safety plan is recorded."))

    words = {"heading": gettext("Safety plan"), "verb": gettext("Record safety plan")}
    intro = gettext(
        "Make it with the person, in words they can keep in their head. Don't hand out paper that others find."
    )
    return show_form(form, draft_id, case, act, **words, intro=intro)


@form_page("/cases/<uuid:case_id>/promises/new", Permission.FOLLOWUP_RECORD)
def add_promise(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a promise to the person."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(PromiseForm, draft_id, data={"owner_user_id": str(by.user_id)})
    form.owner_user_id.choices = people_of(by)

    def act() -> Answer:
        service.promise(
            get_case(by, case_id),
            by=by,
            what=form.what.data,
            by_whom=form.by_whom.data,
            owner_user_id=chosen_id(form.owner_user_id.data),
            due_on=form.due_on.data,
        )
        return Answer(page_url(case_id), gettext("The promise is recorded."))

    words = {"heading": gettext("A promise to the person"), "verb": gettext("Record promise")}
    return show_form(form, draft_id, case, act, **words)


@form_page("/cases/<uuid:case_id>/promises/<uuid:promise_id>/settle", Permission.FOLLOWUP_RECORD)
def settle_promise(case_id: UUID, promise_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Say what became of a promise."""
    by = current()
    case = get_case(by, case_id)
    row = queries.get_promise(by, case_id, promise_id)
    form = open_form(SettleForm, draft_id, data={"version": str(row.version)})

    def act() -> Answer:
        service.settle_promise(
            queries.get_promise(by, case_id, promise_id),
            get_case(by, case_id),
            by=by,
            state=form.state.data,
            why=form.why.data,
            told=form.told.data,
            expected_version=form.seen_version,
        )
        return Answer(page_url(case_id), gettext("What became of the promise is recorded."))

    words = {"heading": gettext("What became of the promise"), "verb": gettext("Record")}
    shown = [one for one in queries.promises(by, case) if one.promise.id == promise_id]
    return show_form(form, draft_id, case, act, **words, intro=shown[0].what)
