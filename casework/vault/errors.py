"""What can go wrong with keys and sealed values."""

from __future__ import annotations

from casework.errors import DomainError, Unavailable, n_


class KeyFileError(Unavailable):
    """The key ring is missing, unreadable or not the one of this database; one sentence for operators.

    A page says less: the sentence may name a folder of the machine.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(n_("The keys do not fit the data. Nothing was saved; tell who looks after the server."))
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class VaultError(Exception):
    """A sealed value or a key is damaged, moved or unknown. Never answered with plain text."""


class SealBroken(VaultError):
    """The sealed bytes do not belong to this place, this version or this key."""


class MissingKey(VaultError):
    """There is no data key for this root, and no tombstone that would explain why."""


class Erased(DomainError):
    """The data key was destroyed on request: nothing sealed under this root can be read again."""

    def __init__(self) -> None:
        super().__init__(n_("This was erased for good."))
