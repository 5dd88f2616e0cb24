"""Code lists for this package, handed in by `create_app`: the lists live above access and can't be imported here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from casework.errors import InvalidInput, n_

Source = Callable[[str], Sequence[Any]]
Labels = Callable[[str, str], str]


class _Lists:
    """The source in use."""

    source: Source | None = None
    labels: Labels | None = None


def install(source: Source, labels: Labels) -> None:
    """Use `source(list_name)` (codes.queries.choices): items with `code` and `label`. `labels` knows old codes too."""
    _Lists.source, _Lists.labels = source, labels


def choices(list_name: str) -> Sequence[Any]:
    """The codes of a list; empty as long as nothing was installed."""
    return _Lists.source(list_name) if _Lists.source else ()


def check(list_name: str, code: str, *, field: str) -> str:
    """Give the code back, or raise InvalidInput if the list does not hold it."""
    if _Lists.source and all(item.code != code for item in choices(list_name)):
        raise InvalidInput(n_("Choose from the list."), field=field)
    return code


def label(list_name: str, code: str) -> str:
    """The words of a code, in use or not, an English message id; the code itself where the list does not know it."""
    return _Lists.labels(list_name, code) if _Lists.labels else code
