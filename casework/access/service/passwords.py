"""Passwords: argon2id over a peppered password, a few at a time, with an equal amount of work for unknown names."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from casework.errors import InvalidInput, Unavailable, n_
from casework.vault import keys

SHORTEST, LONGEST = 12, 128
AT_ONCE, WAITING, PATIENCE = 2, 8, 10.0
"""Hashes running at once (64 MiB each), how many more may wait, and for how many seconds; then 503."""

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody mixes up when reading a one-time password aloud."""

_running = threading.BoundedSemaphore(AT_ONCE)
_queue = threading.BoundedSemaphore(AT_ONCE + WAITING)


class _Hasher:
    """The parameters in use: full strength, unless a test program asked for light ones."""

    current = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


def use_light_hashes() -> None:
    """Cheap parameters, so that a test suite does not spend its time hashing. Never called outside test mode."""
    _Hasher.current = PasswordHasher(time_cost=1, memory_cost=8 * 16, parallelism=1)


def make(password: str) -> str:
    """The argon2id hash of a password, to be stored. Raises Unavailable when too many wait."""
    with _turn():
        return _Hasher.current.hash(_peppered(password))


def matches(password: str, stored: str | None) -> bool:
    """True if the password is right. `None` (no such user) costs the same and is False. May raise Unavailable."""
    with _turn():
        try:
            _Hasher.current.verify(stored or _dummy(_Hasher.current), _peppered(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def outdated(stored: str) -> bool:
    """True if the hash was made with other parameters than today's: hash again at the next right password."""
    return _Hasher.current.check_needs_rehash(stored)


def check_new(password: str, *, username: str, names: tuple[str, ...] = (), field: str = "new_password") -> None:
    """Raise InvalidInput unless the password is long enough, not common and not made of the account's own names.

    No rule of composition and no rotation (ASVS V6.2.5, V6.2.10).
    """
    if len(password) < SHORTEST:
        raise InvalidInput(n_("Choose a password of at least %(count)s characters."), field=field, count=SHORTEST)
    if len(password) > LONGEST:
        raise InvalidInput(n_("Choose a password of at most %(count)s characters."), field=field, count=LONGEST)
    folded = _normal(password).casefold()
    squeezed = "".join(character for character in folded if character.isalnum())
    own = {username, *(part for name in names for part in name.casefold().split())}
    rest = squeezed
    for word in sorted((word for word in own | {"casework", "password"} if len(word) > 3), key=len, reverse=True):
        rest = rest.replace("".join(filter(str.isalnum, word)), "")
    if folded in _common() or squeezed in _common() or len(set(squeezed)) < 5 or len(rest) < 6:
        message = n_("This password is easy to guess. Choose another, such as four unrelated words.")
        raise InvalidInput(message, field=field)


def one_time() -> str:
    """A password of 16 random characters in groups of four (79 bits), to be changed at the first sign-in."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def one_time_for(key: UUID) -> str:
    """The one-time password that belongs to a form's key: the same when a tap is repeated, unknowable without keys."""
    mac = hmac.new(keys.ring().pepper, b"one-time\x00" + key.bytes, hashlib.sha512).digest()
    letters = "".join(ALPHABET[int.from_bytes(mac[3 * n : 3 * n + 3]) % len(ALPHABET)] for n in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


@contextmanager
def _turn() -> Iterator[None]:
    busy = Unavailable(n_("Many people are signing in just now. Wait a moment and try again."))
    if not _queue.acquire(blocking=False):
        raise busy
    try:
        if not _running.acquire(timeout=PATIENCE):
            raise busy
        try:
            yield
        finally:
            _running.release()
    finally:
        _queue.release()


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _peppered(password: str) -> str:
    mac = hmac.new(keys.ring().pepper, b"password\x00" + _normal(password).encode(), hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()


@cache
def _dummy(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_hex(32))


@cache
def _common() -> frozenset[str]:
    file = Path(__file__).parents[1] / "data" / "common_passwords.txt"
    return frozenset(file.read_text(encoding="utf-8").split())
