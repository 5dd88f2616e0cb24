"""Papers, nationality, people around the person, and facts that stop contacts."""

from __future__ import annotations

from typing import Any

from casework.codes.dates import PartialDate
from casework.errors import n_
from casework.people import kinds
from casework.people.forms.offers import OfferingForm, partial
from casework.people.names import Names
from casework.people.service import ClaimData, DocumentData, RelationData, ThirdPersonData
from casework.web import forms as web


class PaperForm(OfferingForm):
    """A document the person holds, or that was taken or lost."""

    LISTS = {"kind": "id_document", "issued_country": "country"}
    WORDS = {"state": kinds.DOCUMENT_STATES}

    kind = web.Choice(n_("Document"), needed=n_("Choose the kind of document."), look="select")
    number = web.Text(n_("Number"), limit=200)
    issued_country = web.Choice(n_("Issued by"), look="select")
    expires_on = web.Day(n_("Valid until"))
    state = web.Choice(n_("Where it is"), needed=n_("Choose where the document is."))

    def document_data(self) -> DocumentData:
        """What `people.service.add_document` takes."""
        return DocumentData(
            self.kind.data, self.number.data, self.issued_country.data, self.expires_on.data, self.state.data
        )


class NationalityForm(OfferingForm):
    """What is said or decided about one nationality."""

    LISTS = {"country": "country", "authority": "identification_authority"}
    WORDS = {"state": kinds.NATIONALITY_STATES}

    country = web.Choice(n_("Country"), needed=n_("Choose the country."), look="select")
    state = web.Choice(n_("What is known"), needed=n_("Choose what is known."))
    authority = web.Choice(n_("Who decided"), look="select")
    decided_on = web.Day(n_("Decided on"), past=True)

    def claim_data(self) -> ClaimData:
        """What `people.service.claim_nationality` takes."""
        return ClaimData(self.country.data, self.state.data, self.authority.data, self.decided_on.data)


class RelationForm(OfferingForm):
    """Somebody around the person."""

    WORDS = {
        "purpose": kinds.PURPOSES,
        "sex": kinds.SEXES,
        "kind": kinds.RELATIONS,
        "safe_to_contact": kinds.YES_NO,
    }

    kind = web.Choice(
        n_("What they are to the person"),
        needed=n_("Choose what they are to the person."),
        hint=n_("Somebody who travels with the person never interprets, and is not in the room of a private talk."),
        look="select",
    )
    purpose = web.Choice(n_("Why we keep their data"), needed=n_("Choose why we keep their data."), look="select")
    latin_family = web.Text(n_("Family name, Latin letters"), limit=100, covered=True)
    latin_given = web.Text(n_("Given name, Latin letters"), limit=100, covered=True)
    khmer_family = web.Text(n_("Family name, Khmer letters"), limit=100, covered=True)
    khmer_given = web.Text(n_("Given name, Khmer letters"), limit=100, covered=True)
    sex = web.Choice(n_("Sex"))
    phone = web.Text(n_("Phone number"), inputmode="tel", limit=40)
    safe_to_contact = web.Choice(n_("Safe to contact"), needed=n_("Say whether it is safe to contact them."))
    guardian_valid_from = web.Day(n_("Guardian from"), hint=n_("Only for a guardian: as the paper says."))
    guardian_valid_to = web.Day(n_("Guardian until"), hint=n_("Leave empty when no end is known."))

    def third_person_data(self) -> ThirdPersonData:
        """What `people.service.add_third_person` takes."""
        parts = ("latin_family", "latin_given", "khmer_family", "khmer_given")
        names = Names(*(self[part].data for part in parts))
        return ThirdPersonData(self.purpose.data, names, self.phone.data, self.sex.data or "unknown")

    def relation_data(self) -> RelationData:
        """What `people.service.add_relation` takes."""
        return RelationData(
            self.kind.data, self.safe_to_contact.data, self.guardian_valid_from.data, self.guardian_valid_to.data
        )


class PaperChangeForm(OfferingForm):
    """A paper came back, was taken or was lost."""

    WORDS = {"state": kinds.DOCUMENT_STATES}

    state = web.Choice(n_("Where it is"), needed=n_("Choose where the document is."))


class RelationChangeForm(OfferingForm):
    """Whether contact is safe, how long a guardian is one, and the end of a relationship."""

    WORDS = {"safe_to_contact": kinds.YES_NO}

    safe_to_contact = web.Choice(n_("Safe to contact"), needed=n_("Say whether it is safe to contact them."))
    guardian_valid_from = web.Day(n_("Guardian from"), hint=n_("Only for a guardian: as the paper says."))
    guardian_valid_to = web.Day(n_("Guardian until"), hint=n_("Leave empty when no end is known."))
    ended_on = web.Day(n_("They are no longer around the person since"), hint=n_("The record stays."), past=True)

    def changes(self) -> dict[str, Any]:
        """What `people.service.change_relation` takes."""
        names = ("safe_to_contact", "guardian_valid_from", "guardian_valid_to", "ended_on")
        return {name: self[name].data for name in names}


class RelativeForm(OfferingForm):
    """Somebody of the same family or group who has a case of their own."""

    WORDS = {"kind": kinds.AMONG_US, "safe_to_contact": kinds.YES_NO}

    other = web.Choice(n_("Who"), needed=n_("Choose who it is."), look="select")
    kind = web.Choice(
        n_("What they are to the person"), needed=n_("Choose what they are to the person."), look="select"
    )
    safe_to_contact = web.Choice(n_("Safe to contact"), needed=n_("Say whether it is safe to contact them."))
    guardian_valid_from = web.Day(n_("Guardian from"), hint=n_("Only for a guardian: as the paper says."))
    guardian_valid_to = web.Day(n_("Guardian until"), hint=n_("Leave empty when no end is known."))

    def relation_data(self) -> RelationData:
        """What `cases.service.person.relate_helped` takes."""
        return RelationData(
            self.kind.data, self.safe_to_contact.data, self.guardian_valid_from.data, self.guardian_valid_to.data
        )


class FactForm(OfferingForm):
    """Died, missing, did not arrive, found."""

    WORDS = {"kind": kinds.FACT_KINDS, "source": kinds.SOURCES}

    kind = web.Choice(n_("What happened"), needed=n_("Choose what happened."))
    occurred = web.PartialDate(n_("When"), past=True)
    source = web.Choice(n_("How you know"), needed=n_("Choose how you know."))

    def when(self) -> PartialDate:
        """The date as the service takes it."""
        return partial(self.occurred.data)
