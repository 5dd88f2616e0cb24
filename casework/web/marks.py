"""The mark that every view carries to say who may open it; a view without one is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

ATTRIBUTE = "__casework_access__"

View = TypeVar("View", bound=Callable[..., object])


def mark(view: View, access: object) -> View:
    """Write `access` on the view: a permission, or PUBLIC. `access.guards` calls this, and the few views of `web`."""
    setattr(view, ATTRIBUTE, access)
    return view


PUBLIC = "public"
"""Open to everybody, signed in or not: assets, leaving, the sign-in page."""


def public(view: View) -> View:
    """Decorator for the views of `web` that anybody may open."""
    return mark(view, PUBLIC)


def marked(view: Callable[..., object] | None) -> object | None:
    """What the view says about access, or None."""
    return getattr(view, ATTRIBUTE, None)
