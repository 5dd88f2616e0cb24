"""The fixed words of this package: each code with its label, an English message id; the tables check them."""

from __future__ import annotations

from casework.errors import n_

DATA_CLASS = "travel"
"""Class of everything that belongs to a return: it is seen through the return itself."""

DIRECTIONS = {
    "INBOUND": n_("Home to Cambodia"),
    "OUTBOUND": n_("Home from Cambodia"),
    "DOMESTIC": n_("Home inside Cambodia"),
}
PATH_STATES = {"open": n_("open"), "done": n_("done"), "stopped": n_("stopped")}
STEP_STATES = {
    "planned": n_("not begun"),
    "open": n_("open"),
    "waiting": n_("waiting for the person"),
    "done": n_("done"),
    "skipped": n_("skipped"),
    "stopped": n_("stopped"),
}
SKIP_REASONS = {
    "not_needed": n_("Not needed here"),
    "before_us": n_("Done before us"),
    "declined": n_("The person does not want it"),
    "not_possible": n_("Not possible"),
    "safety": n_("Not safe for the person"),
    "elsewhere": n_("Carried on in another part of the case"),
}
OFFERED_SKIPS = ("not_needed", "before_us", "declined", "not_possible", "safety")
STOP_REASONS = {
    "person_stays": n_("The person decided to stay"),
    "consent_withdrawn": n_("The person took the agreement back"),
    "not_safe": n_("Return is not safe"),
    "returned_alone": n_("The person returned alone"),
    "no_contact": n_("Contact is lost"),
    "mistake": n_("Recorded by mistake"),
}
BACK = "back_to_decision"
"""Reason in the history when consent was taken back: travel returns to the decision."""

PARTIES = {
    "person": n_("the person"),
    "family": n_("the family"),
    "consulate": n_("the consulate"),
    "foreign_ministry": n_("the foreign ministry"),
    "interior_ministry": n_("the interior ministry"),
    "social_ministry": n_("the social ministry"),
    "host_authority": n_("the host authority"),
    "home_authority": n_("the home authority"),
    "local_authority": n_("the local authority"),
    "police": n_("the police"),
    "ngo": n_("a partner organisation"),
    "carrier": n_("the transport"),
}
"""Who owns a step, or is waited for, without an office of its own here. Codes, so that nothing is typed in plain."""

CHECK_KINDS = {
    "safety": n_("Family and safety assessment"),
    "fit": n_("Fit to travel"),
    "best_interest": n_("Best-interest decision"),
    "receiver": n_("Who receives the person"),
}
CHECK_RESULTS = {
    "yes": n_("Yes"),
    "with_conditions": n_("Yes, with conditions"),
    "no": n_("No"),
}
ANSWERS = {"yes": n_("Wants to return"), "no": n_("Does not want to return"), "withdrawn": n_("Took it back")}
INFORMED = {
    "in_person": n_("Told in person, in the person's own language"),
    "interpreter": n_("Told in person, with an interpreter"),
    "by_phone": n_("Told by phone"),
    "with_guardian": n_("Told together with the guardian"),
}
OUTCOMES = {
    "confirmed": n_("Confirmed"),
    "denied": n_("Not confirmed"),
    "unclear": n_("No clear answer"),
    "handed_over": n_("Handed over"),
    "decided": n_("Decided"),
} | CHECK_RESULTS
HANDOVER_STATES = {"open": n_("waiting for signatures"), "signed": n_("signed by both sides"), "void": n_("void")}
SIDES = {"giver": n_("The side that hands over"), "receiver": n_("The side that receives")}
