"""What is asked when a person says yes, no, or takes an agreement back."""

from __future__ import annotations

from casework.consent.workflow import GIVERS, TEXT_VERSION
from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Choices, Day, Hidden, LongText, Option, Text, Tick


class AnswerForm(BaseForm):
    """One answer: one purpose, one recipient. Help does not depend on it."""

    answer = Choice(
        n_("What does the person say?"),
        choices=[Option("given", n_("Agrees")), Option("refused", n_("Does not agree"))],
        needed=n_("Choose what the person says."),
    )
    purpose = Choice(n_("What for?"), needed=n_("Choose what it is for."))
    recipient = Choice(n_("Who may see it?"), needed=n_("Choose who may see it."))
    recipient_name = Text(
        n_("Name of the recipient"),
        hint=n_("For a person or party that is not in the list of offices."),
    )
    classes = Choices(n_("What may be shared?"), hint=n_("Only what is ticked is ever shown."))
    ends_on = Day(n_("Until when?"), future=True, hint=n_("Left empty, it ends after 12 months."))
    method = Choice(n_("How was it said?"), needed=n_("Choose how the person answered."))
    giver = Choice(
        n_("Who answered?"),
        choices=[Option(code, words) for code, words in GIVERS.items()],
        needed=n_("Choose who answered."),
    )
    guardian = Text(n_("Name of the guardian"), hint=n_("For a child."))
    decided_by = Text(
        n_("Who decided in the child's best interest"), hint=n_("For a child whose guardian is absent or unsafe.")
    )
    assented = Tick(n_("The child agrees too"))
    witness = Text(n_("Name of the witness"), hint=n_("For an answer that was spoken."))
    interpreter = Text(n_("Name of the interpreter"))
    explained_by = Text(n_("Who explained it"))
    language = Choice(n_("In which language?"), look="select")
    note = LongText(n_("Where the paper lies"), rows=2, limit=2_000)
    text_version = Hidden(default=TEXT_VERSION)


class WithdrawForm(BaseForm):
    """The person takes an agreement back."""

    method = Choice(n_("How was it said?"), needed=n_("Choose how the person said it."))
    note = LongText(n_("Where the paper lies"), rows=2, limit=2_000)
    every = Tick(
        n_("Take back all agreements with this office"),
        hint=n_("Tick when the person wants the office to see nothing more at all."),
    )
    told = Tick(n_("The person knows what happens next"), needed=n_("Tell the person what happens next, then tick."))
