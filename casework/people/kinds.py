"""The fixed words of this package: each code with its label, an English message id; the tables check them."""

from __future__ import annotations

from casework.errors import n_

SOURCES = {
    "said": n_("The person said so"),
    "seen": n_("Seen by the worker"),
    "paper": n_("On paper"),
    "phone": n_("By phone"),
    "import": n_("From a file"),
}
"""How the office knows."""

SEXES = {"female": n_("Female"), "male": n_("Male"), "other": n_("Other"), "unknown": n_("Not known")}
"""Sex as on papers; gender is a field of its own with the list `gender`."""

YES_NO = {"yes": n_("Yes"), "no": n_("No"), "unknown": n_("Not asked")}
SIGNING = {
    "none": n_("Does not sign"),
    "sign": n_("Sign language"),
    "home_sign": n_("Signs of the own family only"),
    "unknown": n_("Not asked"),
}
READING = {"yes": n_("Reads"), "a_little": n_("Reads a little"), "no": n_("Does not read"), "unknown": n_("Not asked")}
DIFFICULTY = {
    "none": n_("No difficulty"),
    "some": n_("Some difficulty"),
    "a_lot": n_("A lot of difficulty"),
    "cannot": n_("Cannot at all"),
    "unknown": n_("Not asked"),
}
"""Answers of the Washington Group short set; 'a lot' and 'cannot' count as disabled."""

NATIONALITY_STATES = {
    "claimed": n_("Claimed"),
    "being_verified": n_("Being verified"),
    "confirmed": n_("Confirmed"),
    "denied": n_("Denied"),
    "confirmed_by_no_country": n_("Confirmed by no country"),
}
DOCUMENT_STATES = {"held": n_("With the person"), "seized": n_("Taken by somebody"), "lost": n_("Lost")}
FACT_KINDS = {
    "dead": n_("Died"),
    "missing": n_("Missing"),
    "did_not_arrive": n_("Did not arrive"),
    "found": n_("Found"),
}
STOPPING_FACTS = ("dead", "missing", "did_not_arrive")
"""While the newest fact is one of these, nobody is contacted or visited."""

STOP_REASONS = {
    "person_asked": n_("The person asked us not to"),
    "unsafe_home": n_("Unsafe at home"),
    "phone_watched": n_("The phone is watched or shared"),
    "number_lost": n_("The number is lost or somebody else's"),
    "other": n_("Another reason"),
}
"""Why a contact must not be used."""

END_REASONS = {
    "replaced": n_("Replaced by a newer one"),
    "wrong": n_("It was wrong"),
    "unsafe": n_("No longer safe"),
    "person_asked": n_("The person asked for it"),
}
REVEAL_REASONS = {
    "planned": n_("A planned call or visit"),
    "urgent": n_("Something urgent"),
    "call_back": n_("The person asked for a call"),
    "check": n_("Checking the number with the person"),
}
"""Why a number is shown; written into the log before it is."""

PURPOSES = {
    "next_of_kin": n_("Next of kin"),
    "guardian": n_("Guardian"),
    "household": n_("Lives in the household"),
    "companion": n_("Travels with the person"),
    "lawyer": n_("Lawyer or representative"),
    "alleged_offender": n_("Alleged offender"),
    "other": n_("Another part"),
}
"""Why we hold a third person's data at all."""

RELATIONS = {
    "mother": n_("Mother"),
    "father": n_("Father"),
    "step_parent": n_("Stepmother or stepfather"),
    "husband_wife": n_("Husband or wife"),
    "partner": n_("Partner"),
    "child": n_("Child"),
    "sibling": n_("Sister or brother"),
    "grandparent": n_("Grandmother or grandfather"),
    "grandchild": n_("Grandchild"),
    "aunt_uncle": n_("Aunt or uncle"),
    "cousin": n_("Cousin"),
    "in_law": n_("Relative by marriage"),
    "guardian": n_("Guardian"),
    "friend": n_("Friend"),
    "neighbour": n_("Neighbour"),
    "companion": n_("Travels together"),
    "employer": n_("Employer"),
    "lawyer": n_("Lawyer or representative"),
    "alleged_offender": n_("Alleged offender"),
    "other": n_("Another relationship"),
}
"""What the other one is to the person."""

INVERSE = {
    "mother": "child",
    "father": "child",
    "step_parent": "child",
    "husband_wife": "husband_wife",
    "partner": "partner",
    "child": "mother",
    "sibling": "sibling",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "aunt_uncle": "other",
    "cousin": "cousin",
    "in_law": "in_law",
    "guardian": "other",
    "friend": "friend",
    "neighbour": "neighbour",
    "companion": "companion",
    "other": "other",
}
"""What the person is to the other one, for two people we help; a parent is a mother until the sex says otherwise."""
OF_MEN = {"mother": "father"}
"""How a relationship is called when a man is meant."""
AMONG_US = {kind: RELATIONS[kind] for kind in INVERSE}
"""What two people we help can be to each other."""


def inverse_of(kind: str, sex: str) -> str:
    """What somebody of this sex is to the other one, who is `kind` to them."""
    found = INVERSE[kind]
    return OF_MEN.get(found, found) if sex == "male" else found
