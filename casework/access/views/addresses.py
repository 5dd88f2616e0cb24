"""A form with a draft has two addresses: one makes a draft id and leads on, the other shows the form and takes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.writes import http

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def form_at(
    bp: Blueprint,
    rule: str,
    *wanted: Permission,
    begin: str = "",
    load: Callable[..., object] | None = None,
    keep: tuple[str, ...] = (),
    fresh: bool = False,
) -> Callable[[View], View]:
    """Register a form under `rule` (endpoint `begin`, or `new_<name>`) and under `rule` with a draft id (its name).

    `load(by, **ids)` refuses what the actor may not see before a draft id is made. `keep` names parts of the query
    that travel along. `fresh`: the form itself opens only to who proved within five minutes who they are.
    """

    def register(view: View) -> View:
        def start(**ids: Any) -> ResponseReturnValue:
            if load is not None:
                load(current(), **ids)
            kept = {name: request.args[name] for name in keep if name in request.args}
            return http.fresh(f"{bp.name}.{view.__name__}", **ids, **kept)

        start.__name__ = begin or f"new_{view.__name__}"
        start.__doc__ = f"To a fresh form: {view.__doc__}"
        bp.add_url_rule(rule, start.__name__, requires(*wanted)(start))
        guarded = requires(*wanted, fresh=fresh)(view)
        bp.add_url_rule(f"{rule}/<uuid:draft_id>", view.__name__, guarded, methods=["GET", "POST"])
        return view

    return register
