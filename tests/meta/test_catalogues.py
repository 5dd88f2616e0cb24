"""The Khmer catalogue says everything that pages, letters and forms say, and keeps every variable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
KHMER = ROOT / "casework" / "translations" / "km" / "LC_MESSAGES" / "messages.po"
VARIABLE = re.compile(r"%\(\w+\)[sd]")
WORDS = {"_": None, "gettext": None, "n_": None, "ngettext": (1, 2)}
Message = str | tuple[str, ...]


def messages() -> Iterator[Message]:
    """Everything marked for translation in the program and its templates."""
    for folder, method in (("casework", [("**.py", "python")]), ("templates", [("**.html", "jinja2")])):
        for _, _, message, _, _ in extract_from_dir(str(ROOT / folder), method, keywords=WORDS):
            yield message if isinstance(message, str) else tuple(message)


@pytest.fixture(scope="module")
def khmer() -> Catalog:
    """The catalogue as it is kept."""
    with KHMER.open("rb") as file:
        return read_po(file)


def test_every_message_has_khmer(khmer: Catalog) -> None:
    found = list(dict.fromkeys(messages()))
    assert len(found) > 2_000
    without = [message for message in found if not _said(khmer, message)]
    assert not without, f"{len(without)} without Khmer: {without[:10]}"


def test_variables_stay_in_khmer(khmer: Catalog) -> None:
    wrong = []
    for message in khmer:
        forms = message.id if isinstance(message.id, tuple | list) else [message.id]
        wanted = {name for form in forms for name in VARIABLE.findall(str(form))}
        if message.id and _said(khmer, message.id) and set(VARIABLE.findall(_said(khmer, message.id))) != wanted:
            wrong.append(message.id)
    assert not wrong


def _said(khmer: Catalog, message: object) -> str:
    """The Khmer of a message; none for one marked as unsure, which is left out where the catalogue is compiled."""
    found = khmer.get(message[0] if isinstance(message, tuple | list) else str(message))
    said = found.string if found and not found.fuzzy else ""
    return str(said[0] if isinstance(said, tuple | list) and said else said or "")
