"""Verbs of the return: travel, steps, decisions, papers, family, who receives, hand-over."""

from __future__ import annotations

from datetime import timedelta

from casework.access.permissions import Actor
from casework.codes.queries import choices
from casework.db import today, utcnow
from casework.demo.script import Step
from casework.demo.stage import Scene
from casework.repatriation import service
from casework.repatriation.models import ReturnPath, ReturnStep
from casework.repatriation.queries import (
    get_interest,
    get_path,
    interests_of,
    is_child,
    live_handover,
    open_path,
    steps_of,
    tracings_of,
)
from casework.repatriation.workflow.steps import rule


def travel(scene: Scene, by: Actor, step: Step) -> None:
    """Begin a return: `direction`, `country`, `arranged`, `begin` at a step, `days` until the travel."""
    days = step.get("days")
    journey = service.Journey(
        direction=step.get("direction", "INBOUND"),
        other_country=step.get("country") or None,
        arranged=step.get("arranged", "yes") == "yes",
        start_at=step.get("begin") or None,
        travel_on=today() + timedelta(days=int(days)) if days else None,
    )
    service.start_return(scene.seen_by(by), journey, by=by)


def _path(scene: Scene, by: Actor) -> ReturnPath:
    found = open_path(scene.seen_by(by).id)
    assert found is not None  # noqa: S101 - the story began one
    return get_path(by, found.id) if "travel" in by.classes else found


def _running(path: ReturnPath, code: str = "") -> ReturnStep:
    """The step named, else the first one under way."""
    rows = steps_of(path)
    return next(row for row in rows if (row.code == code if code else row.state in ("open", "waiting")))


def do_step(scene: Scene, by: Actor, step: Step) -> None:
    """End the step under way with `outcome`, by default the favourable one."""
    path, case = _path(scene, by), scene.seen_by(by)
    row = _running(path, step.label)
    service.finish_step(row, path, case, by=by, outcome=step.get("outcome") or _outcome(row.code))


def _outcome(code: str) -> str | None:
    means = rule(code)
    if means.check:
        return "yes"
    if means.outcome_list:
        return next(one.code for one in choices(means.outcome_list) if one.code == "laissez_passer")
    return means.outcomes[0] if means.outcomes else None


def wants(scene: Scene, by: Actor, step: Step) -> None:
    """What the person decided: the label is the answer."""
    path, case = _path(scene, by), scene.seen_by(by)
    informed = "with_guardian" if scene.part.guardian else "in_person"
    answer = step.label or "yes"
    service.decide(path, case, by=by, answer=answer, informed=informed, words=scene.words("wants", answer))


def check(scene: Scene, by: Actor, step: Step) -> None:
    """The result of a check: the label is its kind."""
    path, case = _path(scene, by), scene.seen_by(by)
    service.add_check(path, case, by=by, kind=step.label, result=step.get("result", "yes"))


def best(scene: Scene, by: Actor, step: Step) -> None:
    """A best-interest decision, written by the one who sat there; nothing for a grown-up."""
    if not is_child(scene.seen_by(by)):
        return
    data = service.InterestData(
        result=step.label or "yes",
        sat="Officer Example, child protection\nTeacher Sample, who knows the child",
        views="Wants to be with the grandmother and to go to school.",
        reasons="The grandmother is known and can look after the child.",
        choices_looked_at="Foster care in the province; staying for the school year.",
    )
    service.decide_interest(_path(scene, by), scene.seen_by(by), data, by=by)


def confirmed(scene: Scene, by: Actor, step: Step) -> None:
    """The second person confirms the newest best-interest decision; nothing for a grown-up."""
    if not is_child(scene.seen_by(by)):
        return
    path, case = _path(scene, by), scene.seen_by(by)
    row = interests_of(path)[0]
    waiting = get_interest(by, row.id)[2]
    service.confirm_interest(waiting, row, path, case, by=by, decision="approved", reason="")


def pass_paper(scene: Scene, by: Actor, step: Step) -> None:
    """A paper for the way: the label is its kind; `valid` days from today make it issued, else it is asked for."""
    path, case = _path(scene, by), scene.seen_by(by)
    days = step.get("valid")
    data = service.PaperData(
        state="issued" if days else "asked",
        issued_on=today() if days else None,
        valid_until=today() + timedelta(days=int(days)) if days else None,
        holder="our_office" if days else None,
        number="EX 000123" if days else None,
        issued_by="Consulate of the example",
    )
    service.add_paper(path, case, step.label, data, by=by)


def trace(scene: Scene, by: Actor, step: Step) -> None:
    """Ask an office `to` about the family."""
    data = service.TraceData(
        action="a_individual",
        told="The name of the mother and the village of the school.",
        cover="A school friend asks how the family is.",
        withheld="An uncle in the district town",
        asked_org_id=scene.stage.office(step.get("to")) if step.get("to") else None,
        asked_party=step.get("party") or None,
    )
    service.ask_family(_path(scene, by), scene.seen_by(by), data, by=by)


def found(scene: Scene, by: Actor, step: Step) -> None:
    """What came of the newest request about the family: the label is whether home is safe."""
    path = _path(scene, by)
    row = tracings_of(by, path)[0].row
    words = {
        "who": "The mother and a younger brother",
        "relation": "mother",
        "wish": "yes",
        "home": "A wooden house with two rooms; there is a place to sleep.",
        "income": "Rice field, a small shop",
        "debt": "500 000 riel with a neighbour, nobody presses",
        "conditions": "The commune looks in every two weeks.",
    }
    service.answer_family(
        row, path, scene.seen_by(by), by=by, outcome="o_successful", safe=step.label or "s_yes", found=words
    )


def receiver(scene: Scene, by: Actor, step: Step) -> None:
    """Who receives the person: an accepted `referral`, or an office without accounts."""
    path, case = _path(scene, by), scene.seen_by(by)
    if step.get("referral"):
        referral_id = scene.labels[f"referral:{step.get('referral')}"]
        service.name_receiver(path, case, by=by, referral_id=referral_id)
    else:
        service.name_receiver(path, case, by=by, org_id=scene.stage.office(step.get("to")))


def handover(scene: Scene, by: Actor, step: Step) -> None:
    """Write the hand-over record to an office; the giver signs at once."""
    path, case = _path(scene, by), scene.seen_by(by)
    row = _running(path, step.label)
    data = service.HandoverData(
        at=utcnow() - timedelta(minutes=30),
        giver_org_id=by.organisation_id,
        receiver_org_id=scene.stage.office(step.get("to")),
        border_point=step.get("border", "poipet"),
        giver_officer="Officer Example",
        receiver_officer="Officer Sample",
        belongings="One bag, one phone",
        papers=(("travel_document", "laissez_passer"),),
        condition="Tired, well otherwise",
        not_disclosed="Why the person was abroad",
    )
    written = service.record_handover(row, path, case, data, by=by)
    service.sign(written, row, path, case, by=by, side="giver")


def sign(scene: Scene, by: Actor, step: Step) -> None:
    """The receiver signs; `paper` says where the signed paper lies when that side has no accounts."""
    path, case = _path(scene, by), scene.seen_by(by)
    row = next(one for one in steps_of(path) if rule(one.code).role == "handover")
    written = live_handover(row.id)
    assert written is not None  # noqa: S101 - the story wrote one
    paper = "Signed on paper, in the file of the office" if step.get("paper") else ""
    service.sign(written, row, path, case, by=by, side="receiver", paper=paper)


def give(scene: Scene, by: Actor, step: Step) -> None:
    """Give a step to an office or a party."""
    path, case = _path(scene, by), scene.seen_by(by)
    org_id = scene.stage.office(step.get("to")) if step.get("to") else None
    service.give_step(_running(path, step.label), path, case, by=by, org_id=org_id, party=step.get("party") or None)


def awaits(scene: Scene, by: Actor, step: Step) -> None:
    """Say for whose answer the step waits."""
    path, case = _path(scene, by), scene.seen_by(by)
    org_id = scene.stage.office(step.get("to")) if step.get("to") else None
    service.await_answer(_running(path), path, case, by=by, org_id=org_id, party=step.get("party") or None)


def pause(scene: Scene, by: Actor, step: Step) -> None:
    """The step waits for the person; its clock stands."""
    path, case = _path(scene, by), scene.seen_by(by)
    service.wait_for_person(_running(path), path, case, by=by)


VERBS = {
    "travel": travel,
    "step": do_step,
    "wants": wants,
    "check": check,
    "best": best,
    "confirmed": confirmed,
    "pass": pass_paper,
    "trace": trace,
    "found": found,
    "receiver": receiver,
    "handover": handover,
    "sign": sign,
    "give": give,
    "awaits": awaits,
    "pause": pause,
}
