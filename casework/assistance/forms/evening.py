"""Forms of the first evening: of one person, new or known, and of thirty people in one sitting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from casework.assistance.service import Evening
from casework.assistance.workflow import NEEDS
from casework.cases.forms import PaperPart, StartGroupForm, StopPart
from casework.cases.forms import RegisterForm as WhoForm
from casework.errors import InvalidInput, n_
from casework.people.forms import ROWS, FirstContact
from casework.people.forms.offers import Source
from casework.web.fields import Own
from casework.web.forms import BaseForm, Choice, Choices, Tick

NEED_ANSWERS = [("given", n_("Given now")), ("wanted", n_("Wanted")), ("declined", n_("Declined"))]


HIDDEN = frozenset({"draft", "version"})


class NeedsPart(BaseForm):
    """The needs of the first hour; unanswered ones stay as they are."""

    def answers(self) -> dict[str, str]:
        """Need → answer, for those that were answered."""
        given = {need.code: self[need.code].data for need in NEEDS}
        return {code: answer for code, answer in given.items() if answer}


for _need in NEEDS:
    setattr(
        NeedsPart,
        _need.code,
        Choice(_need.label, choices=NEED_ANSWERS, inline=True, look="radios", optional_mark=False),
    )


class EveningPart(NeedsPart, FirstContact, StopPart, PaperPart):
    """Everything of a first evening but who the person is."""

    def evening(self) -> Evening:
        """What `assistance.service.record_evening` takes."""
        return Evening(self.answers(), self.first_contact(), self.wish(), self.paper("first_evening"))


class FirstHourForm(EveningPart):
    """The first evening of somebody who has a case."""


class RegisterForm(EveningPart, WhoForm):
    """Who the person is, how they came, and if it is the first evening everything of that, on one page."""

    LISTS = {**FirstContact.LISTS, **WhoForm.LISTS, "language": "language"}

    language = Choice(n_("Language the person speaks best"), look="select")
    interpreter_needed = Tick(n_("An interpreter is needed"))

    @property
    def begun(self) -> bool:
        """Whether anything of the evening was answered or is wrong: then that part of the page stands open."""
        return any(field.errors or field.data for field in self._of_the_evening())

    def problems(self) -> Iterable[tuple[str, str]]:
        """What is wrong in the order of the page, where the evening comes last."""
        last = {field.anchor for field in self._of_the_evening()}
        return sorted(super().problems(), key=lambda problem: problem[1] in last)

    def _of_the_evening(self) -> Iterator[Own]:
        names = {*dir(EveningPart), "language", "interpreter_needed"} - HIDDEN
        return (field for field in self.fields() if field.short_name in names)


class GroupIntakeForm(StartGroupForm):
    """Thirty people with what each of them needs this evening."""

    def offer(self, choices: Source) -> None:
        super().offer(choices)
        for number in range(1, ROWS + 1):
            self.box(number, "needs").choices = [(need.code, need.label) for need in NEEDS]

    def wanted(self, number: int) -> dict[str, str]:
        """Need → 'wanted', for the needs ticked in a row."""
        return dict.fromkeys(self.box(number, "needs").data or [], "wanted")

    def validate(self, extra_validators: Any = None) -> bool:
        """True when no row has needs without a person."""
        valid = super().validate(extra_validators)
        for number in range(1, ROWS + 1):
            nobody = not any(self.box(number, column).data for column in ("family", "given"))
            if nobody and self.wanted(number) and not self.box(number, "family").errors:
                message = n_("Row %(row)s: needs are ticked. Enter a name, or take the ticks away.")
                self.blame(InvalidInput(message, field=f"p{number}_family", row=number))
                valid = False
        return valid


for _number in range(1, ROWS + 1):
    setattr(GroupIntakeForm, f"p{_number}_needs", Choices(n_("Needs now"), optional_mark=False))
