"""One rule for text that leaves in a table: no cell of ours is ever run as a formula (security rule of exports)."""

from __future__ import annotations

import re
import unicodedata

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\u202a-\u202e\u2066-\u2069\u200e\u200f]")
LEADING = re.compile(r"^[\s\u200b-\u200d\u2060\u00ad\u180e]+")
DANGEROUS = frozenset("=+-@|%\u2212\t\r\n")


def cell(value: object) -> str:
    """The text of a cell: controls and direction marks out, an apostrophe before anything a spreadsheet would run.

    Looks past leading white space and at the compatibility form of the first character, so that full-width signs
    count too. Typed numbers and dates are not text and do not come here.
    """
    raw = "" if value is None else str(value)
    text = CONTROL.sub("", raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    text = re.sub(r"^[\u200b-\u200d\u2060\u00ad\u180e]+", "", text)
    first = unicodedata.normalize("NFKC", LEADING.sub("", text)[:1])[:1]
    began_badly = bool(raw) and raw[0] in "\t\r\n\0"
    return f"'{text}" if (first in DANGEROUS and first) or began_badly else text
