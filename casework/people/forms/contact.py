"""Safe contact: asked every time, because it changes (docs/domain.md 9)."""

from __future__ import annotations

from functools import partial
from typing import Any

from casework.errors import InvalidInput, collected, n_
from casework.people import kinds
from casework.people.forms.offers import OfferingForm, Source, minutes
from casework.people.service import ContactData, contact_faults
from casework.web import forms as web

DAYS = (
    n_("Monday"),
    n_("Tuesday"),
    n_("Wednesday"),
    n_("Thursday"),
    n_("Friday"),
    n_("Saturday"),
    n_("Sunday"),
)


class ContactForm(OfferingForm):
    """One way to reach the person, and the rule that makes it safe."""

    LISTS = {"channel": "contact_channel", "phone_owner": "phone_owner"}
    WORDS = {"do_not_contact_reason": kinds.STOP_REASONS}

    channel = web.Choice(n_("How to reach the person"), needed=n_("Choose how to reach the person."), look="select")
    number = web.Text(n_("Phone number"), inputmode="tel", limit=40)
    handle = web.Text(n_("Name or address in the app"), limit=200)
    phone_owner = web.Choice(n_("Whose phone it is"))
    safe_days = web.Choices(n_("Safe days"), hint=n_("Leave all empty if you did not ask."))
    safe_from = web.Text(n_("Safe from"), hint=n_("Such as 14:05."), limit=8, width=5)
    safe_to = web.Text(n_("Safe until"), limit=8, width=5)
    may_leave_message = web.Tick(n_("A message may be left"))
    may_text = web.Tick(n_("A text may be sent"))
    name_to_use = web.Text(n_("Name to use when calling"), limit=100)
    code_word = web.Text(n_("Code word"), limit=200)
    unsafe_persons = web.Text(n_("Who must not know"), limit=1000)
    who_may_accompany = web.Text(n_("Who may come along"), limit=1000)
    note = web.LongText(n_("If the call breaks off, or somebody else answers"), rows=3, limit=2000)
    do_not_contact_reason = web.Choice(n_("Do not contact: why"), look="select")

    def offer(self, choices: Source) -> None:
        super().offer(choices)
        self.safe_days.choices = [(str(number), day) for number, day in enumerate(DAYS)]

    def contact_data(self) -> ContactData:
        """What `people.service.add_contact` takes. Raises InvalidInput for times that are none."""
        days = sum(1 << int(day) for day in self.safe_days.data or [])
        return ContactData(
            channel=self.channel.data,
            number=self.number.data,
            handle=self.handle.data,
            phone_owner=self.phone_owner.data,
            safe_days=days or None,
            safe_from=minutes(self.safe_from.data, field="safe_from"),
            safe_to=minutes(self.safe_to.data, field="safe_to"),
            may_leave_message=bool(self.may_leave_message.data),
            may_text=bool(self.may_text.data),
            do_not_contact_reason=self.do_not_contact_reason.data,
            name_to_use=self.name_to_use.data,
            code_word=self.code_word.data,
            unsafe_persons=self.unsafe_persons.data,
            who_may_accompany=self.who_may_accompany.data,
            note=self.note.data,
        )

    @property
    def given(self) -> bool:
        """Whether anything about a contact was answered; the page may be left empty."""
        return bool(self.channel.data)


class FirstContact(OfferingForm):
    """The shortest safe contact, for a first evening: the rule first, the number last."""

    LISTS = {"channel": "contact_channel", "phone_owner": "phone_owner"}
    WRITTEN = ("unsafe_persons", "name_to_use", "phone_owner", "number")

    unsafe_persons = web.Text(n_("Who must not know"), limit=1000)
    name_to_use = web.Text(n_("Name to use when calling"), limit=100)
    safe_from = web.Text(n_("Safe from"), hint=n_("Such as 14:05."), limit=8, width=5)
    safe_to = web.Text(n_("Safe until"), limit=8, width=5)
    phone_owner = web.Choice(n_("Whose phone it is"), look="select")
    channel = web.Choice(
        n_("How to reach the person"), look="select", hint=n_("Needed as soon as you write a number or a rule.")
    )
    number = web.Text(n_("Phone number"), inputmode="tel", limit=40)

    def first_contact(self) -> ContactData | None:
        """What `people.service.add_contact` takes, or None when nothing was said about a contact."""
        first, last = self._minutes("safe_from"), self._minutes("safe_to")
        if not self._given:
            return None
        if not self.channel.data:
            raise InvalidInput(n_("Choose how to reach the person."), field="channel")
        return ContactData(self.channel.data, **self._words(), safe_from=first, safe_to=last)

    def validate(self, extra_validators: Any = None) -> bool:
        """True when everything can stand; else all that is wrong is told, not the first only."""
        valid = super().validate(extra_validators)
        return self.stands(self._wrong_of_contact()) and valid

    def _wrong_of_contact(self) -> list[InvalidInput]:
        if not self._given:
            return []
        faults = collected(*(partial(self._minutes, name) for name in ("safe_from", "safe_to")))
        first, last = (None, None) if faults else (self._minutes("safe_from"), self._minutes("safe_to"))
        if not self.channel.data:
            faults.append(InvalidInput(n_("Choose how to reach the person."), field="channel"))
        return faults + contact_faults(
            ContactData(self.channel.data or "", **self._words(), safe_from=first, safe_to=last)
        )

    def _minutes(self, name: str) -> int | None:
        return minutes(self[name].data or "", field=name)

    @property
    def _given(self) -> bool:
        return any(self[name].data for name in ("channel", "safe_from", "safe_to", *self.WRITTEN))

    def _words(self) -> dict[str, Any]:
        return {name: self[name].data for name in self.WRITTEN}


class RevealForm(OfferingForm):
    """Why the number is needed; and, when a call may harm, a second yes."""

    WORDS = {"reason": kinds.REVEAL_REASONS}

    reason = web.Choice(n_("Why you need the number"), needed=n_("Choose why you need the number."))
    confirmed = web.Tick(n_("I need the number all the same"))


class EndContactForm(OfferingForm):
    """Why a contact is no longer offered."""

    WORDS = {"reason": kinds.END_REASONS}

    reason = web.Choice(n_("Why this contact ends"), needed=n_("Choose why this contact ends."))
