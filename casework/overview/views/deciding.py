"""Deciding on the board: what waits is read there, and answered without leaving."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import names_of
from casework.access.views.addresses import form_at
from casework.cases.models import Approval, Case
from casework.cases.queries import get_approval, get_case
from casework.cases.service.erasure import answer_erasure
from casework.errors import NotVisible
from casework.overview.views.blueprint import bp
from casework.overview.views.board import board_page
from casework.overview.views.ways import WAYS, Way
from casework.web.forms import BaseForm, TapForm
from casework.writes.http import open_form, seen, submit, tap
from casework.writes.orchestrator import Answer


def _found(by: Actor, approval_id: UUID) -> tuple[Approval, Case, Way]:
    approval, case = get_approval(by, approval_id)
    if approval.kind not in WAYS:
        raise NotVisible
    return approval, case, WAYS[approval.kind]


@form_at(bp, "/board/decisions/<uuid:approval_id>", Permission.BOARD_SEE, Permission.CASE_APPROVE, load=_found)
def decide(approval_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """The board with one decision unfolded: what is asked, in its words, and the answer."""
    by = current()
    approval, case, way = _found(by, approval_id)
    what = way.read(by, approval, case)
    form = open_form(way.form, draft_id, data={"version": str(what.get("version", approval.version))})

    def act() -> Answer:
        waiting, same_case, _ = _found(by, approval_id)
        way.act(
            waiting,
            same_case,
            by=by,
            decision=form.decision.data,
            reason=form.reason.data,
            expected_version=form.seen_version,
        )
        return Answer(url_for("overview.board"), gettext("The decision is recorded."))

    def page(form: BaseForm) -> str:
        seen("decision", [case.id], kind=approval.kind)
        asker = names_of([approval.asked_by]).get(approval.asked_by, "")
        opened = {"approval": approval, "code": case.code, "asker": asker, "template": way.template, **what}
        return board_page(by, form=form, opened=opened)

    return submit(form, key=draft_id, act=act, page=page, case_id=case.id)


@bp.post("/board/erasures/<uuid:case_id>/<uuid:request_id>/<any(approve, refuse):answer>")
@requires(Permission.BOARD_SEE, Permission.ERASURE_APPROVE)
def decide_erasure(case_id: UUID, request_id: UUID, answer: str) -> ResponseReturnValue:
    """One tap on the board: approve erasing a person's data, or refuse it."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        case = get_case(by, case_id)
        answer_erasure(case, request_id, approve=answer == "approve", by=by, expected_version=version)
        return Answer(url_for("overview.board"), gettext("The decision is recorded."))

    return tap(form, record_id=request_id, version=version, action=answer, act=act)
