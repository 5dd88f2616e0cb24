"""Forms of a journey: the journey itself, a seat on it, its legs and escorts."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Choices, Day, LongText, Moment, Number, Text


class SeatForm(BaseForm):
    """Where one person sits and gets off."""

    to_province = Choice(n_("Gets off in"), look="select", hint=n_("Leave empty outside Cambodia."))
    seat = Number(n_("Number of the seat"), lowest=1, highest=500)
    needs = Choices(n_("The seat needs"), hint=n_("Only what the driver and the escort must know. Never why."))


class JoinForm(SeatForm):
    """Put a return on a journey that is planned."""

    movement_id = Choice(n_("Which journey"), needed=n_("Choose the journey."), look="select")


class JourneyForm(BaseForm):
    """A journey: day, vehicle, meeting place."""

    travel_on = Day(n_("Day of travel"), needed=n_("Enter the day of travel."))
    vehicle = Text(n_("Vehicle"), hint=n_("Kind, plate, company, number of seats."))
    meeting = Text(n_("Where you meet"), limit=500)
    note = LongText(
        n_("Note for the escorts"),
        hint=n_("Everybody who sees this journey reads it. Nothing about a person."),
        rows=3,
        limit=2000,
    )


class LegForm(BaseForm):
    """A part of the way."""

    mode = Choice(n_("How"), needed=n_("Choose how."), look="select")
    from_place = Text(n_("From"), needed=n_("Write the place."))
    to_place = Text(n_("To"), needed=n_("Write the place."))
    border_point = Choice(n_("Crossing"), look="select")
    number = Text(n_("Number of the flight or bus"), limit=100)
    departs_at = Moment(n_("Leaves"))
    arrives_at = Moment(n_("Arrives"))


class EscortForm(BaseForm):
    """Somebody who goes along."""

    name = Text(n_("Name of the escort"), needed=n_("Enter the name of the escort."))
    sex = Choice(n_("Woman or man"), needed=n_("Choose woman or man."))
    org_id = Choice(n_("Office"), look="select")
    phone = Text(n_("Phone of the escort"), inputmode="tel", limit=100)
