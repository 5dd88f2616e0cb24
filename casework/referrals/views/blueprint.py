"""The blueprint of referrals and letters, and the words of the codes that stand in tables of the program."""

from __future__ import annotations

from flask import Blueprint

from casework.referrals.kinds import CHANNELS, KINDS, OUTCOMES, SUBJECTS, TALKS

bp = Blueprint("referrals", __name__)


@bp.app_context_processor
def words() -> dict[str, object]:
    """Words for templates."""
    return {
        "referral_kinds": KINDS,
        "outcome_words": OUTCOMES,
        "channel_words": CHANNELS,
        "talk_words": TALKS,
        "letter_subjects": SUBJECTS,
    }
