"""Words and fixed lists of identification that are not code lists: states, tracks, roles, stages."""

from __future__ import annotations

from casework.errors import n_

SCREENING_STATES = ("open", "paused", "finished")
SCREENING_MOVES = {
    "open": frozenset({"open", "paused", "finished"}),
    "paused": frozenset({"open", "paused", "finished"}),
    "finished": frozenset(),
}
"""A finished screening stands; what comes to light later is a further screening."""

PRESENT = ("nobody", "guardian", "trusted_person", "relative", "official", "other_survivors", "other")
PRESENT_WORDS = {
    "nobody": n_("Nobody else"),
    "guardian": n_("A parent or guardian"),
    "trusted_person": n_("A person of trust, chosen by the person"),
    "relative": n_("A relative or companion"),
    "official": n_("An official"),
    "other_survivors": n_("Others from the same group"),
    "other": n_("Somebody else"),
}
STRENGTHS = ("S", "M", "W")
STRENGTH_WORDS = {"S": n_("strong"), "M": n_("medium"), "W": n_("weak")}
PROVENANCES = ("here", "earlier")
ELEMENT_LISTS = {"act": "act", "means": "protocol_means", "purpose": "exploitation_type"}
"""The three elements of trafficking and the code list of each (Palermo Protocol Art. 3(a))."""
SCREENING_LISTS = (
    "act",
    "protocol_means",
    "exploitation_type",
    "indicator",
    "forced_labour_indicator",
    "supplementary_indicator",
    "scam_compound_indicator",
)

EVENT_LISTS = (
    "act",
    "protocol_means",
    "exploitation_type",
    "means_of_control",
    "labour_sector",
    "sexual_exploitation_type",
    "recruitment_method",
    "recruiter_relation",
)
EVENT_ROLES = ("exploited", "intercepted", "child_of", "witness")
EVENT_ROLE_WORDS = {
    "exploited": n_("It happened to the person"),
    "intercepted": n_("Stopped before exploitation"),
    "child_of": n_("Child of somebody it happened to"),
    "witness": n_("Saw it"),
}
COUNTED_ROLES = ("exploited", "intercepted")
"""Members whose event is counted as theirs in the statistics."""
STAGES = ("recruitment", "transit", "exploitation")
STAGE_WORDS = {
    "recruitment": n_("Where it began"),
    "transit": n_("On the way"),
    "exploitation": n_("Where the work or exploitation was"),
}
OFFENDER_KINDS = ("person", "legal_entity")
OFFENDER_KIND_WORDS = {"person": n_("A person"), "legal_entity": n_("A company or other legal entity")}

TRACKS = ("presumed", "formal")
FORMAL_OUTCOMES = ("formally_identified", "formally_not_identified", "formal_under_review")
"""What only an authority that may set it decides; the other formal statuses are steps of the person's own request."""
NOT_DECIDED = frozenset({"not_screened", "screening_incomplete"})
"""Statuses that say where the screening is; read from the screenings, never decided."""
STANDS_FOR = {
    "formally_identified": "formal",
    "presumed_victim": "presumed",
    "formal_pending": "presumed",
    "formal_under_review": "presumed",
    "no_indication": "no_indication",
}
"""What a standing decision makes of a case; statuses not named here leave it as it is."""
RANK = ("formal", "presumed", "no_indication", "unknown")
"""The strongest wins: a 'no' of one authority takes away neither the 'yes' of another nor the presumption."""
AUTHORITY_IN = {"Cambodia": "KHM"}
"""Groups of identification_authority that belong to one country."""
AUTHORITY_ABROAD = "abroad"
HOME = "KHM"
MEANS_OF_A_CHILD = "not_required_child"
"""Offered for a child only; it says that no means is needed and is no evidence of one."""
PAUSE_DAYS = 3
"""Days after which a paused screening is on the list as due (D)."""
TOLD_WITHIN = 7
"""A risk to be reviewed within so many days is told to the supervisor at once (docs/domain.md 7, D)."""
