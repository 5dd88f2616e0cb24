"""Pages of signing in, of one's own account and of administration: one blueprint, a module per subject."""

from casework.access.views import account, coverage, deputies, factors, offices, roles, settings, signin, users
from casework.access.views.blueprint import bp

__all__ = ["account", "bp", "coverage", "deputies", "factors", "offices", "roles", "settings", "signin", "users"]
