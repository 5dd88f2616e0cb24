"""Forms of help: a line, its reversal, needs of the first hour, stays, funds, caps."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from casework.assistance.service import Evening
from casework.assistance.workflow import NEEDS
from casework.cases.forms import PaperPart, StartGroupForm, StopPart
from casework.cases.forms import RegisterForm as WhoForm
from casework.errors import InvalidInput, n_
from casework.people.forms import ROWS, FirstContact
from casework.people.forms.offers import Source
from casework.web.forms import BaseForm, Choice, Choices, Day, LongText, Moment, Money, Number, Text, Tick


class HelpForm(BaseForm):
    """One line of help. What, how much and when come first; cost and papers can be left out."""

    service_type = Choice(n_("What was given"), needed=n_("Choose what was given."), look="select")
    quantity = Number(n_("How much"), needed=n_("Enter how much was given."), decimals=2, width=5)
    unit = Choice(n_("Unit"), hint=n_("Leave empty for the usual unit of the service."), look="select")
    occurred_at = Moment(n_("When"), past=True)
    note = LongText(n_("Note"), rows=2, limit=1_000)
    unit_cost = Money(n_("Cost of one unit"), currency_from="currency")
    currency = Choice(n_("Currency"), look="select")
    provider_org_id = Choice(n_("From which office or provider"), look="select")
    province = Choice(n_("Province where it was given"), look="select")
    receipt = Choice(n_("Receipt"))
    fund = Choice(n_("Paid from"), look="select")
    share = Number(n_("Share of it in per cent"), decimals=2, highest=100, width=5, hint=n_("Leave empty for 100."))
    fund_2 = Choice(n_("And from"), look="select")
    share_2 = Number(n_("Share of it in per cent"), decimals=2, highest=100, width=5)
    anyway = Tick(n_("Record anyway"))

    def shares(self) -> list[tuple[UUID, int]]:
        """Funds with their shares in basis points."""
        pairs = [(self.fund.data, self.share.data), (self.fund_2.data, self.share_2.data)]
        whole = Decimal(100)
        return [(UUID(fund), int((whole if share is None else Decimal(share)) * 100)) for fund, share in pairs if fund]


class ReverseForm(BaseForm):
    """Why a line is reversed."""

    reason = Choice(n_("Why"), needed=n_("Say why this is reversed."))
    note = LongText(n_("Note"), rows=2, limit=1_000)


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
        names = {*dir(EveningPart), "language", "interpreter_needed"}
        return any(field.errors or field.data for field in self.fields() if field.short_name in names - HIDDEN)


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


class ArriveForm(BaseForm):
    """Arrival at a place to stay."""

    arrived_on = Day(n_("Day of arrival"), needed=n_("Enter the day of arrival."), past=True)
    place = Text(
        n_("Name of the place"),
        needed=n_("Enter the name of the place."),
        hint=n_("Kept sealed; shown only to those who may know where the person lives now."),
    )
    bed = Text(n_("Room or bed"), limit=60)
    admission = Choice(n_("Consent to stay"), needed=n_("Say whether the person agreed to stay."))
    note = LongText(n_("What was agreed about going out, visitors and services"), rows=3, limit=2_000)


class LeaveForm(BaseForm):
    """Departure."""

    left_on = Day(n_("Day of departure"), needed=n_("Enter the day of departure."), past=True)
    reason = Choice(n_("Why"), needed=n_("Say why the person left."), look="radios")


class FundForm(BaseForm):
    """A fund of the office."""

    donor = Choice(n_("Donor"), needed=n_("Choose the donor."), look="select")
    project = Text(n_("Short name of the project"), needed=n_("Enter a short name of the project."), limit=80)
    currency = Choice(n_("Currency"), needed=n_("Choose the currency."))
    starts_on = Day(n_("From"), needed=n_("Enter the first day."))
    ends_on = Day(n_("Until"))


class CapForm(BaseForm):
    """How often one person gets a service."""

    min_interval_hours = Number(n_("Least hours between two"), lowest=1, highest=9_000, width=5)
    max_per_day = Number(n_("Most times a day"), lowest=1, highest=100, width=5)
    active = Tick(n_("In use"))
