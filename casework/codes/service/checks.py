"""Coded values that come from outside are checked here before a record takes them."""

from __future__ import annotations

from collections.abc import Iterable

from casework.codes import queries
from casework.codes.queries import Code
from casework.errors import InvalidInput, n_


def check(list_name: str, code: str, *, field: str | None = None, group: str | None = None) -> Code:
    """The active code of a list (and of one `group` of it, if given). Raises InvalidInput for any other text."""
    found = queries.find(list_name, code) if code else None
    if found is None or not found.active or (group is not None and found.group != group):
        raise InvalidInput(n_("Choose one of the values in the list."), field=field or list_name)
    return found


def check_many(list_name: str, codes: Iterable[str], *, field: str | None = None) -> list[str]:
    """The codes, each once and in the order given. Raises InvalidInput for one that is not an active code."""
    return list(dict.fromkeys(check(list_name, code, field=field).code for code in codes))


def check_place(province: str | None, district: str | None, *, field: str | None = None) -> None:
    """That a province exists and a district lies in it; either may be missing. Raises InvalidInput."""
    if province:
        check("province", province, field=field or "province")
    if district:
        found = check("district", district, field=field or "district")
        if found.group != province:
            raise InvalidInput(
                n_("This district lies in another province. Choose it again."), field=field or "district"
            )


def check_optional(list_name: str, code: str | None, *, field: str | None = None) -> Code | None:
    """As `check` for a value that may be left out."""
    return check(list_name, code, field=field) if code else None
