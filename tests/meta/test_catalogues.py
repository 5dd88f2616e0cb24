"""Catalogues: each translation keeps the variables of its message, and each message of a page is translatable."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

from tests.meta.source import ROOT, tracked

VARIABLE = re.compile(r"%\((\w+)\)[a-z]|%(?:%|[a-z])")
SINGLE_PLURAL = ("km", "th", "vi")


def catalogues() -> list[Path]:
    return [ROOT / path for path in tracked() if path.suffix == ".po"]


def variables(message: str) -> set[str]:
    return {found.group(0) for found in VARIABLE.finditer(message) if found.group(0) != "%%"}


def test_translations_keep_the_variables_of_their_message() -> None:
    wrong = []
    for path in catalogues():
        with path.open("rb") as stream:
            for message in read_po(stream, locale=path.parent.parent.name):
                sources = message.id if isinstance(message.id, tuple) else (message.id,)
                given = message.string.values() if isinstance(message.string, dict) else [message.string]
                strings = given if not isinstance(message.string, (tuple, list)) else message.string
                allowed = set().union(*(variables(source) for source in sources))
                wrong += [
                    f"{path.name}: {sources[0]!r}"
                    for string in strings
                    if message.id and string and variables(str(string)) != allowed
                ]
    assert wrong == []


def test_catalogues_have_no_fuzzy_messages() -> None:
    for path in catalogues():
        with path.open("rb") as stream:
            assert [m.id for m in read_po(stream) if m.id and m.fuzzy] == [], path
