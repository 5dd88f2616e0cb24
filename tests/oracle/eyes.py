"""What each user gets from the program, compared with what the law says; the first difference fails with both."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.access.permissions import Actor
from casework.assistance.queries import ledger
from casework.cases import queries
from casework.cases.models import Approval, Case, CaseGroup, GroupMember, Task
from casework.cases.queries import lists
from casework.db import db
from casework.documents.queries import documents_of, get_document
from casework.errors import NotVisible
from casework.overview.queries import board
from casework.people.queries import candidates
from casework.referrals import queries as referrals
from casework.referrals.models import Referral
from tests.oracle import law as laws
from tests.oracle.law import Record, User
from tests.oracle.world import RECORDS, World

SMALL_PAGE = 3


class Eyes:
    """One look of everybody at everything."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.law, self.now, self.rng = world, world.law, world.now, rng

    def compare(self) -> None:
        """Everybody's list; of two users one after another counts, records and all else that the program tells.

        A leak stays until its cause goes, so what one step does not look at, one of the next does.
        """
        db.session.expire_all()
        for user_id, by in self.world.actors.items():
            self._list(by, self.law.users[user_id])
        looks = [self._count, self._tasks, self._referrals]
        looks += [partial(self._records, name=name) for name in RECORDS]
        one, other = self.rng.sample(sorted(self.world.actors), 2)
        for user_id in (one, other):
            for look in self.rng.sample(looks, 3):
                look(self.world.actors[user_id], self.law.users[user_id])
        by, user = self.world.actors[one], self.law.users[one]
        self._page(by, user, self._one_case())
        for look in self.rng.choice(((self._details,), (self._letters, self._groups), (self._search, self._index))):
            look(by, user)

    def _one_case(self) -> UUID:
        """The case just touched, or any."""
        if self.world.touched in self.law.cases and self.rng.random() < 0.7:
            return self.world.touched
        return self.rng.choice(sorted(self.law.cases))

    def _words(self) -> list[str]:
        """Words that find somebody, and one that nobody has or had once."""
        found = sorted({word for words in self.law.words.values() for word in words})
        return [*self.rng.sample(found, 2), self.rng.choice(("Sokaatest", "Darabbtest", "Nobody"))]

    def _same(self, what: str, by: Actor, got: Iterable[Any], right: Iterable[Any]) -> None:
        got, right = list(got), set(right)
        assert len(got) == len(set(got)), f"{what}: twice the same"
        more, less = set(got) - right, right - set(got)
        assert not more, f"LEAK {what}: {self._who(by)} gets {more}"
        assert not less, f"MISSING {what}: {self._who(by)} lacks {less}"

    def _equal(self, what: str, by: Actor, got: object, right: object) -> None:
        assert got == right, f"{what}: {self._who(by)} gets {got!r}, the law says {right!r}"

    def _who(self, by: Actor) -> str:
        user = self.law.users[by.user_id]
        return f"{user.role} ({user.scope}, team {user.team}) of {user.org}"

    # For everybody after each step

    def _list(self, by: Actor, user: User) -> None:
        status = self._status()
        right = self.law.seen_cases(user, self.now, status)
        rows = list(self._pages(by, lists.Filters(status=status)))
        opened = queries.classes_of_many(by, [row.case.id for row in rows])
        self._equal("classes on list", by, {row.case.id: row.classes for row in rows}, opened)
        self._same(f"list {status}", by, [row.case.id for row in rows], right)
        owners = {row.case.id for row in rows if row.owner}
        self._equal("owner mark", by, owners, {i for i in right if self.law.cases[i].owner == user.org})

    def _count(self, by: Actor, user: User) -> None:
        status = self._status()
        right = len(self.law.seen_cases(user, self.now, status))
        listed = queries.list_cases(by, lists.Filters(status=status), limit=1, counted=right + 2)
        self._equal(f"count {status}", by, listed.total, right)
        if status == "open":
            self._equal("count of the board", by, board.figures(by).total, right)

    def _status(self) -> str:
        some_closed = any(case.status == "closed" for case in self.law.cases.values())
        return self.rng.choice(("open", "closed")) if some_closed else "open"

    def _pages(self, by: Actor, filters: lists.Filters) -> Iterable[lists.Row]:
        after = None
        while True:
            page = queries.list_cases(by, filters, after, SMALL_PAGE)
            yield from page.rows
            if page.next is None:
                return
            after = lists.Cursor.read(str(page.next))

    def _records(self, by: Actor, user: User, name: str) -> None:
        got = _ids(queries.visible_records(by, RECORDS[name]), RECORDS[name].id)
        self._same(name, by, got, self._readable(user, self.world.records(name)))

    def _tasks(self, by: Actor, user: User) -> None:
        got = _ids(queries.visible_tasks(by), Task.id)
        self._same("tasks", by, got, {t.id for t in self.world.tasks() if self.law.works_on(user, t, self.now)})

    def _readable(self, user: User, records: Iterable[Record]) -> set[UUID]:
        return {record.id for record in records if self.law.reads(user, record, self.now)}

    def _referrals(self, by: Actor, user: User) -> None:
        known = {r.id for r in self.law.referrals.values() if self.law.knows(user, r, self.now)}
        got = _ids(referrals.visible_referrals(by), Referral.id)
        self._same("referrals", by, got, known)

    def _page(self, by: Actor, user: User, case_id: UUID) -> None:
        try:
            queries.get_case(by, case_id)
            got = True
        except NotVisible:
            got = False
        self._equal(f"case page {case_id}", by, got, self.law.sees(user, case_id, self.now))

    # For one user in turn

    def _details(self, by: Actor, user: User) -> None:
        case_id = self._one_case()
        every, own = self.law.opened(user, case_id, self.now)
        classes = queries.classes_of(by, case_id)
        self._equal("classes", by, (classes.all, classes.all | classes.own), (every, every | own))
        case = db.session.get_one(Case, case_id)
        named = self.law.named(user, case_id, self.now)
        self._equal("name on page", by, queries.name_on_page(by, case) is not None, named)
        listed = named and self.law.cases[case_id].owner == user.org
        self._equal("name on list", by, bool(queries.names_on_list(by, [case])), listed)
        got: dict[str, list[UUID]] = {
            "note": [note.id for note, _ in queries.notes_of(by, case_id, limit=500)],
            "timeline_entry": [entry.id for entry in queries.timeline(by, case_id, limit=500)],
            "service_line": [row.line.id for row in ledger(by, case, limit=500)],
            "document": [row.id for row, _ in documents_of(by, case_id)],
        }
        for name, ids in got.items():
            right = self._readable(user, [r for r in self.world.records(name) if r.case == case_id])
            if name == "document" and not laws.ROLES[user.role].opens:
                right = set()
            self._same(f"{name} of a case", by, ids, right)
        for row in self.world.records("document"):
            self._attachment(by, row, row.id in got["document"], case_id)

    def _attachment(self, by: Actor, row: Record, allowed: bool, case_id: UUID) -> None:
        try:
            get_document(by, case_id, row.id)
            opened = True
        except NotVisible:
            opened = False
        self._equal("attachment", by, opened, allowed and row.case == case_id)

    def _search(self, by: Actor, user: User) -> None:
        case = self.law.cases[self._one_case()]
        seen = {case.id} if self.law.sees(user, case.id, self.now) else set()
        self._same("search by code", by, [c.id for c in queries.find(by, case.code)], seen)
        for word in self._words():
            right = self.law.found(user, word, self.now)
            self._same(f"search by {word}", by, [c.id for c in queries.find(by, word)], right)

    def _letters(self, by: Actor, user: User) -> None:
        known = [r for r in self.law.referrals.values() if self.law.knows(user, r, self.now)]
        box, side = self.rng.choice((("in", "to"), ("out", "author")))
        for open_only in (True, False):
            rows, _ = referrals.list_referrals(by, box, open_only=open_only)
            right = {r.id for r in known if getattr(r, side) == user.org and (r.status in laws.OPEN) == open_only}
            self._same(f"box {box}", by, [row.id for row, _ in rows], right)
            if open_only:
                self._equal(f"count of box {box}", by, referrals.count_referrals(by, box), len(right))
        case_id = self._one_case()
        got = [row.id for row in referrals.for_case(by, case_id)]
        self._same("referrals of a case", by, got, {r.id for r in known if r.case == case_id})
        for referral in known:
            row = referrals.get_referral(by, referral.id)
            self._equal("state of referral", by, row.status, referral.status)
            lines, allowed = referrals.packet_for(by, row), self.law.reads_packet(user, referral, self.now)
            self._equal("packet open", by, lines is not None, allowed is not None)
            self._equal("classes sent", by, {r.data_class for r in referrals.classes_sent(row)}, referral.rows.keys())
            self._equal("lines of packet", by, {line.data_class for line in lines or ()} - (allowed or set()), set())
        got = _ids(queries.waiting_approvals(by), Approval.id)
        self._same("approvals", by, got, self._decidable(user))

    def _decidable(self, user: User) -> set[UUID]:
        if not laws.ROLES[user.role].approves:
            return set()
        return {
            row.id
            for row, asked_by in self.world.approvals()
            if row.author == user.org and asked_by != user.id and self.law.sees(user, row.case, self.now)
            and row.data_class in laws.ROLES[user.role].classes
        }  # fmt: skip

    def _groups(self, by: Actor, user: User) -> None:
        members: dict[UUID, set[UUID]] = {}
        for group_id, case_id in db.session.execute(select(GroupMember.group_id, GroupMember.case_id)):
            members.setdefault(group_id, set()).add(case_id)
        seen = self.law.seen_cases(user, self.now)
        got = _ids(queries.visible_groups(by), CaseGroup.id)
        self._same("groups", by, got, {group for group, cases in members.items() if cases & seen})
        for group_id, cases in members.items():
            self._same("members", by, [c.id for c in queries.members_of(by, group_id)], cases & seen)

    def _index(self, by: Actor, user: User) -> None:
        """No office's index keeps a name that it can't open any more."""
        allowed, office = self.law.indexed(user.org, self.now), user.org
        for word in self._words():
            stale = set(candidates(office, word)) - allowed
            assert not stale, f"LEAK index: office {office} still finds {word!r}"


def _ids(query: Any, column: Any) -> list[UUID]:
    return list(db.session.scalars(query.with_only_columns(column, maintain_column_froms=True)))
