"""The page of reintegration of a case: what must not be done, stage, plan, visits, closure."""

from __future__ import annotations

from uuid import UUID

from babel import Locale
from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.cases.models import Case
from casework.cases.queries import case_bar, classes_of, get_case
from casework.codes.queries import label
from casework.documents.queries import documents_of
from casework.people.kinds import STOP_REASONS
from casework.people.queries import ContactRule, contacts_of, rules_of
from casework.reintegration import queries
from casework.reintegration.kinds import (
    BROKEN_REASONS,
    FOUND_REASONS,
    KIN_WORDS,
    NEED_LEVEL_WORDS,
    NEED_WORDS,
    PAPER_WORDS,
    PROMISE_WORDS,
    STANDING_WORDS,
    THREAT_WORDS,
)
from casework.reintegration.views.blueprint import bp
from casework.reintegration.workflow import (
    CANCEL_WORDS,
    CLOSURE_WORDS,
    GOAL_WORDS,
    LOST,
    PLAN_WORDS,
    VIEW_WORDS,
    VISIT_WORDS,
    closure_rule,
    needs_safety_plan,
    papers_of,
)
from casework.web.filters import number
from casework.writes.http import seen

WORDS = {
    "plan_words": PLAN_WORDS,
    "goal_words": GOAL_WORDS,
    "visit_words": VISIT_WORDS,
    "cancel_words": CANCEL_WORDS,
    "closure_words": CLOSURE_WORDS,
    "view_words": VIEW_WORDS,
    "need_words": NEED_WORDS,
    "need_level_words": NEED_LEVEL_WORDS,
    "promise_words": PROMISE_WORDS,
    "broken_reasons": BROKEN_REASONS,
    "standing_words": STANDING_WORDS,
    "threat_words": THREAT_WORDS,
    "kin_words": KIN_WORDS,
    "found_reasons": FOUND_REASONS,
}


@bp.get("/cases/<uuid:case_id>/reintegration")
@requires(Permission.CASE_SEE)
def page(case_id: UUID) -> ResponseReturnValue:
    """Everything of reintegration that the actor may see."""
    by = current()
    case = get_case(by, case_id)
    classes = classes_of(by, case_id)
    plans = queries.plans(by, case)
    rows = queries.visits(by, case)
    assessments = queries.assessments(by, case)
    stages = queries.stages(by, case)
    seen("reintegration", [case_id], count=len(rows))
    return render_template(
        "reintegration/page.html",
        bar=case_bar(by, case),
        case=case,
        fact=queries.stopping_fact(case) if "demographic" in classes else None,
        stages=stages,
        papers=_papers(stages[0].stage) if stages else [],
        ticked=queries.stage_papers(by, case),
        readable={row.id for row, _ in documents_of(by, case_id)},
        assessment=queries.assessment_row(assessments[0]) if assessments else None,
        safety=queries.safety_now(by, case),
        safety_needed=needs_safety_plan(case.risk_level) and classes.opens("needs_risk", case.risk_org_id, by),
        promises=queries.promises(by, case),
        inside=queries.inside([row.visit.id for row in rows if row.visit.state == "planned"]),
        place=queries.places_of(by, [case_id]).get(case_id),
        threats=queries.threats(by, case),
        tries=queries.tries(by, case, closure_rule(LOST)),
        report=queries.fact_report(by, case),
        retention=queries.retention_of(case),
        held=queries.held(case),
        plan=queries.plan_row(plans[0]) if plans else None,
        older=plans[1:],
        rows=rows,
        attempts=queries.attempts(by, case),
        closures=queries.closures(by, case),
        **WORDS,
    )


def _papers(stage: str) -> list[tuple[str, str]]:
    """Papers that a stage asks for, with their words."""
    return [(paper, PAPER_WORDS[paper]) for paper in papers_of(stage)]


def contact_rules(by: Actor, case: Case) -> list[list[tuple[str, str]]] | None:
    """The rule of each contact in words, never a number; None when the actor may not see rules (docs/domain.md 9)."""
    if "safe_contact" not in classes_of(by, case.id):
        return None
    return [_rule(rule, by.language) for rule in rules_of(contacts_of(case.person_id))]


def _rule(rule: ContactRule, language: str) -> list[tuple[str, str]]:
    contact = rule.contact
    if contact.do_not_contact:
        why = STOP_REASONS.get(contact.do_not_contact_reason or "", "")
        return [(label("contact_channel", contact.channel, language), gettext("Do not use")), ("", gettext(why))]
    yes, no = gettext("yes"), gettext("no")
    lines = [
        (gettext("How"), label("contact_channel", contact.channel, language)),
        (gettext("Whose phone"), label("phone_owner", contact.phone_owner, language)),
        (gettext("Safe times"), _times(rule, language)),
        (gettext("Name to use"), rule.name_to_use),
        (gettext("Code word"), rule.code_word),
        (gettext("Must not learn of it"), rule.unsafe_persons),
        (gettext("May be there"), rule.who_may_accompany),
        (gettext("Message, text"), f"{yes if contact.may_leave_message else no}, {yes if contact.may_text else no}"),
        (gettext("Note"), rule.note),
    ]
    return [(words, value) for words, value in lines if value]


def _times(rule: ContactRule, language: str) -> str:
    contact = rule.contact
    if contact.safe_days is None and contact.safe_from is None:
        return str(gettext("not asked"))
    names = Locale(language).days["format"]["abbreviated"]
    days = [str(names[day]) for day in range(7) if contact.safe_days is None or contact.safe_days >> day & 1]
    words = ", ".join(days)
    if contact.safe_from is None or contact.safe_to is None:
        return words
    hours = "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (contact.safe_from, contact.safe_to))
    return f"{words} {number(hours)}"
