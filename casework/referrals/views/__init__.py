"""Pages of referrals and of the register of letters."""

from casework.referrals.views import pages, register
from casework.referrals.views.blueprint import bp

__all__ = ["bp", "pages", "register"]
