"""States of a step as a table. What is done, skipped or stopped stays so: a step is repeated by another round."""

from __future__ import annotations

from collections.abc import Mapping

from casework.errors import InvalidTransition, n_

MOVES: Mapping[str, frozenset[str]] = {
    "planned": frozenset({"open", "skipped", "stopped"}),
    "open": frozenset({"waiting", "done", "skipped", "stopped", "planned"}),
    "waiting": frozenset({"open", "done", "skipped", "stopped", "planned"}),
    "done": frozenset(),
    "skipped": frozenset(),
    "stopped": frozenset(),
}
RUNNING = ("open", "waiting")
LEFT = ("planned", "open", "waiting")
ENDED = ("done", "skipped", "stopped")


def check_move(before: str, after: str) -> None:
    """Raise InvalidTransition unless a step may go from `before` to `after`."""
    if after not in MOVES[before]:
        raise InvalidTransition(n_("This step has moved on. Load the page again to see where it stands."))
