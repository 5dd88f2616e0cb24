"""The page on which a person's erasure is asked for, approved by two, or held up."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.access.queries import names_of
from casework.cases.forms import ErasureForm, HoldForm
from casework.cases.queries import case_bar, get_case
from casework.cases.queries.rights import answer_by
from casework.cases.service import erasure as service
from casework.cases.views.blueprint import bp
from casework.codes.queries import choices
from casework.db import uuid7
from casework.web.forms import TapForm, options
from casework.writes.http import open_form, seen, submit, tap
from casework.writes.orchestrator import Answer


def _there(case_id: UUID) -> str:
    return url_for("cases.erasure", case_id=case_id)


def _page(case_id: UUID, ask: ErasureForm | None = None, hold: HoldForm | None = None) -> str:
    by = current()
    case = get_case(by, case_id)
    found = service.standing(case, by=by)
    people = [who for row in found.requests for who in (row.requested_by, row.first_by, row.second_by) if who]
    seen("erasure", [case_id])
    if ask is None:
        ask = ErasureForm(formdata=None)
        ask.reason.choices = choices("rights_request_type")
    if hold is None:
        hold = HoldForm(formdata=None)
        hold.reason.choices = options(service.HOLD_REASONS)
    return render_template(
        "cases/erasure.html",
        bar=case_bar(by, case),
        found=found,
        names=names_of(people),
        ask=ask,
        hold=hold,
        ask_url=url_for("cases.ask_erasure", case_id=case_id, draft_id=uuid7()),
        hold_url=url_for("cases.place_hold", case_id=case_id, draft_id=uuid7()),
        reasons=service.HOLD_REASONS,
        answer_by=answer_by,
    )


@bp.get("/cases/<uuid:case_id>/erasure")
@requires(Permission.ERASURE_REQUEST)
def erasure(case_id: UUID) -> ResponseReturnValue:
    """What stands about erasing this person; only for the office that owns the case."""
    return _page(case_id)


@bp.route("/cases/<uuid:case_id>/erasure/ask/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.ERASURE_REQUEST)
def ask_erasure(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Ask that everything that tells who the person is be destroyed."""
    by = current()
    get_case(by, case_id)
    form = open_form(ErasureForm, draft_id)
    form.reason.choices = choices("rights_request_type")

    def act() -> Answer:
        service.ask_erasure(get_case(by, case_id), reason=form.reason.data, by=by)
        return Answer(_there(case_id), gettext("Two other people must approve it now."))

    return submit(form, key=draft_id, act=act, page=lambda form: _page(case_id, ask=form), case_id=case_id)


@bp.post("/cases/<uuid:case_id>/erasure/<uuid:request_id>/<any(approve, refuse):answer>")
@requires(Permission.ERASURE_APPROVE)
def answer_erasure(case_id: UUID, request_id: UUID, answer: str) -> ResponseReturnValue:
    """Approve or refuse a request."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        service.answer_erasure(
            get_case(by, case_id), request_id, approve=answer == "approve", by=by, expected_version=version
        )
        return Answer(_there(case_id))

    return tap(form, record_id=request_id, version=version, action=answer, act=act)


@bp.route("/cases/<uuid:case_id>/hold/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.ERASURE_APPROVE)
def place_hold(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Let nothing of this person be erased until the hold is lifted."""
    by = current()
    get_case(by, case_id)
    form = open_form(HoldForm, draft_id)
    form.reason.choices = options(service.HOLD_REASONS)

    def act() -> Answer:
        service.place_hold(get_case(by, case_id), reason=form.reason.data, by=by)
        return Answer(_there(case_id), gettext("Nothing of this person is erased until the hold is lifted."))

    return submit(form, key=draft_id, act=act, page=lambda form: _page(case_id, hold=form), case_id=case_id)


@bp.post("/cases/<uuid:case_id>/hold/<uuid:hold_id>/lift")
@requires(Permission.ERASURE_APPROVE)
def lift_hold(case_id: UUID, hold_id: UUID) -> ResponseReturnValue:
    """End a legal hold."""
    by = current()

    def act() -> Answer:
        service.lift_hold(get_case(by, case_id), hold_id, by=by)
        return Answer(_there(case_id), gettext("The hold is lifted."))

    return tap(TapForm(), record_id=hold_id, version=0, action="lift", act=act)
