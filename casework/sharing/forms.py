"""What is asked when life is at stake, and when another office is asked for advice."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Choices, Day, Hidden, LongText, Option


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


class ChooseForm(BaseForm):
    """For whom and for which help a letter is. Read from the address, it changes nothing."""

    class Meta(BaseForm.Meta):
        csrf = False

    case = Choices(n_("For whom?"), needed=n_("Choose at least one person."))
    service = Choices(n_("Which help?"), needed=n_("Choose at least one service."))
    province = Choice(n_("Where?"), look="select")


class LetterForm(BaseForm):
    """What is the same for all lines of a letter. `letter_form` adds the boxes of each person."""

    cases = Hidden(limit=2_000)
    services = Hidden(limit=1_000)
    province = Hidden(limit=10)
    shown = Hidden(limit=128)
    purpose = Choice(n_("For which purpose did they agree?"), needed=n_("Choose what it is for."), look="select")
    priority = Choice(n_("How soon must they answer?"), needed=n_("Choose how soon they must answer."))
    reason = Choice(n_("Why now?"), look="select")
    need = LongText(
        n_("What is needed, for all of them"),
        hint=n_("Nothing about one person: each office reads it for each of its people."),
        needed=n_("Say what is needed."),
        rows=4,
        limit=4_000,
    )
    follow_up = LongText(n_("What follow-up do you expect?"), hint=n_("By whom, how, when."), rows=2, limit=2_000)
    classes = Choices(n_("What to share, of what each person agreed to"), hint=n_("Untick what they do not need."))


def letter_form(people: int, services: int) -> type[LetterForm]:
    """The form of a letter for so many people and services: an office for each pair, and words for each person."""
    boxes: dict[str, object] = {}
    for row in range(people):
        for column in range(services):
            boxes[f"to_{row}_{column}"] = Choice(n_("Ask"), look="select")
        boxes[f"only_{row}"] = LongText(n_("Only about this person"), rows=2, limit=1_000)
    return type("LetterFormOfAll", (LetterForm,), boxes)
