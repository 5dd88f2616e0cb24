"""What every page knows that no single package can: navigation by role, the search field, words of codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from casework.access.guards import actor_or_none
from casework.access.permissions import Actor, Permission, can
from casework.codes import queries as codes
from casework.errors import n_
from casework.overview.views.words import form_words
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


@dataclass(frozen=True, slots=True)
class Setting:
    """A line of the page 'Settings': its name, what is found there, who may go there."""

    label: str
    words: str
    endpoint: str
    wanted: tuple[Permission, ...]


PLACES = (
    Place(n_("My day"), "overview.my_day", (Permission.CASE_SEE,), ("/tasks",)),
    Place(n_("Cases"), "cases.cases", (Permission.CASE_SEE,), ("/find", "/register", "/groups")),
    Place(n_("Referrals"), "referrals.boxes", (Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND), ("/referrals",)),
    Place(n_("Board"), "overview.board", (Permission.BOARD_SEE,)),
    Place(n_("Reports"), "reports.index", (Permission.REPORT_REFERRALS, Permission.REPORT_STATISTICS)),
    Place(n_("Beds"), "assistance.beds", (Permission.STAY_MANAGE,)),
    Place(n_("Totals"), "reports.totals", (Permission.REPORT_TOTALS,)),
    Place(n_("Access log"), "overview.access_log", (Permission.AUDIT_READ,)),
    Place(n_("Settings"), "access.settings", (Permission.ORGANISATION_MANAGE,), ("/settings",)),
)
"""All places in their order; a role gets at most five. A place whose pages are not installed is left out."""

OFFICE, SYSTEM = (Permission.ORGANISATION_MANAGE,), (Permission.SYSTEM_MANAGE,)
SETTINGS = (
    Setting(n_("My office"), n_("Places served, services, room, teams"), "access.own_office", OFFICE),
    Setting(n_("Users"), n_("Accounts, roles, teams, who is signed in where"), "access.user_list", OFFICE),
    Setting(n_("Deputies"), n_("Who approves in whose place, and until when"), "access.office_deputies", OFFICE),
    Setting(n_("Roles"), n_("What each role may do and see"), "access.role_list", OFFICE),
    Setting(n_("Funds"), n_("Budgets from which help is paid"), "assistance.funds", OFFICE),
    Setting(n_("Houses"), n_("Houses, rooms and beds of the office"), "assistance.houses", OFFICE),
    Setting(n_("Offices"), n_("All offices, ministries and missions"), "access.office_list", SYSTEM),
    Setting(n_("Lists and templates"), n_("Words on forms, days of visits, deadlines"), "codes.list_index", SYSTEM),
    Setting(n_("Holidays"), n_("Days on which deadlines stand still, for each country"), "codes.holidays", SYSTEM),
    Setting(n_("Most help without approval"), n_("Above it somebody else has to agree"), "assistance.caps", SYSTEM),
)
"""What stands on the page 'Settings', in its order: shown to who holds one of the permissions."""


def navigation(actor: Actor) -> list[tuple[str, str, bool]]:
    """(word, address, whether this page lies there) for one actor."""
    found: list[tuple[str, str, bool]] = []
    for place in PLACES:
        if place.endpoint in current_app.view_functions and any(can(actor, one) for one in place.wanted):
            address = url_for(place.endpoint)
            found.append((gettext(place.label), address, lies_at(request.path, (address, *place.below))))
    return found[:MOST]


def settings() -> list[tuple[str, str, str]]:
    """(word, what is found there, address) of each page that the actor may administer."""
    actor = actor_or_none()
    return [
        (gettext(one.label), gettext(one.words), url_for(one.endpoint))
        for one in SETTINGS
        if one.endpoint in current_app.view_functions and actor and any(can(actor, right) for right in one.wanted)
    ]


def lies_at(path: str, addresses: tuple[str, ...]) -> bool:
    """True when a path is one of the addresses or below one; the first page has nothing below it."""
    return any(path == address or (address != "/" and path.startswith(f"{address}/")) for address in addresses)


def known_to_templates() -> dict[str, Any]:
    """What `base.html` shows beside what `access` tells it."""
    actor = actor_or_none()
    about = {"about_url": url_for("overview.about"), "settings_places": settings, "form_words": form_words}
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
