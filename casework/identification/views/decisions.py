"""The page on which a person decides, and the page on risk."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from casework.access.guards import current
from casework.access.permissions import Actor, Permission, can
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.codes.queries import choices
from casework.consent.queries import answer_about
from casework.documents import service as documents
from casework.documents.forms import spool_upload
from casework.errors import NotAllowed, n_
from casework.identification import queries, service
from casework.identification.forms.decisions import DecisionForm, RiskForm
from casework.identification.kinds import FORMAL_OUTCOMES, NOT_DECIDED, TRACKS
from casework.identification.views.blueprint import form_page
from casework.identification.views.tab import FORMAL
from casework.web.choices import Option
from casework.web.filters import day, number
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer

DECISIONS = "identification"
"""Data class of decisions and their papers."""
TRACK_WORDS = {"presumed": n_("Presumption (any competent office)"), "formal": n_("Formal (an authority)")}


def _to_decide(by: Actor, case_id: UUID) -> Case:
    """The case, for those who may decide on it."""
    case = get_case(by, case_id)
    if not service.may_decide(by):
        raise NotAllowed(n_("Your role does not allow this."))
    return case


@form_page(
    "/cases/<uuid:case_id>/identification/decisions/new", Permission.CASE_SEE, begin="new_decision", load=_to_decide
)
def decide(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """A person decides, with a reason, beside what the evidence suggests."""
    by = current()
    case = _to_decide(by, case_id)
    form = open_form(DecisionForm, draft_id, data={"country": "KHM"})
    _offer(form, by, case_id)
    person_id = case.person_id
    ready: list[documents.Spooled] = []

    def prepare() -> None:
        if "paper" in form and form.paper.data is not None:
            ready.append(spool_upload(form.paper.data, root_id=person_id))

    def act() -> Answer:
        found = get_case(by, case_id)
        paper = _kept(found, ready[0], by) if ready else None
        service.decide(found, form.verdict(paper), by=by, station_done=bool(form.done.data))
        return Answer(url_for(".tab", case_id=case_id), gettext("The decision is recorded."))

    def page(form: DecisionForm) -> str:
        seen("form", [case_id], form="decision")
        return render_template(
            "identification/decision.html",
            form=form,
            bar=case_bar(by, case),
            suggestion=queries.suggestion_for(by, case),
            asked=answer_about(case_id, FORMAL, org_id=by.organisation_id),
            forced_crime=queries.forced_crime(queries.evidence_of(by, case)),
        )

    return submit(form, key=draft_id, act=act, page=page, prepare=prepare, case_id=case_id)


def _kept(case: Case, spooled: documents.Spooled, by: Actor) -> UUID:
    """The decision on paper as a document of the case, of the class of decisions."""
    title = gettext("Decision on identification")
    return documents.add_document(case, spooled, by=by, title=title, kind="other", data_class=DECISIONS).id


def _offer(form: DecisionForm, by: Actor, case_id: UUID) -> None:
    """Hand the code lists in; outcomes of an authority only to those who may record them."""
    if not can(by, Permission.DOCUMENT_ADD):
        del form.paper
    formal = can(by, Permission.IDENTIFICATION_DECIDE_FORMAL)
    form.status.choices = [
        Option(code.code, code.label, group=gettext(TRACK_WORDS[code.group]))
        for code in choices("trafficking_status", language=by.language)
        if code.group in TRACKS and code.code not in NOT_DECIDED and (formal or code.code not in FORMAL_OUTCOMES)
    ]
    form.authority.choices = choices("identification_authority")
    form.country.choices = choices("country")
    form.official_form.choices = choices("identification_form")
    form.form_tag.choices = choices("trafficking_form")
    form.screening_id.choices = [
        Option(str(row.id), gettext("Screening of %(day)s", day=day(row.occurred_from)))
        for row in queries.screenings_of(by, case_id)
    ]


def _look_again(days: int) -> str:
    return number(ngettext("look again after %(num)s day", "look again after %(num)s days", days))


@form_page("/cases/<uuid:case_id>/risk/new", Permission.NOTE_WRITE, begin="new_risk")
def assess_risk(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """How safe the person is, and when to look again."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(RiskForm, draft_id)
    form.level.choices = [
        Option(code.code, code.label, _look_again(int(code.extra["review_days"])))
        for code in choices("risk_level", language=by.language)
        if code.extra.get("review_days")
    ]

    def act() -> Answer:
        level, note = form.level.data, form.safety_note.data or ""
        service.assess_risk(get_case(by, case_id), by=by, level=level, safety_note=note)
        return Answer(url_for(".tab", case_id=case_id), gettext("Recorded. The day to look again is on the list."))

    def page(form: RiskForm) -> str:
        seen("form", [case_id], form="risk")
        return render_template("identification/risk.html", form=form, bar=case_bar(by, case))

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)
