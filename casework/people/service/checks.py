"""Checks shared by the services of people."""

from __future__ import annotations

from collections.abc import Mapping

from casework.access.permissions import Actor, Permission, can
from casework.codes.dates import PartialDate
from casework.db import today
from casework.errors import InvalidInput, NotAllowed, n_


def may_write(by: Actor) -> None:
    """Who registers, corrects or imports people may write about them. Raises NotAllowed."""
    if not any(can(by, one) for one in (Permission.CASE_REGISTER, Permission.CASE_EDIT, Permission.IMPORT_RUN)):
        raise NotAllowed(n_("Your role does not allow this."))


def known(value: str | None, words: Mapping[str, str], *, field: str, optional: bool = False) -> None:
    """That a value is one of the fixed words. Raises InvalidInput."""
    if value in words or (optional and value is None):
        return
    raise InvalidInput(n_("Choose one of the values in the list."), field=field)


def not_in_future(value: PartialDate, *, field: str) -> None:
    """That what happened has happened. Raises InvalidInput."""
    if value.first is not None and value.first > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field=field)
