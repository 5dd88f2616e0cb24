"""kill -9 of a worker, or of the whole server, while people save; a good part of them proven inside a transaction."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bench.browser import Gone, Reply, Values
from bench.ground import Ground, draft

T = TypeVar("T")
WRITERS = 6
PATIENCE = 60.0
"""Seconds after which a save that never gets an answer fails the run."""
WHOLE = 10
"""Every so many kills the whole server is killed, not one worker."""
SETTLED = 5.0


@dataclass(frozen=True, slots=True)
class Save:
    """A kind of save of the campaign: its form, what is typed, the table and the audit action that count it."""

    path: Callable[[str], str]
    typed: Values
    table: str
    action: str


SAVES = {
    "note": Save(
        lambda case: f"/cases/{case}/notes/new/",
        {"text": ["Called."], "data_class": ["case_note"]},
        "note",
        "note.written",
    ),
    "help": Save(
        lambda case: f"/cases/{case}/help/new/",
        {"service_type": ["cooked_meal"], "quantity": ["1"], "anyway": ["yes"]},
        "service_line",
        "help.recorded",
    ),
    "contact": Save(
        lambda case: f"/cases/{case}/contacts/new/",
        {"channel": ["voice_call"], "number": ["012 000 333"]},
        "contact",
        "contact.added",
    ),
    "register": Save(
        lambda case: "/register/new/",
        {"latin_family": ["Sampleson"], "latin_given": ["Killed"], "sex": ["female"], "manner_of_return": ["deported"]},
        "case",
        "case.opened",
    ),
}


@dataclass(slots=True)
class Book:
    """What the writers know: which keys were acknowledged, what they wait for, what they lost."""

    acknowledged: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Key → (kind, where it stands)."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: dict[int, int] = field(default_factory=dict)
    """Writer → number of the request it has sent and got no answer to."""
    broken: set[tuple[int, int]] = field(default_factory=set)
    """(writer, request) that ended without an answer."""
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Result:
    """Counts of a campaign and what went wrong."""

    kills: int = 0
    saving: int = 0
    inside: int = 0
    whole: int = 0
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)


class Writer(threading.Thread):
    """A person who saves one thing after the other, and sends it again with the same key when the server is gone."""

    def __init__(self, number: int, ground: Ground, book: Book, stop: threading.Event, dice: random.Random) -> None:
        super().__init__(daemon=True)
        self._number = number
        self._ground = ground
        self._book = book
        self._ending = stop
        self._dice = dice
        self._browser = ground.browser("here_a" if number % 2 else "here_b")
        self._token = ""
        self._sent = 0

    def run(self) -> None:
        """Save until told to stop; finish what was begun."""
        try:
            self._token = self._patiently(lambda: self._browser.token())
            while not self._ending.is_set():
                self._save(*self._dice.choice(list(SAVES.items())))
        except Exception as error:  # reported by the campaign, which then fails
            self._book.wrong.append(f"writer {self._number}: {error!r}"[:400])
        finally:
            self._browser.close()

    def _save(self, kind: str, save: Save) -> None:
        key = draft()
        path = save.path(str(self._dice.choice(self._ground.pool))) + key
        reply = self._patiently(lambda: self._post(path, save.typed))
        if reply.status != 303:
            raise AssertionError(f"{kind} answered {reply.status}")
        with self._book.lock:
            self._book.acknowledged[f"form:{key}"] = (kind, reply.location)

    def _post(self, path: str, typed: Values) -> Reply:
        self._sent += 1
        mine = (self._number, self._sent)
        with self._book.lock:
            self._book.waiting[self._number] = self._sent
        try:
            return self._browser.post(path, {**typed, "csrf_token": [self._token]})
        except Gone:
            with self._book.lock:
                self._book.broken.add(mine)
            raise
        finally:
            with self._book.lock:
                self._book.waiting.pop(self._number, None)

    def _patiently(self, act: Callable[[], T]) -> T:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return act()
            except Gone:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)


def campaign(ground: Ground, kills: int, inside: int, dice: random.Random) -> Result:
    """Kill until `kills` met somebody saving and `inside` of them were proven inside a transaction; then look."""
    book, stop, result = Book(), threading.Event(), Result()
    before = {name: _stand(ground, save) for name, save in SAVES.items()}
    writers = [Writer(number, ground, book, stop, random.Random(dice.random())) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    most = 20 * kills + 200
    while (result.saving < kills or result.inside < inside) and result.kills < most and not book.wrong:
        _kill(ground, book, result, dice)
    stop.set()
    for writer in writers:
        writer.join(PATIENCE + 30)
        if writer.is_alive():
            book.wrong.append("a writer never got an answer")
    result.wrong += book.wrong
    result.acknowledged = len(book.acknowledged)
    if result.saving < kills or result.inside < inside:
        result.wrong.append(f"only {result.saving} kills while saving, {result.inside} inside a transaction")
    _look(ground, book, before, result)
    return result


def _kill(ground: Ground, book: Book, result: Result, dice: random.Random) -> None:
    """Wait a random while, freeze a worker, see where it is, kill it (or everything)."""
    time.sleep(dice.uniform(0, 0.15))
    frozen = _freeze(ground, want_inside=result.kills % 2 == 0, dice=dice)
    if frozen is None:
        return
    victim, proven = frozen
    with book.lock:
        waiting = set(book.waiting.items())
    result.kills += 1
    if result.kills % WHOLE == 0:
        ground.server.kill_all()
        result.whole += 1
        ground.server.start()
    else:
        _signal(victim, signal.SIGKILL)
    hit = _hit(book, waiting)
    result.saving += hit
    result.inside += hit and proven


def _freeze(ground: Ground, *, want_inside: bool, dice: random.Random) -> tuple[int, bool] | None:
    """Stop a worker; says whether it is inside a transaction. For every second kill it is tried until one is."""
    until = time.monotonic() + 0.5
    while True:
        workers = ground.server.workers()
        if not workers:
            return None
        victim = dice.choice(workers)
        if not _signal(victim, signal.SIGSTOP):
            return None
        proven = ground.server.inside(victim)
        if proven or not want_inside or time.monotonic() > until:
            return victim, proven
        _signal(victim, signal.SIGCONT)
        time.sleep(dice.uniform(0.001, 0.02))


def _signal(pid: int, number: signal.Signals) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def _hit(book: Book, waiting: set[tuple[int, int]]) -> bool:
    """Whether the kill met somebody who waited for an answer, who then got none."""
    until = time.monotonic() + SETTLED
    while time.monotonic() < until:
        with book.lock:
            if waiting & book.broken:
                return True
            if not waiting & set(book.waiting.items()):
                return False
        time.sleep(0.002)
    return False


def _stand(ground: Ground, save: Save) -> tuple[int, int]:
    """How many records of a kind there are, and how many rows of the audit say that one was made."""
    rows = ground.count(f'SELECT count(*) FROM "{save.table}"')  # noqa: S608
    return rows, ground.count(f"SELECT count(*) FROM audit_event WHERE action = '{save.action}'")  # noqa: S608


def _look(ground: Ground, book: Book, before: dict[str, tuple[int, int]], result: Result) -> None:
    """Nothing acknowledged is lost, nothing stands twice, every record has its row in the audit."""
    stored = {row[0]: row[1] for row in ground.rows("SELECT key, location FROM operation WHERE key LIKE 'form:%'")}
    lost = [key for key, (_, where) in book.acknowledged.items() if stored.get(key) != where]
    if lost:
        result.wrong.append(f"{len(lost)} acknowledged saves are lost")
    for name, save in SAVES.items():
        keys = sum(kind == name for kind, _ in book.acknowledged.values())
        made, noted = (now - then for now, then in zip(_stand(ground, save), before[name], strict=True))
        if made != keys:
            result.wrong.append(f"{keys} acknowledged saves of {name} made {made} rows")
        if noted != made:
            result.wrong.append(f"{made} new rows of {save.table} have {noted} rows in the audit")
