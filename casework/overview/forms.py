"""What is typed on the pages above single cases: the access log, handing cases over."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Choices, Hidden, Text


class LogForm(BaseForm):
    """A case by its code, or a user by the name used to sign in."""

    text = Text(n_("Case code or user name"), needed=n_("Enter a case code or a user name."))


class HandOverForm(BaseForm):
    """Which cases of a worker go to which colleagues, and why. `shown` is the digest of what was shown before."""

    shown = Hidden(limit=64)
    cases = Choices(n_("Cases that move"), needed=n_("Choose at least one case."))
    to = Choices(
        n_("To whom"),
        hint=n_("Several colleagues share the cases: each goes to whoever carries least."),
        needed=n_("Choose at least one colleague."),
    )
    reason = Choice(n_("Why"), needed=n_("Choose a reason."))
