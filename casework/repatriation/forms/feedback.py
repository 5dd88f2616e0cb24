"""The form of feedback to the sending country."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Day, YesNo


class FeedbackForm(BaseForm):
    """To whom, why now, and what may be told."""

    to = Choice(
        n_("To which office"),
        needed=n_("Choose the office, or that the person does not want it."),
        look="select",
        hint=n_("Only offices that the person agreed to. Ask the person first, and record it under Consent."),
    )
    occasion = Choice(n_("Why now"), needed=n_("Choose why it is sent now."))
    arrived = YesNo(n_("Has the person arrived?"), hint=n_("Told where the agreement lists travel."))
    accepted = YesNo(
        n_("Does an office in Cambodia help the person?"), hint=n_("Told where the agreement lists assistance.")
    )
    in_follow_up = YesNo(
        n_("Is the person visited or called?"), hint=n_("Told where the agreement lists needs and plan.")
    )
    given_on = Day(n_("On which day"), hint=n_("Leave empty for today."), past=True)
