"""'Who sees' of the model in plain Python, written apart from the program: imports nothing of it and asks it nothing.

Causes are kept (who owns, which answer of the person opened what to whom, who carries, who is kept away); what each
user gets is worked out from them on the spot. Times are aware datetimes, ids are UUIDs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

IDENTIFYING = frozenset({"identity", "contact", "safe_contact", "photo_biometric", "family", "location_current"})
OTHERS = frozenset(
    {
        "demographic", "trafficking_history", "perpetrator", "identification", "health", "psychosocial", "legal",
        "needs_risk", "assistance", "travel", "case_note", "statistics",
    }
)  # fmt: skip
CLASSES = IDENTIFYING | OTHERS
OWNER_OF_OTHERS = frozenset(
    {"identity", "contact", "safe_contact", "family", "location_current", "demographic", "assistance", "statistics"}
)
"""Of other offices' records the owner sees facts of the person, help and figures; the rest only by consent."""

CARING = frozenset(
    {
        "identity", "contact", "safe_contact", "photo_biometric", "family", "location_current", "demographic",
        "trafficking_history", "identification", "needs_risk", "assistance", "travel", "case_note", "statistics",
    }
)  # fmt: skip
BASICS = frozenset({"identity", "contact", "safe_contact", "demographic", "needs_risk", "assistance", "statistics"})
ORGANISATION, TEAM, ASSIGNED, TOTALS, NONE = "organisation", "team", "assigned", "totals", "none"


@dataclass(frozen=True)
class Role:
    """Reach and classes of a role; `answers` referrals, `opens` documents, `approves`."""

    scope: str
    classes: frozenset[str] = frozenset()
    answers: bool = False
    opens: bool = False
    approves: bool = False


ROLES = {
    "case_worker": Role(TEAM, CARING, answers=True, opens=True),
    "supervisor": Role(TEAM, CARING, answers=True, opens=True, approves=True),
    "coordinator": Role(
        ORGANISATION,
        frozenset(
            {
                "identity", "safe_contact", "demographic", "identification", "needs_risk", "assistance", "travel",
                "statistics",
            }
        ),
        answers=True,
    ),
    "clerk": Role(
        ASSIGNED, frozenset({"identity", "contact", "safe_contact", "demographic", "assistance", "travel"})
    ),
    "mission_officer": Role(ORGANISATION, CARING, answers=True, opens=True),
    "police_identifier": Role(
        ORGANISATION,
        frozenset({"identity", "demographic", "trafficking_history", "perpetrator", "identification", "statistics"}),
        answers=True,
        opens=True,
    ),
    "health_worker": Role(ASSIGNED, BASICS | {"health"}, answers=True, opens=True),
    "psychosocial_worker": Role(ASSIGNED, BASICS | {"psychosocial"}, answers=True, opens=True),
    "legal_worker": Role(ASSIGNED, BASICS | {"legal", "perpetrator"}, answers=True, opens=True),
    "org_admin": Role(NONE),
    "observer": Role(TOTALS),
    "system_admin": Role(NONE),
    "auditor": Role(NONE),
}  # fmt: skip
"""The default roles (docs/domain.md 1), by hand."""

HOURS_OF_VITAL = 72
OPEN = ("sent", "accepted", "service_started")
ACCEPTED = ("accepted", "service_started", "done")
READABLE = ("sent", *ACCEPTED)
FOREVER = timedelta(days=365_000)


@dataclass
class User:
    """Somebody with one role in one office; `scope` as it works out for team and office."""

    id: UUID
    org: UUID
    role: str
    team: UUID | None
    scope: str


@dataclass
class Case:
    """What the law needs of a case."""

    id: UUID
    person: UUID
    owner: UUID
    code: str
    status: str = "open"
    published: bool = True


@dataclass
class Entry:
    """One agreement of a person: to share classes with an office for a purpose, from-to."""

    id: UUID
    case: UUID
    purpose: str
    org: UUID
    author: UUID
    classes: frozenset[str]
    start: datetime
    end: datetime
    number: int
    withdrawn: bool = False

    def stands(self, now: datetime) -> bool:
        """True while it is in force."""
        return not self.withdrawn and self.start <= now < self.end


@dataclass
class Cause:
    """Why an office sees classes of a case: of everybody's records ('all') or of its own."""

    org: UUID
    case: UUID
    classes: frozenset[str]
    reach: str
    start: datetime
    end: datetime
    kind: str
    entry: UUID | None = None
    source: UUID | None = None
    ended: bool = False


@dataclass
class Referral:
    """A need handed from office to office; `rows`: class -> entry it rests on and until when."""

    id: UUID
    case: UUID
    author: UUID
    to: UUID
    kind: str
    purpose: str
    service: str
    service_class: str
    rows: dict[str, tuple[UUID, datetime]]
    sender: UUID
    """The user who sent it."""
    status: str = "sent"
    taken: bool = False
    """Accepted at some time."""


@dataclass
class Record:
    """A record of a case as it lies in the database, whoever may see it."""

    id: UUID
    case: UUID
    author: UUID
    data_class: str
    given_to: UUID | None = None
    """Of the task of a referral: the user it was given to by name."""


@dataclass
class Law:
    """Everything that decides who sees what."""

    users: dict[UUID, User] = field(default_factory=dict)
    cases: dict[UUID, Case] = field(default_factory=dict)
    words: dict[UUID, frozenset[str]] = field(default_factory=dict)
    """Person -> words by which the person can be found."""
    carried: dict[tuple[UUID, UUID], UUID] = field(default_factory=dict)
    """(case, office) -> user who carries it now."""
    helping: dict[UUID, tuple[UUID, UUID, UUID]] = field(default_factory=dict)
    """Assignment -> (case, office, user) of a colleague who helps beside the one who carries."""
    kept_out: dict[UUID, tuple[UUID, UUID]] = field(default_factory=dict)
    """Exclusion -> (case, user), while it stands."""
    entries: dict[UUID, Entry] = field(default_factory=dict)
    causes: list[Cause] = field(default_factory=list)
    referrals: dict[UUID, Referral] = field(default_factory=dict)
    last_known: dict[tuple[UUID, UUID], str] = field(default_factory=dict)
    """(Office, case) -> the status it last could follow."""
    given: dict[UUID, set[UUID]] = field(default_factory=dict)
    """Referral -> users with an open task of it."""
    wrote: Callable[[UUID, UUID], bool] = lambda case, org: False
    """Whether an office recorded anything on a case."""

    # What is seen

    def opened(self, user: User, case_id: UUID, now: datetime) -> tuple[frozenset[str], frozenset[str]]:
        """Classes open of everybody's records, and of the own office's; both empty when the case is not to be seen."""
        nothing: frozenset[str] = frozenset()
        case, role = self.cases[case_id], ROLES[user.role]
        if not (case.published and role.classes and self._reaches(user, case_id)):
            return nothing, nothing
        if (case_id, user.id) in self.kept_out.values():
            return nothing, nothing
        every, own = self._of_office(user.org, case, now)
        return every & role.classes, own & role.classes

    def _of_office(self, org: UUID, case: Case, now: datetime) -> tuple[frozenset[str], frozenset[str]]:
        every: frozenset[str] = OWNER_OF_OTHERS if case.owner == org else frozenset()
        own: frozenset[str] = CLASSES if case.owner == org else frozenset()
        for cause in self.live(case.id, org, now):
            if cause.reach == "all":
                every |= cause.classes
            own |= cause.classes
        return every, own

    def live(self, case_id: UUID, org: UUID, now: datetime) -> list[Cause]:
        """Causes of an office that hold now."""
        return [
            cause
            for cause in self.causes
            if cause.case == case_id and cause.org == org and not cause.ended and cause.start <= now < cause.end
        ]

    def _reaches(self, user: User, case_id: UUID) -> bool:
        if user.scope == ORGANISATION:
            return True
        if user.scope in (TOTALS, NONE):
            return False
        work = self.at_work(case_id, user.org)
        if user.scope == TEAM and user.team is not None and user.team in {self.users[one].team for one in work}:
            return True
        return user.id in work

    def at_work(self, case_id: UUID, org: UUID) -> set[UUID]:
        """Users of an office who carry a case or help with it."""
        helping = {user for case, office, user in self.helping.values() if (case, office) == (case_id, org)}
        return helping | ({self.carried[case_id, org]} if (case_id, org) in self.carried else set())

    def take_on(self, case_id: UUID, org: UUID, user: UUID) -> None:
        """A user carries the case from now on, and no longer only helps."""
        self.carried[case_id, org] = user
        self.helping = {key: row for key, row in self.helping.items() if row != (case_id, org, user)}

    def sees(self, user: User, case_id: UUID, now: datetime) -> bool:
        """True when the case is on the user's lists, pages, counts and in the search by its code."""
        every, own = self.opened(user, case_id, now)
        return bool(every or own)

    def seen_cases(self, user: User, now: datetime, status: str | None = None) -> set[UUID]:
        """The cases a user sees, of one status if given."""
        return {
            case.id
            for case in self.cases.values()
            if status in (None, self.status_of(user.org, case, now)) and self.sees(user, case.id, now)
        }

    def status_of(self, org: UUID, case: Case, now: datetime) -> str:
        """The status of a case as an office may know it: as it is, or as it was when the office last saw of others."""
        return case.status if self.follows(org, case, now) else self.last_known.get((org, case.id), case.status)

    def follows(self, org: UUID, case: Case, now: datetime) -> bool:
        """True when an office sees, or is to see from a later day, records of others, not its own alone."""
        return case.owner == org or any(
            cause.org == org and cause.case == case.id and cause.reach == "all" and not cause.ended and now < cause.end
            for cause in self.causes
        )

    def remember(self, orgs: Iterable[UUID], now: datetime) -> None:
        """Before anything changes: what each office knows of the status of each case."""
        for case in self.cases.values():
            for org in orgs:
                if self.follows(org, case, now):
                    self.last_known[org, case.id] = case.status

    def named(self, user: User, case_id: UUID, now: datetime) -> bool:
        """True when the name stands on the case's page and the case is found by it."""
        return "identity" in self.opened(user, case_id, now)[0]

    def found(self, user: User, word: str, now: datetime) -> set[UUID]:
        """What a search by an exact word gives."""
        return {
            case.id
            for case in self.cases.values()
            if word in self.words[case.person] and self.named(user, case.id, now)
        }

    def reads(self, user: User, record: Record, now: datetime) -> bool:
        """True when a record is on the user's timeline, ledger, notes."""
        every, own = self.opened(user, record.case, now)
        return record.data_class in every or (record.data_class in own and record.author == user.org)

    def works_on(self, user: User, task: Record, now: datetime) -> bool:
        """True when an open task (author: the office whose it is) is on the user's list."""
        every, own = self.opened(user, task.case, now)
        if task.author != user.org or not every | own:
            return False
        return task.data_class in every | own or task.given_to == user.id

    def knows(self, user: User, referral: Referral, now: datetime) -> bool:
        """True when the user may know that a referral exists."""
        case, role = self.cases[referral.case], ROLES[user.role]
        if not (case.published and role.classes) or user.scope in (TOTALS, NONE):
            return False
        every, own = self.opened(user, case.id, now)
        if referral.author == user.org and every | own:
            if referral.service_class in every | own or referral.sender == user.id:
                return True
            if user.id in self.given.get(referral.id, ()):
                return True
        if case.owner == user.org and referral.service_class in every:
            return True
        if referral.to != user.org or not role.answers or (case.id, user.id) in self.kept_out.values():
            return False
        if not referral.taken:
            return True
        return bool(every | own) or (referral.status not in ACCEPTED and self._reaches(user, case.id))

    def reads_packet(self, user: User, referral: Referral, now: datetime) -> frozenset[str] | None:
        """Classes of the packet's lines for somebody who knows of the referral; None when it is closed."""
        classes = ROLES[user.role].classes
        if referral.author == user.org:
            return classes
        if referral.to != user.org or referral.status not in READABLE:
            return None
        live = {name for name, (entry, end) in referral.rows.items() if now < end and self.entries[entry].stands(now)}
        return classes & live if live else None

    # What changes

    def agreed(self, case_id: UUID, org: UUID, purpose: str, now: datetime) -> list[Entry]:
        """Agreements in force for an office and a purpose, the longest first."""
        found = [
            entry
            for entry in self.entries.values()
            if (entry.case, entry.org, entry.purpose) == (case_id, org, purpose) and entry.stands(now)
        ]
        return sorted(found, key=lambda entry: (-entry.end.timestamp(), entry.number))

    def rests(self, entries: Iterable[Entry]) -> dict[str, tuple[UUID, datetime]]:
        """Class -> the longest agreement that covers it."""
        found: dict[str, tuple[UUID, datetime]] = {}
        for entry in entries:
            for name in entry.classes:
                found.setdefault(name, (entry.id, entry.end))
        return found

    def let_in(self, entry: Entry, classes: Iterable[str], now: datetime, kind: str, **more: object) -> None:
        """An agreement opens classes to its office, and lets it keep records of its own, for as long as it lasts."""
        start, end = max(now, entry.start), more.pop("end", entry.end)
        source = more.pop("source", None)
        for reach, opened in (("all", frozenset(classes)), ("own", CLASSES)):
            self.causes.append(
                Cause(entry.org, entry.case, opened, reach, start, end, kind, entry.id, source)  # type: ignore[arg-type]
            )

    def give(self, entry: Entry, now: datetime) -> None:
        """A new agreement; what the office was accepted for goes on under it too."""
        self.entries[entry.id] = entry
        for referral in self.referrals.values():
            if (referral.case, referral.to, referral.purpose) != (entry.case, entry.org, entry.purpose):
                continue
            if referral.status not in READABLE:
                continue
            shared = entry.classes & referral.rows.keys()
            if entry.stands(now):
                for name in shared:
                    if referral.rows[name][1] < entry.end:
                        referral.rows[name] = (entry.id, entry.end)
            if referral.status in ACCEPTED and shared:
                self.let_in(entry, shared, now, referral.kind, source=referral.id)

    def passable(self, org: UUID, case_id: UUID, now: datetime) -> frozenset[str]:
        """Classes an office may pass on with consent: the owner all, a guest what is open to it."""
        case = self.cases[case_id]
        if case.owner == org:
            return CLASSES
        return self._of_office(org, case, now)[0]

    def packet(
        self, case_id: UUID, by: UUID, to: UUID, purpose: str, now: datetime
    ) -> dict[str, tuple[UUID, datetime]]:
        """Classes of a packet with the agreements they rest on."""
        passable = self.passable(by, case_id, now)
        return {n: r for n, r in self.rests(self.agreed(case_id, to, purpose, now)).items() if n in passable}

    def accept(self, referral: Referral, carrier: UUID, now: datetime) -> None:
        """The receiver is let in; with a transfer it owns the case, and the sender keeps what it wrote."""
        for entry in self.agreed(referral.case, referral.to, referral.purpose, now):
            if shared := entry.classes & referral.rows.keys():
                self.let_in(entry, shared, now, referral.kind, source=referral.id)
        referral.status, referral.taken = "accepted", True
        if referral.kind == "transfer":
            case = self.cases[referral.case]
            self.carried.pop((case.id, case.owner), None)
            self.helping = {key: row for key, row in self.helping.items() if row[:2] != (case.id, case.owner)}
            self.causes.append(Cause(case.owner, case.id, CLASSES, "own", now, now + FOREVER, "wrote"))
            case.owner, referral.status = referral.to, "done"
        self.carried.setdefault((referral.case, referral.to), carrier)

    def end_referral(self, referral: Referral, status: str, now: datetime) -> None:
        """Taken back, revoked, declined: what it opened is closed."""
        referral.status = status
        self._keep(referral.case, self._end(lambda cause: cause.source == referral.id), now)

    def withdraw(self, entry: Entry, status: str, now: datetime) -> None:
        """An agreement ends: all that rests on it ends, unless others still cover it."""
        entry.withdrawn = True
        ended = self._end(lambda cause: cause.entry == entry.id)
        for referral in self.referrals.values():
            if entry.id not in {row[0] for row in referral.rows.values()}:
                continue
            others = self.rests(self.agreed(referral.case, referral.to, referral.purpose, now))
            if others.keys() >= referral.rows.keys():
                referral.rows = {name: others[name] for name in referral.rows}
                continue
            if referral.status in OPEN:
                referral.status = status
            ended |= {referral.to}
            ended |= self._end(lambda cause, source=referral.id: cause.source == source)  # type: ignore[misc]
        self._keep(entry.case, ended, now)

    def sweep(self, now: datetime) -> None:
        """What is over is put away; each office keeps its own records under the code."""
        over: dict[UUID, set[UUID]] = {}
        for cause in self.causes:
            if not cause.ended and cause.end <= now:
                cause.ended = True
                over.setdefault(cause.case, set()).add(cause.org)
        for case_id, orgs in over.items():
            self._keep(case_id, orgs, now)

    def _end(self, chosen: Callable[[Cause], bool]) -> set[UUID]:
        orgs = set()
        for cause in self.causes:
            if not cause.ended and chosen(cause):
                cause.ended = True
                orgs.add(cause.org)
        return orgs

    def _keep(self, case_id: UUID, orgs: Iterable[UUID], now: datetime) -> None:
        for org in set(orgs):
            kept = any(cause.kind in ("kept", "wrote") for cause in self.live(case_id, org, now))
            if org != self.cases[case_id].owner and not kept and self.wrote(case_id, org):
                self.causes.append(Cause(org, case_id, OTHERS, "own", now, now + FOREVER, "kept"))

    def indexed(self, org: UUID, now: datetime, *, expired: bool = True) -> set[UUID]:
        """People whose names an office's index may hold; without `expired` strictly those it can open by name."""
        owned = {case.person for case in self.cases.values() if case.owner == org and case.published}
        granted = {
            self.cases[cause.case].person
            for cause in self.causes
            if cause.org == org and cause.reach == "all" and "identity" in cause.classes and not cause.ended
            and (expired or cause.end > now) and self.cases[cause.case].published
        }  # fmt: skip
        return owned | granted

    def told(self, now: datetime) -> list[str]:
        """Everything as lines, for whoever looks for the reason of a difference."""
        things = (*self.users.values(), *self.cases.values(), *self.entries.values(), *self.referrals.values())
        return [f"now {now}", *map(str, things), *map(str, self.causes), f"{self.carried}", f"{self.kept_out}"]


def scope_of(role: str, team: UUID | None, office_has_teams: bool) -> str:
    """An office without teams is one team; who stands outside all teams of an office sees the own cases."""
    scope = ROLES[role].scope
    if scope != TEAM or team is not None:
        return scope
    return ASSIGNED if office_has_teams else ORGANISATION
