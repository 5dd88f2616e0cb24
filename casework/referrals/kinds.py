"""The fixed words of this package: each code with its label, an English message id; the tables check them."""

from __future__ import annotations

from casework.errors import n_

KINDS = {"referral": n_("Referral"), "transfer": n_("Transfer of the case")}

STATUSES = (
    "draft",
    "sent",
    "accepted",
    "service_started",
    "done",
    "rejected",
    "revoked",
    "consent_withdrawn",
    "expired",
)
"""Codes of the list referral_status; which may follow which stands in workflow.MOVES."""

OUTCOMES = {
    "given": n_("Given as asked"),
    "partly": n_("Given in part"),
    "not_given": n_("Not given"),
    "person_declined": n_("The person did not want it"),
    "person_not_reached": n_("The person was not reached"),
}
CHANNELS = {
    "phone": n_("By phone"),
    "letter": n_("By letter"),
    "in_person": n_("In person"),
    "message": n_("By message"),
    "email": n_("By e-mail"),
}
"""How the answer of an office without accounts reached us."""
TALKS = {
    "answer": n_("Their answer"),
    "started": n_("The service has begun"),
    "feedback": n_("What came of it"),
    "call": n_("Called"),
}
"""What was said outside the program about a referral, or that the office was called."""
DIRECTIONS = {"out": n_("It went out"), "in": n_("It came in")}
SUBJECTS = {
    "referral": n_("Referral"),
    "transfer": n_("Transfer of the case"),
    "request": n_("Request"),
    "answer": n_("Answer"),
    "report": n_("Report"),
    "identification": n_("Identification"),
    "return": n_("Return"),
    "other": n_("Another matter"),
}
"""What a letter of the register is."""
