"""What stands about a person and changes with time: where a paper is, and the people around the person."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current
from casework.access.permissions import Permission
from casework.cases.queries import classes_of, get_case
from casework.cases.queries.relatives import mates_of
from casework.cases.service import person as service
from casework.cases.views.blueprint import bp
from casework.cases.views.casefile import CaseForms
from casework.codes.queries import choices
from casework.errors import NotVisible
from casework.people.forms import PaperChangeForm, RelationChangeForm, RelativeForm
from casework.people.models import HeldDocument, Relation
from casework.web.choices import Option
from casework.writes.http import open_form
from casework.writes.orchestrator import Answer


def person_url(case_id: UUID) -> str:
    """The page of the case's person."""
    return url_for("cases.person", case_id=case_id)


forms = CaseForms(bp, back=person_url)


@forms.page("/cases/<uuid:case_id>/papers/<uuid:paper_id>", Permission.CASE_EDIT)
def change_paper(case_id: UUID, paper_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """A paper came back, was taken or was lost."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(PaperChangeForm, draft_id, data=_paper(service.get_paper(case, paper_id, by=by)))
    form.offer(choices)

    def act() -> Answer:
        service.move_paper(get_case(by, case_id), paper_id, form.state.data, by=by, version=form.seen_version or 0)
        return Answer(person_url(case_id), gettext("Recorded."))

    return forms.show(
        form,
        draft_id,
        case,
        act,
        heading=gettext("Where the document is now"),
        verb=gettext("Save"),
        current_values=lambda: _paper(service.get_paper(get_case(by, case_id), paper_id, by=by)),
    )


def _paper(paper: HeldDocument) -> dict[str, object]:
    return {"state": paper.state, "version": str(paper.version)}


@forms.page("/cases/<uuid:case_id>/relations/<uuid:relation_id>", Permission.CASE_EDIT)
def change_relation(case_id: UUID, relation_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Safe to contact, guardian from and until, no longer around."""
    by = current()
    case = get_case(by, case_id)
    form = open_form(RelationChangeForm, draft_id, data=_relation(service.get_relation(case, relation_id, by=by)))
    form.offer(choices)

    def act() -> Answer:
        case = get_case(by, case_id)
        service.correct_relation(case, relation_id, form.changes(), by=by, version=form.seen_version or 0)
        return Answer(person_url(case_id), gettext("Recorded."))

    return forms.show(
        form,
        draft_id,
        case,
        act,
        heading=gettext("Change what is known of somebody around the person"),
        verb=gettext("Save"),
        current_values=lambda: _relation(service.get_relation(get_case(by, case_id), relation_id, by=by)),
    )


def _relation(relation: Relation) -> dict[str, object]:
    names = ("safe_to_contact", "guardian_valid_from", "guardian_valid_to", "ended_on")
    return {name: getattr(relation, name) for name in names} | {"version": str(relation.version)}


@forms.page("/cases/<uuid:case_id>/relatives/new", Permission.CASE_EDIT)
def relate_helped(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Somebody of the same family or group, who has a case too: written on both cases at once."""
    by = current()
    case = get_case(by, case_id)
    if "family" not in classes_of(by, case_id):
        raise NotVisible
    form = open_form(RelativeForm, draft_id)
    form.offer(choices)
    form.other.choices = [Option(str(other), words) for other, words in mates_of(by, case).items()]

    def act() -> Answer:
        other = get_case(by, UUID(form.other.data))
        service.relate_helped(get_case(by, case_id), other, form.relation_data(), by=by)
        return Answer(person_url(case_id), gettext("Recorded on both cases."))

    return forms.show(
        form,
        draft_id,
        case,
        act,
        heading=gettext("A relative who has a case too"),
        verb=gettext("Record relation"),
        intro=gettext("Only people of the same group are listed. Each keeps their own case, consent and private talk."),
    )
