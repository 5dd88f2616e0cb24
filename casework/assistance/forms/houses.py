"""Forms of places to stay: arrival, what was agreed, departure; houses and rooms of the office."""

from __future__ import annotations

from uuid import UUID

from casework.assistance.models import MOST_BEDS
from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Day, LongText, Number, Text, Tick

ROOM_SEX_WORDS = {"any": n_("Anybody"), "female": n_("Women and girls"), "male": n_("Men and boys")}
ROOM_AGE_WORDS = {"any": n_("Any age"), "adults": n_("Adults"), "children": n_("Children")}


class StayForm(BaseForm):
    """Where the person sleeps and what was agreed; the arrival asks for its day as well."""

    room_bed = Choice(n_("Bed in a house of the office"), look="select", hint=n_("Free beds only."))
    place = Text(
        n_("Name of the place"),
        hint=n_("Kept sealed; shown only to those who may know where the person lives now."),
    )
    bed = Text(n_("Room or bed"), limit=60)
    admission = Choice(n_("Consent to stay"), needed=n_("Say whether the person agreed to stay."))
    movement = LongText(
        n_("Going out"),
        rows=2,
        limit=1_000,
        hint=n_("People here are free to come and go. Write what you agreed on, such as hours or company."),
    )
    visitors = LongText(n_("Visitors and calls agreed on"), rows=2, limit=1_000)
    note = LongText(n_("What was agreed about services and the house"), rows=3, limit=2_000)
    anyway = Tick(n_("Place all the same"))

    def chosen_bed(self) -> tuple[UUID | None, int | None]:
        """Room and number of the bed; no number for who shares one; neither for a place elsewhere."""
        room, _, number = (self.room_bed.data or "").partition(":")
        return (UUID(room) if room else None, int(number) if number else None)


class ArriveForm(StayForm):
    """Arrival at a place to stay."""

    arrived_on = Day(n_("Day of arrival"), needed=n_("Enter the day of arrival."), past=True)


class LeaveForm(BaseForm):
    """Departure."""

    left_on = Day(n_("Day of departure"), needed=n_("Enter the day of departure."), past=True)
    reason = Choice(n_("Why"), needed=n_("Say why the person left."), look="radios")


class HouseForm(BaseForm):
    """A house of the office."""

    name = Text(
        n_("What you call this house"),
        needed=n_("Enter what you call this house."),
        limit=100,
        hint=n_("Kept sealed; shown only to those who may know where people live."),
    )
    directions = LongText(n_("How to find it"), rows=3, limit=1_000)


class HouseChangeForm(HouseForm):
    """A house that is there already."""

    active = Tick(n_("In use"))


class RoomForm(BaseForm):
    """A room of a house."""

    label = Text(n_("Number or letter of the room"), needed=n_("Enter the number or letter of the room."), limit=12)
    beds = Number(n_("Beds"), needed=n_("Enter how many beds."), lowest=1, highest=MOST_BEDS, width=3)
    for_sex = Choice(n_("For whom"), needed=n_("Choose for whom."), choices=list(ROOM_SEX_WORDS.items()))
    for_age = Choice(n_("For which age"), needed=n_("Choose for which age."), choices=list(ROOM_AGE_WORDS.items()))


class RoomChangeForm(RoomForm):
    """A room that is there already."""

    active = Tick(n_("In use"))
