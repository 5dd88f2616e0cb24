"""A first evening in one go: needs, a safe contact, what must wait, and where the paper lies; whatever the status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.access.permissions import Actor
from casework.assistance.service.needs import record_needs
from casework.cases.models import Case
from casework.cases.service import Paper, StopWish, keep_paper, stop_asking
from casework.cases.service.person import add_contact
from casework.errors import InvalidInput, n_
from casework.people.service import ContactData


@dataclass(frozen=True, slots=True)
class Evening:
    """What one page of a first evening holds; everything may be left out."""

    answers: Mapping[str, str] = field(default_factory=dict)
    contact: ContactData | None = None
    stop: StopWish | None = None
    paper: Paper | None = None

    def __bool__(self) -> bool:
        return bool(self.answers or self.contact or self.stop)


def record_evening(case: Case, evening: Evening, *, by: Actor) -> None:
    """Write all of it, each part with its own record; from paper each says so and carries the date on the paper."""
    if not evening:
        raise InvalidInput(n_("Write down at least one thing: a need, a contact, or that nothing more is asked today."))
    source = "paper" if evening.paper else "said"
    on = evening.paper.written_on if evening.paper else None
    if evening.answers:
        record_needs(case, by=by, answers=evening.answers, source=source, on=on)
    if evening.contact is not None:
        add_contact(case, evening.contact, by=by, source=source)
    if evening.stop is not None:
        stop_asking(case, by=by, said_by=evening.stop.said_by, span=evening.stop.span, source=source)
    if evening.paper is not None:
        keep_paper(case, evening.paper, by=by)
