"""Verbs of identification: screen, event, decide, request, risk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from casework.access.permissions import Actor
from casework.codes.dates import PartialDate, Precision, known
from casework.db import db, today
from casework.demo.script import Step, table
from casework.demo.stage import Scene
from casework.identification import service
from casework.identification.kinds import EXPLAINED
from casework.identification.models import Screening, TraffickingEvent

SCREENED = (
    "act",
    "protocol_means",
    "exploitation_type",
    "indicator",
    "supplementary_indicator",
    "scam_compound_indicator",
)
TOLD = ("act", "protocol_means", "exploitation_type", "means_of_control", "labour_sector", "recruiter_relation")


def _what(scene: Scene) -> dict[str, Any]:
    found: dict[str, Any] = table("words")["work"][scene.part.work]
    return found


def screen(scene: Scene, by: Actor, step: Step) -> None:
    """A screening talk; `then` finished, paused or open."""
    case = scene.seen_by(by)
    setting = service.Setting(
        country=step.get("country", "KHM"),
        language="khm" if scene.part.home.isdigit() else "vie",
        present="guardian" if scene.part.guardian else "nobody",
        preferred_sex=scene.part.sex,
        interviewer_sex=scene.part.sex,
        interpreter=not scene.part.home.isdigit(),
        place="The quiet room beside the office",
    )
    row = service.start_screening(case, setting, by=by)
    said = _what(scene)
    service.note_answers(
        row,
        case,
        by=by,
        expected_version=row.version,
        answers={name: said.get(name, []) for name in SCREENED if said.get(name)},
        told=said.get("told"),
        testimony=said["testimony"].replace("{name}", scene.part.given),
        then=step.get("then", "finished"),
    )
    scene.labels["screening"] = row.id


def go_on(scene: Scene, by: Actor, step: Step) -> None:
    """Take up a screening that was stopped, and finish it."""
    row, case, said = db.session.get_one(Screening, scene.labels["screening"]), scene.seen_by(by), _what(scene)
    service.note_answers(
        row,
        case,
        by=by,
        expected_version=row.version,
        answers={name: said.get(name, []) for name in SCREENED if said.get(name)},
        told=said.get("told"),
        testimony=said["testimony"].replace("{name}", scene.part.given),
        then="finished",
    )


def event(scene: Scene, by: Actor, step: Step) -> None:
    """What happened; who came together with others shares one event."""
    role = "child_of" if scene.part.minor and scene.part.group else "exploited"
    others = [one for one in scene.stage.members(scene.part.group) if scene.part.group and "event" in one.labels]
    if others:
        shared = db.session.get_one(TraffickingEvent, others[0].labels["event"])
        service.join_event(shared, scene.seen_by(by), through=others[0].case, by=by, role=role)
        scene.labels["event"] = shared.id
        return
    said = _what(scene)
    facts = service.Facts(
        codes={name: said[name] for name in TOLD if said.get(name)},
        occurred=_when(int(said.get("months", 14))),
        places=[service.Place(one["stage"], one["country"], one.get("province")) for one in said.get("places", [])],
        names=service.Names(**said.get("names", {})),
        account=said.get("account", ""),
    )
    scene.labels["event"] = service.record_event(scene.seen_by(by), facts, by=by, role=role).id


def _when(months: int) -> PartialDate:
    """Some months that ended a month ago, known to the month."""
    last = today().replace(day=1) - timedelta(days=1)
    return PartialDate((last - timedelta(days=30 * months)).replace(day=1), last, Precision.MONTH)


def offender(scene: Scene, by: Actor, step: Step) -> None:
    """An alleged offender, an invented name."""
    shared = db.session.get_one(TraffickingEvent, scene.labels["event"])
    said = service.Offender(
        kind="person", name="Fiction Broker", roles=["recruiter"], relation="labour_broker",
        description="Said to be about forty, speaks two languages.",
    )  # fmt: skip
    service.record_offender(shared, scene.seen_by(by), said, by=by)


def decide(scene: Scene, by: Actor, step: Step) -> None:
    """What an authority decided: `status`, `authority`, `country`; `done` ends the station."""
    formal = step.get("status").startswith("formally")
    verdict = service.Verdict(
        status=step.get("status", "presumed_victim"),
        authority=step.get("authority", "mosvy"),
        country=step.get("country", "KHM"),
        reason=scene.words("reason", "none" if step.get("status") == "no_indication" else "found"),
        occurred=known(today()),
        office="An invented office" if formal else "",
        document_number=f"DEMO/{scene.part.number:03}" if formal else "",
        form_tag=_what(scene).get("form_tag"),
        screening_id=scene.labels.get("screening"),
    )
    done = step.get("done", "yes") == "yes"
    service.decide(scene.seen_by(by), verdict, by=by, station_done=done)


def request(scene: Scene, by: Actor, step: Step) -> None:
    """What the person says about a formal decision: time to think, or not wanted."""
    data = service.RequestData(
        authority=step.get("authority", "moi_ahtjp"),
        country="KHM",
        state=step.label or "reflecting",
        explained=EXPLAINED,
        words="I want to talk with my family first.",
    )
    service.record_request(scene.seen_by(by), data, by=by)


def risk(scene: Scene, by: Actor, step: Step) -> None:
    """How safe the person is."""
    level = step.label or "medium"
    service.assess_risk(scene.seen_by(by), by=by, level=level, safety_note=scene.words("safety"))


VERBS = {
    "screen": screen,
    "screen_on": go_on,
    "event": event,
    "offender": offender,
    "decide": decide,
    "request": request,
    "risk": risk,
}
