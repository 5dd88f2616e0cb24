"""The blueprint of the return, what it loads, the pair of addresses of each form, and the page that shows one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.cases.models import Case
from casework.cases.queries import case_bar, get_case
from casework.errors import NotVisible
from casework.repatriation import kinds
from casework.repatriation.models import ReturnPath, ReturnStep
from casework.repatriation.queries import get_path, get_step
from casework.web.forms import BaseForm, Option
from casework.writes.http import fresh, seen, submit
from casework.writes.orchestrator import Answer

bp = Blueprint("repatriation", __name__)
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@bp.context_processor
def words() -> dict[str, object]:
    """Words for codes that are no code lists; message ids, translated where they are shown."""
    return {
        "answer_words": kinds.ANSWERS,
        "check_words": kinds.CHECK_KINDS,
        "result_words": kinds.CHECK_RESULTS,
        "direction_words": kinds.DIRECTIONS,
        "path_words": kinds.PATH_STATES,
        "step_words": kinds.STEP_STATES,
        "skip_words": kinds.SKIP_REASONS,
        "stop_words": kinds.STOP_REASONS,
        "informed_words": kinds.INFORMED,
        "handover_words": kinds.HANDOVER_STATES,
        "side_words": kinds.SIDES,
    }


def form_page(rule: str, *wanted: Permission) -> Callable[[View], View]:
    """Register a form of a case under `rule`: without a draft id it leads to a fresh one (endpoint `new_<name>`)."""

    def register(view: View) -> View:
        def begin(case_id: UUID, **ids: UUID) -> ResponseReturnValue:
            get_case(current(), case_id)
            return fresh(f"{bp.name}.{view.__name__}", case_id=case_id, **ids)

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
    template: str = "repatriation/form.html",
    current_values: Callable[[], Mapping[str, object]] | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """Show, keep or send a form of a case; its view is recorded like any other."""
    by = current()

    def page(form: BaseForm) -> str:
        seen("form", [case.id], form=bp.name)
        bar = case_bar(by, case)
        return render_template(template, form=form, bar=bar, heading=heading, verb=verb, back=tab_url(case.id), **more)

    return submit(form, key=draft_id, act=act, page=page, current=current_values, case_id=case.id)


def tab_url(case_id: UUID) -> str:
    """The tracker of a case."""
    return url_for("repatriation.tab", case_id=case_id)


def load_path(case_id: UUID, path_id: UUID) -> tuple[ReturnPath, Case]:
    """The return of this case, or NotVisible."""
    case, path = get_case(current(), case_id), get_path(current(), path_id)
    if path.case_id != case.id:
        raise NotVisible
    return path, case


def load_step(case_id: UUID, step_id: UUID) -> tuple[ReturnStep, ReturnPath, Case]:
    """The step of this case with its return, or NotVisible."""
    case = get_case(current(), case_id)
    step, path = get_step(current(), step_id)
    if path.case_id != case.id:
        raise NotVisible
    return step, path, case


def options(words: Mapping[str, str], codes: Iterable[str] | None = None) -> list[Option]:
    """Answers of a form out of codes with words."""
    return [Option(code, gettext(words[code])) for code in (words if codes is None else codes)]


def uuid_or_none(text: str | None) -> UUID | None:
    """The id chosen in a list, or None."""
    return UUID(text) if text else None
