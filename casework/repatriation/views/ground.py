"""Papers for the way, and the best-interest decision for a child."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.access.queries import names_of
from casework.cases.models import Case
from casework.cases.queries import get_approval, get_case
from casework.codes.queries import choices, label
from casework.documents.queries import documents_of
from casework.errors import NotVisible
from casework.repatriation import queries, service
from casework.repatriation.forms import AgainstForm, BestInterestForm, TravelPaperForm
from casework.repatriation.kinds import CHECK_RESULTS, PAPER_HOLDERS, PAPER_STATES
from casework.repatriation.models import BestInterest, ReturnPath, TravelPaper
from casework.repatriation.views.blueprint import form_page, load_path, show_form, tab_url
from casework.repatriation.views.plan import PATH
from casework.web.forms import Option, chosen_id, options
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer

PAPER = "/cases/<uuid:case_id>/return/papers/<uuid:paper_id>"
INTEREST = "/cases/<uuid:case_id>/return/best-interest/<uuid:interest_id>"


def _offer(form: TravelPaperForm, case_id: UUID) -> None:
    by = current()
    form.state.choices, form.holder.choices = options(PAPER_STATES), options(PAPER_HOLDERS)
    form.document_id.choices = [Option(str(row.id), title) for row, title in documents_of(by, case_id)]


def _data(form: TravelPaperForm) -> service.PaperData:
    return service.PaperData(
        state=form.state.data,
        asked_on=form.asked_on.data,
        issued_on=form.issued_on.data,
        valid_until=form.valid_until.data,
        holder=form.holder.data,
        document_id=chosen_id(form.document_id.data) if "document_id" in form else None,
        keep_document="document_id" not in form,
        **{name: form[name].data if name in form else None for name in ("number", "issued_by", "note")},
    )


@form_page(f"{PATH}/papers", Permission.RETURN_MANAGE)
def add_paper(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a paper for the way."""
    by = current()
    _, case = load_path(case_id, path_id)
    form = open_form(TravelPaperForm, draft_id)
    papers = choices("travel_document", language=by.language)
    form.kind.choices = [row for row in papers if row.code != "none"]
    _offer(form, case_id)

    def act() -> Answer:
        path, same_case = load_path(case_id, path_id)
        service.add_paper(path, same_case, form.kind.data, _data(form), by=by)
        return Answer(tab_url(case_id), gettext("The paper is recorded."))

    return show_form(form, draft_id, case, act, heading=gettext("A paper for the way"), verb=gettext("Record paper"))


def _load_paper(case_id: UUID, paper_id: UUID) -> tuple[TravelPaper, ReturnPath, Case]:
    case = get_case(current(), case_id)
    row, path = queries.get_paper(current(), paper_id)
    if row.case_id != case.id:
        raise NotVisible
    return row, path, case


@form_page(PAPER, Permission.RETURN_MANAGE)
def change_paper(case_id: UUID, paper_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Write what became of a paper."""
    by = current()
    row, path, case = _load_paper(case_id, paper_id)
    view = next(view for view in queries.papers_of(by, path) if view.row.id == row.id)
    form = open_form(TravelPaperForm, draft_id, data=_standing(view))
    del form.kind
    _offer(form, case_id)
    # What these eyes may not read is neither shown nor emptied.
    for name in ("number", "issued_by", "note"):
        if name not in view.words:
            delattr(form, name)
    if row.document_id and str(row.document_id) not in {one.value for one in form.document_id.choices}:
        del form.document_id

    def act() -> Answer:
        found = _load_paper(case_id, paper_id)
        service.change_paper(*found, _data(form), by=by, expected_version=form.seen_version)
        return Answer(tab_url(case_id), gettext("The paper is recorded."))

    def stands() -> dict[str, object]:
        now, path, _ = _load_paper(case_id, paper_id)
        return _standing(next(view for view in queries.papers_of(by, path) if view.row.id == now.id))

    words = {"heading": label("travel_document", row.kind, by.language), "verb": gettext("Record paper")}
    return show_form(form, draft_id, case, act, **words, current_values=stands)


def _standing(view: queries.PaperView) -> dict[str, object]:
    row = view.row
    columns = {name: getattr(row, name) for name in ("state", "asked_on", "issued_on", "valid_until", "holder")}
    return columns | view.words | {"document_id": str(row.document_id or ""), "version": str(row.version)}


@form_page(f"{PATH}/best-interest", Permission.RETURN_MANAGE)
def decide_interest(case_id: UUID, path_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Write a best-interest decision for a child."""
    by = current()
    _, case = load_path(case_id, path_id)
    form = open_form(BestInterestForm, draft_id)
    form.result.choices = options(CHECK_RESULTS)

    def act() -> Answer:
        path, same_case = load_path(case_id, path_id)
        data = service.InterestData(
            result=form.result.data,
            sat=form.sat.data,
            views=form.views.data,
            reasons=form.reasons.data,
            choices_looked_at=form.choices_looked_at.data,
            decided_on=form.decided_on.data,
        )
        service.decide_interest(path, same_case, data, by=by)
        return Answer(tab_url(case_id), gettext("The decision is written. A second person confirms it."))

    words = {"heading": gettext("Best-interest decision"), "verb": gettext("Record decision")}
    intro = gettext("For a child. It counts when a second person of your office has confirmed it.")
    return show_form(form, draft_id, case, act, **words, intro=intro)


def _load_interest(case_id: UUID, interest_id: UUID) -> tuple[BestInterest, ReturnPath, Case]:
    row, path, _ = queries.get_interest(current(), interest_id)
    _, case = load_path(case_id, path.id)
    return row, path, case


@form_page(f"{INTEREST}/confirm", Permission.CASE_APPROVE)
def confirm_interest(case_id: UUID, interest_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Confirm, as the second person, what is best for a child."""
    by = current()
    row, _, case = _load_interest(case_id, interest_id)
    approval, _ = get_approval(by, queries.get_interest(by, interest_id)[2].id)
    form = open_form(AgainstForm, draft_id, data={"version": str(approval.version)})

    def act() -> Answer:
        found = _load_interest(case_id, interest_id)
        waiting, _ = get_approval(by, queries.get_interest(by, interest_id)[2].id)
        service.confirm_interest(
            waiting,
            *found,
            by=by,
            decision=form.decision.data,
            reason=form.reason.data,
            expected_version=form.seen_version,
        )
        return Answer(tab_url(case_id), gettext("The decision is recorded."))

    words = {"heading": gettext("Confirm a best-interest decision"), "verb": gettext("Record decision")}
    return show_form(
        form, draft_id, case, act, **words, template="repatriation/confirm_interest.html", approval=approval,
        interest=row, told=queries.interest_words(by, [row]).get(row.id, {}),
        asker=names_of([approval.asked_by]).get(approval.asked_by, ""),
    )  # fmt: skip
