"""How an answer was given, and the rules that say whether it counts: the recipient, the form, a child's answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypedDict
from uuid import UUID

from casework.access.queries import organisation
from casework.codes.queries import find
from casework.codes.service import check, check_many
from casework.consent.workflow import (
    FORMS,
    GIVERS,
    TEXT_VERSION,
    TEXTS,
    VITAL_FORM,
    enforces_law,
    for_authorities,
)
from casework.db import db, today
from casework.errors import InvalidInput, n_
from casework.people.models import Person


class CaseLike(Protocol):
    """What consent needs to know of a case; the case itself is above this package."""

    @property
    def id(self) -> UUID:
        """Id of the case."""

    @property
    def person_id(self) -> UUID:
        """Whose case it is."""


class Asked(TypedDict, total=False):
    """What the callers of `give` and `refuse` say about the recipient and the way of asking (see How)."""

    recipient_org_id: UUID | None
    recipient_kind: str | None
    recipient_name: str | None
    form: str
    giver: str
    assented: bool | None
    language: str | None
    text_version: str | None
    people: Mapping[str, str]
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class How:
    """Whom an answer is about, and how it was given: form, giver and ground are separate facts (docs/domain.md 8)."""

    form: str = ""
    giver: str = "self"
    ground: str = "consent"
    recipient_org_id: UUID | None = None
    """Only this can open a case; a kind names parties without a row of their own."""
    recipient_kind: str | None = None
    recipient_name: str | None = None
    assented: bool | None = None
    """Whether a child agreed too."""
    language: str | None = None
    text_version: str | None = TEXT_VERSION
    people: Mapping[str, str] = field(default_factory=dict)
    """Names by words of workflow.PEOPLE, sealed."""
    note: str | None = None
    """Where the paper lies. No image of a thumbprint is kept (docs/domain.md 8)."""
    source: str = "said"


def checked_classes(classes: Iterable[str], *, needed: bool = True) -> list[str]:
    """Known data classes, each once. Raises InvalidInput when none is chosen though one is needed."""
    chosen = check_many("data_class", classes, field="classes")
    if needed and not chosen:
        raise InvalidInput(n_("Choose what may be shared."), field="classes")
    return chosen


def check_recipient(purpose: str, how: How) -> None:
    """The recipient is named, and police or courts get nothing by an agreement about help (docs/domain.md 8)."""
    code = check("consent_purpose", purpose, field="purpose")
    if how.recipient_org_id is None:
        check("consent_recipient", how.recipient_kind or "", field="recipient")
        if not (how.recipient_name or "").strip():
            raise InvalidInput(n_("Enter the name of the recipient."), field="recipient_name")
        return
    office = organisation(how.recipient_org_id)
    if enforces_law(find("organisation_type", office.type)) and not for_authorities(code):
        message = n_("Sharing with police or court is always asked on its own. Choose that purpose.")
        raise InvalidInput(message, field="purpose")


def check_how(case: CaseLike, how: How, answer: str) -> None:
    """Form and giver fit the person: for a child a guardian or a best-interest decision, and the child agrees."""
    if how.form not in FORMS:
        raise InvalidInput(n_("Choose how the person answered."), field="method")
    if how.giver not in GIVERS:
        raise InvalidInput(n_("Choose who answered."), field="giver")
    if how.text_version not in TEXTS:
        raise InvalidInput(n_("Read the person the text on this page before you ask."), field="text_version")
    if how.form == "verbal_witnessed" and not how.people.get("witness"):
        raise InvalidInput(n_("Enter the name of the witness."), field="witness")
    if db.session.get_one(Person, case.person_id).minor_until >= today():
        _check_child(how, answer)
    elif how.giver != "self":
        raise InvalidInput(n_("An adult answers for themselves."), field="giver")


def check_vital(how: How) -> None:
    """An opening for vital interest says so in its form."""
    if how.form != VITAL_FORM or how.recipient_org_id is None:
        raise InvalidInput(n_("Choose the office that must know now."), field="recipient")


def _check_child(how: How, answer: str) -> None:
    if how.giver == "self" and answer == "given":
        message = n_("This person may be a child. A guardian or a best-interest decision is needed.")
        raise InvalidInput(message, field="giver")
    if how.giver == "guardian" and not how.people.get("guardian"):
        raise InvalidInput(n_("Enter the name of the guardian."), field="guardian")
    if how.giver == "best_interest" and not how.people.get("decided_by"):
        raise InvalidInput(n_("Enter who decided in the child's best interest."), field="decided_by")
    if answer == "given" and not how.assented:
        raise InvalidInput(n_("A child must agree too. Without that, record a refusal."), field="assented")
