"""Sealed columns: a table of their own beside the row, sealed together, bound to table, column, row and version."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ForeignKey, LargeBinary, Uuid, event
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from casework.errors import InvalidInput, n_
from casework.vault import keys
from casework.vault import seal as sealing
from casework.vault.errors import Erased, SealBroken
from casework.vault.text import clean

LIMITS = {32: 200, 64: 1_000}
"""Characters allowed by padding step, unless the field says otherwise; longer steps are for narrative."""
NARRATIVE = 50_000


@dataclass(frozen=True)
class Sealed:
    """How one sealed column is kept: padding step in bytes, kind of value, limit in characters."""

    step: int = 64
    kind: Literal["text", "json", "bytes"] = "text"
    limit: int | None = None

    @property
    def most(self) -> int:
        """Characters, or bytes of a bytes column, that the field takes."""
        if self.limit is not None:
            return self.limit
        return NARRATIVE if self.kind != "text" else LIMITS.get(self.step, NARRATIVE)


class SealedRow:
    """Mixin of a sealed table: `class PersonSealed(SealedRow, Model)` with `__tablename__` and `__sealed__`.

    The columns are made here: `id` (the id of the row beside, deleted with it), `root_id` (whose data key), `version`
    (set by `seal`, compared by every UPDATE), and one nullable binary column per sealed name.
    """

    __sealed__: ClassVar[Mapping[str, Sealed]] = {}
    __beside__: ClassVar[str] = ""
    """Table of the row it stands beside; by default the own name without `_sealed`."""
    __tablename__: str
    root_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    version: Mapped[int] = mapped_column()

    def __init_subclass__(cls, **options: Any) -> None:
        for name in cls.__dict__.get("__sealed__", {}):
            if name not in cls.__dict__:
                setattr(cls, name, mapped_column(LargeBinary, nullable=True))
        super().__init_subclass__(**options)

    @declared_attr
    def id(cls) -> Mapped[uuid.UUID]:
        """The id of the row beside."""
        beside = cls.__beside__ or cls.__tablename__.removesuffix("_sealed")
        return mapped_column(Uuid, ForeignKey(f"{beside}.id", ondelete="CASCADE"), primary_key=True)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.__table__.c.version, "version_id_generator": False}  # type: ignore[attr-defined]


def _place(row: SealedRow, name: str) -> tuple[str, str, uuid.UUID, int]:
    return (row.__tablename__, name, row.id, row.version)


def _encode(row: SealedRow, name: str, value: object) -> bytes | None:
    """The bytes to seal: text cleaned and within its limit, a document with all its texts cleaned."""
    spec = row.__sealed__[name]
    if value is None or value == "":
        return None
    if spec.kind == "bytes":
        data = bytes(value)  # type: ignore[call-overload]
        if len(data) > spec.most:
            raise InvalidInput(n_("Use at most %(limit)s characters."), field=name, limit=spec.most)
        return bytes(data)
    if spec.kind == "json":
        text = json.dumps(_cleaned(value, spec.most, name), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        if len(text) > spec.most:
            raise InvalidInput(n_("Use at most %(limit)s characters."), field=name, limit=spec.most)
        return text.encode()
    if not isinstance(value, str):
        raise TypeError(f"{name} takes text")
    return clean(value, limit=spec.most, field=name).encode() or None


def _cleaned(value: object, limit: int, name: str) -> object:
    """A JSON value with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value, limit=limit, field=name)
    if isinstance(value, Mapping):
        return {str(key): _cleaned(item, limit, name) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item, limit, name) for item in value]
    return value


def _decode(spec: Sealed, data: bytes) -> Any:
    if spec.kind == "bytes":
        return data
    return json.loads(data) if spec.kind == "json" else data.decode()


def _bytes(row: SealedRow, name: str) -> bytes | None:
    if name not in row.__sealed__:
        raise KeyError(f"{row.__tablename__} has no sealed column {name}")
    sealed: bytes | None = getattr(row, name)
    return sealed


def _open(row: SealedRow, name: str) -> bytes | None:
    sealed = _bytes(row, name)
    if sealed is None:
        return None
    return sealing.open_(sealed, keys.opener(row.root_id, sealing.generation(sealed)), _place(row, name))


def seal(row: SealedRow, **values: object) -> None:
    """Set sealed values of `row`, raise its version and seal all its columns again. None or "" empties a column.

    Call it before the flush, when `id` and `root_id` are set and the root has its key. InvalidInput names the column
    of a text that is too long; SealBroken or Erased come from the columns that were sealed before.
    """
    if row.id is None or row.root_id is None:
        raise ValueError("a sealed row needs its id and its root before it is sealed")
    unknown = set(values) - set(row.__sealed__)
    if unknown:
        raise KeyError(f"{row.__tablename__} has no sealed column {', '.join(sorted(unknown))}")
    data = {name: _encode(row, name, values[name]) if name in values else _open(row, name) for name in row.__sealed__}
    gen, key = keys.newest(row.root_id)
    row.version = (row.version or 0) + 1
    for name, plain in data.items():
        spec = row.__sealed__[name]
        sealed = None if plain is None else sealing.close(plain, key, gen, _place(row, name), spec.step)
        setattr(row, name, sealed)


def unseal(row: SealedRow, name: str) -> Any:
    """The value of a sealed column: text, document or bytes; None when it is empty.

    Raises Erased when the key was destroyed; SealBroken, MissingKey for anything that is not in its place.
    """
    data = _open(row, name)
    return None if data is None else _decode(row.__sealed__[name], data)


def unseal_many(rows: Iterable[SealedRow], name: str) -> dict[uuid.UUID, Any]:
    """Row id → value for many rows, with their keys fetched in one statement. An erased row gives None."""
    listed = list(rows)
    keys.prefetch(row.root_id for row in listed)
    found: dict[uuid.UUID, Any] = {}
    for row in listed:
        try:
            found[row.id] = unseal(row, name)
        except Erased:
            found[row.id] = None
    return found


def seal_loose(data: bytes, root_id: uuid.UUID, place: tuple[str, str, uuid.UUID, int], step: int) -> bytes:
    """Seal bytes that are kept outside a SealedRow; `place` is table, column, row id and version."""
    gen, key = keys.newest(root_id)
    return sealing.close(data, key, gen, place, step)


def open_loose(sealed: bytes, root_id: uuid.UUID, place: tuple[str, str, uuid.UUID, int]) -> bytes:
    """What `seal_loose` was given."""
    key: AESGCM = keys.opener(root_id, sealing.generation(sealed))
    return sealing.open_(sealed, key, place)


@event.listens_for(SealedRow, "before_insert", propagate=True)
@event.listens_for(SealedRow, "before_update", propagate=True)
def _never_plain(mapper: Any, connection: Any, row: SealedRow) -> None:
    """Last gate: bytes that were not sealed for this version of this row do not reach the database."""
    if row.version is None:  # the caller forgot `seal`
        raise SealBroken(f"{row.__tablename__} is written without being sealed")
    for name in row.__sealed__:
        sealed = _bytes(row, name)
        if sealed is not None:
            sealing.generation(sealed)
