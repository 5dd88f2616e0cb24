"""One rule for text that leaves in a table, or comes in from one: no cell of ours is ever run as a formula."""

from __future__ import annotations

import re
import unicodedata

DANGEROUS = frozenset("=+-@|%\u2212")
"""What spreadsheets may take for the start of a formula; U+2212 is not folded to the hyphen by NFKC."""
BEGINNINGS = frozenset("\t\r\n\0")
MARK = "'"

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_DROPPED = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff{_BIDI}]")


def clean(text: str) -> str:
    """`text` without what no reader sees: control characters, marks of direction, invisible characters in front.

    Ends of line become one newline. Invisible characters inside stay: Khmer and Indic text needs them.
    """
    text = _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    front = 0
    kept = []
    for character in text:
        if unicodedata.category(character) == "Cf":
            front += 1
        elif character.isspace():
            kept.append(character)
            front += 1
        else:
            break
    return "".join(kept) + text[front:]


def dangerous(text: str) -> bool:
    """True when a spreadsheet might run the raw `text`: its first visible character, also in its plain form."""
    if text and text[0] in BEGINNINGS:
        return True
    seen = clean(text)
    rest = seen.lstrip()
    if seen[:1] == "\n" or not rest:
        return seen[:1] == "\n"
    folded = unicodedata.normalize("NFKC", rest).lstrip()
    return any(start[:1] in DANGEROUS for start in (rest, unicodedata.normalize("NFKC", rest[0]), folded) if start)


def escape(text: str) -> str:
    """`text` as it stands in a cell: cleaned, with one apostrophe before what might run.

    A text that begins with an apostrophe gets another one, so that reading takes away exactly the one put there.
    """
    if text.isascii() and text.isprintable() and text[:1].isalnum():
        return text  # most cells: codes and labels
    cleaned = clean(text)
    return MARK + cleaned if dangerous(text) or cleaned.startswith(MARK) else cleaned


def read_back(text: str) -> str:
    """What `escape` was given, cleaned: takes away the one apostrophe that `escape` put there."""
    return text.removeprefix(MARK)
