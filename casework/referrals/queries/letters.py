"""Letters of the register that the actor may see, through the referrals and cases they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from casework.access.permissions import Actor, Permission, Scope
from casework.cases.models import Case
from casework.cases.queries import get_record, visible_records
from casework.db import db
from casework.errors import NotVisible
from casework.referrals.models import Letter, LetterCase, LetterSealed, Referral
from casework.referrals.queries.referrals import visible_referrals
from casework.vault import fields

PAGE = 50
HANDLES = frozenset({Permission.REFERRAL_SEND, Permission.REFERRAL_ANSWER})
"""Who handles letters of an office may see those that are about nobody."""


@dataclass(frozen=True, slots=True)
class LetterKey:
    """Where the next page of a register begins: the last row's year and number."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @classmethod
    def read(cls, text: str | None) -> LetterKey | None:
        """The key out of an address; None for nothing or nonsense (then the first page is shown)."""
        year, _, number = (text or "").partition("-")
        if not (year.isascii() and year.isdigit() and number.isascii() and number.isdigit()):
            return None
        return cls(int(year[:4]), int(number[:9]))


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed about a letter."""

    other_name: str = ""
    their_number: str = ""
    about: str = ""
    paper: str = ""


def visible_letters(by: Actor) -> Select[Letter]:
    """The letters this actor may see: the only way to select them. A receiver sees one through its own referrals."""
    if by.scope < Scope.ASSIGNED or not by.classes:
        return select(Letter).where(false())
    own = Letter.org_id == by.organisation_id
    carried = visible_referrals(by).where(Referral.letter_id == Letter.id).correlate(Letter).exists()
    told = visible_records(by, LetterCase).where(LetterCase.letter_id == Letter.id).correlate(Letter).exists()
    sides: list[ColumnElement[bool]] = [carried, told]
    if HANDLES & by.permissions:
        sides.append(and_(own, Letter.general))
    return select(Letter).where(or_(*sides))


def get_letter(by: Actor, letter_id: UUID) -> Letter:
    """The letter, or NotVisible: absent and not-for-you are the same answer."""
    found = db.session.scalars(visible_letters(by).where(Letter.id == letter_id)).one_or_none()
    if found is None:
        raise NotVisible
    return found


def letter_of_line(by: Actor, case_id: UUID, line_id: UUID) -> UUID:
    """The letter behind a line of a case's timeline, or NotVisible."""
    line = get_record(by, LetterCase, line_id)
    if line.case_id != case_id:
        raise NotVisible
    return line.letter_id


def register_of(
    by: Actor,
    direction: str,
    *,
    year: int | None = None,
    number: int | None = None,
    after: LetterKey | None = None,
    limit: int = PAGE,
) -> tuple[list[Letter], LetterKey | None]:
    """One page of the own register, newest first, and where the next one begins."""
    query = visible_letters(by).where(Letter.org_id == by.organisation_id, Letter.direction == direction)
    if year is not None:
        query = query.where(Letter.year == year)
    if number is not None:
        query = query.where(Letter.number == number)
    if after is not None:
        earlier = and_(Letter.year == after.year, Letter.number < after.number)
        query = query.where(or_(Letter.year < after.year, earlier))
    found = db.session.scalars(query.order_by(Letter.year.desc(), Letter.number.desc()).limit(limit + 1)).all()
    rows = list(found[:limit])
    return rows, LetterKey(rows[-1].year, rows[-1].number) if len(found) > limit else None


def lines_of(by: Actor, letter: Letter) -> list[tuple[Referral, str]]:
    """The visible referrals of a letter with the codes of their cases, by office and person."""
    query = visible_referrals(by).where(Referral.letter_id == letter.id).add_columns(Case.code)
    rows = db.session.execute(query.order_by(Referral.to_org_id, Case.code, Referral.id)).all()
    return [(row[0], str(row[1])) for row in rows]


def cases_of(by: Actor, letter: Letter) -> list[tuple[UUID, str]]:
    """The visible cases that a letter on paper is about, with their codes."""
    query = visible_records(by, LetterCase).where(LetterCase.letter_id == letter.id)
    rows = db.session.execute(query.with_only_columns(Case.id, Case.code).order_by(Case.code)).all()
    return [(row[0], str(row[1])) for row in rows]


def about_of(by: Actor, letters: Sequence[Letter]) -> dict[UUID, list[tuple[UUID, str]]]:
    """Letter -> visible cases with codes, of a page of letters in two statements."""
    ids = [letter.id for letter in letters]
    carried = visible_referrals(by).where(Referral.letter_id.in_(ids))
    told = visible_records(by, LetterCase).where(LetterCase.letter_id.in_(ids))
    found: dict[Any, dict[UUID, str]] = {}
    for query in (
        carried.with_only_columns(Referral.letter_id, Case.id, Case.code),
        told.with_only_columns(LetterCase.letter_id, Case.id, Case.code),
    ):
        for row in db.session.execute(query.order_by(Case.code)):
            found.setdefault(row[0], {})[row[1]] = str(row[2])
    return {letter_id: list(cases.items()) for letter_id, cases in found.items()}


def offices_of(by: Actor, letters: Sequence[Letter]) -> dict[UUID, list[UUID]]:
    """Letter -> offices it goes to or comes from, as far as the actor may know, in one statement."""
    ids = [letter.id for letter in letters]
    query = visible_referrals(by).where(Referral.letter_id.in_(ids), Referral.to_org_id.is_not(None))
    found: dict[Any, list[Any]] = {
        letter.id: [letter.other_org_id] if letter.other_org_id else [] for letter in letters
    }
    pairs = query.with_only_columns(Referral.letter_id, Referral.to_org_id).distinct()
    for letter_id, org_id in db.session.execute(pairs):
        if org_id not in found[letter_id]:
            found[letter_id].append(org_id)
    return found


def reads_whole(by: Actor, letter: Letter) -> bool:
    """Whether the signed paper may be opened: of the own register, and only by who may see everybody it is about."""
    return letter.id in whole_among(by, [letter])


def whole_among(by: Actor, letters: Sequence[Letter]) -> set[UUID]:
    """Those of a page of letters that `reads_whole` lets be read, in four statements."""
    own = [letter for letter in letters if letter.org_id == by.organisation_id]
    ids = [letter.id for letter in own]
    carried, told = Referral.letter_id.in_(ids), LetterCase.letter_id.in_(ids)
    there = _counts(select(Referral.letter_id).where(carried), select(LetterCase.letter_id).where(told))
    seen = _counts(
        visible_referrals(by).where(carried).with_only_columns(Referral.letter_id),
        visible_records(by, LetterCase).where(told).with_only_columns(LetterCase.letter_id),
    )
    return {one.id for one in own if seen[one.id] == there[one.id] and (one.general or there[one.id])}


def _counts(*queries: Select[Any]) -> Counter[UUID]:
    return Counter(letter_id for query in queries for letter_id in db.session.scalars(query))


def words_of_letters(by: Actor, letters: Sequence[Letter]) -> dict[UUID, Words]:
    """What was typed about letters of the own register: of those whose every person the actor may see."""
    sealed = list(db.session.scalars(select(LetterSealed).where(LetterSealed.id.in_(whole_among(by, letters)))))
    read = {name: fields.unseal_many(sealed, name) for name in ("other_name", "their_number", "about", "paper")}
    return {row.id: Words(**{name: str(read[name].get(row.id) or "") for name in read}) for row in sealed}
