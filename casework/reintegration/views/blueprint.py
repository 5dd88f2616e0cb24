"""The blueprint of reintegration, the pair of addresses of each form, and the page that shows a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import members
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.web.forms import BaseForm, Option
from casework.writes.http import fresh, seen, submit
from casework.writes.orchestrator import Answer

bp = Blueprint("reintegration", __name__)

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


def show_form(
    form: BaseForm,
    draft_id: UUID,
    case: Case,
    act: Callable[[], Answer],
    *,
    heading: str,
    verb: str,
    back: str,
    template: str = "reintegration/form.html",
    current_values: Callable[[], Mapping[str, object]] | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """Show, keep or send a form of a case; its view is recorded like any other."""
    by = current()

    def page(form: BaseForm) -> str:
        seen("form", [case.id], form=bp.name)
        bar = case_bar(by, case)
        return render_template(template, form=form, bar=bar, heading=heading, verb=verb, back=back, **more)

    return submit(form, key=draft_id, act=act, page=page, current=current_values, case_id=case.id)


def page_url(case_id: UUID) -> str:
    """The page of reintegration of a case."""
    return url_for("reintegration.page", case_id=case_id)


def people_of(by: Actor) -> list[Option]:
    """Colleagues who may be given a visit or a goal."""
    return [Option(str(one.user_id), one.display_name) for one in members(by.organisation_id)]


def uuid_or_none(text: str | None) -> UUID | None:
    """The id chosen in a list, or None."""
    return UUID(text) if text else None
