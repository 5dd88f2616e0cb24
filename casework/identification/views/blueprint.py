"""The blueprint of identification, its forms, and the words its templates use."""

from __future__ import annotations

from flask import Blueprint

from casework.cases.views.casefile import CaseForms
from casework.consent.workflow import ANSWERS
from casework.identification.kinds import (
    ANSWER_WORDS,
    EVENT_ROLE_WORDS,
    OFFENDER_KIND_WORDS,
    PREFERENCE_WORDS,
    PRESENT_WORDS,
    REQUEST_STATE_WORDS,
    SEX_OF_TALK_WORDS,
    STAGE_WORDS,
    STRENGTH_WORDS,
)
from casework.identification.workflow.rules import DIMENSIONS, ELEMENTS

bp = Blueprint("identification", __name__)
form_page = CaseForms(bp).page


@bp.context_processor
def words() -> dict[str, object]:
    """Words for codes that are no code lists; message ids, translated where they are shown."""
    return {
        "answer_words": ANSWER_WORDS,
        "consent_words": ANSWERS,
        "dimension_words": DIMENSIONS,
        "element_words": ELEMENTS,
        "offender_kind_words": OFFENDER_KIND_WORDS,
        "preference_words": PREFERENCE_WORDS,
        "present_words": PRESENT_WORDS,
        "sex_of_talk_words": SEX_OF_TALK_WORDS,
        "request_words": REQUEST_STATE_WORDS,
        "role_words": EVENT_ROLE_WORDS,
        "stage_words": STAGE_WORDS,
        "strength_words": STRENGTH_WORDS,
    }
