"""Pages of the code lists and of the holidays."""

from casework.codes.views import holidays, lists
from casework.codes.views.blueprint import bp

__all__ = ["bp", "holidays", "lists"]
