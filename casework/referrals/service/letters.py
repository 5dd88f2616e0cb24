"""The register of letters: a number is taken, a paper is entered, its signed scan is attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update

from casework.access.permissions import Actor, Permission, require
from casework.access.queries import organisation
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.codes.service import check
from casework.db import db, today, utcnow, uuid7
from casework.documents.service import Spooled, keep_scan
from casework.errors import InvalidInput, NotAllowed, n_
from casework.referrals.kinds import DIRECTIONS, SUBJECTS
from casework.referrals.models import Letter, LetterCase, LetterCounter, LetterSealed, Referral
from casework.vault import fields, keys
from casework.vault.models import DataKey
from casework.vault.upsert import insert_missing


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter as a clerk enters it."""

    direction: str
    day: date
    subject: str
    other_org_id: UUID | None = None
    other_name: str = ""
    their_number: str = ""
    about: str = ""
    paper: str = ""
    data_class: str = "case_note"
    """Who may see that it is about a case."""


def number_letter(*, by: Actor, direction: str, subject: str, day: date | None = None, general: bool = False) -> Letter:
    """A new line of the own register with the next number of this year. Its own key seals what is typed about it."""
    year = today().year
    letter = Letter(
        id=uuid7(),
        org_id=by.organisation_id,
        direction=direction,
        year=year,
        number=_next_number(by.organisation_id, direction, year),
        day=day or today(),
        subject=subject,
        general=general,
        author_user_id=by.user_id,
        recorded_at=utcnow(),
    )
    db.session.add(letter)
    keys.make_root("letter", letter.id)
    db.session.flush()
    return letter


def scan_root(letter: Letter) -> UUID:
    """Whose key seals the scan: the letter's own; of a letter from before there were such keys, its only person's."""
    if db.session.scalar(select(DataKey.root_id).where(DataKey.root_id == letter.id).limit(1)) is not None:
        return letter.id
    of_person = select(Case.person_id).join(Referral, Referral.case_id == Case.id)
    return db.session.scalars(of_person.where(Referral.letter_id == letter.id)).one()


def enter_letter(paper: Paper, *, by: Actor, cases: Sequence[Case] = ()) -> Letter:
    """Enter a letter on paper in the own register, about these cases or about nobody."""
    require(by, Permission.REFERRAL_SEND)
    _check(paper, by)
    letter = number_letter(by=by, direction=paper.direction, subject=paper.subject, day=paper.day, general=not cases)
    letter.other_org_id = paper.other_org_id
    if len(cases) == 1:
        keys.link(letter.id, cases[0].person_id)
    sealed = LetterSealed(id=letter.id, root_id=letter.id)
    fields.seal(
        sealed,
        other_name=paper.other_name or None,
        their_number=paper.their_number or None,
        about=paper.about or None,
        paper=paper.paper or None,
    )
    db.session.flush()
    db.session.add(sealed)
    for case in cases:
        new_record(LetterCase, case, by=by, data_class=paper.data_class, source="paper", letter_id=letter.id)
    body = {"direction": paper.direction, "number": letter.label, "subject": paper.subject}
    record(by, "letter.entered", cases=[case.id for case in cases], subject=("letter", letter.id), body=body)
    db.session.flush()
    return letter


def attach_scan(letter: Letter, spooled: Spooled, *, by: Actor, case_ids: Sequence[UUID]) -> None:
    """Attach the signed scan; a better one takes the place of the first."""
    require(by, Permission.REFERRAL_SEND)
    if letter.org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office whose register it is attaches the scan."))
    scan = keep_scan(spooled, by=by)
    letter.scan_id = scan.id
    record(by, "letter.scanned", cases=case_ids, subject=("letter", letter.id), body={"sha256": scan.sha256})
    db.session.flush()


def _check(paper: Paper, by: Actor) -> None:
    if paper.direction not in DIRECTIONS:
        raise InvalidInput(n_("Choose whether it came in or went out."), field="direction")
    if paper.subject not in SUBJECTS:
        raise InvalidInput(n_("Choose what it is."), field="subject")
    if paper.day > today():
        raise InvalidInput(n_("Enter today or an earlier day."), field="day")
    check("data_class", paper.data_class, field="data_class")
    if paper.other_org_id is None and not paper.other_name.strip():
        raise InvalidInput(n_("Choose the other office, or write its name."), field="other_name")
    if paper.other_org_id is not None:
        organisation(paper.other_org_id)
        if paper.other_org_id == by.organisation_id:
            raise InvalidInput(n_("Choose another office."), field="other")


def _next_number(org_id: UUID, direction: str, year: int) -> int:
    """Taken one after another: the row of the counter is held until the end of the transaction."""
    row = (LetterCounter.org_id == org_id, LetterCounter.direction == direction, LetterCounter.year == year)
    begin = {"org_id": org_id, "direction": direction, "year": year, "last": 0}
    insert_missing(db.session(), LetterCounter, [begin])
    db.session.execute(
        update(LetterCounter)
        .where(*row)
        .values(last=LetterCounter.last + 1)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalar(select(func.max(LetterCounter.last)).where(*row)) or 1
