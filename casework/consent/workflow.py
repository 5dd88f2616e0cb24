"""Words and rules of consent that need no database: forms, givers, how long it holds, what is asked on its own."""

from __future__ import annotations

from casework.codes.queries import Code
from casework.errors import n_

VALID_MONTHS = 12
"""How long an answer holds unless the person says otherwise (docs/domain.md 8, a default)."""
ASK_AGAIN_MONTHS = 6
"""After how many months the person is asked again (docs/domain.md 8, a default)."""
LONGEST_MONTHS = 24
VITAL_HOURS = 72
"""An opening for vital interest ends after this; days and nights count (docs/domain.md 8)."""
ERASE_DAYS = 7
"""Within how many days a recipient confirms that it stopped and erased (docs/domain.md 8, a default)."""

FORMS = ("written", "thumbprint", "verbal_witnessed")
"""How the answer was given: codes of consent_method. Giver and ground are facts of their own (docs/domain.md 8)."""
VITAL_FORM = "emergency_vital_interest"

GIVERS = {
    "self": n_("The person"),
    "guardian": n_("The guardian, and the child agrees"),
    "best_interest": n_("A best-interest decision, and the child agrees"),
}
ANSWERS = {
    "never_asked": n_("never asked"),
    "given": n_("agreed"),
    "refused": n_("refused"),
    "withdrawn": n_("withdrawn"),
    "ended": n_("ended"),
}

SEPARATE_PURPOSES = frozenset({"law_enforcement", "photo", "media", "research"})
"""Always a decision of its own and never a condition for help (docs/domain.md 8)."""

PEOPLE = {
    "guardian": n_("Guardian"),
    "decided_by": n_("Who decided in the child's best interest"),
    "witness": n_("Witness"),
    "interpreter": n_("Interpreter"),
    "explained_by": n_("Who explained it"),
}
"""Names an entry may hold, sealed."""

TEXTS = {
    "2026-1": (
        n_("You decide whether we talk. You may stop at any time, and you may leave a question out."),
        n_("We ask in order to find the help you need and to arrange it with you."),
        n_("We keep what you tell us here. Others get only what you agree to: I will say who, what and until when."),
        n_("Numbers without names may be used to learn what helps people. Nobody can be recognised in them."),
        n_("You may ask to see what we keep about you, at any time, and have mistakes put right."),
        n_("We keep it as long as we help you and some years after; then names and contacts are destroyed."),
        n_(
            "You may take your agreement back at any time. Nothing more is shared then. "
            "An office that helped you keeps a note of its own service under a code, without your name."
        ),
    )
}
"""The seven things a person is told (IOM screening form, quoted in HTCDS), by version of the text."""
TEXT_VERSION = "2026-1"


def enforces_law(organisation_type: Code | None) -> bool:
    """True for police, courts and the like, by the attributes of the list organisation_type."""
    if organisation_type is None:
        return True
    police = organisation_type.extra.get("htcds_value") == "LawEnforcement"
    return police or organisation_type.group in ("police", "justice")


def for_authorities(purpose: Code) -> bool:
    """True for purposes that may open a case to police and courts (group 'authorities' of consent_purpose)."""
    return purpose.group == "authorities"
