"""Masked postings: what a token and a person become in one scope and generation (docs/decisions/0009). No database."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Iterable
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def mark(search_root: bytes) -> bytes:
    """Sixteen bytes that tell whether a search root is the one an index was made with."""
    return hmac.digest(search_root, b"casework search root", "sha256")[:16]


@lru_cache(maxsize=4_096)
def scope_key(search_root: bytes, scope: uuid.UUID, generation: int) -> bytes:
    """HKDF of the search root for one organisation and generation."""
    info = b"casework postings" + scope.bytes + generation.to_bytes(4)
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(search_root)


def label(key: bytes, token: str) -> tuple[int, bytes]:
    """The label of a token as a signed 64-bit number, and the key that masks the persons under it."""
    digest = hashlib.blake2b(token.encode(), key=key, digest_size=40).digest()
    return int.from_bytes(digest[:8], signed=True), digest[8:]


def mask(key: bytes, person_id: uuid.UUID) -> bytes:
    """One AES-256 block over the id: deterministic, so that a removal can be computed again."""
    # One block of an id that occurs once under this key: there is no pattern ECB could show.
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    return encryptor.update(person_id.bytes) + encryptor.finalize()


def unmask(key: bytes, masked: Iterable[bytes]) -> set[uuid.UUID]:
    """The persons under these masks; what does not give an id this program makes (UUID version 7) is left out."""
    decryptor = Cipher(algorithms.AES(key), modes.ECB()).decryptor()  # noqa: S305
    blocks = decryptor.update(b"".join(v for v in masked if len(v) == 16)) + decryptor.finalize()
    found = (uuid.UUID(bytes=blocks[at : at + 16]) for at in range(0, len(blocks), 16))
    return {one for one in found if one.variant == uuid.RFC_4122 and one.version == 7}


def rows(search_root: bytes, scope: uuid.UUID, generation: int, person_id: uuid.UUID, tokens: set[str]) -> set[
    tuple[int, bytes, int, bytes]
]:  # fmt: skip
    """The postings of a person in a scope: generation, scope, label, v."""
    key = scope_key(search_root, scope, generation)
    made = set()
    for token in tokens:
        number, masking = label(key, token)
        made.add((generation, scope.bytes, number, mask(masking, person_id)))
    return made
