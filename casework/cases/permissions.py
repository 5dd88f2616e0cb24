"""Which classes an owner organisation sees of other offices' records, as data on one screen (docs/decisions/0002)."""

from __future__ import annotations

OWNER_SEES_OF_OTHERS = frozenset(
    {
        "identity",
        "contact",
        "safe_contact",
        "family",
        "location_current",
        "demographic",
        "assistance",
        "statistics",
    }
)
"""Facts of the person, assistance and feedback. All else that another office wrote needs consent."""
