"""`make torture`: double submits, two writers and kill -9 against a real server, on SQLite and on PostgreSQL.

Prints its seed and what it did, and fails when anything is wrong or when less was done than announced.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import make_url

from bench.ground import Ground, grounds
from bench.kills import Result, campaign
from bench.kinds import KINDS
from bench.server import ROOT
from bench.twice import Tally, doubles, races
from tests.engines import ENGINES, Databases


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done on each engine; asserted."""

    doubles: int
    races: int
    kills: int
    inside: int


FULL = Size(doubles=200, races=200, kills=500, inside=100)
SMALL = Size(doubles=2, races=2, kills=20, inside=6)


def twice(ground: Ground, size: Size, kinds: Sequence[str] = ()) -> Iterator[Tally]:
    """Doubles and races of every kind (or of the named ones), each told as soon as it is done."""
    for kind in [kind for kind in KINDS if not kinds or kind.name in kinds]:
        yield doubles(ground, kind, size.doubles)
        yield races(ground, kind, size.races)


def short(tallies: Sequence[Tally], size: Size) -> list[str]:
    """Everything wrong in the tallies; less done than announced is wrong too."""
    wrong = [f"{tally.kind}, {tally.what}: {fault}" for tally in tallies for fault in tally.wrong]
    for tally in tallies:
        wanted = size.doubles if tally.what == "double submits" else size.races
        if tally.pairs != wanted or sum(tally.answers.values()) != wanted:
            wrong.append(f"{tally.kind}, {tally.what}: {tally.pairs} pairs instead of {wanted}")
    return wrong


def whole(ground: Ground) -> list[str]:
    """After everything: the audit verifies by its own command, the database is sound, the server logged no error."""
    wrong = []
    words = [sys.executable, "-m", "casework.cli", "audit", "verify"]
    env = {**os.environ, "CASEWORK_MODE": "demo", "CASEWORK_DATA": str(ground.data), "DATABASE_URL": ground.server.url}
    env["CASEWORK_KEYS"] = str(ground.keys)
    told = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if told.returncode != 0:
        wrong.append(f"audit verify: {(told.stdout + told.stderr)[-300:]}")
    if ground.engine == "sqlite":
        with sqlite3.connect(str(make_url(ground.url).database)) as database:
            sound = [row[0] for row in database.execute("PRAGMA integrity_check")]
            loose = list(database.execute("PRAGMA foreign_key_check"))
        database.close()
        if sound != ["ok"] or loose:
            wrong.append(f"the database is not sound: {sound[:3]} {loose[:3]}")
    half = ground.count("SELECT count(*) FROM operation WHERE location = ''")
    if half:
        wrong.append(f"{half} keys stand without an answer")
    if ground.server.errors():
        wrong.append(f"the server logged: {ground.server.errors()[:300]}")
    return wrong


def run(engine: str, databases: Databases, size: Size, seed: int, kinds: Sequence[str] = ()) -> list[str]:
    """The whole campaign on one engine; returns what went wrong."""
    started = time.monotonic()
    ground = Ground(engine, databases)
    try:
        ground.server.start()
        tallies = []
        for tally in twice(ground, size, kinds):
            answers = ", ".join(f"{count} × {pair}" for pair, count in tally.answers.most_common())
            faults = f"; {len(tally.wrong)} WRONG" if tally.wrong else ""
            print(f"  {tally.kind:20} {tally.what:15} {tally.pairs:4} pairs: {answers}{faults}", flush=True)
            tallies.append(tally)
        wrong = short(tallies, size)
        result = campaign(ground, size.kills, size.inside, random.Random(seed))
        print(_told(result))
        wrong += result.wrong + whole(ground)
    finally:
        ground.close()
    print(f"  {engine}: {time.monotonic() - started:.0f} s, {len(wrong)} wrong", flush=True)
    for fault in wrong:
        print(f"  WRONG {fault}", flush=True)
    return wrong


def _told(result: Result) -> str:
    return (
        f"  kill -9: {result.kills} in all, {result.saving} while saving, {result.inside} proven inside a transaction, "
        f"{result.whole} of the whole server; {result.acknowledged} saves acknowledged"
    )


def main() -> int:
    """Run it; exit code 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.torture", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a small number of each, as in CI")
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--kind", action="append", default=[], help="only this kind of write (may be repeated)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    for name in ("doubles", "races", "kills", "inside"):
        parser.add_argument(f"--{name}", type=int, help="another number than the usual one")
    asked = parser.parse_args()
    usual = SMALL if asked.small else FULL
    own = {name: getattr(asked, name) for name in ("doubles", "races", "kills", "inside")}
    size = Size(**{name: getattr(usual, name) if number is None else number for name, number in own.items()})
    print(f"seed {asked.seed}; per kind of write {size.doubles} double submits and {size.races} two-writer races, ")
    print(f"{len(asked.kind or KINDS)} kinds; {size.kills} kills while saving, {size.inside} inside; on each engine")
    wrong: list[str] = []
    with grounds() as databases:
        for engine in ENGINES if asked.engine == "both" else (asked.engine,):
            wrong += run(engine, databases, size, asked.seed, asked.kind)
    print("Something is wrong." if wrong else "All stands.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
