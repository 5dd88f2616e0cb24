"""The gates before travel that we arrange (docs/domain.md 3, defaults), said in words: what holds, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.cases.models import Case
from casework.codes.queries import choices
from casework.consent.queries import standing_rows
from casework.db import db
from casework.errors import InvalidTransition, n_
from casework.referrals.models import Referral
from casework.referrals.workflow import ACCEPTED
from casework.repatriation.models import ReturnPath
from casework.repatriation.queries.facts import approved, is_child, newest_check, newest_decision
from casework.repatriation.queries.ground import unsure

FAVOURABLE = ("yes", "with_conditions")


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition: `sentence` says how it stands, `todo` what to do while it is closed; both are message ids."""

    kind: str
    open: bool
    sentence: str
    todo: str = ""
    until: datetime | None = None


def gates(case: Case, path: ReturnPath) -> list[Gate]:
    """The gates of a return as they stand now. None for travel that we don't arrange: a person who comes home alone
    is never held up."""
    if not path.arranged:
        return []
    found = [_consent(case), _decision(path), _safety(case, path), _receiver(path), _fit(path)]
    return [*found, _best_interest(path)] if is_child(case) else found


def require_gates(case: Case, path: ReturnPath) -> None:
    """Raise InvalidTransition, saying what is missing, unless all gates are open."""
    for gate in gates(case, path):
        if not gate.open:
            raise InvalidTransition(gate.todo)


def _consent(case: Case) -> Gate:
    purposes = {code.code for code in choices("consent_purpose", group="return")}
    rows = [row for row in standing_rows(case.id) if row.purpose in purposes and row.ground == "consent"]
    if rows:
        return Gate("consent", True, n_("The person agrees to the return and its papers."), until=rows[0].ends_at)
    return Gate(
        "consent",
        False,
        n_("The person's agreement to the return and its papers is not recorded, or it has ended."),
        n_("No travel yet: ask the person, and record the agreement to return travel under Consent."),
    )


def _decision(path: ReturnPath) -> Gate:
    newest = newest_decision(path)
    if newest is not None and newest.answer == "yes":
        return Gate("decision", True, n_("The person decided to return."))
    if newest is not None:
        return Gate(
            "decision",
            False,
            n_("The person does not want to return now."),
            n_("No travel: the person does not want to return. Talk about the choices, and record a new decision."),
        )
    return Gate(
        "decision",
        False,
        n_("The person has not decided yet."),
        n_("No travel yet: inform the person, and record what the person decides."),
    )


def _safety(case: Case, path: ReturnPath) -> Gate:
    check = newest_check(path, "safety")
    if check is None:
        return Gate(
            "safety",
            False,
            n_("Nobody has assessed yet whether home is safe."),
            n_("No travel yet: record the family or safety assessment."),
        )
    if unsure(path, check.recorded_at):
        return _unsure()
    if check.result in FAVOURABLE:
        words = {
            "yes": n_("The assessment says that home is safe."),
            "with_conditions": n_("The assessment says that home is safe with conditions."),
        }
        return Gate("safety", True, words[check.result])
    if is_child(case):
        return Gate(
            "safety",
            False,
            n_("The assessment says that home is not safe."),
            n_("No travel: home is not safe for this child. Look for another place, and record a new assessment."),
        )
    decision = newest_decision(path)
    against = decision is not None and decision.answer == "yes" and decision.against_check_id == check.id
    if against and decision is not None and approved(decision):
        return Gate("safety", True, n_("The person goes against the assessment, informed; a supervisor approved it."))
    if against:
        return Gate(
            "safety",
            False,
            n_("The person wants to go against the assessment; a supervisor has not approved it."),
            n_("No travel yet: a supervisor decides on the return against the assessment."),
        )
    return Gate(
        "safety",
        False,
        n_("The assessment says that home is not safe."),
        n_("No travel: home is not safe. Record a new assessment, or the person's informed decision against it."),
    )


def _unsure() -> Gate:
    return Gate(
        "safety",
        False,
        n_("The last assessment does not know whether home is safe."),
        n_("No travel yet: nobody knows whether home is safe. Ask again, and record the assessment."),
    )


def _receiver(path: ReturnPath) -> Gate:
    check = newest_check(path, "receiver")
    named = check is not None and check.result in FAVOURABLE
    if named and check is not None and check.referral_id is not None:
        referral = db.session.get_one(Referral, check.referral_id)
        named = referral.status in ACCEPTED
    if named:
        return Gate("receiver", True, n_("The receiving office is named and has accepted."))
    return Gate(
        "receiver",
        False,
        n_("No office has accepted to receive the person."),
        n_("No travel yet: name who receives the person, with the accepted referral or the answer on paper."),
    )


def _fit(path: ReturnPath) -> Gate:
    check = newest_check(path, "fit")
    if check is not None and check.result in FAVOURABLE:
        return Gate("fit", True, n_("Fit to travel."))
    if check is not None:
        return Gate(
            "fit",
            False,
            n_("Not fit to travel now."),
            n_("No travel: not fit to travel. Wait, and record a new result."),
        )
    return Gate(
        "fit",
        False,
        n_("Whether the person is fit to travel is not recorded."),
        n_("No travel yet: record whether the person is fit to travel."),
    )


def _best_interest(path: ReturnPath) -> Gate:
    check = newest_check(path, "best_interest")
    if check is not None and check.result in FAVOURABLE:
        return Gate("best_interest", True, n_("Return is in the child's best interest."))
    return Gate(
        "best_interest",
        False,
        n_("There is no decision that return is in the child's best interest."),
        n_("No travel: a child needs a best-interest decision first."),
    )
