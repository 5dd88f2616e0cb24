"""One row as a line of PostgreSQL's COPY text, the format of all backups; SQLite's values are turned to and fro."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import types

from casework.safekeeping.errors import Damaged

NULL = r"\N"
_OUT = {"\\": r"\\", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\v": r"\v"}
_IN = {code[1]: character for character, code in _OUT.items()}
_SPECIAL = re.compile(r"[\\\b\f\n\r\t\v]".replace(r"\b", "\x08"))
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def kind_of(declared: types.TypeEngine[Any]) -> str:
    """The kind of a column as the database declares it; both engines give the same word for the same column."""
    if isinstance(declared, types.Uuid) or (isinstance(declared, types.CHAR) and declared.length == 32):
        return "uuid"
    for kind, known in KINDS:
        if isinstance(declared, known):
            return kind
    raise TypeError(f"backups know no columns of type {declared!r}")


KINDS: Sequence[tuple[str, type[types.TypeEngine[Any]]]] = (
    ("moment", types.DateTime),
    ("date", types.Date),
    ("bool", types.Boolean),
    ("int", types.Integer),
    ("bytes", types._Binary),
    ("text", types.String),
)


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: _OUT[found[0]], text)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: _IN.get(found[1], found[1]), text) if "\\" in text else text


def _dashed(plain: str) -> str:
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"


def _moment(text: str) -> str:
    """As SQLAlchemy writes a moment to SQLite: UTC without a zone, always six digits of a second."""
    day_and_time, _, fraction = text.removesuffix("+00").partition(".")
    if len(day_and_time) != 19:
        raise ValueError("a moment is written in UTC")
    return f"{day_and_time}.{fraction:0<6}"


def _truth(text: str) -> int:
    return {"t": 1, "f": 0}[text]


def _bytes(text: str) -> bytes:
    if not text.startswith(r"\\x"):
        raise ValueError("bytes are written in hexadecimal")
    return bytes.fromhex(text[3:])


WRITERS: Mapping[str, Callable[[Any], str]] = {
    "uuid": _dashed,
    "moment": lambda value: f"{value}+00",
    "date": str,
    "bool": lambda value: "t" if value else "f",
    "int": str,
    "bytes": lambda value: r"\\x" + value.hex(),
    "text": _escape,
}
READERS: Mapping[str, Callable[[str], Any]] = {
    "uuid": lambda text: text.replace("-", ""),
    "moment": _moment,
    "date": str,
    "bool": _truth,
    "int": int,
    "bytes": _bytes,
    "text": _unescape,
}


def line(values: Sequence[Any], kinds: Sequence[str]) -> bytes:
    """A row of SQLite as a line."""
    written = (NULL if value is None else WRITERS[kind](value) for value, kind in zip(values, kinds, strict=True))
    return ("\t".join(written) + "\n").encode()


def values(row: bytes, kinds: Sequence[str]) -> list[Any]:
    """A line (without its end) as a row for SQLite. Raises Damaged for a line that does not fit."""
    try:
        cells = row.decode().split("\t")
        return [None if cell == NULL else READERS[kind](cell) for cell, kind in zip(cells, kinds, strict=True)]
    except (ValueError, KeyError) as error:
        raise Damaged("A row of the backup does not fit its table.") from error
