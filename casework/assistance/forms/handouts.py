"""Forms of a hand-out."""

from __future__ import annotations

from uuid import UUID

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Choices, Moment, Money, Number, Tick

WAYS = [
    ("each", n_("Each of them gets this much")),
    ("household", n_("All together get this much: one line with their number")),
]


class HandOutForm(BaseForm):
    """What was given to whom of a group or house."""

    service_type = Choice(n_("What was given"), needed=n_("Choose what was given."), look="select")
    quantity = Number(n_("How much"), needed=n_("Enter how much was given."), decimals=2, width=5)
    unit = Choice(n_("Unit"), hint=n_("Leave empty for the usual unit of the service."), look="select")
    way = Choice(n_("For whom"), needed=n_("Say whether each gets this much, or all together."), choices=WAYS)
    people = Choices(n_("Who got it"), needed=n_("Choose who got it."))
    anyway = Tick(n_("Record anyway"))
    occurred_at = Moment(n_("When"), past=True)
    unit_cost = Money(n_("Cost of one unit"), currency_from="currency")
    currency = Choice(n_("Currency"), look="select")
    fund = Choice(n_("Paid from"), look="select")
    receipt = Choice(n_("Receipt"))

    def case_ids(self) -> list[UUID]:
        """The people ticked."""
        return [UUID(one) for one in self.people.data or []]

    def shares(self) -> list[tuple[UUID, int]]:
        """The fund, if one was chosen, with the whole cost."""
        return [(UUID(self.fund.data), 10_000)] if self.fund.data else []
