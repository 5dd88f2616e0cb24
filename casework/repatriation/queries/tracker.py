"""The tracker of a return: each step with its owner, clock, document and note, in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.access.queries import organisation_names
from casework.codes.queries import find, label
from casework.db import db, today
from casework.documents.queries import documents_of
from casework.errors import n_
from casework.repatriation.kinds import OUTCOMES, PARTIES
from casework.repatriation.models import ReturnPath, ReturnStep, ReturnStepSealed
from casework.repatriation.queries.paths import spells_of, steps_of
from casework.repatriation.workflow import clock
from casework.repatriation.workflow.states import LEFT, RUNNING
from casework.repatriation.workflow.steps import StepRule, official, rule
from casework.vault import fields

NOT_SAID = n_("nobody yet")


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as the tracker shows it. Words are message ids, names of offices or labels of codes."""

    row: ReturnStep
    label: str
    owner: str
    waiting_for: str
    used: int | None
    """Days of the clock that have passed; None before the start."""
    late: bool
    official: str
    """Source of the clock where it is official; '' where it is our default."""
    outcome: str
    note: str
    document: str
    """Title of the document, if the reader may open it."""
    rule: StepRule

    @property
    def running(self) -> bool:
        """True for the steps that are unfolded."""
        return self.row.state in RUNNING

    @property
    def left(self) -> bool:
        """True for the steps that can still be skipped."""
        return self.row.state in LEFT


def tracker(by: Actor, path: ReturnPath) -> list[StepView]:
    """All steps of a return that the actor may see (see get_path), in order."""
    steps = steps_of(path)
    offices = organisation_names(
        org_id for step in steps for org_id in (step.owner_org_id, step.waiting_org_id) if org_id
    )
    spells = spells_of(step.id for step in steps)
    notes = _notes(steps)
    papers = {row.id: title for row, title in documents_of(by, path.case_id)}
    return [
        StepView(
            row=step,
            label=label("repatriation_step", step.code, by.language),
            owner=_party(step.owner_org_id, step.owner_party, offices) or usual_owner(step.code, by.language),
            waiting_for=_party(step.waiting_org_id, step.waiting_party, offices),
            used=days_used(step, spells.get(step.id, [])),
            late=step.state == "open" and step.due_on is not None and step.due_on < today(),
            official=official(step.code, path.to_country),
            outcome=_outcome(step, by.language),
            note=notes.get(step.id, ""),
            document=papers.get(step.document_id, "") if step.document_id else "",
            rule=rule(step.code),
        )
        for step in steps
    ]


def _party(org_id: UUID | None, party: str | None, offices: dict[UUID, str]) -> str:
    if org_id is not None:
        return offices.get(org_id, "")
    return PARTIES[party] if party else ""


def usual_owner(code: str, language: str) -> str:
    """Who does it as a rule, by the list."""
    found = find("repatriation_step", code)
    return (found.attribute("owner", language) if found else "") or NOT_SAID


def days_used(step: ReturnStep, spells: clock.Spells) -> int | None:
    """Days of a step's clock that have passed; None before its start, and where it is due from the day of travel."""
    if step.started_on is None or step.from_travel:
        return None
    until = step.done_on or today()
    return clock.used(step.started_on, until, working=step.working_days, country=step.calendar, spells=spells)


def _outcome(step: ReturnStep, language: str) -> str:
    if not step.outcome:
        return ""
    listed = rule(step.code).outcome_list
    return label(listed, step.outcome, language) if listed else OUTCOMES.get(step.outcome, step.outcome)


def _notes(steps: Sequence[ReturnStep]) -> dict[UUID, str]:
    rows = db.session.scalars(select(ReturnStepSealed).where(ReturnStepSealed.id.in_([step.id for step in steps])))
    return {key: str(value or "") for key, value in fields.unseal_many(rows.all(), "note").items()}
