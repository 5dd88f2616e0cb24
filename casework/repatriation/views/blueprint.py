"""The blueprint of the return, its forms, and what its views load."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, url_for

from casework.access.guards import current
from casework.cases.models import Case
from casework.cases.queries import get_case
from casework.cases.views.casefile import CaseForms
from casework.errors import NotVisible
from casework.people.kinds import SEXES
from casework.repatriation import kinds
from casework.repatriation.models import ReturnPath, ReturnStep
from casework.repatriation.queries import get_path, get_step

bp = Blueprint("repatriation", __name__)


@bp.context_processor
def words() -> dict[str, object]:
    """Words for codes that are no code lists; message ids, translated where they are shown."""
    return {
        "answer_words": kinds.ANSWERS,
        "check_words": kinds.CHECK_KINDS,
        "result_words": kinds.CHECK_RESULTS,
        "direction_words": kinds.DIRECTIONS,
        "path_words": kinds.PATH_STATES,
        "step_words": kinds.STEP_STATES,
        "skip_words": kinds.SKIP_REASONS,
        "stop_words": kinds.STOP_REASONS,
        "informed_words": kinds.INFORMED,
        "handover_words": kinds.HANDOVER_STATES,
        "side_words": kinds.SIDES,
        "paper_words": kinds.PAPER_STATES,
        "holder_words": kinds.PAPER_HOLDERS,
        "tracing_words": kinds.TRACING_STATES,
        "tracing_stop_words": kinds.TRACING_STOPS,
        "sex_words": SEXES,
        "feedback_words": kinds.FEEDBACK_STATES,
        "occasion_words": kinds.FEEDBACK_OCCASIONS,
        "tells_words": kinds.FEEDBACK_WORDS,
        "journey_words": kinds.JOURNEY_STATES,
        "leg_words": kinds.LEG_MODES,
        "escort_words": kinds.ESCORT_SEXES,
        "seat_words": kinds.SEAT_STATES,
        "need_words": kinds.SEAT_NEEDS,
        "explained_words": kinds.EXPLAINED,
    }


def tab_url(case_id: UUID) -> str:
    """The tracker of a case."""
    return url_for("repatriation.tab", case_id=case_id)


forms = CaseForms(bp, "repatriation/form.html", back=tab_url)
form_page, show_form = forms.page, forms.show


def load_path(case_id: UUID, path_id: UUID) -> tuple[ReturnPath, Case]:
    """The return of this case, or NotVisible."""
    case, path = get_case(current(), case_id), get_path(current(), path_id)
    if path.case_id != case.id:
        raise NotVisible
    return path, case


def load_step(case_id: UUID, step_id: UUID) -> tuple[ReturnStep, ReturnPath, Case]:
    """The step of this case with its return, or NotVisible."""
    case = get_case(current(), case_id)
    step, path = get_step(current(), step_id)
    if path.case_id != case.id:
        raise NotVisible
    return step, path, case
