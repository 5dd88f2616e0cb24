"""The sealed format: AES-256-GCM bound to its place, padded. Bytes in, bytes out; no database."""

from __future__ import annotations

import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.vault.errors import SealBroken

FORMAT = 1
"""AES-256-GCM. 2 is kept for AES-GCM-SIV."""
HEADER = 3
NONCE = 12
TAG = 16
OVERHEAD = HEADER + NONCE + TAG


def header(gen: int) -> bytes:
    """Format byte and two bytes of key generation."""
    return bytes([FORMAT]) + gen.to_bytes(2)


def generation(sealed: bytes) -> int:
    """Key generation named in the header; SealBroken for anything that is not of the known format."""
    if len(sealed) < OVERHEAD or sealed[0] != FORMAT:
        raise SealBroken("not a sealed value of a known format")
    return int.from_bytes(sealed[1:HEADER])


def bound(head: bytes, table: str, column: str, row_id: uuid.UUID, version: int) -> bytes:
    """Associated data: header, table, column, row and version, each with its length before it."""
    parts = (table.encode(), column.encode(), row_id.bytes, version.to_bytes(8))
    return head + b"".join(len(part).to_bytes(2) + part for part in parts)


def pad(data: bytes, step: int) -> bytes:
    """Length, data and zeros up to the next multiple of `step`."""
    length = 4 + len(data)
    return len(data).to_bytes(4) + data + bytes(-length % step)


def unpad(padded: bytes) -> bytes:
    """What `pad` was given."""
    length = int.from_bytes(padded[:4])
    if length > len(padded) - 4:
        raise SealBroken("the length inside a sealed value is wrong")
    return padded[4 : 4 + length]


def close(data: bytes, key: AESGCM, gen: int, place: tuple[str, str, uuid.UUID, int], step: int) -> bytes:
    """Seal `data` for `place` (table, column, row id, row version)."""
    head, nonce = header(gen), os.urandom(NONCE)
    return head + nonce + key.encrypt(nonce, pad(data, step), bound(head, *place))


def open_(sealed: bytes, key: AESGCM, place: tuple[str, str, uuid.UUID, int]) -> bytes:
    """What was sealed for `place`; SealBroken if these bytes were sealed for another place, version or key."""
    head = sealed[:HEADER]
    try:
        padded = key.decrypt(sealed[HEADER : HEADER + NONCE], sealed[HEADER + NONCE :], bound(head, *place))
    except InvalidTag:
        raise SealBroken(f"a sealed value of {place[0]}.{place[1]} is not the one of row {place[2]}") from None
    return unpad(padded)
