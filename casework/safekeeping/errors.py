"""What can be wrong with a backup: it can't be used here, or it is not what was once made."""

from __future__ import annotations

from casework.startup import Refused


class Unusable(Refused):
    """Wrong use or bad input, told before anything was written; exit code 2."""


class Damaged(Exception):
    """The backup is not whole, or not what it says; nothing of it was kept. Exit code 1."""
