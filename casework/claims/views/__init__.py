"""Pages of losses and proceedings: one page of a case and its forms."""

from __future__ import annotations

from casework.access.permissions import Permission
from casework.cases.views.links import add_tab, link_record
from casework.claims.kinds import LEGAL
from casework.claims.views import losses, page, proceedings
from casework.claims.views.blueprint import bp
from casework.errors import n_

__all__ = ["bp", "losses", "page", "proceedings"]

add_tab(35, n_("Claims"), "claims.page", Permission.CASE_SEE, LEGAL)
link_record("loss", "claims.page")
link_record("proceeding", "claims.page")
link_record("proceeding_step", "claims.page")
link_record("hearing", "claims.page")
