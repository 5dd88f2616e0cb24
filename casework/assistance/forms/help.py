"""Forms of help: a line, its reversal, funds, caps."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Day, LongText, Moment, Money, Number, Text, Tick


class HelpForm(BaseForm):
    """One line of help. What, how much and when come first; cost and papers can be left out."""

    service_type = Choice(n_("What was given"), needed=n_("Choose what was given."), look="select")
    quantity = Number(n_("How much"), needed=n_("Enter how much was given."), decimals=2, width=5)
    unit = Choice(n_("Unit"), hint=n_("Leave empty for the usual unit of the service."), look="select")
    occurred_at = Moment(n_("When"), past=True)
    provider_org_id = Choice(
        n_("From which office or provider"), look="select", hint=n_("Leave empty for your own office.")
    )
    note = LongText(n_("Note"), rows=2, limit=1_000)
    unit_cost = Money(n_("Cost of one unit"), currency_from="currency")
    currency = Choice(n_("Currency"), look="select")
    province = Choice(n_("Province where it was given"), look="select")
    receipt = Choice(n_("Receipt"))
    paper = Text(n_("Where the signed paper lies"))
    cap_reason = Text(n_("Why more cash than usual"), limit=500)
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


class FundForm(BaseForm):
    """A fund of the office."""

    donor = Choice(n_("Donor"), needed=n_("Choose the donor."), look="select")
    project = Text(n_("Short name of the project"), needed=n_("Enter a short name of the project."), limit=80)
    currency = Choice(n_("Currency"), needed=n_("Choose the currency."))
    budget = Money(n_("Budget"), currency_from="currency")
    starts_on = Day(n_("From"), needed=n_("Enter the first day."))
    ends_on = Day(n_("Until"))


class CapForm(BaseForm):
    """How often one person gets a service."""

    min_interval_hours = Number(n_("Least hours between two"), lowest=1, highest=9_000, width=5)
    max_per_day = Number(n_("Most times a day"), lowest=1, highest=100, width=5)
    active = Tick(n_("In use"))
