"""The page 'Settings': what this user may administer, one line each."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.access import guards
from casework.access.permissions import Permission
from casework.access.views.blueprint import bp


@bp.get("/administration")
@guards.requires(Permission.ORGANISATION_MANAGE)
def settings() -> ResponseReturnValue:
    """The lines come from the program as a whole, which knows the pages of all packages."""
    return render_template("access/settings.html")
