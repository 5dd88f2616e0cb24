"""How each kind of approval is read and decided where it stands, by the form and the act of its own package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.access.permissions import Actor
from casework.access.queries import organisation
from casework.cases.models import Approval, Case
from casework.reintegration import queries as plans
from casework.reintegration import service as reintegration
from casework.reintegration.forms import DecideForm
from casework.reintegration.workflow import GOAL_WORDS, VIEW_WORDS
from casework.repatriation import queries as returns
from casework.repatriation import service as repatriation
from casework.repatriation.forms import AgainstForm
from casework.repatriation.kinds import INFORMED
from casework.sharing import service as sharing
from casework.sharing.forms import DecisionForm

Read = Callable[[Actor, Approval, Case], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of approval is read and decided."""

    form: type[Any]
    template: str
    read: Read
    """Gives what the template shows, and 'version' if it is not that of the approval."""
    act: Callable[..., object]


def _plan(by: Actor, approval: Approval, case: Case) -> dict[str, Any]:
    return {"row": plans.plan_row(plans.get_plan(by, case.id, approval.record_id)), "goal_words": GOAL_WORDS}


def _closure(by: Actor, approval: Approval, case: Case) -> dict[str, Any]:
    closure = plans.get_closure(by, case.id, approval.record_id)
    outcomes, told = plans.closure_of(closure)
    return {"closure": closure, "outcomes": outcomes, "told": told, "view_words": VIEW_WORDS}


def _against(by: Actor, approval: Approval, case: Case) -> dict[str, Any]:
    decision, _ = returns.get_decision(by, approval.record_id)
    told = returns.decision_words(by, [decision]).get(decision.id, "")
    return {"decision": decision, "told": told, "informed_words": INFORMED}


def _vital(by: Actor, approval: Approval, case: Case) -> dict[str, Any]:
    opening = sharing.get_opening(approval.record_id, case, by=by)
    return {
        "opening": opening,
        "version": opening.version,
        "why": sharing.reason_of(opening),
        "office": organisation(opening.org_id).name,
    }


def _decide_vital(approval: Approval, case: Case, *, by: Actor, **values: Any) -> None:
    sharing.decide_vital(sharing.get_opening(approval.record_id, case, by=by), case, by=by, **values)


PLAN = Way(DecideForm, "overview/deciding/_plan.html", _plan, reintegration.decide_plan)
CLOSURE = Way(DecideForm, "overview/deciding/_closure.html", _closure, reintegration.decide_closure)
WAYS: Mapping[str, Way] = {
    "plan": PLAN,
    "closure": CLOSURE,
    "closure_disagreed": CLOSURE,
    "vital": Way(DecisionForm, "overview/deciding/_vital.html", _vital, _decide_vital),
    "return_against_advice": Way(
        AgainstForm, "overview/deciding/_against.html", _against, repatriation.decide_against_advice
    ),
}
"""Kind of approval -> how it is decided on the board; any other kind is decided on the page of its record."""
