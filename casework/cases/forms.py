"""Forms of the case: searching, notes, tasks, giving a case to a colleague, keeping one away, groups."""

from __future__ import annotations

from functools import partial
from typing import Any

from casework.cases.service import Paper, Shared, StopWish
from casework.cases.workflow import STOP_SPANS, STOP_WORDS
from casework.codes.queries import choices
from casework.errors import InvalidInput, collected, n_
from casework.people.forms import GroupForm, IdentityForm
from casework.web.forms import BaseForm, Choice, Day, LongText, PartialDate, Text, Tick


class FindForm(BaseForm):
    """What somebody types to find a case: a name in any spelling order, a code, a phone or a paper's number."""

    text = Text(
        n_("Name, case code, phone or document number"),
        needed=n_("Enter a name, a case code, a phone number or a document number."),
    )


class NoteForm(BaseForm):
    """A note with the class that decides who reads it."""

    text = LongText(n_("Note"), needed=n_("Write the note."), rows=8)
    data_class = Choice(
        n_("What it is about"),
        needed=n_("Choose what the note is about: it decides who may read it."),
        hint=n_("Health, psychosocial and legal notes are read by their workers only."),
    )
    occurred = PartialDate(n_("When it happened"), hint=n_("Leave empty for today."))


class TaskForm(BaseForm):
    """Something to do by a day."""

    text = Text(n_("What is to be done"), needed=n_("Write what is to be done."))
    due_on = Day(n_("By when"), needed=n_("Enter the day by which it is to be done."), future=True)
    assignee_id = Choice(n_("Who does it"), needed=n_("Choose who does it."))


class AssignForm(BaseForm):
    """Give the case to a colleague."""

    to_user_id = Choice(n_("Colleague"), needed=n_("Choose a colleague."))
    part = Choice(n_("What the colleague does"), needed=n_("Choose what the colleague does."))
    reason = Choice(n_("Why"), needed=n_("Choose a reason."))


class ExcludeForm(BaseForm):
    """Keep a colleague away from the case."""

    user_id = Choice(n_("Who may no longer see this case"), needed=n_("Choose a colleague."))
    reason = Choice(n_("Why"), needed=n_("Choose a reason."))


class StationForm(BaseForm):
    """Move one station of the case."""

    station = Choice(n_("Part of the way"), needed=n_("Choose a part of the way."))
    state = Choice(n_("It is now"), needed=n_("Choose how it stands."))


def stations_of(manner: str | None) -> dict[str, str]:
    """Which parts of the way open with a case, by the group of the manner of return, which is data."""
    group = next((c.group for c in choices("manner_of_return") if c.code == manner), "")
    opened = {"identification": "open"}
    if group in ("abroad", "arranged"):
        opened["return"] = "open"
    if group in ("arranged", "alone"):
        opened["arrival"] = "open"
    return opened


class RegisterForm(IdentityForm):
    """The first page of registering: who, and how they came to us."""

    LISTS = {**IdentityForm.LISTS, "manner_of_return": "manner_of_return", "entry_point": "border_point"}

    manner_of_return = Choice(n_("How the person came"), needed=n_("Choose how the person came."))
    entry_point = Choice(n_("Border crossing, if any"), look="select")
    opened_on = Day(n_("Day the case begins"), hint=n_("Leave empty for today."), past=True)

    def stations(self) -> dict[str, str]:
        """Which parts of the way open with the case: by the group of the manner, which is data."""
        return stations_of(self.manner_of_return.data)


class StopForm(BaseForm):
    """Nothing more is asked until a morning."""

    said_by = Choice(n_("Who wished it"), choices=STOP_WORDS.items(), needed=n_("Say who wished it."))
    span = Choice(n_("Until when"), choices=STOP_SPANS.items(), needed=n_("Choose until when nothing is asked."))
    reason = Text(n_("Why, if the person wants it to be known"), limit=1_000)


class StopPart(BaseForm):
    """'Do not ask more today', as a part of a longer form."""

    stop = Tick(n_("Do not ask more today"))
    stop_said_by = Choice(n_("Who wished it"), choices=STOP_WORDS.items(), optional_mark=False)
    stop_span = Choice(n_("Until when"), choices=STOP_SPANS.items(), optional_mark=False)

    def wish(self) -> StopWish | None:
        """What `cases.service.stop_asking` takes, or None. A stop begins as the person's own, until tomorrow."""
        if not self.stop.data:
            return None
        return StopWish(self.stop_said_by.data or "person", self.stop_span.data or "tomorrow")


class PaperPart(BaseForm):
    """Where the answers come from when they were written on paper first; kept with the record."""

    paper_on = Day(n_("Date on the paper"), past=True)
    paper_place = Text(
        n_("Where the paper lies"), hint=n_("Kept sealed. Such as: green folder, locked cupboard."), limit=300
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """True when the paper is named whole or not at all."""
        valid = super().validate(extra_validators)
        return self.stands(collected(partial(self.paper, ""))) and valid

    def paper(self, kind: str) -> Paper | None:
        """The paper form, or None when nothing was typed in from paper. Raises InvalidInput for half an answer."""
        day, place = self.paper_on.data, self.paper_place.data
        if day is None and not place:
            return None
        if day is None:
            raise InvalidInput(n_("Enter the date on the paper."), field="paper_on")
        if not place:
            raise InvalidInput(n_("Say where the paper lies."), field="paper_place")
        return Paper(kind, day, place)


class StartGroupForm(GroupForm, PaperPart):
    """Thirty people at once: what kind of group, what it is called, the facts that all share."""

    LISTS = {**GroupForm.LISTS, "manner_of_return": "manner_of_return", "entry_point": "border_point"}

    kind = Choice(n_("What kind of group"), needed=n_("Choose what kind of group this is."))
    name = Text(n_("Name of the group"), needed=n_("Give the group a name that you will recognise."))
    vessel = Text(n_("Boat, bus or compound"), hint=n_("Its name or number, as painted on it or told."), limit=300)
    place = Text(n_("Where they were found or put ashore"), limit=300)
    arrived_on = Day(n_("Day they came"), past=True)
    facts = LongText(n_("What else is the same for all"), hint=n_("Nothing about one person."), rows=3)
    manner_of_return = Choice(n_("How they came"), needed=n_("Choose how they came."))
    entry_point = Choice(n_("Border crossing, if any"), look="select")

    def shared(self) -> Shared:
        """What `cases.service.make_group` takes."""
        return Shared(
            facts=self.facts.data,
            place=self.place.data,
            vessel=self.vessel.data,
            arrived_on=self.arrived_on.data,
            manner_of_return=self.manner_of_return.data,
        )

    def stations(self) -> dict[str, str]:
        """Which parts of the way open with each case."""
        return stations_of(self.manner_of_return.data)


class ErasureForm(BaseForm):
    """Why a person's data are to be destroyed."""

    reason = Choice(n_("Why"), needed=n_("Choose why."), look="select")


class HoldForm(BaseForm):
    """Why nothing may be erased for now."""

    reason = Choice(n_("Why nothing may be erased"), needed=n_("Choose why nothing may be erased."))
