"""The errors of the domain. Services raise them; one place in `writes` and `web` turns them into pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def n_(message: str) -> str:
    """Mark `message` for translation and return it unchanged; pages translate it when they show it."""
    return message


class DomainError(Exception):
    """Something the person can understand and mend. `message` is an English message id, `values` fill it in."""

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class NotVisible(DomainError):
    """The record is absent or not for this actor's eyes; both are told with the very same 404 page."""

    def __init__(self) -> None:
        super().__init__(n_("There is nothing here."))


class NotAllowed(DomainError):
    """The actor sees the record but may not do this to it (403)."""


class InvalidInput(DomainError):
    """A value the domain refuses. `field` names the form field or import column it belongs to, if any."""

    def __init__(self, message: str, /, *, field: str | None = None, **values: object) -> None:
        super().__init__(message, **values)
        self.field = field


class InvalidTransition(InvalidInput):
    """The record's state does not allow this step now."""


class Conflict(InvalidInput):
    """A unique rule was broken: somebody recorded the same thing already."""


class StaleRecord(DomainError):
    """The record was changed since the form was opened. `current` holds what stands now, by the names of the form's
    fields; `told` what stands now and no field asks: label -> words, both message ids."""

    def __init__(self, current: Mapping[str, object], told: Mapping[str, str] | None = None) -> None:
        super().__init__(n_("Somebody changed this while you were writing."))
        self.current = dict(current)
        self.told = dict(told or {})


class AlreadyRecorded(DomainError):
    """The same form was sent before with other contents. `location` is where the first one stands."""

    def __init__(self, location: str) -> None:
        super().__init__(n_("This was already recorded. Change it, or record another."))
        self.location = location


class Unavailable(DomainError):
    """The program can't do this now (database busy, disk full, view log not writable): try again (503)."""


def collected(*checks: Callable[[], object]) -> list[InvalidInput]:
    """What each of the checks refuses, so that everything wrong can be told at once."""
    found = []
    for check in checks:
        try:
            check()
        except InvalidInput as fault:
            found.append(fault)
    return found
