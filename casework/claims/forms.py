"""Forms of losses, proceedings, their stages and dates."""

from __future__ import annotations

from uuid import UUID

from casework.cases.views.work import partial
from casework.claims.kinds import (
    HEARING_KIND_WORDS,
    LOSS_STATE_WORDS,
    PROCEEDINGS,
    ROLE_WORDS,
    SETTLED_WORDS,
)
from casework.claims.service import HearingData, LossData, ProceedingData, StageData
from casework.codes.dates import UNKNOWN
from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Day, LongText, Moment, Money, PartialDate, Text, Tick

_NAME_HINT = n_("Write what was said, no more. Few may read it. Kept apart from the rest.")


class LossForm(BaseForm):
    """What was lost or is owed. Only the kind is needed; the rest is added as it becomes known."""

    kind = Choice(n_("What it is"), look="select", needed=n_("Choose what it is."))
    description = LongText(
        n_("What exactly"),
        rows=2,
        limit=4_000,
        hint=n_("Three months of wages, say, or the number of a paper."),
    )
    holder = Choice(n_("Who owes it, holds it or lent it"), look="select")
    party = Text(n_("Name of that person or company"), limit=300, hint=_NAME_HINT)
    since = PartialDate(n_("Since when"), past=True, hint=n_("A year is enough."))
    amount = Money(n_("Amount"), currency_from="currency")
    currency = Choice(n_("Currency"), look="select")
    evidence = LongText(
        n_("What proves it"),
        rows=2,
        limit=4_000,
        hint=n_("Messages, pay slips, witnesses; and where they lie."),
    )
    state = Choice(
        n_("How far it is"), choices=LOSS_STATE_WORDS.items(), look="select", needed=n_("Choose how far it is.")
    )
    claimed_on = Day(n_("Claimed on"), past=True)
    claimed = Money(n_("Amount claimed"), currency_from="currency")
    recovered = Money(n_("Amount recovered"), currency_from="currency", hint=n_("What the person really has in hand."))
    proceeding_id = Choice(n_("Claimed in this proceeding"), look="select")

    def loss(self) -> LossData:
        """What was typed, as the service takes it."""
        proceeding = self.proceeding_id.data if "proceeding_id" in self else None
        return LossData(
            kind=self.kind.data,
            holder=self.holder.data,
            since=partial(self.since.data) or UNKNOWN,
            amount=self.amount.data,
            claimed=self.claimed.data,
            recovered=self.recovered.data,
            currency=self.currency.data,
            state=self.state.data,
            claimed_on=self.claimed_on.data,
            proceeding_id=UUID(proceeding) if proceeding else None,
            description=self.description.data or "",
            evidence=self.evidence.data or "",
            party=(self.party.data or "") if "party" in self else None,
        )


class ProceedingForm(BaseForm):
    """Who helps in a proceeding and what is asked for."""

    role = Choice(n_("The person in it"), choices=ROLE_WORDS.items(), needed=n_("Choose what the person is in it."))
    country = Choice(n_("Country"), look="select", needed=n_("Choose the country."))
    office = Text(n_("Court or authority"), limit=300)
    file_number = Text(n_("Number of the file"), width=20)
    lawyer = Text(n_("Lawyer, and how to reach them"), limit=300)
    party = Text(n_("Against whom"), limit=300, hint=_NAME_HINT)
    about = LongText(n_("What it is about"), rows=4, limit=10_000)
    claimed = Money(n_("Amount claimed"), currency_from="currency")
    currency = Choice(n_("Currency"), look="select")

    def proceeding(self) -> ProceedingData:
        """What was typed, as the service takes it."""
        return ProceedingData(
            role=self.role.data,
            country=self.country.data,
            lawyer=self.lawyer.data or "",
            office=self.office.data or "",
            file_number=self.file_number.data or "",
            about=self.about.data or "",
            claimed=self.claimed.data,
            currency=self.currency.data,
            party=(self.party.data or "") if "party" in self else None,
        )


class StartForm(ProceedingForm):
    """A proceeding that is recorded for the first time, with the stage it is at."""

    kind = Choice(
        n_("Kind of proceeding"),
        choices=[(code, kind.label) for code, kind in PROCEEDINGS.items()],
        needed=n_("Choose the kind of proceeding."),
    )
    stage = Choice(n_("How far it is"), look="select", needed=n_("Choose how far it is."))
    occurred = PartialDate(n_("Since when"), past=True)

    def first_stage(self) -> StageData:
        """The stage it is at."""
        return StageData(self.stage.data, partial(self.occurred.data))


class StageForm(BaseForm):
    """A stage a proceeding came to."""

    stage = Choice(n_("How far it is now"), look="select", needed=n_("Choose how far it is."))
    occurred = PartialDate(n_("Since when"), past=True)
    note = LongText(n_("What was said or decided"), rows=4, limit=4_000)
    awarded = Money(n_("Amount awarded"), currency_from="currency")
    paid = Money(n_("Amount paid"), currency_from="currency", hint=n_("What the person really has in hand."))
    currency = Choice(n_("Currency"), look="select")
    over = Tick(n_("This proceeding is over"))

    def reached(self) -> StageData:
        """What was typed, as the service takes it."""
        return StageData(
            stage=self.stage.data,
            occurred=partial(self.occurred.data),
            note=self.note.data or "",
            awarded=self.awarded.data,
            paid=self.paid.data,
            currency=self.currency.data,
            over=bool(self.over.data),
        )


class HearingForm(BaseForm):
    """A date to come."""

    kind = Choice(n_("What it is"), choices=HEARING_KIND_WORDS.items(), needed=n_("Choose what it is."))
    due_at = Moment(n_("Day and time"), future=True, needed=n_("Enter the day and time."))
    place = Text(n_("Place"), limit=300)
    support = LongText(
        n_("Who goes with the person, and how the person is kept safe"),
        rows=3,
        limit=2_000,
        hint=n_("Way there, a waiting room away from the other side, an interpreter, rest."),
    )

    def hearing(self) -> HearingData:
        """What was typed, as the service takes it."""
        return HearingData(self.kind.data, self.due_at.data, self.place.data or "", self.support.data or "")


class SettleForm(BaseForm):
    """What became of a date."""

    what = Choice(n_("What became of it?"), choices=SETTLED_WORDS.items(), needed=n_("Say what became of it."))
    moved_to = Moment(n_("New day and time"), hint=n_("Only if it was moved."))
    outcome = LongText(n_("What came of it, and how the person is"), rows=4, limit=4_000)
