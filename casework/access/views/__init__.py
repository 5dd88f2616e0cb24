"""Pages of signing in, of one's own account and of administration: one blueprint, a module per subject."""

from casework.access.views import account, deputies, factors, offices, roles, signin, users
from casework.access.views.blueprint import bp

__all__ = ["account", "bp", "deputies", "factors", "offices", "roles", "signin", "users"]
