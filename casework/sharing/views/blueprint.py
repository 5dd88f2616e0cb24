"""The blueprint of sharing, its forms, and the choices they offer."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint

from casework.access.permissions import Actor
from casework.access.queries import organisations
from casework.cases.views.casefile import CaseForms
from casework.codes.queries import Choice, choices
from casework.errors import InvalidInput, n_
from casework.web.forms import Option

bp = Blueprint("sharing", __name__)
form_page = CaseForms(bp).page


def shareable(language: str | None = None) -> list[Choice]:
    """Data classes that a person may agree to share."""
    return [choice for choice in choices("data_class", language=language) if choice.group != "statistics"]


def other_offices(by: Actor, *, with_users: bool | None = None) -> list[Option]:
    """Offices other than the actor's own."""
    rows = organisations(with_users=with_users)
    return [Option(str(row.id), row.name) for row in rows if row.id != by.organisation_id]


def read_id(text: str | None, *, field: str) -> UUID:
    """The id out of a form. Raises InvalidInput beside the field for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        raise InvalidInput(n_("Choose from the list."), field=field) from None


def of_codes(list_name: str, codes: Iterable[str]) -> list[Choice]:
    """The named codes of a list, in the list's order."""
    wanted = set(codes)
    return [choice for choice in choices(list_name) if choice.code in wanted]
