"""Forms of what a return rests on: papers for the way, tracing the family, the best interest of a child."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Day, LongText, Text


class TravelPaperForm(BaseForm):
    """A paper for the way: asked for, or there already."""

    kind = Choice(n_("Which paper"), needed=n_("Choose which paper it is."), look="select")
    state = Choice(n_("Where it stands"), needed=n_("Say where the paper stands."))
    asked_on = Day(n_("Asked for on"), past=True)
    issued_on = Day(n_("Issued on"), past=True)
    valid_until = Day(n_("Valid until"), hint=n_("You are warned before travel when it ends too early."))
    holder = Choice(n_("Who keeps it now"), look="select")
    number = Text(n_("Number"), hint=n_("Read later only by those who may read about identity."))
    issued_by = Text(n_("Who issues it"), hint=n_("Consulate, ministry, immigration office."))
    document_id = Choice(n_("Document"), hint=n_("One that is stored with the case."), look="select")
    note = LongText(n_("Note"), rows=2, limit=2000)


class TraceForm(BaseForm):
    """Ask an office to look for the family."""

    asked_org_id = Choice(n_("Which office is asked"), look="select")
    asked_party = Choice(n_("Or another party"), look="select")
    action = Choice(n_("How"), needed=n_("Choose how the family is looked for."), look="select")
    asked_on = Day(n_("Asked on"), hint=n_("Leave empty for today."), past=True)
    due_on = Day(n_("Answer wanted by"), hint=n_("Leave empty for 30 days."))
    told = LongText(
        n_("What the request tells"),
        needed=n_("Write what the request tells."),
        hint=n_("The least that is needed to find them. Never what happened to the person."),
        rows=3,
        limit=5000,
    )
    cover = LongText(
        n_("What the family is told: who asks, and why"),
        needed=n_("Write what the family is told."),
        hint=n_("The words agreed with the person."),
        rows=2,
        limit=2000,
    )
    withheld = LongText(
        n_("Who must not be asked or told"),
        hint=n_("People the person fears."),
        rows=2,
        limit=2000,
    )


class FoundForm(BaseForm):
    """What the tracing found, and how home is."""

    outcome = Choice(n_("Was the family found?"), needed=n_("Say whether the family was found."))
    answered_on = Day(n_("Answered on"), hint=n_("Leave empty for today."), past=True)
    who = Text(n_("Who was found"))
    relation = Text(n_("What they are to the person"), hint=n_("Mother, uncle, neighbour."))
    wish = Choice(n_("Do they want to receive the person?"))
    home = LongText(n_("Home"), hint=n_("House, who lives there, room for the person."), rows=2, limit=2000)
    income = Text(n_("Income"))
    debt = Text(n_("Debt"), hint=n_("To whom, and whether anybody presses them."))
    violence = LongText(n_("Violence at home"), rows=2, limit=2000)
    part = LongText(n_("Part of the family in what happened"), hint=n_("What they or others say."), rows=2, limit=2000)
    child_care = LongText(n_("Who would look after a child"), rows=2, limit=2000)
    safe = Choice(n_("Is it safe to return?"), needed=n_("Say whether it is safe to return."))
    conditions = LongText(n_("Conditions, and who sees to them"), rows=2, limit=2000)


class BestInterestForm(BaseForm):
    """A decision on what is best for a child."""

    result = Choice(
        n_("Is return in the child's best interest?"), needed=n_("Say whether return is in the child's best interest.")
    )
    decided_on = Day(n_("On which day"), hint=n_("Leave empty for today."), past=True)
    sat = LongText(
        n_("Who decided together"),
        needed=n_("Write who sat together."),
        hint=n_("Name and office, one a line. Somebody for child protection and somebody who knows the child."),
        rows=3,
        limit=2000,
    )
    views = LongText(
        n_("What the child says"),
        needed=n_("Write what the child says, or how the child was heard."),
        hint=n_("In the child's own words where you can."),
        rows=3,
        limit=5000,
    )
    choices_looked_at = LongText(
        n_("Other ways that were looked at"), hint=n_("Relatives, foster care, staying for now."), rows=2, limit=5000
    )
    reasons = LongText(n_("Reasons"), needed=n_("Write the reasons."), rows=3, limit=5000)
