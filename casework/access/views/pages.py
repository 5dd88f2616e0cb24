"""How the forms of this package run that carry secrets: never kept as a draft, never claimed by a key."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from casework.errors import InvalidInput
from casework.web.forms import BaseForm
from casework.writes.orchestrator import transaction


def secret_form(form: BaseForm, act: Callable[[], Response], page: Callable[[], str]) -> ResponseReturnValue:
    """Show the form, or act on it in one transaction; errors of the domain stand beside their fields."""
    if request.method != "POST":
        return page()
    if not form.validate():
        return page(), 422
    try:
        with transaction():
            return act()
    except InvalidInput as error:
        form.blame(error)
        return page(), 422


def form_page(template: str, form: BaseForm, verb: str, **values: object) -> str:
    """A page with one form, without 'Save draft'."""
    return render_template(f"access/{template}.html", **{"form": form, "verb": verb, "draft": False, **values})
