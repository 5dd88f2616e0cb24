"""Pages of a death, a disappearance, a missed arrival, and of what takes them back."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Actor, Permission
from casework.cases.models import Case
from casework.cases.queries import classes_of, get_case
from casework.cases.queries.relatives import others_of
from casework.cases.views.work import partial
from casework.codes.dates import UNKNOWN
from casework.errors import NotVisible, n_
from casework.people.kinds import RELATIONS, SOURCES, YES_NO
from casework.people.queries import relations_of
from casework.reintegration import queries, service
from casework.reintegration.forms import FactForm, FoundForm
from casework.reintegration.kinds import FOUND_REASONS
from casework.reintegration.views.blueprint import form_page, page_url, show_form
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer

OWN_WORD = "said"
"""The source 'the person said so'."""
HEADINGS = {
    "dead": n_("The person has died"),
    "missing": n_("The person is missing"),
    "did_not_arrive": n_("The person did not arrive"),
}
NEXT_STEPS = {
    "dead": (
        n_("Say the name. Give the family time, and somebody who stays with them."),
        n_("Ask the family what they wish for the ceremony, and what help they need for it."),
        n_("Help with the death certificate and with what the person owned or was owed."),
    ),
    "missing": (
        n_("Ask first those whom the person called safe. Do not ask in the village."),
        n_("Tell the police when the person is a child or in danger, with what they need and no more."),
        n_("Watch for signs that the person was taken again: a message, a call, a new lender."),
    ),
    "did_not_arrive": (
        n_("Call the escort and the office that sent the person, today."),
        n_("Tell the border office and the hotline when the person is a child or was alone."),
        n_("Tell the family only if that is safe for the person."),
    ),
}
"""What is done next, in the order in which it helps."""


@form_page("/cases/<uuid:case_id>/what-happened/<any(dead, missing, did_not_arrive):befell>", Permission.CASE_CLOSE)
def note_fact(case_id: UUID, befell: str, draft_id: UUID) -> ResponseReturnValue:
    """Record that the person died, is missing or did not arrive: everything planned stops."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(FactForm, draft_id)
    # The person does not say of themselves that they died or are missing.
    form.source.choices = [(source, words) for source, words in SOURCES.items() if source != OWN_WORD]

    def act() -> Answer:
        service.note_fact(
            get_case(by, case_id),
            by=by,
            kind=befell,
            occurred=partial(form.occurred.data) or UNKNOWN,
            source=form.source.data,
            known=form.known.data,
            kin=form.kin.data,
            next_of_kin=form.next_of_kin.data,
            authority_told=bool(form.authority_told.data),
        )
        return Answer(page_url(case_id), gettext("It is recorded. The supervisors are told."))

    words = {"heading": gettext(HEADINGS[befell]), "verb": gettext("Record")}
    return show_form(
        form, draft_id, case, act, **words, template="reintegration/fact.html",
        steps=NEXT_STEPS[befell], kin=_kin(by, case),
    )  # fmt: skip


def _kin(by: Actor, case: Case) -> list[tuple[str, str, str]] | None:
    """Who is around the person: relation, name, whether contact is safe; None when the class is closed."""
    if "family" not in classes_of(by, case.id):
        return None
    relations = [row for row in relations_of(case.person_id) if row.kind != "alleged_offender"]
    names = others_of(by, relations)
    return [
        (
            gettext(RELATIONS[row.kind]),
            names.get(row.id, ""),
            gettext(YES_NO[row.safe_to_contact]),
        )
        for row in relations
    ]


@form_page("/cases/<uuid:case_id>/what-happened/found", Permission.CASE_CLOSE)
def note_found(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Take back what was recorded: found, arrived after all, or a mistake; what lies ahead is planned again."""
    by = current()
    case = get_case(by, case_id)
    if queries.stopping_fact(case) is None or "demographic" not in classes_of(by, case_id):
        raise NotVisible
    form = open_form(FoundForm, draft_id)
    form.source.choices = list(SOURCES.items())
    form.reason.choices = list(FOUND_REASONS.items())

    def act() -> Answer:
        service.note_fact(
            get_case(by, case_id),
            by=by,
            kind="found",
            occurred=partial(form.occurred.data) or UNKNOWN,
            source=form.source.data,
            known=form.known.data,
            reason=form.reason.data,
        )
        return Answer(page_url(case_id), gettext("It is recorded. The supervisors are told."))

    words = {"heading": gettext("Found, or arrived after all"), "verb": gettext("Record")}
    intro = gettext("The visits and calls that still lie ahead are planned again.")
    return show_form(form, draft_id, case, act, **words, intro=intro)
