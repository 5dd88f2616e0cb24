"""The rule of the suggestion as a table: data that a domain expert can read and check."""

from __future__ import annotations

from casework.errors import n_

POSITIVE: tuple[tuple[str, ...], ...] = (
    ("S", "S"),
    ("S", "MW"),
    ("M", "M", "M"),
    ("M", "M", "W"),
)
"""A dimension is positive with 2 S, or 1 S + 1 (M or W), or 3 M, or 2 M + 1 W.

Each line lists the items needed; a part of several letters takes any of them. Source: operational indicators of
trafficking in human beings, ILO and European Commission 2009; the counting is a default (D, docs/domain.md 2).
"""

DIMENSIONS = {
    "D1": n_("How the person was recruited: deception"),
    "D2": n_("How the person was recruited: force or threats"),
    "D3": n_("How the person was recruited: use of a weak position"),
    "D4": n_("The work or exploitation itself"),
    "D5": n_("Force or threats where the person worked"),
    "D6": n_("Use of a weak position where the person worked"),
}
"""The six dimensions of the set for adult labour, in plain words."""

EXPLOITATION = "D4"
ONE_OF = ("D1", "D2", "D3", "D5", "D6")
"""An adult: D4 positive and at least one of these (D, docs/domain.md 2)."""

CHILD_NEEDS = ("act", "purpose")
"""A child: no means is needed (Palermo Protocol Art. 3(c))."""

ELEMENTS = {
    "act": n_("What was done (act)"),
    "means": n_("How it was done (means)"),
    "purpose": n_("What for (purpose)"),
}
"""The three elements, kept apart; trafficking is never inferred from exploitation alone (Art. 3(a))."""

POINTS_TO = {"forced_labour_indicator": "means"}
"""Lists all of whose items point to one element; items of other lists say it by their group."""
