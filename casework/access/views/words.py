"""What the histories of settings call their fields, and their codes in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from casework.access.permissions import Permission, Scope
from casework.access.queries import Change, lists, policies
from casework.errors import n_

OFFICE_FIELDS: Mapping[str, str] = {
    "name": n_("Name"),
    "name_km": n_("Name in Khmer"),
    "type": n_("Kind of office"),
    "country": n_("Country"),
    "parent": n_("Stands under"),
    "has_users": n_("People of this office sign in here"),
    "active": n_("In use"),
    "provinces": n_("Provinces served"),
    "services": n_("Services offered"),
}
MEMBER_FIELDS: Mapping[str, str] = {"roles": n_("Roles"), "team": n_("Team"), "active": n_("Works here")}
ROLE_FIELDS: Mapping[str, str] = {
    "scope": n_("Reach"),
    "permissions": n_("What it allows"),
    "classes": n_("Which data it may see"),
}
LISTS = {
    "provinces": "province",
    "services": "service_type",
    "type": "organisation_type",
    "country": "country",
    "classes": "data_class",
}
"""Field of a history -> code list of its values."""


def told_in_words(rows: Iterable[Change]) -> list[Change]:
    """The same changes with the words of codes, English message ids."""
    return [
        replace(row, fields=tuple((name, _word(name, old), _word(name, new)) for name, old, new in row.fields))
        for row in rows
    ]


def _word(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_one(name, one) for one in value]
    if isinstance(value, dict):
        return {_one(name, one): more for one, more in value.items()}
    return _one(name, value) if isinstance(value, str) else value


def _one(name: str, value: str) -> str:
    if name in LISTS:
        return lists.label(LISTS[name], value)
    if name == "roles":
        found = policies().get(value)
        return found.label if found else value
    if name == "permissions":
        return Permission(value).sentence if value in set(Permission) else value
    return Scope[value].label if name == "scope" and value in Scope.__members__ else value
