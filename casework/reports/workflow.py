"""What a report is narrowed to, as one value that travels in addresses, forms, commands and the record of a file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from casework.db import PHNOM_PENH, today
from casework.errors import InvalidInput, n_
from casework.referrals.kinds import STATUSES

SIDES = {"sent": n_("sent"), "received": n_("received")}
USUAL = timedelta(days=90)
"""How far a report looks back if nobody says otherwise."""
STATES = tuple(status for status in STATUSES if status != "draft")
"""States that are counted: a draft was never sent (docs/domain.md 12)."""


@dataclass(frozen=True, slots=True)
class ReferralFilter:
    """Referrals sent (or received) by an office, for a service, in some state, from a day to a day (both counted).

    `office` None means every office the actor may see. A filter narrows, it never widens.
    """

    first: date
    last: date
    side: str = "sent"
    office: UUID | None = None
    service: str | None = None
    status: str | None = None
    priority: str | None = None

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise InvalidInput(n_("The first day lies after the last day. Change one of them."), field="last")
        if self.side not in SIDES:
            raise InvalidInput(n_("Choose from the list."), field="side")
        if self.status is not None and self.status not in STATES:
            raise InvalidInput(n_("Choose from the list."), field="status")

    @property
    def starts_at(self) -> datetime:
        """The first moment counted."""
        return start_of_day(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment after the last day."""
        return start_of_day(self.last + timedelta(days=1))

    def written(self) -> str:
        """The filter as JSON of codes and days."""
        return json.dumps(self.codes(), sort_keys=True)

    def codes(self) -> dict[str, str | None]:
        """Name -> code or day, for the audit and for files."""
        return {name: value if value is None else str(value) for name, value in asdict(self).items()}


def usual_filter() -> ReferralFilter:
    """The last ninety days, everything one may see."""
    return ReferralFilter(first=today() - USUAL, last=today())


def read_filter(text: str) -> ReferralFilter:
    """The filter out of its JSON. Raises InvalidInput for anything else: it comes back from a page."""
    try:
        values: dict[str, Any] = json.loads(text)
        if not all(value is None or isinstance(value, str) for value in values.values()):
            raise TypeError
        office = values.get("office")
        days = {name: date.fromisoformat(values.pop(name)) for name in ("first", "last")}
        return ReferralFilter(**{**values, **days, "office": UUID(office) if office else None})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InvalidInput(n_("The filter can't be read. Open the report again.")) from None


def start_of_day(day: date) -> datetime:
    """The first moment of a day in Phnom Penh, as UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=PHNOM_PENH).astimezone(UTC)


SPANS = {
    "fixed": n_("these days, as they stand above"),
    "this_month": n_("this month"),
    "last_month": n_("last month"),
    "this_quarter": n_("this quarter"),
    "last_quarter": n_("last quarter"),
    "this_year": n_("this year"),
    "last_year": n_("last year"),
}
"""Which days a kept filter means: fixed ones, or days counted from the day it is opened."""
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def days_of(span: str, day: date) -> tuple[date, date]:
    """First and last day of 'this_quarter', 'last_month' and the like, seen from a day; whole months, to their end."""
    which, _, unit = span.partition("_")
    length = MONTHS[unit]
    begins = (day.month - 1) // length * length + day.year * 12 - (length if which == "last" else 0)
    return _month(begins), _month(begins + length) - timedelta(days=1)


def _month(number: int) -> date:
    """The first day of a month counted from the year 0."""
    return date(number // 12, number % 12 + 1, 1)
