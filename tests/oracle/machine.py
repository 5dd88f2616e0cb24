"""The machine of the oracle: hypothesis chooses the moves; after each one all eyes are compared with the law."""

from __future__ import annotations

import time
from collections import Counter
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from casework.db import at, db
from casework.errors import DomainError
from tests.oracle.eyes import Eyes
from tests.oracle.moves import MOVES, Move, agree, open_case
from tests.oracle.world import World, later

SEEDS = st.integers(0, 2**32 - 1)
STEPS = 40


class Oracle(RuleBasedStateMachine):
    """One world per example, inside a savepoint that is rolled back."""

    steps: Counter[str]
    """Steps that changed something, by move; 'refused' and 'nothing to do' apart. Shared by the examples of a run."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = db.engine.begin_nested()  # type: ignore[attr-defined]
        self.world: World | None = None

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        """Offices, people in them, and two cases with an agreement to start from."""
        rng = Random(seed)
        self.world = World(rng)
        for move in (open_case, open_case, agree, agree):
            self._do(move, rng)

    def step(self, name: str, seed: int) -> None:
        """One move, then the comparison."""
        assert self.world is not None
        rng = Random(seed)
        self.world.now = later(self.world.now, rng)
        self.steps[self._do(MOVES[name], rng)] += 1
        with at(self.world.now):
            Eyes(self.world, rng).compare()

    def _do(self, move: Move, rng: Random) -> str:
        assert self.world is not None
        with at(self.world.now):
            try:
                with db.session.begin_nested():
                    return move.__name__ if move(self.world, rng) else "nothing to do"
            except DomainError:
                return "refused"

    def teardown(self) -> None:
        """Nothing of the example stays."""
        db.session.remove()
        self.savepoint.rollback()


for _name in MOVES:

    def _step(self: Oracle, seed: int, _name: str = _name) -> None:
        self.step(_name, seed)

    _step.__name__ = _step.__qualname__ = _name
    setattr(Oracle, _name, rule(seed=SEEDS)(_step))


def run(examples: int, *, shrink: bool = False, steps: int = STEPS) -> Counter[str]:
    """Run the machine; gives back the steps by move. A difference raises, with the blob that repeats it."""
    machine: Any = type("Oracle", (Oracle,), {"steps": Counter()})
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    began = time.monotonic()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=False,
            print_blob=True,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )
    total = sum(machine.steps.values())
    print(f"oracle: {examples} worlds, {total} steps in {time.monotonic() - began:.0f} s: {dict(machine.steps)}")  # noqa: T201
    return machine.steps
