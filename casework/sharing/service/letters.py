"""One letter for several people to several offices: all its lines go out together, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from casework.access.permissions import Actor
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.db import db
from casework.errors import InvalidInput, StaleRecord, n_
from casework.referrals.models import Letter
from casework.referrals.service import Wanted, number_letter
from casework.sharing.packet import Preview
from casework.sharing.service.sending import check_sendable, look, post
from casework.vault import keys

MOST = 60
"""Lines of one letter."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One service for one person of one office; `field` is where the page shows what is wrong with it."""

    case: Case
    wanted: Wanted
    field: str


def look_letter(lines: Sequence[LetterLine], *, by: Actor) -> list[Preview]:
    """What each office would see, line by line. Raises InvalidInput beside the line that can't go."""
    if not lines:
        raise InvalidInput(n_("Choose an office for at least one person."))
    if len(lines) > MOST:
        raise InvalidInput(n_("Write two letters: one holds at most %(most)s lines."), most=MOST)
    found = []
    for line in lines:
        try:
            shown = look(line.case, by=by, wanted=line.wanted)
            check_sendable(line.case, line.wanted, shown, by=by)
        except InvalidInput as error:
            raise InvalidInput(error.message, field=line.field, **error.values) from error
        found.append(shown)
    return found


def digest_of(previews: Sequence[Preview]) -> str:
    """What ties the sending to the page that was looked at: the keyed digests of all lines."""
    return hashlib.sha256(",".join(one.digest for one in previews).encode()).hexdigest()


def send_letter(lines: Sequence[LetterLine], *, by: Actor, digest: str) -> Letter:
    """Send what was previewed, under one number of the register. Each office gets its own lines only."""
    previews = look_letter(lines, by=by)
    if digest != digest_of(previews):
        raise StaleRecord({}, {n_("What will be sent"): n_("It has changed. Look at it again and send it.")})
    letter = number_letter(by=by, direction="out", subject="referral")
    people = {line.case.person_id for line in lines}
    if len(people) == 1:
        keys.link(letter.id, people.pop())
    for line, shown in zip(lines, previews, strict=True):
        post(line.case, by=by, wanted=line.wanted, shown=shown, letter=letter)
    body = {"number": letter.label, "lines": len(lines)}
    cases = list(dict.fromkeys(line.case.id for line in lines))
    record(by, "letter.sent", cases=cases, subject=("letter", letter.id), body=body)
    db.session.flush()
    return letter
