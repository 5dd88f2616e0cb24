"""Sentences for the lines of a timeline and for forms left as drafts."""

from __future__ import annotations

from collections.abc import Mapping

from casework.cases.workflow import APPROVAL_KINDS, STATION_STATE_WORDS, STATION_WORDS
from casework.codes.queries import find
from casework.errors import n_
from casework.overview.queries.timeline import Moment
from casework.people.kinds import FACT_KINDS
from casework.referrals.kinds import KINDS as REFERRALS
from casework.reintegration.kinds import PROMISE_WORDS
from casework.reintegration.workflow import CLOSURE_WORDS, GOAL_WORDS, PLAN_WORDS
from casework.web.shims import gettext
from casework.web.words import language

KINDS: Mapping[str, str] = {
    "note": n_("Note"),
    "service_line": n_("Help recorded"),
    "emergency_need": n_("Need of the first hour"),
    "health_check": n_("Health check"),
    "consultation": n_("Session of health, psychosocial or legal work"),
    "stay": n_("Place to stay"),
    "document": n_("Document added"),
    "letter_case": n_("Letter"),
    "screening": n_("Screening"),
    "trafficking_event_case": n_("What happened, written down"),
    "identification_decision": n_("Decision of an authority"),
    "formal_request": n_("What the person says about a formal decision"),
    "risk_assessment": n_("Risk assessed"),
    "loss": n_("Loss or debt recorded"),
    "proceeding": n_("Proceeding recorded"),
    "proceeding_step": n_("A proceeding went on"),
    "hearing": n_("Hearing or date planned"),
    "assessment": n_("Needs and risks assessed"),
    "safety_plan": n_("Safety plan agreed"),
    "staff_threat": n_("Threat to one of us"),
    "promise": n_("Promise to the person"),
    "plan": n_("Plan begun"),
    "follow_up": n_("Visit or call planned"),
    "follow_ups_planned": n_("Visits and calls planned"),
    "follow_up_done": n_("Visit or call done"),
    "follow_up_missed": n_("Visit or call missed"),
    "reintegration_stage": n_("Stage of reintegration"),
    "contact_attempt": n_("Try to reach the person"),
    "closure": n_("Closing asked for"),
    "consent_entry": n_("Consent recorded"),
    "vital_opening": n_("Opened because life is at risk"),
    "return_step": n_("Step of the return"),
    "return_path": n_("Return planned"),
    "return_check": n_("Safety of the return assessed"),
    "return_decision": n_("What the person says about returning"),
    "return_against_advice": n_("Return against a safety assessment"),
    "movement_seat": n_("Seat on a journey"),
    "return_feedback": n_("Feedback to the sending country"),
    "travel_paper": n_("Paper for the way recorded"),
    "family_tracing": n_("Asked about the family"),
    "best_interest": n_("Best-interest decision for a child"),
    "handover": n_("Hand-over"),
    "handover_signature": n_("Hand-over signed"),
    "contact": n_("Safe contact recorded"),
    "contact.ended": n_("A contact ended"),
    "contact.confirmed": n_("A contact confirmed"),
    "contact.revealed": n_("A number was shown"),
    "ask_stop": n_("Nothing more is asked for now"),
    "private_talk": n_("Private talk"),
    "paper_sheet": n_("Paper form typed in"),
    "paper": n_("Papers recorded"),
    "paper.moved": n_("Where the papers are, changed"),
    "nationality": n_("Nationality recorded"),
    "relation": n_("Somebody around the person recorded"),
    "relation.changed": n_("Somebody around the person changed"),
    "person.corrected": n_("Facts of the person corrected"),
}
CHANGES: Mapping[str, str] = {
    "status": n_("Case"),
    "owner": n_("Office in charge of the case"),
    "assignee": n_("Given to another worker"),
    "identified_as": n_("Identified as"),
    "risk_level": n_("Risk"),
    "plan": n_("Plan"),
    "closure": n_("Closure"),
    "goal": n_("Goal of the plan"),
    "promise": n_("Promise to the person"),
    "reintegration_stage": n_("Stage of reintegration"),
}
IDENTIFIED = {
    "unknown": n_("not decided"),
    "presumed": n_("presumed"),
    "formal": n_("formally identified"),
    "no_indication": n_("no indication"),
}
DECISIONS: Mapping[str, str] = {**APPROVAL_KINDS, "erasure": n_("Erasing a person's data")}
"""What a second person decides."""
STATUS_WORDS = {"open": n_("open"), "closed": n_("closed")}
VALUES: Mapping[str, Mapping[str, str]] = {
    "status": STATUS_WORDS,
    "station": STATION_STATE_WORDS,
    "identified_as": IDENTIFIED,
    "plan": PLAN_WORDS,
    "closure": CLOSURE_WORDS,
    "goal": GOAL_WORDS,
    "promise": PROMISE_WORDS,
}
"""What a change may come to, in words; values of code lists are looked up there."""

FILTERS: Mapping[str, str] = {
    "all": n_("all"),
    "notes": n_("notes"),
    "help": n_("help"),
    "referrals": n_("referrals"),
    "steps": n_("steps"),
    "changes": n_("changes"),
}
FORMS: Mapping[str, str] = {
    "assistance.register_person": n_("Registering a person"),
    "assistance.first_hour": n_("First evening"),
    "assistance.take_in_group": n_("Registering a group"),
    "cases.write_note": n_("A note"),
    "cases.plan_task": n_("A task"),
    "cases.record_identity": n_("Who the person is"),
    "cases.edit_identity": n_("Who the person is"),
    "cases.record_contact": n_("A safe contact"),
    "cases.record_paper": n_("Papers of the person"),
    "cases.record_relation": n_("Somebody around the person"),
    "cases.record_origin": n_("Where the person comes from"),
    "cases.assign_case": n_("Giving a case to a worker"),
    "documents.add_document": n_("A document"),
    "assistance.record_help": n_("Help given"),
    "sharing.send_referral": n_("A referral"),
    "sharing.record_answer": n_("Consent"),
    "identification.screening": n_("A screening"),
    "identification.start_screening": n_("A screening"),
    "identification.decide": n_("A decision of identification"),
    "identification.record_event": n_("What happened"),
    "identification.edit_event": n_("What happened"),
    "identification.assess_risk": n_("Risk"),
    "assistance.arrive": n_("A place to stay"),
    "repatriation.hand_over": n_("A hand-over"),
    "sharing.send_transfer": n_("Handing over a case"),
    "sharing.withdraw": n_("Withdrawn consent"),
    "reintegration.start_plan": n_("A plan"),
    "reintegration.plan_visits": n_("Visits and calls"),
    "access.add_user": n_("A new user"),
    "access.add_office": n_("A new office"),
    "codes.add_code": n_("A new entry of a list"),
    "codes.change_code": n_("An entry of a list"),
    "codes.add_holiday": n_("A holiday"),
    "reintegration.record_visit": n_("A visit or call"),
    "reintegration.request_closure": n_("Closing a case"),
}


def line_words(line: Moment) -> str:
    """What a line of the timeline says."""
    kind, _, what = line.kind.partition(":")
    if kind == "change":
        return _changed(what, line.after)
    if line.kind == "referral" and line.referral is not None:
        if line.referral.kind == "transfer":
            return f"{gettext(REFERRALS['transfer'])}, {_label('referral_status', line.after)}"
        service = _label("service_type", line.referral.service_type)
        return gettext("Referral: %(service)s, %(state)s", service=service, state=_label("referral_status", line.after))
    if line.kind.startswith("fact_"):
        return gettext(FACT_KINDS.get(line.kind.removeprefix("fact_"), n_("A fact about the person")))
    return gettext(KINDS.get(line.kind, n_("A record")))


def _changed(what: str, after: str | None) -> str:
    name, _, rest = what.partition(":")
    subject = gettext(STATION_WORDS.get(rest, rest)) if name == "station" else gettext(CHANGES.get(name, n_("Changed")))
    if after is None:
        return subject
    value = VALUES.get(name, {}).get(after)
    words = gettext(value) if value else _label(name, after)
    return f"{subject}: {words}" if words else subject


def _label(list_name: str, code: str | None) -> str:
    found = find(list_name, code) if code else None
    return gettext(found.in_language(language())) if found else ""


def form_words(endpoint: str) -> str:
    """What a draft is a draft of."""
    return gettext(FORMS.get(endpoint, n_("A form")))
