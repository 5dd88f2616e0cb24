"""What is asked when life is at stake, and when another office is asked for advice."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Choices, Day, LongText, Option


class VitalForm(BaseForm):
    """Letting an office in without an agreement, for 72 hours."""

    recipient = Choice(n_("Who must know now?"), needed=n_("Choose the office that must know now."), look="select")
    purpose = Choice(n_("For which help?"), needed=n_("Choose the help that is needed now."), look="select")
    classes = Choices(n_("What must they know?"), needed=n_("Choose what may be shared."))
    reason = LongText(n_("What is at stake?"), needed=n_("Say what is at stake."), rows=4, limit=5_000)


class DecisionForm(BaseForm):
    """The supervisor's decision on an opening."""

    decision = Choice(
        n_("Your decision"),
        choices=[
            Option("confirmed", n_("Confirm: it was needed")),
            Option("refused", n_("Refuse: end the access at once")),
        ],
        needed=n_("Choose 'confirm' or 'refuse'."),
    )
    reason = LongText(n_("Reason"), needed=n_("Give a reason."), rows=3, limit=5_000)


class AskForm(BaseForm):
    """Asking another office for advice, for some days."""

    to = Choice(n_("Whom do you ask?"), needed=n_("Choose another office."), look="select")
    purpose = Choice(n_("For which purpose did the person agree?"), needed=n_("Choose what it is for."), look="select")
    until = Day(n_("Until when may they look?"), needed=n_("Enter a day after today."), future=True)
    question = LongText(n_("What do you ask?"), needed=n_("Say what you ask."), rows=4, limit=2_000)
