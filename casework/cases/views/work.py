"""Notes, tasks, stations, giving a case to a colleague, news."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import holders, members, names_of
from casework.cases.forms import AssignForm, NoteForm, StationForm, TaskForm
from casework.cases.models import STATION_STATES, STATIONS, Case
from casework.cases.queries import case_bar, classes_of, get_case, get_notice, get_task, helpers, notes_of
from casework.cases.service import (
    ASSIGN_REASONS,
    acknowledge,
    add_note,
    assign,
    bring_in,
    finish_task,
    let_go,
    plan_todo,
    set_station,
)
from casework.cases.views.blueprint import bp, form_page
from casework.cases.views.links import case_url
from casework.cases.workflow import STATION_STATE_WORDS, STATION_WORDS
from casework.codes.dates import PartialDate, Precision
from casework.codes.queries import choices
from casework.db import end_of_day
from casework.errors import InvalidInput, n_
from casework.web.dates import PartialDay
from casework.web.forms import BaseForm, Option, TapForm, options
from casework.writes.http import open_form, seen, submit, tap
from casework.writes.orchestrator import Answer

PARTS = {"carries": n_("Carries the case from now on"), "helps": n_("Helps with it: health, counselling, law")}


def colleagues(by: Actor, permission: Permission | None = None) -> list[Option]:
    """The own office's current users, those with a permission if one is named."""
    people = holders(by.organisation_id, permission) if permission else members(by.organisation_id)
    return [Option(str(member.user_id), member.display_name) for member in people]


def partial(value: PartialDay | None) -> PartialDate | None:
    """The domain's partial date out of the form's."""
    if value is None:
        return None
    return PartialDate(value.date_from, value.date_to, Precision(value.precision))


def _page(form: BaseForm, by: Actor, case: Case, heading: str, verb: str) -> str:
    """A form on a page of the case; the case is loaded anew, for a refused form was rolled back."""
    case = get_case(by, case.id)
    return render_template("cases/form.html", form=form, bar=case_bar(by, case), heading=heading, verb=verb)


@bp.get("/cases/<uuid:case_id>/notes")
@requires(Permission.CASE_SEE)
def notes(case_id: UUID) -> ResponseReturnValue:
    """The newest notes that the actor may read."""
    by = current()
    case = get_case(by, case_id)
    found = notes_of(by, case_id)
    seen("notes", [case_id], count=len(found))
    authors = names_of([note.author_user_id for note, _ in found])
    return render_template("cases/notes.html", bar=case_bar(by, case), notes=found, authors=authors)


@form_page("/cases/<uuid:case_id>/notes/new", Permission.NOTE_WRITE, begin="new_note")
def write_note(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Write a note."""
    by = current()
    case = get_case(by, case_id)
    opened = classes_of(by, case_id)
    form = open_form(NoteForm, draft_id, data={"data_class": "case_note"})
    form.data_class.choices = [c for c in choices("data_class") if c.code in opened.all | opened.own]

    def act() -> Answer:
        add_note(
            get_case(by, case_id),
            by=by,
            text=form.text.data,
            data_class=form.data_class.data,
            occurred=partial(form.occurred.data),
        )
        return Answer(url_for("cases.notes", case_id=case_id), gettext("The note is recorded."))

    def page(form: NoteForm) -> str:
        seen("form", [case_id], form="note")
        return _page(form, by, case, gettext("Write a note"), gettext("Record note"))

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


@form_page("/cases/<uuid:case_id>/tasks/new", Permission.TASK_DO, begin="new_task")
def plan_task(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Put something on a colleague's or one's own list."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(TaskForm, draft_id, data={"assignee_id": str(by.user_id)})
    form.assignee_id.choices = colleagues(by, Permission.TASK_DO)

    def act() -> Answer:
        plan_todo(
            get_case(by, case_id),
            by=by,
            text=form.text.data,
            due_at=end_of_day(form.due_on.data),
            assignee_id=UUID(form.assignee_id.data),
        )
        return Answer(case_url(case_id), gettext("The task is on the list."))

    def page(form: TaskForm) -> str:
        seen("form", [case_id], form="task")
        return _page(form, by, case, gettext("Plan a task"), gettext("Plan task"))

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


@bp.post("/tasks/<uuid:task_id>/<any(done, cancelled):state>")
@requires(Permission.TASK_DO)
def end_task(task_id: UUID, state: str) -> ResponseReturnValue:
    """One tap: the task is done, or no longer needed."""
    by = current()
    form = TapForm()
    version = form.seen_version or 0

    def act() -> Answer:
        task, case = get_task(by, task_id)
        finish_task(task, case, by=by, state=state, expected_version=version)
        return Answer(case_url(case.id), gettext("The task is ended."))

    return tap(form, record_id=task_id, version=version, action=state, act=act)


@bp.post("/news/<uuid:notice_id>/read")
@requires(Permission.CASE_SEE)
def read_notice(notice_id: UUID) -> ResponseReturnValue:
    """One tap: read. News that asks for something by a day is answered on its own page."""
    by = current()

    def act() -> Answer:
        notice = get_notice(by, notice_id)
        if notice.due_at is not None:
            raise InvalidInput(n_("This needs more than reading: confirm under Referrals that the data were erased."))
        acknowledge(notice, by=by)
        return Answer(url_for("overview.my_day"))

    return tap(TapForm(), record_id=notice_id, version=0, action="read", act=act)


@form_page("/cases/<uuid:case_id>/assign", Permission.CASE_ASSIGN, begin="new_assignment")
def assign_case(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Give the case to a colleague."""
    by = current()
    get_case(by, case_id)
    form = open_form(AssignForm, draft_id, data={"part": "carries"})
    form.part.choices = options(PARTS)
    form.to_user_id.choices = colleagues(by, Permission.TASK_DO)
    form.reason.choices = options(ASSIGN_REASONS)

    def act() -> Answer:
        case, user_id = get_case(by, case_id), UUID(form.to_user_id.data)
        if form.part.data == "helps":
            bring_in(case, user_id=user_id, by=by, reason=form.reason.data)
            return Answer(url_for("cases.new_assignment", case_id=case_id), gettext("The colleague sees the case now."))
        assign(case, to_user_id=user_id, by=by, reason=form.reason.data)
        return Answer(case_url(case_id), gettext("The case has a new worker."))

    def page(form: AssignForm) -> str:
        seen("form", [case_id], form="assign")
        helping = helpers(by, case_id)
        names = names_of([row.user_id for row in helping])
        bar = case_bar(by, get_case(by, case_id))
        return render_template("cases/assign.html", form=form, bar=bar, helping=helping, names=names)

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)


@bp.post("/cases/<uuid:case_id>/helps/<uuid:assignment_id>/end")
@requires(Permission.CASE_ASSIGN)
def end_help(case_id: UUID, assignment_id: UUID) -> ResponseReturnValue:
    """One tap: a helping colleague no longer works on the case."""
    by = current()

    def act() -> Answer:
        let_go(get_case(by, case_id), assignment_id, by=by)
        return Answer(url_for("cases.new_assignment", case_id=case_id))

    return tap(TapForm(), record_id=assignment_id, version=0, action="end", act=act)


@form_page("/cases/<uuid:case_id>/stations", Permission.CASE_EDIT, begin="new_station")
def move_station(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Open a part of the way, end it, or say that it is not needed."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(StationForm, draft_id, data={"station": request.args.get("station")})
    form.station.choices = options({name: STATION_WORDS[name] for name in STATIONS if name != "closure"})
    form.state.choices = options({name: STATION_STATE_WORDS[name] for name in STATION_STATES})

    def act() -> Answer:
        set_station(get_case(by, case_id), form.station.data, form.state.data, by=by)
        return Answer(case_url(case_id))

    def page(form: StationForm) -> str:
        seen("form", [case_id], form="station")
        return _page(form, by, case, gettext("Where the case stands"), gettext("Set"))

    return submit(form, key=draft_id, act=act, page=page, case_id=case_id)
