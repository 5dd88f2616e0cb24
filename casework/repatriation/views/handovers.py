"""The hand-over: writing it, its page, signing it, its paper."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission, can
from casework.access.queries import organisations
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.codes.queries import choices
from casework.errors import NotVisible
from casework.repatriation import queries, service
from casework.repatriation.forms import HandoverForm, PaperForm
from casework.repatriation.kinds import SIDES
from casework.repatriation.models import Handover, ReturnPath, ReturnStep
from casework.repatriation.service.handovers import PAPERS
from casework.repatriation.views.blueprint import bp, form_page, load_step, show_form, tab_url
from casework.repatriation.views.steps import STEP
from casework.web.forms import Option, TapForm, options
from casework.writes.http import open_form, seen, tap
from casework.writes.orchestrator import Answer

RECORD = "/cases/<uuid:case_id>/return/hand-over/<uuid:handover_id>"


@form_page(f"{STEP}/hand-over", Permission.RETURN_MANAGE)
def record_handover(case_id: UUID, step_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Record a hand-over."""
    by = current()
    _, path, case = load_step(case_id, step_id)
    form = open_form(HandoverForm, draft_id, data={"side": "giver"})
    form.side.choices = options(SIDES)
    others = [row for row in organisations() if row.id != by.organisation_id]
    form.other_org_id.choices = [Option(str(row.id), row.name) for row in others]
    form.border_point.choices = choices("border_point", language=by.language)
    form.papers.choices = _papers(by)

    def act() -> Answer:
        found = load_step(case_id, step_id)
        row = service.record_handover(*found, _data(form, by), by=by)
        return Answer(_url(case_id, row.id), gettext("The hand-over is recorded. Now both sides sign."))

    words = {"heading": gettext("Record the hand-over"), "verb": gettext("Record hand-over")}
    return show_form(
        form, draft_id, case, act, **words, intro=gettext("What is written here can't be changed afterwards."),
        gates=[gate for gate in queries.gates(case, path) if not gate.open],
    )  # fmt: skip


def _papers(by: Actor) -> list[Option]:
    """Both lists, each paper once: a passport stands in either."""
    found: dict[str, Option] = {}
    for name in PAPERS:
        for row in choices(name, language=by.language):
            if row.code != "none":
                found.setdefault(row.code, Option(f"{name}:{row.code}", row.label))
    return list(found.values())


def _data(form: HandoverForm, by: Actor) -> service.HandoverData:
    other = UUID(form.other_org_id.data)
    ours = form.side.data == "giver"
    papers = [tuple(chosen.split(":", 1)) for chosen in form.papers.data or []]
    texts = ("place", "giver_officer", "receiver_officer", "belongings", "medicine", "condition", "not_disclosed")
    return service.HandoverData(
        at=form.at.data,
        giver_org_id=by.organisation_id if ours else other,
        receiver_org_id=other if ours else by.organisation_id,
        border_point=form.border_point.data,
        papers=tuple((name, code) for name, code in papers),
        **{name: form[name].data for name in texts},
    )


def _url(case_id: UUID, handover_id: UUID) -> str:
    return tab_url(case_id) + f"/hand-over/{handover_id}"


def load_handover(case_id: UUID, handover_id: UUID) -> tuple[Handover, ReturnStep, ReturnPath, Case]:
    """The hand-over of this case with what it belongs to, or NotVisible."""
    by = current()
    case = get_case(by, case_id)
    row, path = queries.get_handover(by, handover_id)
    if row.case_id != case.id:
        raise NotVisible
    return row, queries.get_step(by, row.step_id)[0], path, case


@bp.get(RECORD)
@requires(Permission.CASE_SEE)
def hand_over(case_id: UUID, handover_id: UUID) -> ResponseReturnValue:
    """One hand-over, with what each side may do."""
    return _page(case_id, handover_id, "repatriation/handover.html")


@bp.get(f"{RECORD}/print")
@requires(Permission.CASE_SEE)
def print_handover(case_id: UUID, handover_id: UUID) -> ResponseReturnValue:
    """The hand-over for paper: code only, without what was not disclosed."""
    return _page(case_id, handover_id, "repatriation/handover_print.html")


def _page(case_id: UUID, handover_id: UUID, template: str) -> str:
    by = current()
    row, _, _, case = load_handover(case_id, handover_id)
    view = queries.view_of(by, row)
    seen("return", [case_id], handover=str(handover_id))
    sides = {"giver": row.giver_org_id, "receiver": row.receiver_org_id}
    without = {office.id for office in organisations(active=None, with_users=False)}
    open_sides = [side for side in sides if side not in view.signatures and row.state == "open"]
    writes = can(by, Permission.RETURN_MANAGE)
    return render_template(
        template,
        bar=case_bar(by, case),
        view=view,
        sides=sides,
        may_sign=[side for side in open_sides if writes and sides[side] == by.organisation_id],
        on_paper=[
            side for side in open_sides if writes and sides[side] in without and row.author_org_id == by.organisation_id
        ],
    )


@bp.post(f"{RECORD}/sign/<any(giver, receiver):side>")
@requires(Permission.RETURN_MANAGE)
def sign(case_id: UUID, handover_id: UUID, side: str) -> ResponseReturnValue:
    """One tap: sign for the own side."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        service.sign(*load_handover(case_id, handover_id), by=by, side=side, expected_version=version)
        return Answer(_url(case_id, handover_id), gettext("Signed."))

    return tap(form, record_id=handover_id, version=version, action=f"sign-{side}", act=act)


@form_page(f"{RECORD}/paper/<any(giver, receiver):side>", Permission.RETURN_MANAGE)
def sign_paper(case_id: UUID, handover_id: UUID, side: str, draft_id: UUID) -> ResponseReturnValue:
    """Record that a side without accounts signed on paper."""
    by = current()
    _, _, _, case = load_handover(case_id, handover_id)
    form = open_form(PaperForm, draft_id)

    def act() -> Answer:
        found = load_handover(case_id, handover_id)
        service.sign(*found, by=by, side=side, paper=form.paper.data)
        return Answer(_url(case_id, handover_id), gettext("The signature is recorded."))

    words = {"heading": gettext("Signed on paper"), "verb": gettext("Record signature")}
    return show_form(form, draft_id, case, act, **words, intro=gettext(SIDES[side]))
