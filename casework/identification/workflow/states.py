"""How screenings move, whose word a decision is, and what the standing decisions of a case add up to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar
from uuid import UUID

from casework.errors import InvalidTransition, n_
from casework.identification.kinds import RANK, SCREENING_MOVES, STANDS_FOR


class Row(Protocol):
    """What is read of a decision."""

    @property
    def status(self) -> str:
        """Code of trafficking_status."""

    @property
    def track(self) -> str:
        """presumed or formal."""

    @property
    def authority(self) -> str:
        """Code of identification_authority."""

    @property
    def country(self) -> str:
        """Code of country."""

    @property
    def author_org_id(self) -> UUID:
        """The office that wrote it down."""

    @property
    def on_behalf_org_id(self) -> UUID | None:
        """The office whose word it is, if that has no accounts."""


def check_move(before: str, after: str) -> None:
    """Raise InvalidTransition unless a screening may go from one state to the other."""
    if after not in SCREENING_MOVES[before]:
        raise InvalidTransition(n_("This screening is finished. Start another one to add something."))


def voice(row: Row) -> tuple[str, str, str, UUID | None]:
    """Whose word a decision is: its newest row stands.

    A formal word is the authority's, whoever wrote it down. A presumption is each office's own, so that one office's
    doubt does not erase another's presumption.
    """
    office = None if row.track == "formal" else (row.on_behalf_org_id or row.author_org_id)
    return row.track, row.authority, row.country, office


R = TypeVar("R", bound=Row)


def standing(rows: Iterable[R]) -> list[R]:
    """Of decisions in the order recorded, the newest of each voice."""
    newest: dict[tuple[str, str, str, UUID | None], R] = {}
    for row in rows:
        newest.pop(voice(row), None)
        newest[voice(row)] = row
    return list(newest.values())


def adds_up_to(rows: Iterable[Row]) -> str:
    """formal, presumed, no_indication or unknown for decisions in the order recorded."""
    found = {STANDS_FOR.get(row.status, "unknown") for row in standing(rows)}
    return next((state for state in RANK if state in found), "unknown")
