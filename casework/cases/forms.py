"""Forms of the case: searching, notes, tasks, giving a case to a colleague, keeping one away, groups."""

from __future__ import annotations

from casework.codes.queries import choices
from casework.errors import n_
from casework.people.forms import GroupForm, IdentityForm
from casework.web.forms import BaseForm, Choice, Day, LongText, PartialDate, Text


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


class RegisterForm(IdentityForm):
    """The first page of registering: who, and how they came to us."""

    LISTS = {**IdentityForm.LISTS, "manner_of_return": "manner_of_return", "entry_point": "border_point"}

    manner_of_return = Choice(n_("How the person came"), needed=n_("Choose how the person came."))
    entry_point = Choice(n_("Border crossing, if any"), look="select")
    opened_on = Day(n_("Day the case begins"), hint=n_("Leave empty for today."), past=True)

    def stations(self) -> dict[str, str]:
        """Which parts of the way open with the case: by the group of the manner, which is data."""
        group = next((c.group for c in choices("manner_of_return") if c.code == self.manner_of_return.data), "")
        opened = {"identification": "open"}
        if group in ("abroad", "arranged"):
            opened["return"] = "open"
        if group in ("arranged", "alone"):
            opened["arrival"] = "open"
        return opened


class StartGroupForm(GroupForm):
    """Thirty people at once: what kind of group, what it is called, the facts that all share."""

    kind = Choice(n_("What kind of group"), needed=n_("Choose what kind of group this is."))
    name = Text(n_("Name of the group"), needed=n_("Give the group a name that you will recognise."))
    facts = LongText(n_("What is the same for all"), hint=n_("Boat, place, dates. Nothing about one person."), rows=4)
    manner_of_return = Choice(n_("How they came"), needed=n_("Choose how they came."))
    entry_point = Choice(n_("Border crossing, if any"), look="select")

    LISTS = {**GroupForm.LISTS, "manner_of_return": "manner_of_return", "entry_point": "border_point"}


class ErasureForm(BaseForm):
    """Why a person's data are to be destroyed."""

    reason = Choice(n_("Why"), needed=n_("Choose why."), look="select")


class HoldForm(BaseForm):
    """Why nothing may be erased for now."""

    reason = Choice(n_("Why nothing may be erased"), needed=n_("Choose why nothing may be erased."))
