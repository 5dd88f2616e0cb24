"""Forms of a case: the pair of addresses each one has, and the page that shows it. All packages above use it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.access.guards import current
from casework.access.permissions import Actor, Permission
from casework.access.views.addresses import View, form_at
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.cases.views.links import case_url
from casework.web.forms import BaseForm
from casework.writes.http import seen, submit
from casework.writes.orchestrator import Answer


def _the_case(by: Actor, case_id: UUID, **_ids: UUID) -> Case:
    return get_case(by, case_id)


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

    def page(
        self,
        rule: str,
        *wanted: Permission,
        begin: str = "",
        load: Callable[..., object] = _the_case,
        keep: tuple[str, ...] = (),
    ) -> Callable[[View], View]:
        """Register a form of a case at its two addresses; see `form_at`."""
        return form_at(self._bp, rule, *wanted, begin=begin, load=load, keep=keep)

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
