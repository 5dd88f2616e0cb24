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
BEFORE_US = "before_us"
"""The step was done when the case came to us: as much behind the person as one of ours that is done."""
SKIP_REASONS = {
    "not_needed": n_("Not needed here"),
    BEFORE_US: n_("Done before us"),
    "declined": n_("The person does not want it"),
    "not_possible": n_("Not possible"),
    "safety": n_("Not safe for the person"),
    "elsewhere": n_("Carried on in another part of the case"),
}
OFFERED_SKIPS = ("not_needed", BEFORE_US, "declined", "not_possible", "safety")
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
CHECKED_HERE = ("safety", "fit")
"""Checks recorded as a result alone; a best-interest decision and a receiver have forms of their own."""

PAPER_STATES = {
    "asked": n_("asked for"),
    "issued": n_("issued"),
    "refused": n_("refused"),
    "lost": n_("lost or taken away"),
}
PAPER_HOLDERS = {
    "person": n_("the person"),
    "our_office": n_("our office"),
    "consulate": n_("the consulate"),
    "host_authority": n_("the host authority"),
    "escort": n_("the escort"),
    "employer": n_("the employer or a broker"),
    "unknown": n_("not known"),
}
PAPER_SOON_DAYS = 14
"""Days before travel from which a paper that is still missing is a warning."""
PAPER_SPARE_DAYS = 7
"""Days after travel for which a paper should still be valid: a journey may be put off."""

TRACING = "family_tracing"
"""Purpose of consent without which nobody is asked about the family."""
TRACING_DAYS = 30
TRACING_STATES = {
    "asked": n_("asked"),
    "answered": n_("answered"),
    "stopped": n_("stopped"),
}
TRACING_STOPS = {
    "consent_withdrawn": n_("The person took the agreement back"),
    "not_wanted": n_("The person does not want it any more"),
    "no_answer": n_("No answer comes"),
    "mistake": n_("Recorded by mistake"),
}
OFFERED_TRACING_STOPS = ("not_wanted", "no_answer", "mistake")
WISHES = {"yes": n_("Yes"), "unsure": n_("Not sure"), "no": n_("No"), "not_asked": n_("Not asked")}

EXPLAINED = {
    "home": n_("What waits at home, and what the assessment found"),
    "choices": n_("Other choices: stay, another place, later"),
    "help": n_("Help does not depend on the answer"),
    "stop": n_("It can be taken back until the hand-over"),
    "told": n_("Who will be told what on the way"),
    "journey": n_("Day, way, escort and papers of the journey"),
    "after": n_("Who helps after arrival"),
}
"""What an informed decision rests on."""

JOURNEY_STATES = {
    "planned": n_("planned"),
    "left": n_("on the way"),
    "arrived": n_("arrived"),
    "cancelled": n_("cancelled"),
}
LEG_MODES = {
    "road": n_("By road"),
    "air": n_("By air"),
    "boat": n_("By boat"),
    "train": n_("By train"),
    "foot": n_("On foot"),
}
ESCORT_SEXES = {"female": n_("woman"), "male": n_("man")}
SEAT_STATES = {"coming": n_("expected"), "boarded": n_("on board"), "stayed": n_("did not board")}
SEAT_NEEDS = {
    "wheelchair": n_("wheelchair"),
    "child_seat": n_("child seat"),
    "two_seats": n_("two seats"),
    "near_escort": n_("seat beside an escort"),
    "same_sex_neighbour": n_("neighbour of the same sex"),
    "interpreter": n_("interpreter"),
    "front": n_("seat in front"),
}
"""Special seats. Never a reason: who sits in front says nothing of why."""

FEEDBACK = "feedback_sending_country"
"""Purpose of consent without which nothing is told to the country that sent a person home."""
FEEDBACK_DAYS = 90
FEEDBACK_STATES = {"sent": n_("sent"), "refused": n_("the person does not want it")}
FEEDBACK_OCCASIONS = {
    "ninety_days": n_("After 90 days"),
    "asked": n_("The office asked"),
    "closure": n_("The case closes"),
}
FEEDBACK_TELLS = {"arrived": "travel", "accepted": "assistance", "in_follow_up": "needs_risk"}
"""What a letter may tell -> the data class that the agreement must list for it."""
FEEDBACK_WORDS = {
    "arrived": n_("The person has arrived"),
    "accepted": n_("An office in Cambodia helps the person"),
    "in_follow_up": n_("The person is visited or called"),
}

FOUND = ("who", "relation", "wish", "home", "income", "debt", "violence", "part", "child_care", "conditions")
"""What an answer may say; all of it sealed."""
