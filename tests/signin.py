"""How a test signs in: `enter` opens a session at once; `signed_in` goes through the doors, one-time code included."""

from __future__ import annotations

from sqlalchemy import select

from casework.access.guards import session_cookie
from casework.access.models import User
from casework.access.service import factors, sessions
from casework.db import db
from tests.client import Client
from tests.factories import PASSWORD


def enter(client: Client, username: str, *, factor: str = "") -> Client:
    """Open a session for a user without the forms; `factor` says how far the sign-in went (by default, all the way)."""
    db_has_context = bool(client.app.extensions.get("casework_writelog"))
    if db_has_context:
        db.session.commit()
    with client.app.app_context():
        row = db.session.scalars(select(User).where(User.username == username)).one()
        reached = factor or ("code" if row.factor_since_at else "password")
        _, token = sessions.open_session(row, factor=reached, office_device=True, device=sessions.Device("test"))
        db.session.commit()
        name = session_cookie()
    client.raw.set_cookie(name, token, domain="localhost", secure=name.startswith("__Host-"), httponly=True)
    return client


def signed_in(client: Client, username: str, password: str = PASSWORD) -> Client:
    """Sign in through the pages as a person does; fails where a page refuses."""
    page = client.fill("/sign-in", username=username, password=password)
    assert page.status == 303, page.words()
    with client.app.app_context():
        row = db.session.scalars(select(User).where(User.username == username)).one()
        code = factors.fresh_code(row) if row.factor_since_at else ""
    if code:
        page = client.fill(page.location, code=code)
        assert page.status == 303, page.words()
    return client
