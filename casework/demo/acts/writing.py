"""Verbs of letters: letter, letter_in."""

from __future__ import annotations

from casework.access.permissions import Actor
from casework.db import today
from casework.demo.script import Step
from casework.demo.stage import Scene
from casework.referrals.service import Paper, Wanted, enter_letter
from casework.sharing import service


def letter(scene: Scene, by: Actor, step: Step) -> None:
    """One letter to an office for this person and others, `with` their keys; each agreed in the entry named."""
    scenes = [scene, *(scene.stage.scenes[key] for key in step.listed("with"))]
    lines = [_line(one, by, step) for one in scenes]
    digest = service.digest_of(service.look_letter(lines, by=by))
    service.send_letter(lines, by=by, digest=digest)


def _line(scene: Scene, by: Actor, step: Step) -> service.LetterLine:
    wanted = Wanted(
        service_type=step.get("service"),
        priority=step.get("priority", "normal"),
        purpose=step.get("purpose", "referral"),
        to_org_id=scene.stage.office(step.get("to")),
        entry_id=scene.labels[f"entry:{step.get('entry')}"],
        kind="referral",
        reason=step.get("reason") or None,
        need=scene.words("need"),
    )
    return service.LetterLine(scene.seen_by(by), wanted, "people")


def letter_in(scene: Scene, by: Actor, step: Step) -> None:
    """A letter on paper that came from an office and is about this person; `class` says who may see that."""
    paper = Paper(
        direction="in",
        day=today(),
        subject=step.get("subject", "answer"),
        other_org_id=scene.stage.office(step.get("from")),
        their_number=step.get("number"),
        about=scene.words("letter_in"),
        paper="Blue folder, shelf 2",
        data_class=step.get("class", "travel"),
    )
    enter_letter(paper, by=by, cases=[scene.seen_by(by)])


VERBS = {"letter": letter, "letter_in": letter_in}
