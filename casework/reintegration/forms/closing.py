"""Forms of closing: the request, opening again, the decision of a second person."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Choices, Day, LongText, YesNo


class ClosureForm(BaseForm):
    """A request to close the case."""

    reason = Choice(n_("Why the case is closed"), needed=n_("Choose a reason."), look="select")
    person_view = Choice(n_("What the person says to it"), needed=n_("Say what the person thinks of closing the case."))
    told_on = Day(n_("The person was told on"), past=True)
    explanation = LongText(n_("Explanation"), rows=3, limit=5_000)
    goals = Choice(n_("Goals"))
    living = Choice(n_("Where the person lives"))
    safety = Choices(n_("Safety"))
    situation = LongText(
        n_("How the person lives now"),
        needed=n_("Write how the person lives now, as far as you know."),
        rows=4,
        limit=5_000,
    )
    recontact = YesNo(
        n_("May we contact the person again?"), needed=n_("Say whether the person may be contacted again.")
    )
    recontact_rule = LongText(n_("How, if so"), rows=2, limit=500)

    def outcomes(self) -> list[str]:
        """All outcomes chosen."""
        return [code for code in (self.goals.data, self.living.data, *(self.safety.data or [])) if code]


class ReopenForm(BaseForm):
    """Opening a closed case again."""

    reason = Choice(n_("Why"), needed=n_("Say why the case is opened again."))


class DecideForm(BaseForm):
    """A decision of a second person."""

    decision = Choice(
        n_("Decision"),
        needed=n_("Choose 'approve' or 'send back'."),
        choices=[("approved", n_("Approve")), ("returned", n_("Send back"))],
    )
    reason = LongText(n_("Reason"), hint=n_("Needed when you return it."), rows=3, limit=2_000)
