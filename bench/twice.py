"""Double submits and two writers at once: every kind of write, over HTTP, from threads."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from bench.browser import Browser, Reply, Values, forms_of
from bench.ground import Ground
from bench.kinds import Aim, Kind, typed

LANES = 3
"""Pairs in flight at once: the two of a pair meet each other, and other pairs besides."""
BATCH = 20
ALLOWED = {"both": {(303, 303)}, "edit": {(303, 409)}, "step": {(303, 409), (303, 422)}}


@dataclass(frozen=True, slots=True)
class Shot:
    """One request ready to go: whose browser, where, what."""

    browser: Browser
    path: str
    values: Values


@dataclass(slots=True)
class Tally:
    """What a campaign did with one kind, and what went wrong."""

    kind: str
    what: str
    pairs: int
    answers: Counter[str]
    wrong: list[str]


def said(reply: Reply) -> str:
    """What a refusing page says in its box of errors."""
    _, _, rest = reply.body.partition('id="error-summary"')
    return " ".join(re.sub("<[^>]*>", " ", rest.partition(">")[2])[:400].split())[:120] if rest else ""


def aims(ground: Ground, kind: Kind, number: int) -> list[Aim]:
    """Records to write on, made through the services."""
    made: list[Aim] = []
    for start in range(0, number, BATCH):
        size = min(BATCH, number - start)
        made += ground.make(partial(_some, ground, kind, size))
    return made


def _some(ground: Ground, kind: Kind, size: int) -> list[Aim]:
    return [kind.aim(ground) for _ in range(size)]


def load(browser: Browser, token: str, aim: Aim, answers: dict[str, object]) -> Shot:
    """Open the form as a person does and type; or take the button as its page showed it."""
    if aim.version is not None:
        return Shot(browser, aim.path, {"csrf_token": [token], "version": [str(aim.version)]})
    start = aim.path
    if start == "/register":
        start = browser.post("/register/new", {"csrf_token": [token], "text": ["Sampleson"]}).location
    path, values = browser.open_form(start)
    values |= {name: [str(v) for v in value] if isinstance(value, list) else [str(value)]
               for name, value in answers.items()}  # fmt: skip
    if aim.look_first:
        page = browser.post(path, values)
        values = next(form.values for form in forms_of(page.body) if "shown" in form.values)
    return Shot(browser, path, values)


def together(first: Shot, second: Shot) -> tuple[Reply, Reply]:
    """Send both at the same moment."""
    gate = threading.Barrier(2)

    def send(shot: Shot) -> Reply:
        gate.wait()
        return shot.browser.post(shot.path, shot.values)

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.submit(send, first), pool.submit(send, second)
        return one.result(), two.result()


def doubles(ground: Ground, kind: Kind, number: int) -> Tally:
    """The same save sent twice at the same moment: both are told where it stands, and it stands once."""

    def pair(browsers: list[tuple[Browser, str]], aim: Aim) -> tuple[Reply, Reply]:
        browser, token = browsers[0]
        shot = load(browser, token, aim, typed(kind, ground, second=False))
        return together(shot, Shot(browsers[1][0], shot.path, shot.values))

    def judge(one: Reply, two: Reply) -> str:
        if one.status == two.status == 303 and one.location == two.location:
            return ""
        return f"answers {one.status} and {two.status}: {said(one)}"

    return _campaign(ground, kind, "double submits", number, (kind.who[0], kind.who[0]), pair, judge, each=1)


def races(ground: Ground, kind: Kind, number: int) -> Tally:
    """Two users write at the same moment: two appends both stand; of two editors one saves and one gets the 409."""

    def pair(browsers: list[tuple[Browser, str]], aim: Aim) -> tuple[Reply, Reply]:
        one = load(*browsers[0], aim, typed(kind, ground, second=False))
        two = load(*browsers[1], aim, typed(kind, ground, second=True))
        return together(one, two)

    def judge(one: Reply, two: Reply) -> str:
        got = (min(one.status, two.status), max(one.status, two.status))
        return "" if got in ALLOWED[kind.race] else f"answers {got[0]} and {got[1]}: {said(one)} {said(two)}"

    each = 2 if kind.race == "both" else 1
    return _campaign(ground, kind, "two writers", number, kind.who, pair, judge, each=each)


def _campaign(
    ground: Ground,
    kind: Kind,
    what: str,
    number: int,
    who: tuple[str, str],
    pair: Callable[[list[tuple[Browser, str]], Aim], tuple[Reply, Reply]],
    judge: Callable[[Reply, Reply], str],
    *,
    each: int,
) -> Tally:
    ready = aims(ground, kind, number)
    before = ground.count(kind.effect)
    tally = Tally(kind.name, what, 0, Counter(), [])
    lock = threading.Lock()

    def lane(own: Sequence[Aim]) -> None:
        browsers = _browsers(ground, who)
        try:
            for aim in own:
                note(pair(browsers, aim))
        finally:
            for browser, _ in browsers:
                browser.close()

    def note(replies: tuple[Reply, Reply]) -> None:
        complaint = judge(*replies)
        with lock:
            tally.pairs += 1
            tally.answers[" ".join(str(status) for status in sorted(reply.status for reply in replies))] += 1
            if complaint:
                tally.wrong.append(complaint)

    with ThreadPoolExecutor(LANES) as pool:
        for done in [pool.submit(lane, ready[start::LANES]) for start in range(LANES)]:
            done.result()
    effect = ground.count(kind.effect) - before
    if effect != each * number:
        tally.wrong.append(f"{effect} effects instead of {each * number}")
    return tally


def _browsers(ground: Ground, who: tuple[str, str]) -> list[tuple[Browser, str]]:
    first = ground.browser(who[0])
    token = first.token()
    if who[0] == who[1]:
        return [(first, token), (first.twin(), token)]
    second = ground.browser(who[1])
    return [(first, token), (second, second.token())]
