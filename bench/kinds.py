"""The kinds of write: for each a record to write on, the form, what is typed, and what one save adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from bench.ground import Ground
from casework.assistance.service import Lodging, arrive, record_help
from casework.cases.models import Case
from casework.cases.service import add_task
from casework.cases.service import person as person_service
from casework.codes.dates import PartialDate, Precision
from casework.consent.models import ConsentEntry
from casework.db import db, end_of_day, today
from casework.identification import service as identification
from casework.identification.kinds import CONDUCT
from casework.people.service import ContactData
from casework.referrals.service import Wanted
from casework.reintegration import service as reintegration
from casework.sharing import service as sharing

Race = Literal["both", "edit", "step"]
"""Two writers at once: both records stand (an append); of two editors one saves and the other gets the 409; of two
who take the same step one does and the other is told so (409, or 422 with the sentence on top of the form)."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where one save goes: a form (`path` leads to it) or a button (`version` is what the page showed)."""

    path: str
    version: int | None = None
    look_first: bool = False
    """The page shows exactly what will be sent, and sends only that."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of write. `effect` is a number that one save raises by one."""

    name: str
    race: Race
    effect: str
    aim: Callable[[Ground], Aim]
    typed: Mapping[str, object] = field(default_factory=dict)
    other: Mapping[str, object] = field(default_factory=dict)
    """What the second writer types instead."""
    who: tuple[str, str] = ("here_a", "here_b")


def day(name: str, ahead: int = 0) -> dict[str, str]:
    """The three boxes of a date."""
    value = today() + timedelta(days=ahead)
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def rows(table: str) -> str:
    """How many rows a table has."""
    return f'SELECT count(*) FROM "{table}"'  # noqa: S608 - names of our own tables


def versions(table: str) -> str:
    """The sum of all versions of a table: one edit adds one."""
    return f'SELECT sum(version) FROM "{table}"'  # noqa: S608


def states(table: str, state: str, column: str = "state") -> str:
    """How many rows stand in a state."""
    return f"SELECT count(*) FROM \"{table}\" WHERE {column} = '{state}'"  # noqa: S608


def on_any(path: str) -> Callable[[Ground], Aim]:
    """A form of some case."""
    return lambda ground: Aim(path.replace("CASE", str(ground.any_case())))


def on_fresh(path: str) -> Callable[[Ground], Aim]:
    """A form of a case nobody touched yet."""
    return lambda ground: Aim(path.replace("CASE", str(ground.fresh_case().id)))


def _case(ground: Ground) -> Case:
    return db.session.get_one(Case, ground.any_case())


def _task(ground: Ground) -> Aim:
    by = ground.actors["here_a"]
    task = add_task(
        _case(ground), by=by, kind="todo", text="Ring the office", due_at=end_of_day(today()), assignee_id=by.user_id
    )
    return Aim(f"/tasks/{task.id}/done", task.version)


def _contact(ground: Ground) -> tuple[UUID, UUID]:
    case = _case(ground)
    data = ContactData(channel="voice_call", number="012 000 111", phone_owner="self")
    made = person_service.add_contact(case, data, by=ground.actors["here_a"])
    made.last_confirmed_on = today() - timedelta(days=2)
    return case.id, made.id


def _confirm(ground: Ground) -> Aim:
    case_id, contact_id = _contact(ground)
    db.session.flush()
    return Aim(f"/cases/{case_id}/contacts/{contact_id}/confirm", 2)


def _end_contact(ground: Ground) -> Aim:
    case_id, contact_id = _contact(ground)
    return Aim(f"/cases/{case_id}/contacts/{contact_id}/end")


def _line(ground: Ground) -> tuple[Case, UUID]:
    case = ground.fresh_case()
    line = record_help(case, by=ground.actors["here_a"], service_type="rice", quantity=2)
    return case, line.id


def _reverse(ground: Ground) -> Aim:
    case, line_id = _line(ground)
    return Aim(f"/cases/{case.id}/help/{line_id}/reverse")


def _again(ground: Ground) -> Aim:
    case, line_id = _line(ground)
    return Aim(f"/cases/{case.id}/help/{line_id}/again", 1)


def _stay(ground: Ground) -> Aim:
    case = ground.fresh_case()
    stay = arrive(case, Lodging("agreed", "House One"), by=ground.actors["here_a"], arrived_on=today())
    return Aim(f"/cases/{case.id}/stays/{stay.id}/leave")


def _sent(ground: Ground) -> tuple[UUID, int]:
    case, by, to = ground.fresh_case(), ground.actors["here_a"], ground.actors["there_a"]
    agreed(ground, case)
    wanted = Wanted(
        service_type="shelter_night",
        priority="emergency",
        purpose="referral",
        to_org_id=to.organisation_id,
        need="A bed for some weeks",
    )
    seen = sharing.look(case, by=by, wanted=wanted)
    made = sharing.send(case, by=by, wanted=wanted, digest=seen.digest)
    return made.id, made.version


def agreed(ground: Ground, case: Case) -> ConsentEntry:
    """The person agrees to share with the other office."""
    return sharing.record_given(
        case,
        by=ground.actors["here_a"],
        classes=("identity", "demographic", "needs_risk", "safe_contact"),
        recipient_org_id=ground.actors["there_a"].organisation_id,
        purpose="referral",
        form="written",
    )


def _accept(ground: Ground) -> Aim:
    referral_id, version = _sent(ground)
    return Aim(f"/referrals/{referral_id}/accept", version)


def _decline(ground: Ground) -> Aim:
    return Aim(f"/referrals/{_sent(ground)[0]}/decline")


def _send(ground: Ground) -> Aim:
    case = ground.fresh_case()
    agreed(ground, case)
    to = ground.actors["there_a"].organisation_id
    return Aim(f"/cases/{case.id}/referrals/new?to=org:{to}&service=shelter_night", look_first=True)


def _withdraw(ground: Ground) -> Aim:
    case = ground.fresh_case()
    return Aim(f"/cases/{case.id}/consent/{agreed(ground, case).id}/withdraw")


def _visit(ground: Ground, what: str) -> Aim:
    case = ground.fresh_case()
    visit = reintegration.plan_visit(case, by=ground.actors["here_a"], day=today(), mode="home_visit")
    return Aim(f"/cases/{case.id}/visits/{visit.id}/{what}")


def _goal(ground: Ground) -> Aim:
    case = ground.fresh_case()
    plan = reintegration.start_plan(case, by=ground.actors["here_a"])
    return Aim(f"/cases/{case.id}/plan/{plan.id}/goals/new")


def _decision(ground: Ground) -> Aim:
    case, by = ground.fresh_case(), ground.actors["here_a"]
    plan = reintegration.start_plan(case, by=by)
    reintegration.add_goal(plan, case, by=by, domain="Livelihood", goal="My own shop.")
    approval = reintegration.send_plan(plan, case, by=by)
    return Aim(f"/cases/{case.id}/decide/{approval.id}")


def _event(ground: Ground) -> Aim:
    case = ground.fresh_case()
    when = PartialDate(date(2019, 1, 1), date(2019, 12, 31), Precision.YEAR)
    facts = identification.Facts({"act": ["recruitment"]}, when, [], identification.Names(), "Shared facts.")
    event = identification.record_event(case, facts, by=ground.actors["here_a"], role="exploited")
    return Aim(f"/cases/{case.id}/events/{event.id}/edit")


def _consent_typed(ground: Ground) -> dict[str, object]:
    return {"recipient": f"org:{ground.actors['there_a'].organisation_id}"}


def typed(kind: Kind, ground: Ground, second: bool) -> dict[str, object]:
    """What is typed into the form of a kind; some answers name an office of this ground."""
    more = _consent_typed(ground) if kind.name == "consent given" else {}
    return {**kind.typed, **more, **(kind.other if second else {})}


GIVEN = {
    "answer": "given", "purpose": "referral", "classes": ["identity", "demographic"], "method": "written",
    "giver": "self",
}  # fmt: skip

AUNT = {"kind": "mother", "purpose": "next_of_kin", "latin_given": "Aunt", "safe_to_contact": "yes"}

KINDS = (
    Kind("register", "both", rows("case"), lambda ground: Aim("/register"),
         {"latin_family": "Sampleson", "latin_given": "Newcomer", "sex": "female", "manner_of_return": "deported"}),
    Kind("note", "both", rows("note"), on_any("/cases/CASE/notes/new"), {"text": "Called, all is well."}),
    Kind("task planned", "both", rows("task"), on_any("/cases/CASE/tasks/new"), {"text": "Ring", **day("due_on", 3)}),
    Kind("task done", "edit", states("task", "done"), _task),
    Kind("contact", "both", rows("contact"), on_any("/cases/CASE/contacts/new"),
         {"channel": "voice_call", "number": "012 000 222"}),
    Kind("contact confirmed", "edit", versions("contact"), _confirm),
    Kind("contact ended", "edit", versions("contact"), _end_contact, {"reason": "wrong"}),
    Kind("document held", "both", rows("held_document"), on_any("/cases/CASE/papers/new"),
         {"kind": "passport", "number": "N0000001", "state": "held"}),
    Kind("nationality", "both", rows("nationality_claim"), on_any("/cases/CASE/nationality/new"),
         {"country": "KHM", "state": "claimed"}),
    Kind("relation", "both", rows("relation"), on_any("/cases/CASE/relations/new"), AUNT),
    Kind("identity corrected", "edit", versions("person"), on_fresh("/cases/CASE/identity"),
         {"latin_given": "Firstwriter"}, {"latin_given": "Secondwriter"}),
    Kind("help line", "both", rows("service_line"), on_any("/cases/CASE/help/new"),
         {"service_type": "cooked_meal", "anyway": "yes"}),
    Kind("help again", "both", rows("service_line"), _again),
    Kind("help reversed", "step", rows("service_line"), _reverse, {"reason": "twice"}),
    Kind("stay begun", "step", rows("stay"), on_fresh("/cases/CASE/stays/new"),
         {"place": "House One", "admission": "agreed"}),
    Kind("stay ended", "edit", versions("stay"), _stay, {"reason": "own_wish"}),
    Kind("consent given", "both", rows("consent_entry"), on_any("/cases/CASE/consent/new"), GIVEN),
    Kind("consent withdrawn", "step", states("consent_entry", "withdrawn", "answer"), _withdraw,
         {"method": "written", "told": "yes"}),
    Kind("referral sent", "step", rows("referral"), _send, {"priority": "urgent", "need": "A quiet room"}),
    Kind("referral accepted", "edit", states("referral", "accepted", "status"), _accept, who=("there_a", "there_b")),
    Kind("referral declined", "edit", states("referral", "rejected", "status"), _decline,
         {"reason": "no_capacity"}, who=("there_a", "there_b")),
    Kind("screening started", "both", rows("screening"), on_any("/cases/CASE/screenings/new"),
         {"country": "THA", "language": "khm", "interpreter": "no", "present": "nobody", "conduct": [*CONDUCT],
          "preferred_sex": "either", "interviewer_sex": "female"}),
    Kind("decision", "both", rows("identification_decision"), on_any("/cases/CASE/identification/decisions/new"),
         {"status": "presumed_victim", "authority": "ngo", "country": "KHM", "reason": "Signs of control."}),
    Kind("risk level", "both", rows("risk_assessment"), on_any("/cases/CASE/risk/new"), {"level": "medium"}),
    Kind("event edited", "edit", versions("trafficking_event"), _event, {"vessel": "Star One"}, {"vessel": "Star Two"}),
    Kind("visit planned", "both", rows("follow_up"), on_any("/cases/CASE/visits/add"),
         {"mode": "safe_call", **day("due_on", 1)}),
    Kind("visit written down", "edit", states("follow_up", "done"), lambda ground: _visit(ground, "record"),
         {"situation": "Works in a shop."}, {"situation": "Works at home."}),
    Kind("visit moved", "edit", versions("follow_up"), lambda ground: _visit(ground, "move"),
         {"reason": "office", **day("due_on", 4)}, day("due_on", 5)),
    Kind("plan begun", "step", rows("plan"), on_fresh("/cases/CASE/plan/new")),
    Kind("goal", "both", rows("plan_goal"), _goal, {"domain": "Livelihood", "goal": "My own sewing shop."}),
    Kind("plan approved", "step", states("plan", "approved"), _decision, {"decision": "approved"},
         who=("here_b", "here_c")),
)  # fmt: skip
"""Extend it as pages land. A kind that can't be written fails the run; none is left out in silence."""
