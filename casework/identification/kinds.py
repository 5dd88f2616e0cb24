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
EVIDENCE_LISTS = (
    "act",
    "protocol_means",
    "exploitation_type",
    "indicator",
    "forced_labour_indicator",
    "supplementary_indicator",
    "scam_compound_indicator",
)
"""Lists whose codes speak for or against trafficking."""
SCREENING_LISTS = (*EVIDENCE_LISTS, "vulnerability")
"""Lists noted in a screening; what made it easier to use a person is no evidence that it happened."""
VULNERABLE = ("individual", "household", "community", "structural")
"""Groups of the list vulnerability that are asked; the others are kept for files brought in."""
FORCED_CRIME = "criminality"
"""Group of exploitation_type in which offences may have been forced: the note on non-punishment stands beside it."""

ANSWER_WORDS = {"yes": n_("Yes"), "no": n_("No"), "unknown": n_("Not known")}
"""Answers to a question of yes or no."""
SEXES_OF_TALK = ("female", "male")
PREFERENCES = ("female", "male", "either")
PREFERENCE_WORDS = {
    "female": n_("A woman"),
    "male": n_("A man"),
    "either": n_("Either, the person was asked"),
}
SEX_OF_TALK_WORDS = {"female": n_("A woman"), "male": n_("A man")}
CONDUCT = ("private", "explained", "may_stop", "no_promises", "rested")
CONDUCT_WORDS = {
    "private": n_("The room is private and nobody listens"),
    "explained": n_("The person knows who we are, why we ask and that help does not depend on it"),
    "may_stop": n_("The person knows: you may leave any question open, and stop at any time"),
    "no_promises": n_("Nothing is promised that we cannot keep"),
    "rested": n_("The person has eaten, rested and needs no doctor first"),
}
"""What stands before the first question (WHO interviewing standards 2003)."""

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

REQUEST_STATES = ("reflecting", "asked", "not_wanted", "withdrawn", "answered")
REQUEST_STATE_WORDS = {
    "reflecting": n_("takes time to think"),
    "asked": n_("asked, waiting for the answer"),
    "not_wanted": n_("does not want it now"),
    "withdrawn": n_("taken back by the person"),
    "answered": n_("answered"),
}
REQUEST_ANSWERS = {
    "reflecting": n_("Wants time to think: 30 days"),
    "asked": n_("Has asked the authority, in person or with a guardian"),
    "not_wanted": n_("Does not want it now"),
    "withdrawn": n_("Takes the request back"),
}
"""What the person may say; 'answered' is set by the decision itself."""
REQUEST_MOVES = {
    "reflecting": ("asked", "not_wanted"),
    "asked": ("withdrawn",),
    "not_wanted": ("reflecting", "asked"),
    "withdrawn": ("reflecting", "asked"),
    "answered": (),
}
OPEN_REQUESTS = ("reflecting", "asked")
EXPLAINED = ("own", "opens", "not_needed", "police", "back")
EXPLAINED_WORDS = {
    "own": n_("It is the person's own request. We may go along, but not ask in the person's place."),
    "opens": n_("A formal decision may open protection, a stay, compensation and a place in the proceedings."),
    "not_needed": n_("Food, shelter, health care, counselling and the way home do not depend on it."),
    "police": n_("The authority learns what the person tells there, and may ask for a statement. Nobody must testify."),
    "back": n_("The person may take the request back at any time, and may think about it for 30 days."),
}
"""What the person is told before deciding; a default, to be confirmed with the authorities."""
REFLECTION_DAYS = 30
"""Time to think (Council of Europe: at least 30 days; Thailand reported 45): a default."""
ANSWER_DAYS = 30
"""Days after which somebody asks what became of a request (a default)."""
