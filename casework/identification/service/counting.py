"""Keeps the forms of exploitation that statistics count in step with events and finished screenings."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from casework.cases.service import set_forms
from casework.identification.queries.decisions import exploitation_of


def count_again(case_ids: Iterable[UUID]) -> None:
    """Set what is counted for these cases; call after a change of an event or at the end of a screening."""
    for case_id, forms in exploitation_of(case_ids).items():
        set_forms(case_id, forms)
