"""Words and fixed lists of losses and proceedings that are not code lists: sides, states, kinds, roles, dates."""

from __future__ import annotations

from typing import NamedTuple

from casework.errors import n_

LEGAL = "legal"
"""Data class of losses, proceedings and hearings."""
PERPETRATOR = "perpetrator"
"""Data class of the name of the other side."""

SIDE_WORDS = {
    "owed": n_("What is owed to the person"),
    "paid": n_("What the person or the family paid"),
    "kept": n_("Papers and things kept back"),
    "owes": n_("What the person is said to owe"),
}
"""Groups of the list loss_kind."""
OWES = "owes"
"""The side on which nothing can be won back: a debt is lifted, not recovered."""

LOSS_STATES = ("open", "claimed", "partly", "settled", "given_up")
LOSS_STATE_WORDS = {
    "open": n_("not claimed yet"),
    "claimed": n_("claimed"),
    "partly": n_("partly recovered"),
    "settled": n_("recovered or settled"),
    "given_up": n_("given up, the person's own choice"),
}

PROCEEDING_KINDS = ("criminal", "civil", "labour", "immigration", "defence")
ROLES = ("victim", "civil_party", "witness", "claimant", "applicant", "accused")
ROLE_WORDS = {
    "victim": n_("Victim who filed a complaint"),
    "civil_party": n_("Civil party, asks for compensation"),
    "witness": n_("Witness"),
    "claimant": n_("Claimant"),
    "applicant": n_("Applicant"),
    "accused": n_("Accused or suspected"),
}


class ProceedingKind(NamedTuple):
    """What may be chosen in a kind of proceeding: its words, roles of the person, groups of legal_stage."""

    label: str
    roles: tuple[str, ...]
    stages: tuple[str, ...]


PROCEEDINGS = {
    "criminal": ProceedingKind(
        n_("Criminal, against others"), ("victim", "civil_party", "witness"), ("survivor", "criminal", "civil")
    ),
    "civil": ProceedingKind(n_("Civil, for compensation"), ("claimant", "civil_party"), ("survivor", "civil")),
    "labour": ProceedingKind(n_("Labour, for wages"), ("claimant", "witness"), ("survivor", "labour", "civil")),
    "immigration": ProceedingKind(n_("Immigration: stay, fines, removal"), ("applicant",), ("survivor", "immigration")),
    "defence": ProceedingKind(
        n_("Against the person (offence that was forced)"), ("accused",), ("survivor", "defence")
    ),
}
STAGE_GROUP_WORDS = {
    "survivor": n_("The person's own choice"),
    "criminal": n_("Criminal"),
    "civil": n_("Compensation"),
    "labour": n_("Wages"),
    "immigration": n_("Immigration"),
    "defence": n_("Against the person"),
}
"""Groups of legal_stage."""
AGAINST_THE_PERSON = "defence"
"""The kind in which the person is accused: the note on non-punishment stands beside it."""

HEARING_KINDS = ("hearing", "statement", "deadline", "meeting")
HEARING_KIND_WORDS = {
    "hearing": n_("Hearing"),
    "statement": n_("Statement to police or prosecutor"),
    "deadline": n_("Deadline for a paper"),
    "meeting": n_("Meeting with the lawyer"),
}
HEARING_STATES = ("planned", "held", "cancelled")
HEARING_STATE_WORDS = {"planned": n_("planned"), "held": n_("took place"), "cancelled": n_("cancelled")}
SETTLED_WORDS = {
    "held": n_("It took place"),
    "moved": n_("It was moved to another day"),
    "cancelled": n_("It was cancelled"),
}
"""What may have become of a date."""
