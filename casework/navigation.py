"""What every page knows that no single package can: navigation by role, the search field, words of codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from casework.access.guards import actor_or_none
from casework.access.permissions import Actor, Permission, can
from casework.codes import queries as codes
from casework.errors import n_
from casework.web.filters import install_labels
from casework.web.shims import gettext
from casework.web.words import language

MOST = 5
"""Words in the navigation; more than five nobody reads."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word of the navigation: shown to who holds one of the permissions; current on the addresses below it."""

    label: str
    endpoint: str
    wanted: tuple[Permission, ...]
    below: tuple[str, ...] = ()


PLACES = (
    Place(n_("My day"), "overview.my_day", (Permission.CASE_SEE,), ("/tasks",)),
    Place(n_("Cases"), "cases.cases", (Permission.CASE_SEE,), ("/find", "/register", "/groups")),
    Place(n_("Referrals"), "referrals.boxes", (Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND), ("/referrals",)),
    Place(n_("Board"), "overview.board", (Permission.BOARD_SEE,)),
    Place(n_("Reports"), "reports.index", (Permission.REPORT_REFERRALS, Permission.REPORT_STATISTICS)),
    Place(n_("Beds"), "assistance.beds", (Permission.STAY_MANAGE,)),
    Place(n_("Totals"), "reports.totals", (Permission.REPORT_TOTALS,)),
    Place(n_("Access log"), "overview.access_log", (Permission.AUDIT_READ,)),
    Place(n_("Offices"), "access.office_list", (Permission.SYSTEM_MANAGE,)),
    Place(n_("Users"), "access.user_list", (Permission.ORGANISATION_MANAGE,)),
    Place(n_("Roles"), "access.role_list", (Permission.ORGANISATION_MANAGE,)),
    Place(n_("My office"), "access.own_office", (Permission.ORGANISATION_MANAGE,)),
    Place(n_("Funds"), "assistance.funds", (Permission.ORGANISATION_MANAGE,)),
    Place(n_("Houses"), "assistance.houses", (Permission.ORGANISATION_MANAGE,)),
)
"""All places in their order; a role gets at most five. A place whose pages are not installed is left out."""


def navigation(actor: Actor) -> list[tuple[str, str, bool]]:
    """(word, address, whether this page lies there) for one actor."""
    found: list[tuple[str, str, bool]] = []
    for place in PLACES:
        if place.endpoint in current_app.view_functions and any(can(actor, one) for one in place.wanted):
            address = url_for(place.endpoint)
            found.append((gettext(place.label), address, lies_at(request.path, (address, *place.below))))
    return found[:MOST]


def lies_at(path: str, addresses: tuple[str, ...]) -> bool:
    """True when a path is one of the addresses or below one; the first page has nothing below it."""
    return any(path == address or (address != "/" and path.startswith(f"{address}/")) for address in addresses)


def known_to_templates() -> dict[str, Any]:
    """What `base.html` shows beside what `access` tells it."""
    actor = actor_or_none()
    about = {"about_url": url_for("overview.about")}
    if actor is None:
        return about
    finds = can(actor, Permission.CASE_SEE) and "cases.find_case" in current_app.view_functions
    return {**about, "navigation": navigation(actor), "search_url": url_for("cases.find_case") if finds else None}


def words_of(list_name: str, code: str) -> str:
    """The words of a code in the reader's language: a Khmer label of the list, else its English label translated."""
    found = codes.find(list_name, code)
    if found is None:
        return code
    own = found.in_language(language())
    return own if own != found.label else gettext(found.label)


def install(app: Flask) -> None:
    """Tell templates; called by `create_app` after all blueprints."""
    app.context_processor(known_to_templates)
    install_labels(app, words_of)
