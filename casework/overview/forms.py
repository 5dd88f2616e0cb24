"""What the auditor types to narrow the access log."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Text


class LogForm(BaseForm):
    """A case by its code, or a user by the name used to sign in."""

    text = Text(n_("Case code or user name"), needed=n_("Enter a case code or a user name."))
