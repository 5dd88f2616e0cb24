"""What is still to come on the case of a test."""

from __future__ import annotations

from casework.reintegration.models import FollowUp
from casework.reintegration.queries import visits
from tests.assistance.world import World


def planned(world: World) -> list[FollowUp]:
    """The visits that are planned and not done, by their day."""
    return [row.visit for row in visits(world.worker, world.case) if row.visit.state == "planned"]
