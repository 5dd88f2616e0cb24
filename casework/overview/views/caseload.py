"""The cases of one worker, and handing them over: chosen, looked at, done."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import everybody
from casework.access.views.addresses import form_at
from casework.cases.service import ASSIGN_REASONS
from casework.cases.workflow import STATION_WORDS
from casework.db import utcnow
from casework.errors import NotVisible
from casework.overview import service
from casework.overview.forms import HandOverForm
from casework.overview.queries import caseload as queries
from casework.overview.views.blueprint import bp
from casework.overview.workflow import CASELOAD_NORM, MOVED_AT_ONCE, NOBODY
from casework.web.filters import number
from casework.web.forms import SAVE, Option, options
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer


def worker_of(by: Actor, who: str) -> tuple[UUID | None, str]:
    """The worker in the address with the name, or NotVisible; 'nobody' is a worker too."""
    if who == NOBODY:
        return None, gettext("nobody")
    try:
        worker = UUID(who)
    except ValueError:
        raise NotVisible from None
    people = everybody(by.organisation_id)
    if worker not in people:
        raise NotVisible
    return worker, people[worker]


@bp.get("/board/workers/<who>")
@requires(Permission.BOARD_SEE)
def caseload(who: str) -> ResponseReturnValue:
    """Open cases of one worker of the office, as far as the reader reaches."""
    by = current()
    worker, name = worker_of(by, who)
    rows = queries.carried(by, worker)
    count = len(rows) if len(rows) < MOVED_AT_ONCE else queries.count_carried(by, worker)
    seen("board", [row.case_id for row in rows])
    return render_template(
        "overview/caseload.html",
        who=who,
        name=name,
        rows=rows,
        count=count,
        norm=CASELOAD_NORM,
        nobodys=worker is None,
        now=utcnow(),
    )


@form_at(bp, "/board/workers/<who>/hand-over", Permission.BOARD_SEE, Permission.CASE_ASSIGN, load=worker_of)
def hand_over(who: str, draft_id: UUID) -> ResponseReturnValue:
    """Choose cases and colleagues, see who would get what and what can't move, then do it."""
    by = current()
    worker, name = worker_of(by, who)
    form, gone = _form(by, worker, draft_id)

    def act() -> Answer:
        to = _ids(form.to.data)
        moved = service.hand_over(
            by, worker, _ids(form.cases.data), to=to, reason=form.reason.data or "", shown=form.shown.data or ""
        )
        words = ngettext("%(num)s case has a new worker.", "%(num)s cases have a new worker.", moved)
        return Answer(url_for("overview.board"), number(words))

    def page(form: HandOverForm) -> str:
        seen("form", _ids([option.value for option in form.cases.choices]), form="hand_over")
        plan = queries.plan(by, worker, _ids(form.cases.data), _ids(form.to.data)) if _looked(form) else None
        form.shown.data, form.shown.raw_data = (plan.digest if plan else ""), None
        names = {UUID(option.value): option.label for option in form.to.choices}
        return render_template(
            "overview/hand_over.html", form=form, who=who, name=name, plan=plan, gone=gone, names=names
        )

    if request.method == "POST" and not form.wants_draft:
        looks = request.form.get(SAVE) == "preview" or not form.shown.data
        if looks and form.validate():
            return page(form)
    return submit(form, key=draft_id, act=act, page=page)


def _looked(form: HandOverForm) -> bool:
    """Cases and colleagues are chosen well, so that it can be shown who would get what."""
    fields = (form.cases, form.to)
    return request.method == "POST" and all(field.data and not field.errors for field in fields)


def _form(by: Actor, worker: UUID | None, draft_id: UUID) -> tuple[HandOverForm, int]:
    """The form, and how many of the ticked cases are no longer with the worker: they are left out."""
    rows = queries.carried(by, worker)
    form: HandOverForm = open_form(HandOverForm, draft_id, data={"cases": [str(row.case_id) for row in rows]})
    form.cases.choices = [Option(str(row.case_id), row.code, _about(row)) for row in rows]
    people = queries.colleagues(by, worker)
    weight = queries.loads(by, [member.user_id for member in people])
    form.to.choices = [
        Option(str(one.user_id), one.display_name, number(_carries(weight[one.user_id]))) for one in people
    ]
    form.reason.choices = options(ASSIGN_REASONS)
    here = {option.value for option in form.cases.choices}
    ticked = list(form.cases.data or [])
    form.cases.data = [value for value in ticked if value in here]
    return form, len(ticked) - len(form.cases.data)


def _about(row: queries.Carried) -> str:
    parts = [gettext(STATION_WORDS[row.stage])]
    if row.tasks:
        parts.append(number(ngettext("%(num)s open task", "%(num)s open tasks", row.tasks)))
    if row.late(utcnow()):
        parts.append(gettext("late"))
    return ", ".join(parts)


def _carries(cases: int) -> str:
    return str(ngettext("%(num)s open case now", "%(num)s open cases now", cases))


def _ids(values: list[str] | None) -> list[UUID]:
    return [UUID(value) for value in values or []]
