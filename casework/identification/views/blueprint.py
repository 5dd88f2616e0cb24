"""The blueprint of identification and the words its templates use."""

from __future__ import annotations

from flask import Blueprint

from casework.consent.workflow import ANSWERS
from casework.identification.kinds import (
    EVENT_ROLE_WORDS,
    OFFENDER_KIND_WORDS,
    PRESENT_WORDS,
    STAGE_WORDS,
    STRENGTH_WORDS,
)
from casework.identification.workflow.rules import DIMENSIONS, ELEMENTS

bp = Blueprint("identification", __name__)


@bp.context_processor
def words() -> dict[str, object]:
    """Words for codes that are no code lists; message ids, translated where they are shown."""
    return {
        "consent_words": ANSWERS,
        "dimension_words": DIMENSIONS,
        "element_words": ELEMENTS,
        "offender_kind_words": OFFENDER_KIND_WORDS,
        "present_words": PRESENT_WORDS,
        "role_words": EVENT_ROLE_WORDS,
        "stage_words": STAGE_WORDS,
        "strength_words": STRENGTH_WORDS,
    }
