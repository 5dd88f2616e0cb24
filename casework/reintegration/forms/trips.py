"""Forms of trips: several visits on one day by two, threats, the place; and a rhythm of one's own."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Choices, Day, LongText, Number, Tick


class TripForm(BaseForm):
    """Several visits on one day, by two people."""

    visits = Choices(n_("Visits"), needed=n_("Choose at least one visit."))
    day = Day(n_("Day of the trip"), needed=n_("Enter the day of the trip."), future=True)
    first_user_id = Choice(n_("Who goes"), needed=n_("Choose who goes."), look="select")
    second_user_id = Choice(n_("Who goes along"), needed=n_("Nobody goes alone. Choose who goes along."), look="select")


class ThreatForm(BaseForm):
    """A threat to one of the office."""

    kind = Choice(n_("What happened"), needed=n_("Choose what happened."), look="radios")
    what = LongText(
        n_("What happened, where, and who is safe now"),
        needed=n_("Write what happened, and who is safe now."),
        rows=4,
        limit=5_000,
    )
    visits_stop = Tick(n_("No home visits until a supervisor decided"))


class PlaceForm(BaseForm):
    """Where the person is visited."""

    province = Choice(n_("Province"), needed=n_("Choose the province."), look="select")
    district = Choice(n_("District"), look="select")
    directions = LongText(
        n_("How to get there without asking in the village"),
        hint=n_("Where to leave the motorbike, which door, whom not to meet."),
        rows=3,
        limit=2_000,
    )


class OwnRhythmForm(BaseForm):
    """Visits or calls in a rhythm of the person's own."""

    first_on = Day(n_("First visit or call"), needed=n_("Enter the first day."), future=True)
    every = Number(n_("Then every"), needed=n_("Enter after how many weeks or months."), lowest=1, highest=24, width=3)
    unit = Choice(
        n_("Weeks or months"),
        needed=n_("Choose weeks or months."),
        choices=[("week", n_("weeks")), ("month", n_("months"))],
        inline=True,
    )
    count = Number(n_("How many in all"), needed=n_("Enter how many in all."), lowest=1, highest=40, width=3)
    mode = Choice(n_("How the person wants it"), needed=n_("Choose how the person wants it."), look="select")
    assignee_id = Choice(n_("Who visits"), hint=n_("Leave empty if it is not settled."), look="select")
