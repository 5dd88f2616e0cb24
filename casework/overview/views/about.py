"""What Casework is made of: licences and the sources of its lists."""

from __future__ import annotations

from flask import render_template

from casework.overview.views.blueprint import bp
from casework.web.marks import public


@bp.get("/about")
@public
def about() -> str:
    """Licences and attribution; open to everybody."""
    return render_template("overview/about.html")
