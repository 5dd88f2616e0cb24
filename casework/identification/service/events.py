"""Recording and mending events, joining further cases to them, recording alleged offenders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from sqlalchemy import delete, select

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import may_write, new_record
from casework.codes.dates import PartialDate
from casework.codes.service import check, check_many, check_optional, check_place
from casework.db import check_version, db, today, utcnow, uuid7
from casework.errors import Conflict, InvalidInput, NotAllowed, n_
from casework.identification.kinds import EVENT_LISTS, EVENT_ROLES, HOME, OFFENDER_KINDS, STAGES
from casework.identification.models import (
    AllegedOffender,
    AllegedOffenderSealed,
    EventCase,
    EventCode,
    EventPlace,
    EventSealed,
    OffenderRole,
    TraffickingEvent,
)
from casework.identification.queries.events import PERPETRATOR, codes_of, get_event
from casework.identification.service.counting import count_again
from casework.people.kinds import SEXES
from casework.vault import fields, keys
from casework.vault.text import clean_line

HISTORY = "trafficking_history"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stage of the event was: country (code), province of Cambodia (code), and the place's name, sealed."""

    stage: str
    country: str
    province: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Names in an event, sealed: they lead to people and places."""

    vessel: str = ""
    flag: str = ""
    compound: str = ""
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an event. `codes` is list -> codes, for the lists of EVENT_LISTS; words are sealed."""

    codes: Mapping[str, Iterable[str]] = field(default_factory=dict)
    occurred: PartialDate | None = None
    places: Sequence[Place] = ()
    names: Names = Names()
    account: str = ""


@dataclass(frozen=True, slots=True)
class Offender:
    """What is said of an alleged offender: kind and codes plain, name and description sealed."""

    kind: str
    name: str
    roles: Sequence[str] = ()
    sex: str | None = None
    citizenship: str | None = None
    relation: str | None = None
    description: str = ""


def record_event(case: Case, facts: Facts, *, by: Actor, role: str, source: str = "said") -> TraffickingEvent:
    """Record what happened, with this case as its first member. Acts, means and purposes are kept apart (Art. 3).

    Raises InvalidInput for unknown codes or days to come.
    """
    require(by, Permission.IDENTIFICATION_SCREEN)
    event = TraffickingEvent(
        id=uuid7(),
        author_org_id=by.organisation_id,
        author_user_id=by.user_id,
        recorded_at=utcnow(),
        source=source,
    )
    _set_when(event, facts.occurred)
    db.session.add(event)
    db.session.flush()
    kept = _set_facts(event, facts)
    _join(event, case, by=by, role=role, occurred=facts.occurred, source=source)
    record(by, "event.recorded", case_id=case.id, subject=("event", event.id), body={"codes": kept, "role": role})
    db.session.flush()
    count_again([case.id])
    return event


def edit_event(
    event: TraffickingEvent, case: Case, facts: Facts, *, by: Actor, expected_version: int
) -> TraffickingEvent:
    """Mend what the own office recorded; `facts` replaces what stood. What was taken out stays in the audit as codes.

    Raises NotVisible unless the event is seen through the case, NotAllowed for another office's event, StaleRecord.
    """
    require(by, Permission.IDENTIFICATION_SCREEN)
    get_event(by, case.id, event.id)
    if event.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Another office recorded this. Record what you know as an event of your own."))
    check_version(event, expected_version)
    before = _flat(codes_of([event.id]).get(event.id, {}))
    _set_when(event, facts.occurred)
    db.session.execute(delete(EventCode).where(EventCode.event_id == event.id))
    db.session.execute(delete(EventPlace).where(EventPlace.event_id == event.id))
    after = _set_facts(event, facts)
    changes = {"added": sorted(set(after) - set(before)), "removed": sorted(set(before) - set(after))}
    record(by, "event.edited", case_id=case.id, subject=("event", event.id), body=changes)
    db.session.flush()
    count_again(db.session.scalars(select(EventCase.case_id).where(EventCase.event_id == event.id)).all())
    return event


def join_event(event: TraffickingEvent, case: Case, *, through: Case, by: Actor, role: str) -> EventCase:
    """Make a further case a member of an event the actor sees through another case (a crew, a compound).

    The joined case's offices then see the event's shared facts; nothing of one member is shown to another.
    """
    require(by, Permission.IDENTIFICATION_SCREEN)
    get_event(by, through.id, event.id)
    if event.author_org_id != by.organisation_id:
        # A guest could otherwise keep the shared account beyond the consent that opened it.
        raise NotAllowed(n_("Only the office that recorded what happened can add further cases to it."))
    taken = select(EventCase.id).where(EventCase.event_id == event.id, EventCase.case_id == case.id)
    if db.session.scalar(taken) is not None:
        raise Conflict(n_("This case belongs to the event already."), field="code")
    when = None
    if event.occurred_from is not None:
        when = PartialDate(event.occurred_from, event.occurred_to, event.occurred_precision)  # type: ignore[arg-type]
    link = _join(event, case, by=by, role=role, occurred=when, source=event.source)
    record(by, "event.joined", case_id=case.id, subject=("event", event.id), body={"role": role}, cases=[through.id])
    db.session.flush()
    count_again([case.id])
    return link


def record_offender(
    event: TraffickingEvent, case: Case, said: Offender, *, by: Actor, source: str = "said"
) -> AllegedOffender:
    """Record an alleged offender of an event: a third person with own rights, own key, seen with class perpetrator.

    Raises NotAllowed for a role that may not hold that class (docs/domain.md 1).
    """
    require(by, Permission.IDENTIFICATION_SCREEN)
    get_event(by, case.id, event.id)
    if not may_write(case, PERPETRATOR, by=by):
        raise NotAllowed(n_("Your role can't write this kind of record on this case."))
    roles = _checked(said)
    row = AllegedOffender(
        id=uuid7(),
        event_id=event.id,
        kind=said.kind,
        sex=said.sex,
        citizenship=said.citizenship,
        relation=said.relation,
        author_org_id=by.organisation_id,
        author_user_id=by.user_id,
        recorded_at=utcnow(),
        source=source,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(OffenderRole(offender_id=row.id, code=code) for code in roles)
    keys.make_root("third_person", row.id)
    sealed = AllegedOffenderSealed(id=row.id, root_id=row.id)
    fields.seal(sealed, name=clean_line(said.name, limit=200, field="name"), description=said.description)
    db.session.add(sealed)
    record(by, "offender.recorded", case_id=case.id, subject=("third_person", row.id), body={"roles": roles})
    db.session.flush()
    return row


def _checked(said: Offender) -> list[str]:
    """Refuse what no list knows; give the roles, each once."""
    if said.kind not in OFFENDER_KINDS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="kind")
    if said.sex is not None and said.sex not in SEXES:
        raise InvalidInput(n_("Choose one of the values in the list."), field="sex")
    check_optional("country", said.citizenship, field="citizenship")
    check_optional("recruiter_relation", said.relation, field="relation")
    return check_many("perpetrator_role", said.roles, field="roles")


def _join(
    event: TraffickingEvent, case: Case, *, by: Actor, role: str, occurred: PartialDate | None, source: str
) -> EventCase:
    if role not in EVENT_ROLES:
        raise InvalidInput(n_("Choose one of the values in the list."), field="role")
    return new_record(
        EventCase,
        case,
        by=by,
        data_class=HISTORY,
        source=source,
        occurred=occurred,
        event_id=event.id,
        role=role,
    )


def _set_when(event: TraffickingEvent, occurred: PartialDate | None) -> None:
    if occurred and occurred.first is not None and occurred.first > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field="began")
    event.occurred_from = occurred.first if occurred else None
    event.occurred_to = occurred.last if occurred else None
    event.occurred_precision = occurred.precision if occurred else None
    event.changed_at = utcnow()


def _set_facts(event: TraffickingEvent, facts: Facts) -> list[str]:
    """Codes, places and words of an event whose row stands; gives the codes as 'list:code'."""
    kept = _set_codes(event, facts.codes)
    _set_places(event, facts.places)
    _set_words(event, facts)
    return kept


def _set_codes(event: TraffickingEvent, codes: Mapping[str, Iterable[str]]) -> list[str]:
    unknown = set(codes) - set(EVENT_LISTS)
    if unknown:
        raise InvalidInput(n_("Choose one of the values in the list."), field=min(unknown))
    kept = {name: check_many(name, chosen, field=name) for name, chosen in codes.items()}
    db.session.add_all(
        EventCode(event_id=event.id, list=name, code=code) for name, chosen in kept.items() for code in chosen
    )
    return _flat(kept)


def _flat(codes: Mapping[str, Iterable[str]]) -> list[str]:
    return sorted(f"{name}:{code}" for name, chosen in codes.items() for code in chosen)


def _set_places(event: TraffickingEvent, places: Sequence[Place]) -> None:
    for position, place in enumerate(places):
        if place.stage not in STAGES:
            raise InvalidInput(n_("Choose one of the values in the list."), field="stage")
        check("country", place.country, field=f"{place.stage}_country")
        if place.province and place.country != HOME:
            raise InvalidInput(
                n_("Provinces are known for Cambodia only. Leave the province empty."), field=f"{place.stage}_province"
            )
        check_place(place.province, None, field=f"{place.stage}_province")
        db.session.add(
            EventPlace(
                id=uuid7(),
                event_id=event.id,
                stage=place.stage,
                position=position,
                country=place.country,
                province=place.province or None,
            )
        )


def _set_words(event: TraffickingEvent, facts: Facts) -> None:
    """Seal the words under the event's own key. An event without words (imported figures) has no key to keep."""
    known = {name: text for name, text in asdict(facts.names).items() if text}
    named = [{"stage": place.stage, "name": place.name} for place in facts.places if place.name]
    row = db.session.get(EventSealed, event.id)
    if row is None and not (known or named or facts.account):
        return
    if row is None:
        keys.make_root("event", event.id)
        row = EventSealed(id=event.id, root_id=event.id)
        db.session.add(row)
    fields.seal(row, account=facts.account, names=known or None, places=named or None)
