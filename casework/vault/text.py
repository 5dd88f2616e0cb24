"""Cleans text that people type, before it is sealed or stored: what was typed stays, what can deceive goes."""

from __future__ import annotations

import re
import unicodedata

from casework.errors import InvalidInput, n_

_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks: they show a text in another order than it has
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"  # byte order mark, annotations, non-characters, half surrogates
)


def clean(value: str, *, limit: int | None = None, field: str | None = None) -> str:
    """The text in NFC without control, NUL and direction characters; line feeds and Khmer joiners stay.

    Raises InvalidInput when more than `limit` characters are left. Nothing is cut off silently.
    """
    if limit is not None and len(value) > 4 * limit + 1000:
        raise _too_long(limit, field)
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    value = unicodedata.normalize("NFC", _DROPPED.sub("", value).replace("\t", " ")).strip()
    if limit is not None and len(value) > limit:
        raise _too_long(limit, field)
    return value


def clean_line(value: str, *, limit: int | None = None, field: str | None = None) -> str:
    """As `clean`, on one line: runs of white space become one space."""
    return " ".join(clean(value, limit=limit, field=field).split())


def _too_long(limit: int, field: str | None) -> InvalidInput:
    return InvalidInput(n_("Use at most %(limit)s characters."), field=field, limit=limit)
