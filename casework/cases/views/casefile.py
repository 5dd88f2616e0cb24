"""Forms of a case: the pair of addresses each one has, and the page that shows it. All packages above use it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.cases.views.links import case_url
from casework.web.forms import BaseForm
from casework.writes.http import fresh, seen, submit
from casework.writes.orchestrator import Answer

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class CaseForms:
    """The forms of one package: `page` registers an address with its fresh one, `show` answers it.

    `template` shows a form that names no page of its own; `back` is where 'Cancel' leads, the case's page if unsaid.
    """

    def __init__(
        self, bp: Blueprint, template: str = "cases/form.html", *, back: Callable[[UUID], str] = case_url
    ) -> None:
        self._bp = bp
        self._template = template
        self._back = back

    def page(self, rule: str, *wanted: Permission, keep: tuple[str, ...] = ()) -> Callable[[View], View]:
        """Register a form of a case under `rule`: without a draft id it leads to a fresh one (endpoint `new_<name>`).

        `keep` names parts of the query that travel along.
        """

        def register(view: View) -> View:
            def begin(case_id: UUID, **ids: UUID) -> ResponseReturnValue:
                get_case(current(), case_id)
                kept = {name: request.args[name] for name in keep if name in request.args}
                return fresh(f"{self._bp.name}.{view.__name__}", case_id=case_id, **ids, **kept)

            begin.__name__ = f"new_{view.__name__}"
            begin.__doc__ = f"To a fresh form: {view.__doc__}"
            self._bp.add_url_rule(rule, begin.__name__, requires(*wanted)(begin))
            methods = ["GET", "POST"]
            self._bp.add_url_rule(f"{rule}/<uuid:draft_id>", view.__name__, requires(*wanted)(view), methods=methods)
            return view

        return register

    def show(
        self,
        form: BaseForm,
        draft_id: UUID,
        case: Case,
        act: Callable[[], Answer],
        *,
        heading: str,
        verb: str,
        back: str = "",
        template: str = "",
        current_values: Callable[[], Mapping[str, object]] | None = None,
        **more: Any,
    ) -> ResponseReturnValue:
        """Show, keep or send a form of a case; its view is recorded like any other."""
        by = current()

        def page(form: BaseForm) -> str:
            seen("form", [case.id], form=self._bp.name)
            words = {"heading": heading, "verb": verb, "back": back or self._back(case.id)}
            return render_template(template or self._template, form=form, bar=case_bar(by, case), **words, **more)

        return submit(form, key=draft_id, act=act, page=page, current=current_values, case_id=case.id)
