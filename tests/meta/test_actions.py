"""Every action that the program writes into its log has words for people."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from casework.cases.views.words import ACTS, VIEWS
from casework.consent.models import ANSWERS
from casework.identification.kinds import SCREENING_STATES
from casework.referrals.workflow import MOVES
from tests.meta.source import python, text, tree

ENDINGS: dict[str, tuple[str, ...]] = {
    "consent.": tuple(ANSWERS),
    "referral.": tuple(MOVES),
    "screening.": tuple(SCREENING_STATES),
    "task.": ("done", "cancelled"),
    "vital.": ("confirmed", "refused"),
}
"""Actions that are put together from a state: what may follow."""


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Where a function of this name is called in the program."""
    for path in python():
        for node in ast.walk(tree(path)) if f"{name}(" in text(path) else ():
            if isinstance(node, ast.Call) and name in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
                yield f"{path}:{node.lineno}", node


def codes(place: str, value: ast.expr) -> set[str]:
    """The codes that an expression may give."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return {value.value}
    if isinstance(value, ast.IfExp):
        return codes(place, value.body) | codes(place, value.orelse)
    if isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
        beginning = str(value.values[0].value)
        assert beginning == "view." or beginning in ENDINGS, f"{place}: say in ENDINGS what follows {beginning!r}"
        return {beginning + ending for ending in ENDINGS.get(beginning, ())}
    raise AssertionError(f"{place}: an action must be readable in the source")


def test_every_act_has_words() -> None:
    written: set[str] = set()
    for place, call in calls("record"):
        written |= codes(place, call.args[1])
    acts = {action for action in written if not action.startswith("view.")}
    assert len(acts) > 100
    assert acts - ACTS.keys() == set()
    assert {action.removeprefix("view.") for action in written - acts} - VIEWS.keys() == set()


def test_every_page_that_shows_a_case_has_words() -> None:
    shown: set[str] = set()
    for place, call in calls("seen"):
        if len(call.args) > 1 and not place.startswith("casework/writes/"):
            shown |= codes(place, call.args[0])
    assert len(shown) > 20
    assert shown - VIEWS.keys() == set()


def test_no_words_are_left_of_what_is_not_written_any_more() -> None:
    written = {code for place, call in calls("record") for code in codes(place, call.args[1])}
    assert ACTS.keys() - written == set()
