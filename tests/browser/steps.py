"""What frequent acts may cost in clicks and keys: upper bounds, so that they don't grow unseen (docs/steps.md)."""

from __future__ import annotations

from tests.browser.hands import Effort

Costs = dict[str, Effort]

MOST: Costs = {
    "register": Effort(clicks=7, keys=18, pages=3),
    "log food": Effort(clicks=2, keys=0, pages=2),
    "log the same food": Effort(clicks=1, keys=0, pages=1),
    "accept referral": Effort(clicks=2, keys=0, pages=2),
    "record a visit": Effort(clicks=4, keys=0, pages=3),
}
"""Clicks, keys and pages of each act as the journey does it."""


def hold(costs: Costs, width: int) -> None:
    """Each act costs at most what is written here."""
    assert set(costs) == set(MOST)
    for act, cost in costs.items():
        most = MOST[act]
        print(f"{act} at {width} px: {cost.clicks} clicks, {cost.keys} keys, {cost.pages} pages")  # noqa: T201
        assert cost.clicks <= most.clicks, f"{act}: {cost.clicks} clicks"
        assert cost.keys <= most.keys, f"{act}: {cost.keys} keys"
        assert cost.pages <= most.pages, f"{act}: {cost.pages} pages"
