"""Groups: thirty people taken in at once, and the page of a group with its visible members."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.cases import service
from casework.cases.forms import StartGroupForm
from casework.cases.models import Case
from casework.cases.models.group import KINDS
from casework.cases.queries import classes_of_many, get_case, get_group, members_of, names_on_list
from casework.cases.queries.signs import signs_of
from casework.cases.service import make_group, open_case
from casework.cases.service.person import add_contact
from casework.cases.views.blueprint import bp
from casework.cases.views.links import case_url
from casework.cases.workflow import GROUP_WORDS
from casework.codes.queries import choices
from casework.errors import InvalidInput
from casework.people.forms import ROWS, GroupRow
from casework.people.service import ContactData
from casework.people.service import register as register_person
from casework.web.choices import Option
from casework.web.forms import TapForm
from casework.writes.http import fresh, open_form, seen, submit, tap
from casework.writes.orchestrator import Answer


@bp.get("/groups/new")
@requires(Permission.CASE_REGISTER, Permission.GROUP_MANAGE)
def new_group() -> ResponseReturnValue:
    """To the empty page of thirty rows."""
    return fresh("cases.take_in_group")


@bp.route("/groups/new/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.CASE_REGISTER, Permission.GROUP_MANAGE)
def take_in_group(draft_id: UUID) -> ResponseReturnValue:
    """Register up to thirty people of one family, crew or bus; all rows are recorded, or none."""
    by = current()
    form = open_form(StartGroupForm, draft_id)
    form.offer(choices)
    form.kind.choices = [Option(kind, gettext(GROUP_WORDS[kind])) for kind in KINDS]

    def act() -> Answer:
        cases = [_take_in(row, form, by) for row in form.people()]
        group = make_group(by=by, kind=form.kind.data, name=form.name.data, facts=form.facts.data, cases=cases)
        return Answer(url_for("cases.group", group_id=group.id), gettext("All are registered."))

    return submit(
        form,
        key=draft_id,
        act=act,
        page=lambda form: render_template("cases/group_new.html", form=form, rows=range(1, ROWS + 1)),
    )


def _take_in(row: GroupRow, form: StartGroupForm, by: Actor) -> Case:
    try:
        person = register_person(row.person, by=by)
        case = open_case(
            by=by,
            person_id=person.id,
            manner_of_return=form.manner_of_return.data,
            entry_point=form.entry_point.data,
        )
        if row.phone:
            add_contact(case, ContactData(channel="voice_call", number=row.phone), by=by)
    except InvalidInput as error:
        raise form.of_row(row.number, error) from error
    return case


@bp.get("/groups/<uuid:group_id>")
@requires(Permission.CASE_SEE)
def group(group_id: UUID) -> ResponseReturnValue:
    """A group, seen through its visible members; the others are neither shown nor counted."""
    by = current()
    row, name, facts = get_group(by, group_id)
    members = members_of(by, group_id)
    classes = classes_of_many(by, [case.id for case in members])
    seen("group", [case.id for case in members], group=str(group_id))
    return render_template(
        "cases/group.html",
        group=row,
        name=name,
        facts=facts,
        members=members,
        names=names_on_list(by, members, classes),
        signs=signs_of(by, members, classes),
        own={case.id for case in members if case.owner_org_id == by.organisation_id},
        words=GROUP_WORDS,
    )


@bp.post("/cases/<uuid:case_id>/groups/<uuid:group_id>/leave")
@requires(Permission.GROUP_MANAGE)
def leave_group(case_id: UUID, group_id: UUID) -> ResponseReturnValue:
    """One tap: the person does not belong to this group."""
    by = current()

    def act() -> Answer:
        service.leave_group(group_id, get_case(by, case_id), by=by)
        back = url_for("cases.group", group_id=group_id) if members_of(by, group_id) else case_url(case_id)
        return Answer(back, gettext("The person is no longer in this group."))

    return tap(TapForm(), record_id=group_id, version=0, action=f"leave:{case_id}", act=act)
