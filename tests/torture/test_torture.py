"""Doubles, races and kills in small numbers on both engines; and each check shown red by a planted fault."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from bench.ground import Ground
from bench.kills import Result, campaign
from bench.kinds import KINDS
from bench.torture import Size, short, twice, whole
from casework.vault import keys
from tests.engines import Databases

pytestmark = [pytest.mark.torture, pytest.mark.commits]
ONCE = Size(doubles=1, races=1, kills=8, inside=3)


@pytest.fixture
def ground(engine_name: str, databases: Databases, ring: keys.Ring) -> Iterator[Ground]:
    """A server on a database of its own, with real commits."""
    made = Ground(engine_name, databases)
    try:
        made.server.start()
        yield made
    finally:
        made.close()


@pytest.fixture
def planted(databases: Databases, ring: keys.Ring) -> Iterator[Callable[[str], Ground]]:
    """As `ground`, with a planted fault; SQLite is enough to show that a check sees it."""
    made: list[Ground] = []

    def serve(fault: str) -> Ground:
        made.append(Ground("sqlite", databases, app="tests.torture.planted:app", PLANTED_FAULT=fault))
        made[-1].server.start()
        return made[-1]

    yield serve
    for ground in made:
        ground.close()


def test_every_kind_of_write_survives_doubles_and_two_writers(ground: Ground) -> None:
    tallies = list(twice(ground, ONCE))
    assert len(tallies) == 2 * len(KINDS)
    assert short(tallies, ONCE) == []
    assert whole(ground) == []


def test_nothing_acknowledged_is_lost_when_workers_are_killed(ground: Ground) -> None:
    result = campaign(ground, ONCE.kills, ONCE.inside, random.Random(7))
    assert result.wrong == []
    assert result.saving >= ONCE.kills
    assert result.inside >= ONCE.inside
    assert result.acknowledged > 0
    assert whole(ground) == []


def test_fewer_pairs_than_announced_are_wrong(ground: Ground) -> None:
    tallies = list(twice(ground, ONCE, ["note"]))
    assert short(tallies, Size(doubles=2, races=1, kills=0, inside=0)) == ["note, double submits: 1 pairs instead of 2"]


def test_a_writer_that_acknowledges_before_its_commit_is_found(planted: Callable[[str], Ground]) -> None:
    result: Result = campaign(planted("early"), ONCE.kills, 0, random.Random(7))
    assert any("acknowledged" in fault for fault in result.wrong), result


def test_a_dropped_unique_key_is_found(planted: Callable[[str], Ground]) -> None:
    size = Size(doubles=2, races=0, kills=0, inside=0)
    wrong = short(list(twice(planted("unkeyed"), size, ["note"])), size)
    assert "note, double submits: 4 effects instead of 2" in wrong


def test_a_missing_version_check_is_found(planted: Callable[[str], Ground]) -> None:
    size = Size(doubles=0, races=2, kills=0, inside=0)
    wrong = short(list(twice(planted("unversioned"), size, ["identity corrected"])), size)
    assert any("answers 303 and 303" in fault for fault in wrong), wrong
