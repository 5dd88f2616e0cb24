"""Registering a person, on one page with the whole first evening; and the empty forms for evenings without a screen."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission, can
from casework.assistance.forms import NEED_ANSWERS, RegisterForm
from casework.assistance.service import record_evening
from casework.assistance.views.blueprint import bp
from casework.assistance.workflow import NEEDS
from casework.cases.service import open_case
from casework.cases.views.links import case_url
from casework.cases.views.register import PAGES
from casework.codes.queries import choices
from casework.errors import n_
from casework.people.forms import ROWS
from casework.people.service import register
from casework.writes.http import open_form, submit
from casework.writes.orchestrator import Answer

BEFORE = (
    n_(
        "First food, water, a place to sit, a doctor if wanted. Then these few questions. The person may say no to any."
    ),
    n_("Write no reason, no place of work and no name of an offender on this sheet. Keep it locked."),
)
WHO = (
    n_("Name"),
    n_("Name to use"),
    n_("Sex, as on papers"),
    n_("Age or date of birth"),
    n_("Language the person speaks best"),
    n_("An interpreter is needed"),
    n_("How the person came"),
)
CONTACT = (
    n_("Who must not know"),
    n_("Name to use when calling"),
    n_("Safe days and hours"),
    n_("Whose phone it is"),
    n_("Phone number"),
)
WAIT = (n_("Do not ask more today"), n_("Who wished it"), n_("Until when"), n_("Talked alone"))
END = (n_("Written by: name, office, day and hour"), n_("Where the paper lies"))
SHARED = (
    n_("Boat, bus or compound"),
    n_("Where they were found or put ashore"),
    n_("Day they came"),
    n_("How they came"),
    n_("Language of most of them"),
)
COLUMNS = (n_("Name"), n_("Sex"), n_("Age"), n_("Language"))
"""What the paper forms ask: the same as the page they are typed into, in its order."""


@bp.route("/register/new/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.CASE_REGISTER)
def register_person(draft_id: UUID) -> ResponseReturnValue:
    """Who the person is and how they came; on a first evening needs, contact and rest too. All is made together."""
    by = current()
    form = open_form(RegisterForm, draft_id)
    form.offer(choices)

    def act() -> Answer:
        evening = form.evening()
        data = form.person_data(language=form.language.data, interpreter_needed=bool(form.interpreter_needed.data))
        person = register(data, by=by, source="paper" if evening.paper else "said")
        case = open_case(
            by=by,
            person_id=person.id,
            opened_on=form.opened_on.data,
            manner_of_return=form.manner_of_return.data,
            entry_point=form.entry_point.data,
            stations=form.stations(),
        )
        note = gettext("Registered. The case is open.")
        if not evening:
            return Answer(url_for("cases.add_contact", case_id=case.id, step=1), note)
        record_evening(case, evening, by=by)
        return Answer(case_url(case.id), note)

    return submit(
        form,
        key=draft_id,
        act=act,
        page=lambda form: render_template(
            "assistance/register.html",
            form=form,
            pages=PAGES,
            at="who",
            needs=NEEDS if can(by, Permission.ASSISTANCE_RECORD) else (),
        ),
    )


Line = tuple[str, str]
"""What a paper form says in English and in Khmer."""


def both(*messages: str) -> list[Line]:
    """Each message in both languages, whatever the language of the page."""
    found = []
    for language in ("en", "km"):
        with force_locale(language):
            found.append([gettext(message) for message in messages])
    return list(zip(*found, strict=True))


@bp.get("/first-evening/form")
@requires(Permission.CASE_REGISTER)
def blank_evening() -> ResponseReturnValue:
    """The empty form of a first evening, for a place without a screen; typed in afterwards."""
    return render_template(
        "assistance/blank_evening.html",
        title=both(n_("First evening"))[0],
        begin=both(*BEFORE),
        who=both(*WHO),
        needs=both(*(need.label for need in NEEDS)),
        answers=both(*(words for _, words in NEED_ANSWERS)),
        contact=both(*CONTACT),
        wait=both(*WAIT),
        end=both(*END),
        parts=both(n_("Who the person is"), n_("What the person needs now"), n_("How to reach the person safely")),
    )


@bp.get("/first-evening/list")
@requires(Permission.CASE_REGISTER)
def blank_group() -> ResponseReturnValue:
    """The empty list of thirty people, for a boat, a bus or a compound."""
    return render_template(
        "assistance/blank_group.html",
        title=both(n_("List of a group"))[0],
        begin=both(*BEFORE),
        shared=both(*SHARED),
        columns=both(*COLUMNS),
        needs=both(*(need.label for need in NEEDS)),
        rows=range(1, ROWS + 1),
        end=both(*END),
    )
