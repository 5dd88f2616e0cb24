"""Groups: thirty people taken in at once, and the page of a group with its visible members."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.cases.forms import StartGroupForm
from casework.cases.models import Case
from casework.cases.models.group import KINDS
from casework.cases.queries import classes_of_many, get_group, members_of, names_on_list
from casework.cases.queries.signs import signs_of
from casework.cases.service import make_group, open_case
from casework.cases.service.person import add_contact
from casework.cases.views.blueprint import bp
from casework.cases.workflow import GROUP_WORDS
from casework.codes.queries import choices
from casework.errors import InvalidInput
from casework.people.forms import ROWS, GroupRow
from casework.people.service import ContactData
from casework.people.service import register as register_person
from casework.web.choices import Option
from casework.writes.http import fresh, open_form, seen, submit
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
        words=GROUP_WORDS,
    )
