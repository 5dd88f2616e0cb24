"""What a person can be found by: words, pairs of words, phones, document numbers, as prefixed tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from typing import Any

from casework.vault import words

WORD, PAIR, DOCUMENT, PHONE, LAST_SIX, LAST_FOUR = "f", "p", "d", "P", "6", "4"
MOST_WORDS = 12
"""Distinct words per script that are paired; real people have two to six."""
_SKIPPED = ("birth", "born", "date", "note", "script", "lang")


def wanted(
    names_document: Mapping[str, Any] | None, documents: Iterable[str] = (), phones: Iterable[str] = ()
) -> set[str]:
    """All tokens of one person.

    `names_document` is the sealed names document: every text in it at any depth is a name, but those under keys that
    begin with birth, born, date, note, script or lang. A family and a given name in Khmer are also joined, because
    Khmer is written without spaces.
    """
    found: set[str] = set()
    if names_document:
        leaves = list(_leaves(names_document, ""))
        found |= _names({word for _, text in leaves for word in words.tokens(text)})
        found |= {WORD + joined for joined in _joined(leaves)}
    for number in documents:
        key = words.document(number)
        if len(key) >= 3:
            found.add(DOCUMENT + key)
    for number in phones:
        found |= _phone(words.phone(number))
    return found


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not str(key).lower().startswith(_SKIPPED):
                yield from _leaves(item, f"{path}/{str(key).lower()}")
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _leaves(item, f"{path}/{number}")


def is_khmer(word: str) -> bool:
    """True for a word of Khmer letters: pairs are made within one script."""
    return "\u1780" <= word[0] <= "\u17ff"


def pair(one: str, other: str) -> str:
    """The token of two words, whichever was written first."""
    return PAIR + "|".join(sorted((one, other)))


def _names(found: set[str]) -> set[str]:
    made = {WORD + word for word in found}
    for khmer in (True, False):
        of_script = sorted(word for word in found if is_khmer(word) is khmer)[:MOST_WORDS]
        made |= {pair(one, other) for one, other in combinations(of_script, 2)}
    return made


def _joined(leaves: list[tuple[str, str]]) -> set[str]:
    """Family and given name of the same group written as one Khmer word."""
    families: dict[str, str] = {}
    given: dict[str, str] = {}
    for path, text in leaves:
        key = "".join(words.tokens(text))
        if key and is_khmer(key):
            for part, kept in (("family", families), ("given", given)):
                if part in path:
                    kept[path.replace(part, "")] = key
    return {families[group] + given[group] for group in families.keys() & given.keys()}


def _phone(number: str) -> set[str]:
    found = {PHONE + number} if len(number) >= 6 else set()
    if len(number) >= 6:
        found.add(LAST_SIX + number[-6:])
    if len(number) >= 4:
        found.add(LAST_FOUR + number[-4:])
    return found


def asked_names(text: str) -> list[str]:
    """The tokens that a hit must all have: pairs of words where two are of one script, which keeps the lists short."""
    typed = sorted(set(words.tokens(text)))[:MOST_WORDS]
    asked: list[str] = []
    for khmer in (True, False):
        of_script = [word for word in typed if is_khmer(word) is khmer]
        if len(of_script) == 1:
            asked.append(WORD + of_script[0])
        asked += [pair(one, other) for one, other in pairwise(of_script)]
    return asked


def asked_numbers(text: str) -> list[str]:
    """Tokens one of which a hit must have: the text as a phone (whole, last six, last four) or a document number."""
    found: list[str] = []
    phone = words.phone(text)
    if len(phone) >= 7:
        found.append(PHONE + phone)
    if len(phone) == 6:
        found += [PHONE + phone, LAST_SIX + phone]
    if len(phone) == 4:
        found.append(LAST_FOUR + phone)
    key = words.document(text)
    if len(key) >= 3 and any(one.isdigit() for one in key):
        found.append(DOCUMENT + key)
    return found
