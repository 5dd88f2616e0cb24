"""What the gates rest on: the person's decision, results, who receives, a supervisor's word on going against advice."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Actor, Permission
from casework.access.queries import names_of, organisation_names, organisations
from casework.cases.queries import get_approval
from casework.codes.queries import label
from casework.errors import NotVisible
from casework.referrals.queries import for_case
from casework.referrals.workflow import ACCEPTED
from casework.repatriation import queries, service
from casework.repatriation.forms import AgainstForm, CheckForm, DecisionForm, ReceiverForm
from casework.repatriation.kinds import ANSWERS, CHECK_KINDS, CHECK_RESULTS, CHECKED_HERE, EXPLAINED, INFORMED
from casework.repatriation.views.blueprint import form_page, load_path, show_form, tab_url
from casework.repatriation.views.plan import PATH
from casework.web.forms import Option, chosen_id, options
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer


@form_page(f"{PATH}/decision", Permission.RETURN_MANAGE)
def decide(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record what the person decided."""
    by = current()
    path, case = load_path(case_id, path_id)
    form = open_form(DecisionForm, draft_id)
    form.answer.choices, form.informed.choices = options(ANSWERS), options(INFORMED)
    form.explained.choices = options(EXPLAINED)
    check = queries.newest_check(path, "safety")
    advised_no = check is not None and check.result == "no"
    if not advised_no:
        del form.against_advice

    def act() -> Answer:
        now, same_case = load_path(case_id, path_id)
        service.decide(
            now,
            same_case,
            by=by,
            answer=form.answer.data,
            informed=form.informed.data,
            decided_on=form.decided_on.data,
            words=form.words.data,
            explained=form.explained.data or (),
            explained_by=form.explained_by.data,
            against_advice="against_advice" in form and form.against_advice.data,
        )
        return Answer(tab_url(case_id), gettext("The decision is recorded."))

    words = {"heading": gettext("The person's decision"), "verb": gettext("Record decision")}
    intro = gettext("The assessment says that home is not safe. Tell the person so.") if advised_no else ""
    return show_form(form, draft_id, case, act, **words, intro=intro)


@form_page(f"{PATH}/check", Permission.RETURN_MANAGE)
def check(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a result: safe at home, fit to travel."""
    by = current()
    _, case = load_path(case_id, path_id)
    form = open_form(CheckForm, draft_id)
    form.kind.choices = options(CHECK_KINDS, CHECKED_HERE)
    form.result.choices = options(CHECK_RESULTS)

    def act() -> Answer:
        path, same_case = load_path(case_id, path_id)
        service.add_check(
            path,
            same_case,
            by=by,
            kind=form.kind.data,
            result=form.result.data,
            checked_on=form.checked_on.data,
            note=form.note.data,
        )
        return Answer(tab_url(case_id), gettext("The result is recorded."))

    return show_form(form, draft_id, case, act, heading=gettext("Record a result"), verb=gettext("Record result"))


@form_page(f"{PATH}/receiver", Permission.RETURN_MANAGE)
def receiver(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Name who receives the person."""
    by = current()
    _, case = load_path(case_id, path_id)
    form = open_form(ReceiverForm, draft_id, data={"accepted": True})
    form.receiver.choices = _receivers(by, case_id)

    def act() -> Answer:
        path, same_case = load_path(case_id, path_id)
        kind, _, chosen = form.receiver.data.partition(":")
        service.name_receiver(
            path,
            same_case,
            by=by,
            referral_id=chosen_id(chosen) if kind == "referral" else None,
            org_id=chosen_id(chosen) if kind == "office" else None,
            accepted=form.accepted.data,
            accepted_on=form.accepted_on.data,
            note=form.note.data,
        )
        return Answer(tab_url(case_id), gettext("Who receives the person is recorded."))

    words = {"heading": gettext("Who receives the person"), "verb": gettext("Record")}
    return show_form(form, draft_id, case, act, **words)


def _receivers(by: Actor, case_id: UUID) -> list[Option]:
    """Accepted referrals of the case, the own office, offices without accounts."""
    referrals = [row for row in for_case(by, case_id) if row.status in ACCEPTED]
    names = organisation_names(row.to_org_id for row in referrals if row.to_org_id)
    sent = [
        Option(
            f"referral:{row.id}",
            f"{names.get(row.to_org_id, row.letter_number) if row.to_org_id else row.letter_number}, "
            f"{label('service_type', row.service_type, by.language)}",
            group=gettext("Accepted referrals"),
        )
        for row in referrals
    ]
    own = Option(f"office:{by.organisation_id}", by.organisation_name, group=gettext("Your office"))
    group = gettext("Answered on paper")
    paper = [Option(f"office:{row.id}", row.name, group=group) for row in organisations(with_users=False)]
    return [*sent, own, *paper]


@form_page("/cases/<uuid:case_id>/return/decisions/<uuid:decision_id>/decide", Permission.CASE_APPROVE)
def decide_against(case_id: UUID, decision_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Decide, as a supervisor, on a return against the assessment."""
    by = current()
    decision, path = queries.get_decision(by, decision_id)
    _, case = load_path(case_id, path.id)
    approval, _ = get_approval(by, queries.approval_of(decision).id)
    form = open_form(AgainstForm, draft_id, data={"version": str(approval.version)})

    def act() -> Answer:
        waiting, same_case = get_approval(by, queries.approval_of(decision).id)
        if same_case.id != case_id:
            raise NotVisible
        service.decide_against_advice(
            waiting,
            same_case,
            by=by,
            decision=form.decision.data,
            reason=form.reason.data,
            expected_version=form.seen_version,
        )
        return Answer(tab_url(case_id), gettext("The decision is recorded."))

    words = {"heading": gettext("Decide on a return against the assessment"), "verb": gettext("Record decision")}
    return show_form(
        form, draft_id, case, act, **words, template="repatriation/decide.html", approval=approval,
        decision=decision, told=queries.decision_words(by, [decision]).get(decision.id, ""),
        asker=names_of([approval.asked_by]).get(approval.asked_by, ""),
    )  # fmt: skip
