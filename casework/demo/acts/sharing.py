"""Verbs of consent and referral: agree, refuse, withdraw, refer, accept, decline, start, feedback, vital."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from casework.access.permissions import Actor
from casework.consent.models import ConsentEntry, VitalOpening
from casework.db import db, today, utcnow
from casework.demo.script import Step, table
from casework.demo.stage import Scene
from casework.referrals.models import Referral
from casework.referrals.queries import get_referral
from casework.referrals.service import Wanted
from casework.sharing import service


def _classes(step: Step, usual: str = "care") -> list[str]:
    """Data classes by the name of a usual set, such as care or travel."""
    found: dict[str, list[str]] = table("words")["classes"]
    return list(dict.fromkeys(one for name in step.listed("classes", usual) for one in found[name]))


def _asked(scene: Scene, step: Step) -> dict[str, Any]:
    """How the person was asked: a child through a guardian or a best-interest decision, with assent."""
    people = {"explained_by": "A worker of the office"}
    values: dict[str, Any] = {"language": "khm" if scene.part.home.isdigit() else "vie", "people": people}
    values["form"] = step.get("form", ("written", "thumbprint")[scene.part.number % 2])
    if step.get("to"):
        values["recipient_org_id"] = scene.stage.office(step.get("to"))
    else:
        values |= {"recipient_kind": step.get("kind", "embassy"), "recipient_name": step.get("name", "The embassy")}
    if not scene.part.minor:
        return values
    if scene.part.guardian:
        people["guardian"] = scene.part.guardian
        return values | {"giver": "guardian", "assented": True}
    people["decided_by"] = "The provincial social office, by an invented decision"
    return values | {"giver": "best_interest", "assented": True}


def agree(scene: Scene, by: Actor, step: Step) -> None:
    """The person agrees; the label names the entry."""
    asked = _asked(scene, step)
    purpose = step.get("purpose", "referral")
    entry = service.record_given(scene.seen_by(by), by=by, purpose=purpose, classes=_classes(step), **asked)
    scene.labels[f"entry:{step.label}"] = entry.id


def refuse(scene: Scene, by: Actor, step: Step) -> None:
    """The person says no."""
    asked = _asked(scene, step)
    if scene.part.minor:
        asked |= {"giver": "self", "assented": None}
    service.record_refused(scene.seen_by(by), by=by, purpose=step.get("purpose", "referral"), **asked)


def withdraw(scene: Scene, by: Actor, step: Step) -> None:
    """The person takes an agreement back."""
    entry = db.session.get_one(ConsentEntry, scene.labels[f"entry:{step.label}"])
    service.withdraw(entry, scene.seen_by(by), by=by, form=step.get("form", "written"))


def refer(scene: Scene, by: Actor, step: Step) -> None:
    """Send a referral, or a transfer with `kind`; the label names it."""
    case = scene.seen_by(by)
    entry = step.get("entry")
    wanted = Wanted(
        service_type=step.get("service", "shelter_night"),
        priority=step.get("priority", "normal"),
        purpose=step.get("purpose", "referral"),
        to_org_id=scene.stage.office(step.get("to")) if step.get("to") else None,
        entry_id=scene.labels[f"entry:{entry}"] if entry else None,
        kind=step.get("kind", "referral"),
        reason=step.get("reason") or None,
        need=scene.words("need"),
        not_to_say=scene.words("not_to_say") if scene.part.number % 3 == 0 else "",
        next_contact_on=today() + timedelta(days=14),
    )
    digest = service.look(case, by=by, wanted=wanted).digest
    scene.labels[f"referral:{step.label}"] = service.send(case, by=by, wanted=wanted, digest=digest).id


def _referral(scene: Scene, by: Actor, step: Step) -> Referral:
    return get_referral(by, scene.labels[f"referral:{step.label}"])


def _behalf(step: Step) -> service.OnBehalf | None:
    """The answer of an office without accounts, as the sender heard it."""
    return service.OnBehalf(step.get("who"), step.get("channel", "phone"), utcnow()) if step.get("who") else None


def _told(referral: Referral, step: Step) -> service.OnBehalf | None:
    """What an office without accounts told the sender on the phone; None where the office acts itself."""
    if not service.on_paper(referral):
        return None
    return _behalf(step) or service.OnBehalf("A clerk of the office", "phone", utcnow(), paper="Blue folder, shelf 2")


def accept(scene: Scene, by: Actor, step: Step) -> None:
    """The receiver accepts."""
    to = step.get("carrier")
    carrier = scene.stage.user(to) if to else None
    service.accept(_referral(scene, by, step), by=by, assignee_id=carrier, on_behalf=_behalf(step))


def decline(scene: Scene, by: Actor, step: Step) -> None:
    """The receiver says no."""
    reason = step.get("reason", "no_capacity")
    found = _referral(scene, by, step)
    service.decline(found, by=by, reason=reason, note=scene.words("declined"), on_behalf=_behalf(step))


def start(scene: Scene, by: Actor, step: Step) -> None:
    """The service has begun."""
    found = _referral(scene, by, step)
    service.start_service(found, by=by, on_behalf=_told(found, step))


def feedback(scene: Scene, by: Actor, step: Step) -> None:
    """What came of it."""
    found = _referral(scene, by, step)
    outcome, words = step.get("outcome", "given"), scene.words("feedback")
    service.give_feedback(found, by=by, outcome=outcome, feedback=words, on_behalf=_told(found, step))


def send_back(scene: Scene, by: Actor, step: Step) -> None:
    """The receiver sends the person back."""
    found = _referral(scene, by, step)
    service.send_back(
        found, by=by, reason=step.get("reason", "MigrationOrChangeOfLocation"), outcome=step.get("outcome", "partly"),
        feedback=scene.words("feedback"), on_behalf=_told(found, step),
    )  # fmt: skip


def call(scene: Scene, by: Actor, step: Step) -> None:
    """The sender calls the office."""
    reached = step.get("reached", "yes") == "yes"
    who = "A colleague on duty" if reached else None
    service.note_call(_referral(scene, by, step), by=by, at=utcnow(), reached=reached, who=who)


def take_back(scene: Scene, by: Actor, step: Step) -> None:
    """The sender takes back what nobody answered in time."""
    service.take_back(_referral(scene, by, step), by=by)


def vital(scene: Scene, by: Actor, step: Step) -> None:
    """Open the case to an office because life is at stake."""
    opening = service.open_vital(
        scene.seen_by(by),
        by=by,
        org_id=scene.stage.office(step.get("to")),
        purpose=step.get("purpose", "medical"),
        classes=_classes(step, "vital"),
        reason=scene.words("vital"),
    )
    scene.labels["vital"] = opening.id


def decide_vital(scene: Scene, by: Actor, step: Step) -> None:
    """A supervisor decides on it."""
    opening = db.session.get_one(VitalOpening, scene.labels["vital"])
    decision = step.get("decision", "confirmed")
    service.decide_vital(opening, scene.seen_by(by), by=by, decision=decision, reason=scene.words("approved"))


VERBS = {
    "agree": agree,
    "refuse": refuse,
    "withdraw": withdraw,
    "refer": refer,
    "accept": accept,
    "decline": decline,
    "start": start,
    "feedback": feedback,
    "send_back": send_back,
    "call": call,
    "take_back": take_back,
    "vital": vital,
    "decide_vital": decide_vital,
}
