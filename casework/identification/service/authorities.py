"""Who may decide formally, and where: the authority's own attributes say it."""

from __future__ import annotations

from casework.codes.queries import Code
from casework.codes.service import check
from casework.errors import InvalidInput, n_
from casework.identification.kinds import AUTHORITY_ABROAD, AUTHORITY_IN, HOME


def check_country(authority: Code, country: str) -> None:
    """That an authority of one country decides in it. Raises InvalidInput."""
    check("country", country, field="country")
    own = AUTHORITY_IN.get(authority.group)
    if own is not None and country != own:
        raise InvalidInput(n_("This authority decides in Cambodia. Choose Cambodia."), field="country")
    if authority.group == AUTHORITY_ABROAD and country == HOME:
        raise InvalidInput(n_("Enter the country of the foreign authority."), field="country")


def check_formal(authority: Code) -> None:
    """That the authority may decide formally. Raises InvalidInput."""
    if authority.extra.get("may_set_formal") != "yes":
        raise InvalidInput(
            n_("This authority does not decide formally. Choose the authority that does, or record a presumption."),
            field="authority",
        )
