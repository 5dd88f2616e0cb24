"""The machine of the oracle: hypothesis chooses the moves; after each one all eyes are compared with the law."""

from __future__ import annotations

import time
from collections import Counter
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from casework.db import at, db
from casework.errors import DomainError
from tests.engines import anew
from tests.oracle.eyes import Eyes
from tests.oracle.moves import MOVES, Move
from tests.oracle.world import World, later

SEEDS = st.integers(0, 2**32 - 1)
STEPS = 40
BEGINNING = ("open_case", "open_case", *["agree"] * 4, "send", "send", "hand_over", "accept")
OFTEN = [*MOVES, *["agree", "send", "accept"] * 4, *["serve", "revoke", "withdraw", "hand_over", "time_passes"] * 2]
"""What is tried instead of a move that has nothing to do: the long chains, which chance alone seldom builds."""


class Oracle(RuleBasedStateMachine):
    """One world per example, in a transaction that is rolled back."""

    steps: Counter[str]
    """Steps by move, 'refused' where a service said no. Shared by the examples of a run."""
    found: list[AssertionError]
    """Differences, the first one first. Shared by the examples of a run."""
    worlds = 0

    def __init__(self) -> None:
        super().__init__()
        self.world: World | None = None
        self.told: list[str] = []

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        """Offices, people in them, two cases, and agreements on which something was sent and perhaps accepted."""
        rng = Random(seed)
        self.world = World(rng)
        for move in BEGINNING:
            self._do(MOVES[move], rng)

    def step(self, name: str, seed: int) -> None:
        """One move, or another where there is nothing to do it on; then the comparison."""
        assert self.world is not None
        rng = Random(seed)
        self.world.now = later(self.world.now, rng)
        tried = (self._do(MOVES[move], rng) for move in (name, *rng.choices(OFTEN, k=20), "time_passes"))
        done = next(filter(None, tried), "nothing was left to do")
        self.steps[done] += 1
        self.told.append(f"{self.world.now:%m-%d %H:%M:%S} {done} {self.world.touched}")
        with at(self.world.now):
            try:
                self.world.hand_out()
                Eyes(self.world, rng).compare()
            except AssertionError as error:
                error.add_note("\n".join((*self.told, *self.world.law.told(self.world.now))))
                self.found.append(error)
                raise

    def _do(self, move: Move, rng: Random) -> str:
        """Name of the move, 'refused' where a service said no; '' where there is nothing to do it on."""
        assert self.world is not None
        with at(self.world.now):
            try:
                with db.session.begin_nested():
                    self.world.hand_out()
                    return move.__name__ if move(self.world, rng) else ""
            except DomainError:
                return f"refused: {move.__name__}"

    def teardown(self) -> None:
        """Nothing of the example stays: its whole transaction is rolled back, and what it left is cleared away."""
        anew()
        connection: Any = db.engine
        type(self).worlds += 1
        if connection.dialect.name == "postgresql" and type(self).worlds % 5 == 0:
            # PostgreSQL keeps what was rolled back and reads past it, slower with each world.
            sweeper = create_engine(connection.engine.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
            with sweeper.connect() as other:
                other.exec_driver_sql("VACUUM ANALYZE")


for _name in (*MOVES, *("agree", "send", "accept")):

    def _step(self: Oracle, seed: int, _name: str = _name) -> None:
        self.step(_name, seed)

    _step.__name__ = _step.__qualname__ = _name if not hasattr(Oracle, _name) else f"{_name}_too"
    setattr(Oracle, _step.__name__, rule(seed=SEEDS)(_step))


def run(examples: int, *, shrink: bool = False, steps: int = STEPS) -> Counter[str]:
    """Run the machine; gives back the steps by move. A difference raises, with what happened before it.

    Ids are made at random, so hypothesis may not meet the same difference when it plays the example again; the first
    one stands all the same.
    """
    machine: Any = type("Oracle", (Oracle,), {"steps": Counter(), "found": []})
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    began = time.monotonic()
    wanted = settings(
        max_examples=examples,
        stateful_step_count=steps + 1,  # the beginning counts as one
        deadline=None,
        database=None,
        derandomize=False,
        print_blob=True,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(machine, settings=wanted)
    except FlakyFailure as failure:
        raise machine.found[0] if machine.found else failure from None
    total = sum(machine.steps.values())
    print(f"oracle: {examples} worlds, {total} steps in {time.monotonic() - began:.0f} s: {dict(machine.steps)}")  # noqa: T201
    return machine.steps
