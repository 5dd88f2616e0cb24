"""Forms of decisions and of risk."""

from __future__ import annotations

from uuid import UUID

from casework.errors import n_
from casework.identification.forms.events import domain_date
from casework.identification.kinds import EXPLAINED_WORDS, REQUEST_ANSWERS
from casework.identification.service import RequestData, Verdict
from casework.web.forms import BaseForm, Choice, Choices, Day, LongText, PartialDate, Text, Tick, Upload


class DecisionForm(BaseForm):
    """What somebody decided, with the reason. The system only suggests."""

    status = Choice(n_("What is decided"), look="select", needed=n_("Choose what is decided."))
    authority = Choice(n_("Who decided"), look="select", needed=n_("Choose who decided."))
    country = Choice(n_("Country of the authority"), look="select", needed=n_("Choose the country of the authority."))
    decided = PartialDate(n_("Date of the decision"), past=True)
    office = Text(n_("Office"), hint=n_("Needed for the decision of an authority."))
    document_number = Text(n_("Number of the document"), hint=n_("Needed for the decision of an authority."))
    official_form = Choice(n_("Official form used"), look="select")
    form_tag = Choice(n_("Tag on the form"))
    screening_id = Choice(n_("The screening it rests on"), look="select")
    paper = Upload(
        n_("The decision on paper"),
        accept=".pdf,image/*",
        hint=n_("A scan or photo, for those who see decisions."),
    )
    reason = LongText(
        n_("Reason"),
        needed=n_("Write the reason for the decision."),
        hint=n_("What speaks for it, what against it, what is not known."),
        rows=6,
        limit=10_000,
    )
    done = Tick(n_("Identification is done for now"))

    def verdict(self, document_id: UUID | None = None) -> Verdict:
        """What was typed, as the service takes it."""
        return Verdict(
            status=self.status.data,
            authority=self.authority.data,
            country=self.country.data,
            reason=self.reason.data or "",
            occurred=domain_date(self.decided.data) or None,
            office=self.office.data or "",
            document_number=self.document_number.data or "",
            form=self.official_form.data,
            form_tag=self.form_tag.data,
            screening_id=UUID(self.screening_id.data) if self.screening_id.data else None,
            document_id=document_id,
        )


class RiskForm(BaseForm):
    """How safe the person is now."""

    level = Choice(n_("How great is the risk now?"), needed=n_("Choose how great the risk is."))
    safety_note = LongText(
        n_("What makes it unsafe, and what was agreed"),
        hint=n_("Respect how the person sees the danger. Kept sealed."),
        rows=6,
        limit=10_000,
    )


class RequestForm(BaseForm):
    """What the person says about a formal decision."""

    explained = Choices(
        n_("Explained to the person"),
        choices=EXPLAINED_WORDS.items(),
        hint=n_("In the person's language, with time."),
        needed=n_("Explain each of these to the person first."),
    )
    authority = Choice(n_("To which authority"), look="select", needed=n_("Choose the authority."))
    country = Choice(n_("Country of the authority"), look="select", needed=n_("Choose the country of the authority."))
    state = Choice(
        n_("What does the person say?"), choices=REQUEST_ANSWERS.items(), needed=n_("Choose what the person says.")
    )
    asked_on = Day(n_("Day on which the person asked"), past=True)
    office = Text(n_("Office where it was handed in"))
    accompanied = Tick(n_("Somebody of our office goes along, as the person wishes"))
    words = LongText(n_("In the person's own words"), rows=3, limit=4_000)

    def request(self, authority: str = "", country: str = "") -> RequestData:
        """What was typed, as the service takes it; authority and country of a request that stands are given."""
        return RequestData(
            authority=self.authority.data if "authority" in self else authority,
            country=self.country.data if "country" in self else country,
            state=self.state.data,
            explained=(self.explained.data or []) if "explained" in self else (),
            asked_on=self.asked_on.data,
            accompanied=bool(self.accompanied.data),
            office=self.office.data or "",
            words=self.words.data or "",
        )
