"""The blueprint of losses and proceedings, its forms and the words its templates use."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, url_for

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.queries import classes_of
from casework.cases.service import may_write
from casework.cases.views.casefile import CaseForms
from casework.claims.forms import LossForm, ProceedingForm
from casework.claims.kinds import (
    AGAINST_THE_PERSON,
    HEARING_KIND_WORDS,
    HEARING_STATE_WORDS,
    LEGAL,
    LOSS_STATE_WORDS,
    PERPETRATOR,
    PROCEEDINGS,
    ROLE_WORDS,
    SIDE_WORDS,
)
from casework.errors import NotVisible

bp = Blueprint("claims", __name__)


def page_url(case_id: UUID) -> str:
    """The page of losses and proceedings of a case."""
    return url_for("claims.page", case_id=case_id)


forms = CaseForms(bp, back=page_url)
form_page, show_form = forms.page, forms.show


def check_open(by: Actor, case_id: UUID) -> None:
    """Whoever has no class legal on the case is told that there is nothing."""
    classes = classes_of(by, case_id)
    if LEGAL not in classes.all | classes.own:
        raise NotVisible


def keep_names_apart(form: LossForm | ProceedingForm, case: Case, by: Actor) -> None:
    """Take the box for the other side's name away from roles that may not hold it."""
    if not may_write(case, PERPETRATOR, by=by):
        del form.party


@bp.context_processor
def words() -> dict[str, object]:
    """Words for codes that are no code lists; message ids, translated where they are shown."""
    return {
        "against_the_person": AGAINST_THE_PERSON,
        "hearing_kind_words": HEARING_KIND_WORDS,
        "hearing_state_words": HEARING_STATE_WORDS,
        "loss_state_words": LOSS_STATE_WORDS,
        "proceeding_kinds": PROCEEDINGS,
        "proceeding_role_words": ROLE_WORDS,
        "side_words": SIDE_WORDS,
    }
