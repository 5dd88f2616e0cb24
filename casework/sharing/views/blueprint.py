"""The blueprint of sharing, and the pair of addresses of each form of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import organisations
from casework.cases.queries import get_case
from casework.codes.queries import Choice, choices
from casework.errors import InvalidInput, n_
from casework.web.forms import Option
from casework.writes.http import fresh

bp = Blueprint("sharing", __name__)

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def form_page(rule: str, *wanted: Permission, keep: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Register a form of a case under `rule`: without a draft id it leads to a fresh one (endpoint `new_<name>`).

    `keep` names parts of the query that travel along.
    """

    def register(view: View) -> View:
        def begin(case_id: UUID, **ids: UUID) -> ResponseReturnValue:
            get_case(current(), case_id)
            kept = {name: request.args[name] for name in keep if name in request.args}
            return fresh(f"{bp.name}.{view.__name__}", case_id=case_id, **ids, **kept)

        begin.__name__ = f"new_{view.__name__}"
        begin.__doc__ = f"To a fresh form: {view.__doc__}"
        bp.add_url_rule(rule, begin.__name__, requires(*wanted)(begin))
        methods = ["GET", "POST"]
        bp.add_url_rule(f"{rule}/<uuid:draft_id>", view.__name__, requires(*wanted)(view), methods=methods)
        return view

    return register


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
