"""What may be done with each code list on the pages of administration: its name, its kind, its attributes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.errors import n_


class Kind(StrEnum):
    """How far a list may be changed."""

    OPEN = "open"
    """Codes are added, renamed and taken out of use."""
    CLOCK = "clock"
    """A template or a deadline: words and times change, single lines are taken out of use."""
    FIXED = "fixed"
    """The program or an exchange works with these codes: only their words change."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a list that its page asks for: a number, a text or one of some values."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...] = ()
    """Values and their words; empty: something typed."""
    number: bool = False
    lowest: int = 0
    highest: int = 3650
    needed: bool = False
    only_new: bool = False
    """Asked when a code is added and never changed: what was recorded under the code depends on it."""
    below: str = ""
    """Another attribute, a number in the same unit, that this one stays below."""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ListInfo:
    """One list as administration shows it."""

    name: str
    title: str
    kind: Kind
    attributes: tuple[Attribute, ...] = ()


YES_NO = (("yes", n_("Yes")), ("no", n_("No")))
DATA_CLASSES = (
    ("assistance", n_("Help given")),
    ("health", n_("Health")),
    ("psychosocial", n_("Psychosocial")),
    ("legal", n_("Legal")),
)
UNITS = (("day", n_("days")), ("week", n_("weeks")), ("month", n_("months")))
CONTACTS = (
    ("home visit", n_("Home visit")),
    ("home visit or safe call", n_("Home visit or safe call")),
    ("safe call", n_("Safe call")),
)
CLOCKS = {
    "follow_up_schedule": (
        Attribute("offset_value", n_("Due after"), number=True, needed=True, highest=1000),
        Attribute("offset_unit", n_("Counted in"), UNITS, needed=True, hint=n_("From the day of return home.")),
        Attribute("contact_mode", n_("How"), CONTACTS, needed=True),
    ),
    "repatriation_step": (
        Attribute("owner", n_("Who does it, as a rule")),
        Attribute("owner_km", n_("Who does it, in Khmer"), hint=n_("Without it Khmer pages show the English words.")),
        Attribute(
            "default_due_days", n_("Days allowed"), number=True, lowest=-365,
            hint=n_("Leave it empty for no deadline. Days before travel are written with a minus, such as -3."),
        ),
        Attribute("working_days", n_("Counted in working days"), YES_NO, needed=True),
    ),
    "referral_priority": (
        Attribute("due_value", n_("An answer is due after"), number=True, lowest=1, needed=True),
        Attribute("due_unit", n_("Counted in"), (("hours", n_("hours")), ("days", n_("days"))), needed=True),
        Attribute("before_value", n_("Remind so long before"), number=True, lowest=1, below="due_value",
                  hint=n_("Counted in the same. Leave it empty for half of the time.")),
        Attribute("after_value", n_("Tell both supervisors so long after"), number=True, lowest=1, below="due_value",
                  hint=n_("Counted in the same. Leave it empty for half of the time.")),
    ),
    "risk_level": (
        Attribute("review_days", n_("Look again after days"), number=True, lowest=1,
                  hint=n_("Leave it empty where nothing is to be looked at again.")),
    ),
    "rights_request_type": (
        Attribute("due_days", n_("Days to answer"), number=True, lowest=1, highest=365, needed=True,
                  hint=n_("From the day of asking. Requests that wait move along.")),
    ),
}  # fmt: skip
"""Templates and deadlines: what may be set about each line."""

ASKED_WHEN_NEW = {
    "service_type": (
        Attribute("data_class", n_("Which class of data it is"), DATA_CLASSES, needed=True, only_new=True,
                  hint=n_("It decides who sees that this help was given. It stays.")),
    ),
    "assistance_unit": (
        Attribute("decimals", n_("Places after the point"), number=True, highest=3, needed=True, only_new=True),
    ),
    "travel_document": (
        Attribute("single_use", n_("Good for one journey only"), YES_NO, needed=True, only_new=True),
    ),
}  # fmt: skip

CLOCK_TITLES = {
    "follow_up_schedule": n_("Template of follow-up visits"),
    "repatriation_step": n_("Template of a return: steps, days, owners"),
    "referral_priority": n_("Urgency of a referral and its deadline"),
    "risk_level": n_("Risk and when to look again"),
    "rights_request_type": n_("Requests of a person about the own data"),
}
OPEN_TITLES = {
    "assistance_unit": n_("Units of help"),
    "border_point": n_("Border points"),
    "closure_reason": n_("Reasons for closing a case"),
    "contact_channel": n_("Ways to reach a person"),
    "donor": n_("Donors"),
    "education": n_("Education"),
    "id_document": n_("Kinds of papers"),
    "identification_form": n_("Forms of identification"),
    "labour_sector": n_("Sectors of work"),
    "language": n_("Languages of people"),
    "legal_stage": n_("Stages of a legal case"),
    "manner_of_return": n_("How people come back"),
    "marital_status": n_("Marital status"),
    "migrant_status": n_("Status as a migrant"),
    "online_platform": n_("Online platforms"),
    "phone_owner": n_("Whose phone it is"),
    "reception_flag": n_("Signs at reception"),
    "recruiter_relation": n_("How the recruiter knew the person"),
    "recruitment_method": n_("How people are recruited"),
    "referral_reason": n_("Reasons for a referral"),
    "referral_rejection_reason": n_("Reasons for declining a referral"),
    "service_type": n_("Kinds of help"),
    "support_plan_type": n_("Kinds of plan"),
    "travel_document": n_("Travel documents"),
    "vulnerability": n_("What makes a person vulnerable"),
}
FIXED_TITLES = {
    "act": n_("Acts of trafficking"),
    "age_band": n_("Age bands of reports"),
    "age_source": n_("How an age is known"),
    "case_status": n_("Status of a case"),
    "closure_outcome": n_("How a case ended"),
    "consent_method": n_("How consent was given"),
    "consent_purpose": n_("Purposes of consent"),
    "consent_recipient": n_("Recipients of consent"),
    "country": n_("Countries"),
    "country_role": n_("What a country is to a person"),
    "ctdc_column": n_("Columns of the CTDC exchange"),
    "data_class": n_("Classes of data"),
    "date_precision": n_("How exactly a day is known"),
    "event_type": n_("Kinds of events"),
    "exploitation_type": n_("Forms of exploitation"),
    "followup_type": n_("Kinds and results of follow-up"),
    "forced_labour_indicator": n_("Indicators of forced labour"),
    "gender": n_("Gender"),
    "health_screening": n_("Health questions"),
    "htcds_excel_core": n_("Columns of the HTCDS sheet"),
    "htcds_field": n_("Fields of the HTCDS standard"),
    "identification_authority": n_("Authorities that identify"),
    "indicator": n_("Indicators of trafficking"),
    "kpi": n_("Indicators of the work"),
    "loss_holder": n_("Who holds what was taken"),
    "loss_kind": n_("What was taken or never paid"),
    "means_of_control": n_("Means of control"),
    "organisation_type": n_("Kinds of offices"),
    "outcome_domain": n_("Areas of life"),
    "perpetrator_role": n_("Roles of alleged offenders"),
    "protocol_means": n_("Means of trafficking"),
    "referral_status": n_("Status of a referral"),
    "reintegration_stage": n_("Stages of reintegration"),
    "retention_class": n_("How long records are kept"),
    "scam_compound_indicator": n_("Signs of a scam compound"),
    "sexual_exploitation_type": n_("Forms of sexual exploitation"),
    "supplementary_indicator": n_("Further indicators"),
    "tracing_status": n_("How the search for a family stands"),
    "trafficking_form": n_("Inside the country or across a border"),
    "trafficking_status": n_("Status of identification"),
}


def info(name: str) -> ListInfo:
    """What may be done with a list; one that nobody described here is shown and only its words change."""
    if name in CLOCK_TITLES:
        return ListInfo(name, CLOCK_TITLES[name], Kind.CLOCK, CLOCKS[name])
    if name in OPEN_TITLES:
        return ListInfo(name, OPEN_TITLES[name], Kind.OPEN, ASKED_WHEN_NEW.get(name, ()))
    return ListInfo(name, FIXED_TITLES.get(name, name), Kind.FIXED)


def described() -> tuple[str, ...]:
    """Names of all lists that have a page: the clocks first, then the open ones, then the fixed ones."""
    return (*CLOCK_TITLES, *OPEN_TITLES, *FIXED_TITLES)
