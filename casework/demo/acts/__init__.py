"""The verbs of the script: each is one act of a user, done by the service that a page would call."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from casework.access.permissions import Actor
from casework.demo.acts import (
    claiming,
    healing,
    helping,
    identifying,
    registering,
    reintegrating,
    returning,
    riding,
    sharing,
    working,
    writing,
)
from casework.demo.script import Step
from casework.demo.stage import Scene

Act = Callable[[Scene, Actor, Step], None]

VERBS: Mapping[str, Act] = {
    name: act
    for module in (
        registering,
        working,
        identifying,
        claiming,
        sharing,
        returning,
        riding,
        writing,
        helping,
        healing,
        reintegrating,
    )
    for name, act in module.VERBS.items()
}
