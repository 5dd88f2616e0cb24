"""The packet: what a receiver will see of a person, line by line, each with the consent it rests on.

Built once for the preview and once for the sending; the sending goes ahead only when both are the same.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.assistance.models import ServiceLine
from casework.assistance.queries import is_reversed
from casework.cases.models import Case, CaseAccessClass
from casework.cases.queries import Classes, classes_of, visible_records
from casework.codes.dates import ages
from casework.codes.queries import choices
from casework.consent.models import ConsentEntrySealed
from casework.consent.queries import classes_of_entry, consented_classes, get_entry
from casework.db import PHNOM_PENH, db, today, utcnow
from casework.errors import InvalidInput, n_
from casework.identification.queries import identified_for
from casework.people.kinds import NATIONALITY_STATES, SEXES
from casework.people.queries import claims_of, contacts_of, get_person, names_of, rules_of
from casework.referrals.queries import Line
from casework.referrals.service import Wanted
from casework.vault import fields, keys

WORDS = "words"
ABOUT = "about"
"""In place of a code list: the value is a message id, translated where it is shown."""
WRITTEN = {
    "need": n_("What is needed"),
    "follow_up": n_("Follow-up expected"),
    "not_to_say": n_("What must not be said, and to whom"),
}
"""Lines in the sender's own words: name of the field -> label."""
IDENTIFIED = {
    "presumed": n_("presumed"),
    "formal": n_("formally identified"),
    "no_indication": n_("no indication found"),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be sent now, what the person has not agreed to, and the digest that ties both pages together."""

    lines: list[Line]
    withheld: list[Line]
    """Known to the sender, not agreed to for this receiver and purpose, or left out: shown greyed, with 'ask'."""
    classes: dict[str, tuple[UUID, datetime]]
    """Class -> entry and end of what is opened on acceptance."""
    to_name: str
    to_kind: str | None
    digest: str

    @property
    def packet(self) -> dict[str, Any]:
        """The document that is sealed."""
        return {"v": 1, "to_name": self.to_name, "lines": [asdict(line) for line in self.lines]}


def preview(case: Case, *, by: Actor, wanted: Wanted) -> Preview:
    """The packet for this receiver, need and purpose, from what the actor may see and the person agreed to."""
    to_name, to_kind, agreed = _receiver(case, by, wanted)
    allowed = {name: cause for name, cause in agreed.items() if name in may_pass_on(case, by)}
    if wanted.classes is not None:
        allowed = {name: cause for name, cause in allowed.items() if name in wanted.classes}
    known = [line for source in SOURCES for line in source(by, case, classes_of(by, case.id), wanted) if line.value]
    lines = [line for line in known if line.data_class in allowed]
    withheld = [line for line in known if line.data_class not in allowed]
    draft = Preview(lines, withheld, allowed, to_name, to_kind, "")
    return Preview(lines, withheld, allowed, to_name, to_kind, _digest(case, draft, wanted))


def _receiver(case: Case, by: Actor, wanted: Wanted) -> tuple[str, str | None, dict[str, tuple[UUID, datetime]]]:
    """Name and kind of a receiver without a row, and the classes agreed to for the receiver."""
    if wanted.to_org_id is not None:
        return "", None, consented_classes(case.id, wanted.to_org_id, wanted.purpose)
    if wanted.entry_id is None:
        raise InvalidInput(n_("Choose who should help."), field="to")
    owner = case.owner_org_id == by.organisation_id
    entry = get_entry(wanted.entry_id, case.id, org_id=by.organisation_id, owner=owner)
    if entry.recipient_kind is None or entry.purpose != wanted.purpose:
        raise InvalidInput(n_("Choose who should help."), field="to")
    sealed = db.session.get(ConsentEntrySealed, entry.id)
    name = fields.unseal(sealed, "recipient_name") if sealed else None
    return str(name or ""), entry.recipient_kind, classes_of_entry(entry.id, case.id)


def may_pass_on(case: Case, by: Actor) -> frozenset[str]:
    """Classes this organisation can open to others with consent: the owner all, a guest only what is open to it."""
    if case.owner_org_id == by.organisation_id:
        return frozenset(choice.code for choice in choices("data_class"))
    now = utcnow()
    query = select(CaseAccessClass.data_class).where(
        CaseAccessClass.case_id == case.id,
        CaseAccessClass.org_id == by.organisation_id,
        CaseAccessClass.reach == "all",
        CaseAccessClass.starts_at <= now,
        CaseAccessClass.expires_at > now,
    )
    return frozenset(db.session.scalars(query))


def _digest(case: Case, draft: Preview, wanted: Wanted) -> str:
    """Keyed, since it is stored in a plain column: without the key nobody can try names against it."""
    causes = {name: (str(entry_id), ends_at.isoformat()) for name, (entry_id, ends_at) in draft.classes.items()}
    asked = [str(case.id), wanted.kind, str(wanted.to_org_id), wanted.service_type, wanted.priority, wanted.purpose]
    body = json.dumps([asked, causes, draft.packet], sort_keys=True, ensure_ascii=False)
    return hmac.new(keys.ring().audit_key, b"packet" + body.encode(), hashlib.sha256).hexdigest()


def identity(by: Actor, case: Case, classes: Classes, wanted: Wanted) -> Iterator[Line]:
    """Names, family name first."""
    if "identity" not in classes:
        return
    names = names_of([case.person_id]).get(case.person_id)
    if names is not None:
        yield Line("identity", n_("Name"), " · ".join(part for part in (names.latin, names.khmer) if part))
        yield Line("identity", n_("Name to use"), names.use_name)


def basics(by: Actor, case: Case, classes: Classes, wanted: Wanted) -> Iterator[Line]:
    """Sex, age, nationality, origin and language."""
    if "demographic" not in classes:
        return
    person = get_person(case.person_id)
    age = ages(person.birth_year, person.birth_precision, today(), person.age_estimated_on)
    yield Line("demographic", n_("Sex"), SEXES[person.sex], WORDS)
    if age and age.about is not None:
        yield Line("demographic", n_("Age"), str(age.about), ABOUT)
    else:
        yield Line("demographic", n_("Age"), str(age) if age else n_("not known"), "" if age else WORDS)
    if person.minor_until >= today():
        yield Line("demographic", n_("Safeguard"), n_("may be a child"), WORDS)
    for claim in claims_of([case.person_id]).get(case.person_id, []):
        if claim.data_class in classes:
            yield Line(claim.data_class, n_("Nationality"), claim.country, "country")
            yield Line(claim.data_class, n_("Nationality stands as"), NATIONALITY_STATES[claim.state], WORDS)
    yield Line("demographic", n_("Home province"), person.origin_province or "", "province")
    yield Line("demographic", n_("Language"), person.language or "", "language")
    if person.interpreter_needed:
        yield Line("demographic", n_("Interpreter"), n_("needed"), WORDS)


def safe_contact(by: Actor, case: Case, classes: Classes, wanted: Wanted) -> Iterator[Line]:
    """The rule, never the number; and what must not be said to whom."""
    yield Line("safe_contact", WRITTEN["not_to_say"], wanted.not_to_say.strip())
    if "safe_contact" not in classes:
        return
    for rule in rules_of(contacts_of(case.person_id)):
        yield Line("safe_contact", n_("Way of contact"), rule.contact.channel, "contact_channel")
        if rule.contact.do_not_contact_reason:
            yield Line("safe_contact", n_("Contact rule"), n_("do not contact this way"), WORDS)
        yield Line("safe_contact", n_("Name to use when calling"), rule.name_to_use)
        yield Line("safe_contact", n_("Unsafe persons"), rule.unsafe_persons)
        yield Line("safe_contact", n_("May come along"), rule.who_may_accompany)
        yield Line("safe_contact", n_("To note"), rule.note)


def needs(by: Actor, case: Case, classes: Classes, wanted: Wanted) -> Iterator[Line]:
    """The need in the sender's words, the risk, and what follow-up is expected."""
    yield Line("needs_risk", WRITTEN["need"], wanted.need.strip())
    yield Line("needs_risk", WRITTEN["follow_up"], wanted.follow_up.strip())
    if "needs_risk" in classes:
        yield Line("needs_risk", n_("Risk"), case.risk_level or "", "risk_level")


def identification(by: Actor, case: Case, classes: Classes, wanted: Wanted) -> Iterator[Line]:
    """Presumed or formally identified, in a word; never the story."""
    if "identification" in classes:
        yield Line("identification", n_("Identification"), IDENTIFIED.get(identified_for(by, case.id), ""), WORDS)


def help_given(by: Actor, case: Case, classes: Classes, wanted: Wanted) -> Iterator[Line]:
    """The last five services, so that nothing is asked or given twice."""
    lines = visible_records(by, ServiceLine).where(
        ServiceLine.case_id == case.id, ServiceLine.reverses_id.is_(None), ~is_reversed()
    )
    for line in db.session.scalars(lines.order_by(ServiceLine.occurred_at.desc(), ServiceLine.id.desc()).limit(5)):
        day = line.occurred_at.astimezone(PHNOM_PENH).date().isoformat()
        yield Line(line.data_class, n_("Help given"), line.service_type, "service_type", day)


Source = Callable[[Actor, Case, Classes, Wanted], Iterator[Line]]
SOURCES: tuple[Source, ...] = (identity, basics, safe_contact, needs, identification, help_given)
"""Where the lines come from, in the order of the page. Each yields only what the actor may see."""
