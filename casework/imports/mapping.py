"""A mapping file (TOML) says which column means what and which words stand for which code; checked before any row."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casework.errors import InvalidInput, n_

MAPS = Path(__file__).parent / "maps"
KINDS = ("historical", "running")
TARGETS = {
    "historical": frozenset(
        {"period", "sex", "age_group", "origin_region", "exploitation_region", "origin_country", "form"}
    ),
    "running": frozenset(
        {
            "latin_family",
            "latin_given",
            "khmer_family",
            "khmer_given",
            "sex",
            "birth",
            "age",
            "opened_on",
            "manner_of_return",
            "entry_point",
            "origin_country",
            "origin_province",
            "language",
            "phone",
            "note",
        }
    ),
}
"""What a column may become, by kind of import."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it goes and how its words are read. A value that stands in no table is a fault of the row,
    unless the table is absent; an empty cell is `empty`."""

    name: str
    to: str
    values: Mapping[str, str] = field(default_factory=dict)
    empty: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Mapping_:
    """A whole mapping."""

    name: str
    kind: str
    key: str | None
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    constants: Mapping[str, str]


def find(name: str) -> Path:
    """A mapping by path, or one of ours by its name."""
    path = Path(name)
    if path.is_file():
        return path
    ours = MAPS / f"{name.removesuffix('.toml')}.toml"
    if ours.exists():
        return ours
    known = ", ".join(sorted(path.stem for path in MAPS.glob("*.toml")))
    raise InvalidInput(n_("There is no mapping %(name)s. Ours are: %(known)s."), name=name, known=known)


def load(path: Path) -> Mapping_:
    """Read and check a mapping. Raises InvalidInput that names the entry that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(n_("The mapping is no proper TOML: %(problem)s."), problem=str(error)) from error
    kind = data.get("kind")
    if kind not in KINDS:
        raise InvalidInput(n_("The mapping must say kind = 'historical' or kind = 'running'."))
    entries = data.get("columns")
    if not isinstance(entries, dict) or not entries:
        raise InvalidInput(n_("The mapping names no columns."))
    columns = tuple(_column(name, entry, kind) for name, entry in entries.items())
    constants = _table(data.get("constants", {}), "constants")
    _targets(constants, kind)
    delimiter = str(data.get("delimiter", ","))
    if len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise InvalidInput(n_("The mapping's delimiter must be one character, such as ',' or ';'."))
    return Mapping_(
        name=str(data.get("name") or path.stem),
        kind=kind,
        key=str(data["key"]) if data.get("key") else None,
        encoding=str(data.get("encoding", "utf-8")),
        delimiter=delimiter,
        columns=columns,
        constants={str(name): str(value) for name, value in constants.items()},
    )


def _column(name: str, entry: Any, kind: str) -> Column:
    if not isinstance(entry, dict) or "to" not in entry:
        raise InvalidInput(n_("The mapping does not say what the column %(column)s becomes (to = ...)."), column=name)
    unknown = set(entry) - {"to", "values", "empty", "required"}
    if unknown:
        raise InvalidInput(
            n_("In column %(column)s the mapping says %(word)s, which means nothing."), column=name, word=min(unknown)
        )
    _targets({str(entry["to"]): ""}, kind)
    values = _table(entry.get("values", {}), name)
    return Column(
        name=name,
        to=str(entry["to"]),
        values={str(word): str(code) for word, code in values.items()},
        empty=str(entry.get("empty", "")),
        required=bool(entry.get("required", False)),
    )


def _table(found: Any, name: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise InvalidInput(n_("In the mapping, %(name)s must be a table of words."), name=name)
    return found


def _targets(found: Mapping[str, Any], kind: str) -> None:
    wrong = sorted(set(found) - TARGETS[kind])
    if wrong:
        raise InvalidInput(
            n_("A %(kind)s import knows no %(target)s. It knows: %(known)s."),
            kind=kind,
            target=wrong[0],
            known=", ".join(sorted(TARGETS[kind])),
        )


def check_columns(mapping: Mapping_, present: set[str]) -> None:
    """The columns the mapping speaks of stand in the file. Raises InvalidInput."""
    wanted = [column.name for column in mapping.columns] + ([mapping.key] if mapping.key else [])
    missing = [name for name in wanted if name not in present]
    if missing:
        raise InvalidInput(
            n_("The file has no column %(column)s, which the mapping speaks of. It has: %(present)s."),
            column=missing[0],
            present=", ".join(sorted(present))[:300],
        )
