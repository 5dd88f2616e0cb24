"""Forms of the way itself: plan, steps, decision, results, hand-over."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Choices, Day, LongText, Moment, Text, Tick, YesNo


class StartForm(BaseForm):
    """Plan a return."""

    direction = Choice(n_("Which way home"), needed=n_("Choose which way home it is."))
    other_country = Choice(n_("The other country"), hint=n_("Leave empty for a way inside Cambodia."), look="select")
    arranged = YesNo(
        n_("Do we arrange the travel?"),
        needed=n_("Say whether we arrange the travel."),
        hint=n_("Only travel that we arrange waits for the conditions. Nobody who comes home alone is held up."),
    )
    start_at = Choice(
        n_("Where it begins with us"),
        hint=n_("Earlier steps count as done before us. Leave empty for the first step."),
        look="select",
    )
    started_on = Day(n_("Since when"), hint=n_("Leave empty for today."), past=True)
    travel_on = Day(n_("Day of travel, if known"))


class FinishForm(BaseForm):
    """End a step. The view takes out the fields that this step does not have."""

    outcome = Choice(n_("How it ended"), needed=n_("Say how the step ended."))
    done_on = Day(n_("Done on"), hint=n_("Leave empty for today."), past=True)
    document_id = Choice(n_("Document"), hint=n_("One that is stored with the case."), look="select")
    note = LongText(n_("Note"), hint=n_("Number of a paper, conditions. Nothing about health."), rows=3, limit=5000)


class SkipForm(BaseForm):
    """Leave a step out."""

    reason = Choice(n_("Why it is left out"), needed=n_("Choose why the step is left out."))
    note = LongText(n_("Note"), rows=3, limit=5000)


class PartyForm(BaseForm):
    """An office or another party."""

    org_id = Choice(n_("Office"), look="select")
    party = Choice(n_("Or another party"), look="select", hint=n_("Leave both empty: your own office."))


class DecisionForm(BaseForm):
    """What the person decided."""

    answer = Choice(n_("What did the person decide?"), needed=n_("Choose what the person decided."))
    informed = Choice(n_("How was the person informed?"), hint=n_("Not needed when the person takes it back."))
    explained = Choices(n_("What was explained"), hint=n_("Tick what the person was told and understood."))
    explained_by = Text(n_("Who explained it"), hint=n_("Read by your office only."))
    decided_on = Day(n_("On which day"), hint=n_("Leave empty for today."), past=True)
    against_advice = Tick(n_("The person knows that the assessment says no, and wants to return all the same."))
    words = LongText(n_("In the person's own words"), hint=n_("Read by your office only."), rows=3, limit=5000)


class CheckForm(BaseForm):
    """A result: safe at home, fit to travel."""

    kind = Choice(n_("What was checked"), needed=n_("Choose what was checked."))
    result = Choice(n_("Result"), needed=n_("Choose the result."))
    checked_on = Day(n_("On which day"), hint=n_("Leave empty for today."), past=True)
    note = LongText(
        n_("Who checked, conditions, where the paper lies"),
        hint=n_("Read by your office only. Others read the result."),
        rows=3,
        limit=5000,
    )


class ReceiverForm(BaseForm):
    """Who receives the person."""

    receiver = Choice(
        n_("Who receives the person"),
        needed=n_("Choose who receives the person."),
        look="select",
        hint=n_("An accepted referral, your own office, or an office without accounts that answered on paper."),
    )
    accepted = YesNo(n_("Has accepted"), needed=n_("Say whether the office has accepted."))
    accepted_on = Day(n_("On which day"), hint=n_("Leave empty for today."), past=True)
    note = LongText(n_("Who answered, how, where the paper lies"), rows=3, limit=5000)


class TravelDayForm(BaseForm):
    """Set or move the day of travel."""

    travel_on = Day(n_("Day of travel"), needed=n_("Enter the day of travel."))


class StopForm(BaseForm):
    """End a return that is not carried through."""

    reason = Choice(n_("Why the return stops"), needed=n_("Choose why the return stops."))


class AgainstForm(BaseForm):
    """A supervisor decides on going against the assessment."""

    decision = Choice(
        n_("Decision"),
        needed=n_("Choose 'approve' or 'send back'."),
        choices=[("approved", n_("Approve")), ("returned", n_("Send back"))],
    )
    reason = LongText(n_("Reason"), hint=n_("Needed when you return it."), rows=3, limit=5000)


class HandoverForm(BaseForm):
    """The record of a hand-over."""

    side = Choice(n_("Your office"), needed=n_("Say on which side your office stands."))
    other_org_id = Choice(n_("The other office"), needed=n_("Choose the other office."), look="select")
    at = Moment(n_("When"), needed=n_("Enter day and time."), past=True)
    border_point = Choice(n_("Crossing"), look="select")
    place = Text(n_("Or another place"))
    giver_officer = Text(n_("Officer who hands over"), needed=n_("Enter the name of the officer."))
    receiver_officer = Text(n_("Officer who receives"), needed=n_("Enter the name of the officer."))
    papers = Choices(n_("Documents given along"))
    belongings = LongText(n_("Belongings"), rows=3, limit=5000)
    medicine = LongText(
        n_("Medicine given along"),
        hint=n_("Only what the other side must know. Read later only by those who may read about health."),
        rows=2,
        limit=2000,
    )
    condition = LongText(
        n_("How the person is"),
        hint=n_("Read later only by those who may read about health."),
        rows=2,
        limit=5000,
    )
    not_disclosed = LongText(
        n_("What was not told to the other side"),
        hint=n_("Read by your office only. It is not on the paper."),
        rows=2,
        limit=5000,
    )


class PaperForm(BaseForm):
    """The signature of a side without accounts."""

    paper = Text(
        n_("Who signed, and where the paper lies"),
        needed=n_("Write who signed on paper and where the paper lies."),
        limit=500,
    )
