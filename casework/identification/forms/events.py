"""Forms of events: what happened, who else belongs to it, alleged offenders."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.codes.dates import UNKNOWN, PartialDate, Precision, interval
from casework.errors import n_
from casework.identification.kinds import EVENT_ROLE_WORDS, OFFENDER_KIND_WORDS, STAGES
from casework.identification.service import Facts, Names, Offender, Place
from casework.people.kinds import SEXES
from casework.web import forms as web
from casework.web.forms import BaseForm, Choice, Choices, LongText, PartialDay, Text

SEVERAL = ("act", "protocol_means", "exploitation_type", "means_of_control")
ONE = ("labour_sector", "recruitment_method", "recruiter_relation")
NAMES = ("vessel", "flag", "compound", "employer")


def domain_date(value: PartialDay | None) -> PartialDate:
    """The domain's partial date out of a form's."""
    return PartialDate(value.date_from, value.date_to, Precision(value.precision)) if value else UNKNOWN


def boxes(day: date | None, precision: str | None) -> PartialDay | None:
    """A form's partial date out of one end of a record's interval."""
    known = precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    return PartialDay(day, day, str(precision)) if day is not None and known else None


class EventForm(BaseForm):
    """What happened to the person, and to others with the same story. No personal facts of a single person."""

    role = Choice(n_("This person in it"), needed=n_("Choose what it was for this person."))
    began = web.PartialDate(n_("When it began"), past=True, hint=n_("A year is enough."))
    ended = web.PartialDate(n_("When it ended"), past=True)
    act = Choices(n_("What was done"))
    protocol_means = Choices(n_("How it was done"), hint=n_("For a child no means is needed."))
    exploitation_type = Choices(n_("What for"))
    means_of_control = Choices(n_("How people were controlled"))
    labour_sector = Choice(n_("Kind of work"), look="select")
    recruitment_method = Choice(n_("Where or how the offer was made"), look="select")
    recruiter_relation = Choice(n_("Who made the offer"), look="select")
    recruitment_country = Choice(n_("Where it began: country"), look="select")
    recruitment_province = Choice(n_("Where it began: province of Cambodia"), look="select")
    recruitment_name = Text(n_("Where it began: name of the place"))
    transit_country = Choice(n_("On the way: country"), look="select")
    transit_province = Choice(n_("On the way: province of Cambodia"), look="select")
    transit_name = Text(n_("On the way: name of the place"))
    exploitation_country = Choice(n_("Where the work was: country"), look="select")
    exploitation_province = Choice(n_("Where the work was: province of Cambodia"), look="select")
    exploitation_name = Text(n_("Where the work was: name of the place"))
    vessel = Text(n_("Name or number of the vessel"))
    flag = Text(n_("Flag and port of the vessel"))
    compound = Text(n_("Name of the compound"))
    employer = Text(n_("Employer"))
    account = LongText(
        n_("What happened, in short"),
        hint=n_("Shared facts only. What one person told belongs to that person's screening."),
        rows=6,
    )

    def facts(self) -> Facts:
        """What was typed, as the service takes it. Raises InvalidInput for an end before the beginning."""
        codes = {name: self[name].data or [] for name in SEVERAL}
        codes |= {name: [self[name].data] for name in ONE if self[name].data}
        when = interval(domain_date(self.began.data), domain_date(self.ended.data), field="ended")
        named = Names(**{name: self[name].data or "" for name in NAMES})
        return Facts(codes, when or None, self.places(), named, self.account.data or "")

    def places(self) -> list[Place]:
        """The stages of which something was typed."""
        parts = ("country", "province", "name")
        rows = [(stage, [self[f"{stage}_{part}"].data or "" for part in parts]) for stage in STAGES]
        return [Place(stage, where[0], where[1] or None, where[2]) for stage, where in rows if any(where)]

    def offer(self, lists: dict[str, list[Any]]) -> None:
        """Take the answers of the code lists: list name -> choices."""
        if "role" in self:
            self.role.choices = list(EVENT_ROLE_WORDS.items())
        for name in (*SEVERAL, *ONE):
            self[name].choices = lists[name]
        for stage in STAGES:
            self[f"{stage}_country"].choices = lists["country"]
            self[f"{stage}_province"].choices = lists["province"]


class JoinForm(BaseForm):
    """Another case with the same story."""

    code = Text(n_("Code of the other case"), needed=n_("Enter the code of the case, such as CW-7KQ2-M93HX."), width=20)
    role = Choice(n_("That person in it"), needed=n_("Choose what it was for that person."))


class OffenderForm(BaseForm):
    """An alleged offender: what is said of them, never more than is needed."""

    kind = Choice(n_("Who it is"), choices=OFFENDER_KIND_WORDS.items(), needed=n_("Choose who it is."))
    name = Text(n_("Name, or what they are called"))
    roles = Choices(n_("What they are said to have done"))
    sex = Choice(n_("Sex"), choices=SEXES.items())
    citizenship = Choice(n_("Citizenship"), look="select")
    relation = Choice(n_("Relation to the person"), look="select")
    description = LongText(n_("Description"), rows=4, limit=4_000)

    def said(self) -> Offender:
        """What was typed, as the service takes it."""
        return Offender(
            kind=self.kind.data,
            name=self.name.data or "",
            roles=self.roles.data or [],
            sex=self.sex.data,
            citizenship=self.citizenship.data,
            relation=self.relation.data,
            description=self.description.data or "",
        )
