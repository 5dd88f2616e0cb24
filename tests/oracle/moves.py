"""What may happen in a world: each move acts through the services and, when they let it, tells the law."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Permission
from casework.assistance.queries import ledger
from casework.assistance.service import Session, record_help, record_session, reverse
from casework.cases import service as cases
from casework.cases.models import GroupMember, Task
from casework.cases.service.person import correct_person
from casework.claims import service as claims
from casework.codes.dates import PartialDate, Precision
from casework.consent.models import ConsentEntry, VitalOpening
from casework.db import db, today
from casework.documents import service as documents
from casework.people.models import Person
from casework.people.names import Names
from casework.people.service import PersonData, register
from casework.referrals.models import Referral
from casework.referrals.service import Wanted
from casework.sharing import service as sharing
from tests.oracle import law as laws
from tests.oracle import plain
from tests.oracle.law import CLASSES, Entry
from tests.oracle.world import World, choose

Move = Callable[[World, Random], bool]
MOST_CASES = 5
YEAR = timedelta(days=365)
GROWN = PartialDate(date(1990, 5, 4), date(1990, 5, 4), Precision.DAY)
FAMILIES = ("Oraclefam", "Sampleclan", "សុខតេស្ត")
PURPOSES = ("referral", "referral", "medical", "law_enforcement")
SERVICES = {"shelter_night": "assistance", "medicine": "health", "counselling_trauma": "psychosocial"}
"""Services of the referrals and the ledger, with the class of their lines."""
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def open_case(world: World, rng: Random) -> bool:
    """Somebody new comes, or somebody known comes again."""
    registrars = [a for a in world.actors.values() if Permission.CASE_REGISTER in a.permissions]
    by = choose(rng, registrars)
    if by is None or len(world.law.cases) >= MOST_CASES:
        return False
    known = [
        case
        for case in world.law.cases.values()
        if Permission.CASE_SEE in by.permissions and world.law.named(world.user(by), case.id, world.now)
    ]
    if known and rng.random() < 0.4:
        person = rng.choice(known).person
    else:
        given = new_word(len(world.law.words), "Sok")
        family = rng.choice(FAMILIES)
        name = {"khmer_family": family} if family[0] > "z" else {"latin_family": family}
        person = register(PersonData(names=Names(latin_given=given, **name), birth=GROWN), by=by).id
        world.law.words[person] = frozenset({family, given})
    row = cases.open_case(by=by, person_id=person)
    world.law.cases[row.id] = laws.Case(row.id, person, by.organisation_id, row.code)
    world.law.carried[row.id, by.organisation_id] = by.user_id
    world.touched = row.id
    return True


def rename(world: World, rng: Random) -> bool:
    """A name is corrected: the old word must find nobody any more."""
    pair = choose(rng, world.with_classes(world.doers(Permission.CASE_EDIT), "identity"))
    if pair is None:
        return False
    by, case = pair[0], world.case(pair[1])
    person = db.session.get_one(Person, case.person_id)
    world.fresh_word += 1
    given = new_word(world.fresh_word, "Dara")
    family = rng.choice([name for name in FAMILIES if name[0] <= "z"])
    names = Names(latin_family=family, latin_given=given)
    correct_person(case, {"names": names}, by=by, version=person.version)
    world.law.words[person.id] = frozenset({family, given})
    return True


def agree(world: World, rng: Random) -> bool:
    """The person agrees to share some classes with an office, at times only from later on."""
    pair = choose(rng, world.doers(Permission.CONSENT_RECORD))
    if pair is None:
        return False
    by, case = pair[0], world.case(pair[1])
    start = world.now + timedelta(days=rng.choice((0, 0, 0, 5)))
    end = start + timedelta(days=rng.choice((2, 30, 300)))
    classes = frozenset(rng.sample(sorted(CLASSES), rng.randint(1, 9))) | (
        {"identity"} if rng.random() < 0.5 else frozenset()
    )
    org = rng.choice([office for office in world.offices if office != by.organisation_id])
    purpose = "law_enforcement" if org in world.police and rng.random() < 0.8 else rng.choice(PURPOSES)
    row = sharing.record_given(
        case, by=by, purpose=purpose, classes=classes, starts_at=start, ends_at=end, form="written",
        recipient_org_id=org,
    )  # fmt: skip
    world.law.give(
        Entry(row.id, case.id, row.purpose, org, by.organisation_id, classes, start, end, len(world.law.entries)),
        world.now,
    )
    return True


def refuse(world: World, rng: Random) -> bool:
    """The person says no: that opens nothing."""
    pair = choose(rng, world.doers(Permission.CONSENT_RECORD))
    if pair is None:
        return False
    sharing.record_refused(
        world.case(pair[1]), by=pair[0], purpose=rng.choice(PURPOSES), classes=["identity"], form="written",
        recipient_org_id=rng.choice(world.offices),
    )  # fmt: skip
    return True


def withdraw(world: World, rng: Random) -> bool:
    """The person takes an agreement back: said to the owner, or to the office it is about."""
    found = [
        (by, entry)
        for by, case_id in world.doers(Permission.CONSENT_RECORD)
        for entry in world.law.entries.values()
        if entry.case == case_id and not entry.withdrawn and entry.end > world.now
        and by.organisation_id in (world.law.cases[case_id].owner, entry.org, entry.author)
    ]  # fmt: skip
    pair = choose(rng, found)
    if pair is None:
        return False
    by, entry = pair
    sharing.withdraw(db.session.get_one(ConsentEntry, entry.id), world.case(entry.case), by=by, form="written")
    world.law.withdraw(entry, "consent_withdrawn", world.now)
    return True


def _send(world: World, rng: Random, kind: str, needed: Permission) -> bool:
    agreed = [
        (by, entry)
        for by, case_id in world.doers(needed)
        for entry in world.law.entries.values()
        if entry.case == case_id and entry.org != by.organisation_id and entry.stands(world.now)
        and (kind == "referral" or world.law.cases[case_id].owner == by.organisation_id)
    ]  # fmt: skip
    pair = choose(rng, agreed)
    if pair is None:
        return False
    by, entry = pair
    case = world.case(entry.case)
    asked = {
        r.service
        for r in world.law.referrals.values()
        if (r.case, r.author, r.to, r.kind) == (case.id, by.organisation_id, entry.org, kind) and r.status in laws.OPEN
    }
    service = choose(rng, sorted(SERVICES.keys() - asked if rng.random() < 0.9 else SERVICES.keys()))
    if service is None:
        return False
    rows = world.law.packet(case.id, by.organisation_id, entry.org, entry.purpose, world.now)
    chosen = None if rng.random() < 0.7 else frozenset(rng.sample(sorted(rows), rng.randint(0, len(rows))))
    wanted = Wanted(
        service_type=service, priority=rng.choice(("emergency", "urgent")), purpose=entry.purpose, to_org_id=entry.org,
        kind=kind, need="A bed", classes=chosen,
    )  # fmt: skip
    digest = sharing.look(case, by=by, wanted=wanted).digest
    row = sharing.send(case, by=by, wanted=wanted, digest=digest)
    kept = {name: basis for name, basis in rows.items() if chosen is None or name in chosen}
    world.law.referrals[row.id] = laws.Referral(
        row.id,
        case.id,
        by.organisation_id,
        entry.org,
        kind,
        entry.purpose,
        service,
        SERVICES[service],
        kept,
        by.user_id,
    )
    return True


def send(world: World, rng: Random) -> bool:
    """A need is sent to another office."""
    return _send(world, rng, "referral", Permission.REFERRAL_SEND)


def hand_over(world: World, rng: Random) -> bool:
    """A whole case is offered to another office."""
    return _send(world, rng, "transfer", Permission.TRANSFER_SEND)


def _on_referral(world: World, rng: Random, *states: str, sender: bool = False) -> tuple[object, laws.Referral] | None:
    needed = Permission.REFERRAL_SEND if sender else Permission.REFERRAL_ANSWER
    found = [
        (by, referral)
        for by in world.actors.values()
        if needed in by.permissions
        for referral in world.law.referrals.values()
        if referral.status in states
        and (referral.author if sender else referral.to) == by.organisation_id
        and world.law.knows(world.user(by), referral, world.now)
    ]
    return choose(rng, found)


def accept(world: World, rng: Random) -> bool:
    """The receiver accepts, and a colleague may be the one who carries it."""
    pair = _on_referral(world, rng, "sent")
    if pair is None:
        return False
    by, referral = pair
    mates = [user.id for user in world.law.users.values() if user.org == referral.to]
    carrier = rng.choice((by.user_id, rng.choice(mates)))  # type: ignore[attr-defined]
    world.touched = referral.case
    sharing.accept(db.session.get_one(Referral, referral.id), by=by, assignee_id=carrier)  # type: ignore[arg-type]
    world.law.accept(referral, carrier, world.now)
    return True


def decline(world: World, rng: Random) -> bool:
    """The receiver says no: the packet closes."""
    pair = _on_referral(world, rng, "sent")
    if pair is None:
        return False
    by, referral = pair
    world.touched = referral.case
    row = db.session.get_one(Referral, referral.id)
    sharing.decline(row, by=by, reason="no_capacity", note="x")  # type: ignore[arg-type]
    referral.status = "rejected"
    return True


def serve(world: World, rng: Random) -> bool:
    """The service begins, or ends with feedback."""
    pair = _on_referral(world, rng, "accepted", "service_started")
    if pair is None:
        return False
    by, referral = pair
    world.touched = referral.case
    row = db.session.get_one(Referral, referral.id)
    if referral.status == "accepted" and rng.random() < 0.6:
        sharing.start_service(row, by=by)  # type: ignore[arg-type]
        referral.status = "service_started"
    else:
        sharing.give_feedback(row, by=by, outcome="given", feedback="x")  # type: ignore[arg-type]
        referral.status = "done"
    return True


def revoke(world: World, rng: Random) -> bool:
    """The sender ends a referral, or takes back what nobody answered in time."""
    pair = _on_referral(world, rng, "sent", "accepted", "service_started", sender=True)
    if pair is None:
        return False
    by, referral = pair
    world.touched = referral.case
    row = db.session.get_one(Referral, referral.id)
    if referral.status == "sent" and row.due_at <= world.now:
        sharing.take_back(row, by=by)  # type: ignore[arg-type]
        world.law.end_referral(referral, "expired", world.now)
    else:
        sharing.revoke(row, by=by)  # type: ignore[arg-type]
        world.law.end_referral(referral, "revoked", world.now)
    return True


def ask(world: World, rng: Random) -> bool:
    """Another office is asked for advice, until a day."""
    found = [
        (by, entry)
        for by, case_id in world.doers(Permission.REFERRAL_SEND)
        for entry in world.law.entries.values()
        if entry.case == case_id and entry.stands(world.now) and entry.org != by.organisation_id
    ]
    pair = choose(rng, found)
    if pair is None:
        return False
    by, entry = pair
    until = world.now + timedelta(days=rng.choice((1, 40)))
    case = world.case(entry.case)
    passable = world.law.passable(by.organisation_id, case.id, world.now)
    sharing.ask_office(case, by=by, org_id=entry.org, purpose=entry.purpose, until=until, question="x")
    for one in world.law.agreed(case.id, entry.org, entry.purpose, world.now):
        if one.classes & passable:
            world.law.let_in(one, one.classes & passable, world.now, "asked", end=min(one.end, until))
    return True


def open_vital(world: World, rng: Random) -> bool:
    """Life is at stake: an office is let in for 72 hours."""
    pair = choose(rng, world.doers(Permission.VITAL_OPEN))
    if pair is None:
        return False
    by, case = pair[0], world.case(pair[1])
    classes = frozenset(rng.sample(sorted(CLASSES), 4)) | {"identity"}
    org = rng.choice([office for office in world.offices if office != by.organisation_id])
    classes &= world.law.passable(by.organisation_id, case.id, world.now)
    row = sharing.open_vital(case, by=by, org_id=org, purpose="medical", classes=classes, reason="x")
    end = world.now + timedelta(hours=laws.HOURS_OF_VITAL)
    entry = Entry(
        row.entry_id, case.id, "medical", org, by.organisation_id, classes, world.now, end, len(world.law.entries)
    )
    world.law.entries[entry.id] = entry
    world.law.let_in(entry, classes, world.now, "vital", source=row.id)
    world.openings[row.id] = entry.id
    return True


def decide_vital(world: World, rng: Random) -> bool:
    """The supervisor confirms it, or ends it at once."""
    doers = [(by, case_id) for by, case_id in world.doers(Permission.VITAL_DECIDE)]
    found = [
        (by, opening)
        for by, case_id in doers
        for opening, entry in world.openings.items()
        if world.law.entries[entry].case == case_id and world.law.entries[entry].author == by.organisation_id
    ]
    pair = choose(rng, found)
    if pair is None:
        return False
    by, opening_id = pair
    entry = world.law.entries[world.openings[opening_id]]
    decision = rng.choice(("confirmed", "refused"))
    opening = db.session.get_one(VitalOpening, opening_id)
    # An entry taken back by the person before leaves nothing to refuse.
    if entry.withdrawn:
        return False
    sharing.decide_vital(opening, world.case(entry.case), by=by, decision=decision, reason="x")
    if decision == "refused" and entry.end > world.now:
        world.law.withdraw(entry, "revoked", world.now)
    return True


def exclude(world: World, rng: Random) -> bool:
    """A colleague is kept away from a case."""
    pair = choose(rng, world.doers(Permission.CASE_EXCLUDE))
    if pair is None:
        return False
    by, case = pair[0], world.case(pair[1])
    user = rng.choice([user.id for user in world.law.users.values() if user.org == by.organisation_id])
    row = cases.exclude(case, user_id=user, reason="related_to_person", by=by)
    world.law.kept_out[row.id] = (case.id, user)
    return True


def end_exclusion(world: World, rng: Random) -> bool:
    """The reason is gone."""
    found = [
        (by, exclusion)
        for by, case_id in world.doers(Permission.CASE_EXCLUDE)
        for exclusion, (kept, user) in world.law.kept_out.items()
        if kept == case_id and user != by.user_id
    ]
    pair = choose(rng, found)
    if pair is None:
        return False
    case_id = world.law.kept_out[pair[1]][0]
    cases.end_exclusion(world.case(case_id), pair[1], by=pair[0])
    del world.law.kept_out[pair[1]]
    return True


def assign(world: World, rng: Random) -> bool:
    """The case goes to a colleague."""
    pair = choose(rng, world.doers(Permission.CASE_ASSIGN))
    if pair is None:
        return False
    by, case = pair[0], world.case(pair[1])
    to = rng.choice([user.id for user in world.law.users.values() if user.org == by.organisation_id])
    cases.assign(case, to_user_id=to, by=by, reason="workload")
    world.law.take_on(case.id, by.organisation_id, to)
    return True


def bring_in(world: World, rng: Random) -> bool:
    """A colleague helps beside the one who carries the case, or goes again."""
    pair = choose(rng, world.doers(Permission.CASE_ASSIGN))
    if pair is None:
        return False
    by, case = pair[0], world.case(pair[1])
    helping = [key for key, row in world.law.helping.items() if row[:2] == (case.id, by.organisation_id)]
    if helping and rng.random() < 0.4:
        gone = rng.choice(sorted(helping))
        cases.let_go(case, gone, by=by)
        del world.law.helping[gone]
        return True
    to = rng.choice([user.id for user in world.law.users.values() if user.org == by.organisation_id])
    row = cases.bring_in(case, user_id=to, by=by, reason="workload")
    world.law.helping[row.id] = (case.id, by.organisation_id, to)
    return True


def _writable(world: World, rng: Random, by_id: UUID, case_id: UUID) -> str | None:
    every, own = world.law.opened(world.law.users[by_id], case_id, world.now)
    return choose(rng, sorted(every | own))


def note(world: World, rng: Random) -> bool:
    """A note of any class the worker may write."""
    pair = choose(rng, world.doers(Permission.NOTE_WRITE))
    name = pair and _writable(world, rng, pair[0].user_id, pair[1])
    if pair is None or name is None:
        return False
    cases.add_note(world.case(pair[1]), by=pair[0], text="x", data_class=name)
    return True


def document(world: World, rng: Random) -> bool:
    """A paper of any class the worker may write."""
    pair = choose(rng, world.doers(Permission.DOCUMENT_ADD))
    name = pair and _writable(world, rng, pair[0].user_id, pair[1])
    if pair is None or name is None:
        return False
    case = world.case(pair[1])
    spooled = documents.spool("paper.pdf", io.BytesIO(PDF), root_id=case.person_id)
    documents.add_document(case, spooled, by=pair[0], title="x", data_class=name)
    return True


def claim(world: World, rng: Random) -> bool:
    """A loss and a proceeding with a date, by whoever holds class legal."""
    pair = choose(rng, world.with_classes(world.doers(Permission.NOTE_WRITE), "legal"))
    if pair is None:
        return False
    by, case = pair[0], world.case(pair[1])
    claims.add_loss(case, claims.LossData("passport", party="x"), by=by)
    data, stage = claims.ProceedingData("witness", "KHM"), claims.StageData("complaint")
    row = claims.start_proceeding(case, "criminal", data, stage, by=by)
    claims.plan_hearing(row, case, claims.HearingData("hearing", world.now + timedelta(days=9)), by=by)
    return True


def record(world: World, rng: Random) -> bool:
    """A row of any other kind of record and of any class, as somebody of an office that sees the case."""
    pair = choose(rng, world.doers(Permission.CASE_SEE))
    if pair is None:
        return False
    kind, data_class = rng.choice([*plain.needs()]), rng.choice(sorted(CLASSES))
    return plain.write(kind, world.case(pair[1]), pair[0], data_class) is not None


def help_given(world: World, rng: Random) -> bool:
    """A line of help, plain or clinical, or a session of one field of work; at times a line is reversed."""
    pair = choose(rng, world.doers(Permission.ASSISTANCE_RECORD))
    if pair is None:
        return False
    by, case = pair[0], world.case(pair[1])
    rows = [row for row in ledger(by, case) if row.line.author_org_id == by.organisation_id and not row.reversed]
    rows = [row for row in rows if row.line.reverses_id is None]
    if rows and Permission.ASSISTANCE_REVERSE in by.permissions and rng.random() < 0.3:
        reverse(rng.choice(rows).line, case, by=by, reason="twice")
        return True
    service = rng.choice(sorted(SERVICES))
    if SERVICES[service] != "assistance" and rng.random() < 0.3:
        record_session(case, SERVICES[service], Session(service, today(), note="x"), by=by)
        return True
    record_help(case, by=by, service_type=service, quantity=Decimal(1), anyway=True)
    return True


def task(world: World, rng: Random) -> bool:
    """A task of some class, or the end of one."""
    pair = choose(rng, world.doers(Permission.TASK_DO))
    if pair is None:
        return False
    by, case = pair[0], world.case(pair[1])
    open_ = db.session.scalars(
        select(Task).where(Task.case_id == case.id, Task.state == "open", Task.org_id == by.organisation_id)
    ).all()
    if open_ and rng.random() < 0.5:
        cases.finish_task(rng.choice(open_), case, by=by)
    else:
        due = world.now + timedelta(days=rng.choice((1, 9)))
        cases.add_task(case, by=by, kind="todo", due_at=due, data_class=rng.choice(sorted(CLASSES)))
    return True


def close_or_reopen(world: World, rng: Random) -> bool:
    """A case is closed, or opened again: it moves from list to list, nothing else."""
    owned = [p for p in world.doers(Permission.CASE_CLOSE) if world.law.cases[p[1]].owner == p[0].organisation_id]
    pair = choose(rng, owned)
    if pair is None:
        return False
    by, case = pair[0], world.case(pair[1])
    if case.status == "open" and rng.random() < 0.6:
        return False
    if case.status == "closed":
        cases.reopen_case(case, by=by, reason="other")
        world.law.cases[case.id].status = "open"
        return True
    for row in db.session.scalars(select(Task).where(Task.case_id == case.id, Task.state == "open")):
        cases.finish_task(row, case, by=by, state="cancelled")
    cases.close_case(case, by=by, closed_on=today())
    world.law.cases[case.id].status = "closed"
    return True


def stage(world: World, rng: Random) -> bool:
    """An import hides a case while it is staged, and shows it by one flip."""
    case_id = choose(rng, sorted(world.law.cases))
    if case_id is None:
        return False
    case, ours = world.case(case_id), world.law.cases[case_id]
    hidden = [c for c in world.law.cases.values() if not c.published]
    if hidden:
        case, ours = world.case(hidden[0].id), hidden[0]
    ours.published = case.published = not ours.published
    cases.refresh_access(case)
    return True


def group(world: World, rng: Random) -> bool:
    """Cases are brought together: only visible members may be seen and counted."""
    pair = choose(rng, world.doers(Permission.GROUP_MANAGE))
    if pair is None:
        return False
    by = pair[0]
    mine = sorted(world.law.seen_cases(world.user(by), world.now))
    chosen = [world.case(one) for one in rng.sample(mine, min(len(mine), 3))]
    grouped = set(db.session.scalars(select(GroupMember.case_id)))
    if all(case.id in grouped for case in chosen):
        return False
    cases.make_group(by=by, kind="family", name="x", facts="y", cases=chosen)
    return True


def time_passes(world: World, rng: Random) -> bool:
    """Hours, days, months."""
    if rng.random() < 0.3 and (
        ends := [c.end for c in world.law.causes if not c.ended and world.now < c.end < world.now + YEAR]
    ):
        # The last second of something and the first one without it.
        world.now = max(world.now, min(ends) - timedelta(seconds=rng.choice((0, 1))))
    else:
        world.now += timedelta(hours=rng.choice((1, 20, 60, 24 * 20, 24 * 90)))
    return True


def sweep(world: World, rng: Random) -> bool:
    """The worker of deadlines puts away what is over."""
    sharing.sweep_grants(world.now)
    cases.sweep_expired()
    world.law.sweep(world.now)
    return True


MOVES: dict[str, Move] = {
    move.__name__: move
    for move in (
        open_case, rename, agree, refuse, withdraw, send, hand_over, accept, decline, serve, revoke, ask, open_vital,
        decide_vital, exclude, end_exclusion, assign, bring_in, note, document, claim, record, help_given,
        task, close_or_reopen, stage, group, time_passes, sweep,
    )
}  # fmt: skip


def new_word(number: int, beginning: str) -> str:
    """A name of its own: letters only, for numbers are no words to the search."""
    return beginning + "abcdefghij"[number // 10 % 10] + "abcdefghij"[number % 10] + "test"
