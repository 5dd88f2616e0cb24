"""The blueprint of reintegration, its forms, and what several views ask for."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, url_for

from casework.access.permissions import Actor
from casework.access.queries import members
from casework.cases.views.casefile import CaseForms
from casework.web.forms import Option

bp = Blueprint("reintegration", __name__)


def page_url(case_id: UUID) -> str:
    """The page of reintegration of a case."""
    return url_for("reintegration.page", case_id=case_id)


forms = CaseForms(bp, back=page_url)
form_page, show_form = forms.page, forms.show


def people_of(by: Actor) -> list[Option]:
    """Colleagues who may be given a visit or a goal."""
    return [Option(str(one.user_id), one.display_name) for one in members(by.organisation_id)]
