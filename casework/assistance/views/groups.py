"""Groups: thirty people taken in at once with their needs, and the page of a group with its visible members."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission, can
from casework.access.views.addresses import form_at
from casework.assistance.forms import GroupIntakeForm
from casework.assistance.queries.groups import members_now
from casework.assistance.service import record_needs
from casework.assistance.views.blueprint import bp
from casework.assistance.workflow import NEED_WORDS, NEEDS
from casework.cases.models import Case
from casework.cases.models.group import KINDS
from casework.cases.queries import get_group
from casework.cases.service import keep_paper, make_group, open_case
from casework.cases.service.person import add_contact
from casework.cases.workflow import GROUP_WORDS, TALK_WORDS
from casework.codes.queries import choices
from casework.consent.workflow import ANSWERS
from casework.errors import InvalidInput
from casework.people.forms import ROWS, GroupRow
from casework.people.service import ContactData, register
from casework.web.forms import options
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer


@form_at(
    bp,
    "/groups/new",
    Permission.CASE_REGISTER,
    Permission.GROUP_MANAGE,
    Permission.ASSISTANCE_RECORD,
    begin="new_group",
)
def take_in_group(draft_id: UUID) -> ResponseReturnValue:
    """Register up to thirty people of one family, crew or bus; all rows are recorded, or none."""
    by = current()
    form = open_form(GroupIntakeForm, draft_id)
    form.offer(choices)
    form.kind.choices = options(GROUP_WORDS, KINDS)

    def act() -> Answer:
        paper = form.paper("group_list")
        cases = [_take_in(row, form, by) for row in form.people()]
        group = make_group(by=by, kind=form.kind.data, name=form.name.data, shared=form.shared(), cases=cases)
        if paper is not None:
            for case in cases:
                keep_paper(case, paper, by=by)
        return Answer(url_for(".group", group_id=group.id), gettext("All are registered."))

    return submit(
        form,
        key=draft_id,
        act=act,
        page=lambda form: render_template("assistance/group_new.html", form=form, rows=range(1, ROWS + 1), needs=NEEDS),
    )


def _take_in(row: GroupRow, form: GroupIntakeForm, by: Actor) -> Case:
    on = form.paper_on.data
    source = "paper" if on else "said"
    try:
        person = register(row.person, by=by, source=source)
        case = open_case(
            by=by,
            person_id=person.id,
            manner_of_return=form.manner_of_return.data,
            entry_point=form.entry_point.data,
            stations=form.stations(),
        )
        if row.phone:
            add_contact(case, ContactData(channel="voice_call", number=row.phone), by=by, source=source)
        if wanted := form.wanted(row.number):
            record_needs(case, by=by, answers=wanted, source=source, on=on)
    except InvalidInput as error:
        raise form.of_row(row.number, error) from error
    return case


@bp.get("/groups/<uuid:group_id>")
@requires(Permission.CASE_SEE)
def group(group_id: UUID) -> ResponseReturnValue:
    """A group, seen through its visible members; the others are neither shown nor counted."""
    by = current()
    row, told = get_group(by, group_id)
    members = members_now(by, group_id)
    seen("group", [member.case.id for member in members], group=str(group_id))
    return render_template(
        "assistance/group.html",
        group=row,
        told=told,
        members=members,
        words=GROUP_WORDS,
        needs=NEEDS,
        need_words=NEED_WORDS,
        talk_words=TALK_WORDS,
        answers=ANSWERS,
        asks=can(by, Permission.CONSENT_RECORD),
    )
