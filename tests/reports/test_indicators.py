"""Indicators equal a computation made apart: plain loops over what the test itself wrote."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import event

from casework.access.permissions import Actor
from casework.assistance.models.lines import ServiceLine
from casework.assistance.models.needs import EmergencyNeed
from casework.cases.models import Exclusion, Note
from casework.codes import queries as codes
from casework.consent.models import ConsentEntry
from casework.db import at, db, uuid7
from casework.errors import InvalidInput
from casework.identification.models.event import EventCase, TraffickingEvent
from casework.identification.models.screening import Screening
from casework.referrals.models import Referral
from casework.reintegration.models.assessment import Assessment, SafetyPlan
from casework.reintegration.models.closure import Closure
from casework.reintegration.models.followups import FollowUp
from casework.reintegration.models.plan import Plan, PlanGoal
from casework.repatriation.models.facts import ReturnCheck, ReturnDecision
from casework.repatriation.models.feedback import ReturnFeedback
from casework.repatriation.models.handover import Handover
from casework.repatriation.models.path import ReturnPath, ReturnStep
from casework.reports.queries.indicators import Period, indicators
from tests import factories as make
from tests.reports.indicator_world import FIRST, LAST, Row, Street
from tests.signin import enter

CASES = 5_000
NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
PERIOD = Period(FIRST, LAST)
ICT = timezone(timedelta(hours=7))
"""Phnom Penh: seven hours ahead all year."""


@pytest.fixture
def street(session: Any) -> Street:
    """One office with CASES random cases, two of them closed to the user."""
    codes.forget()
    with at(NOW):
        street = Street(CASES, seed=12)
        for row in street.cases[:2]:
            row["kept_away"] = True
            db.session.add(
                Exclusion(id=uuid7(), case_id=row["id"], user_id=street.by.user_id, reason="conflict_of_interest",
                          starts_at=NOW - timedelta(days=1), by_user_id=street.coordinator.user_id)
            )  # fmt: skip
        db.session.flush()
    return street


@dataclass
class Count:
    """The same figures by plain loops: indicator -> (numerator, denominator), and what has more than these."""

    street: Street
    got: dict[str, tuple[float, int]] = field(default_factory=dict)
    days: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    bands: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    money: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        facts = self.street.facts
        self.by_case: dict[type[Any], dict[Any, list[Row]]] = {}
        for model, rows in facts.rows.items():
            self.by_case[model] = defaultdict(list)
            for row in rows:
                self.by_case[model][row.get("case_id")].append(row)
        self.goals: dict[Any, list[Row]] = defaultdict(list)
        for row in facts.rows[PlanGoal]:
            self.goals[row["plan_id"]].append(row)
        self.cases = [row for row in self.street.cases if self.counts(row)]

    def counts(self, case: Row) -> bool:
        """The office's own, running, not a merged double, not kept from the user."""
        if case["historical"] or case["other_owner"] or case.get("kept_away"):
            return False
        return not any(
            row["state"] == "approved" and row["reason"] == "duplicate_merged" for row in self.of(Closure, case)
        )

    def of(self, model: type[Any], case: Row) -> list[Row]:
        return self.by_case.get(model, {}).get(case["id"], [])

    def put(self, code: str, numerator: float, denominator: int) -> None:
        self.got[code] = (numerator, denominator)


def inside(day: date | None) -> bool:
    return day is not None and FIRST <= day <= LAST


def local(moment: datetime) -> date:
    return moment.astimezone(ICT).date()


def known(count: Count, case: Row) -> str:
    """What another office decided is not the office's to count."""
    mine = case["identified_by"] == count.street.office.id
    return str(case["identified_as"]) if mine else "unknown"


def by_cases(count: Count) -> None:
    opened = [case for case in count.cases if inside(case["opened_on"])]
    active = [c for c in count.cases if c["opened_on"] <= LAST and (c["closed_on"] is None or c["closed_on"] >= FIRST)]
    ended = [c for c in count.cases if c["opened_on"] <= LAST and (c["closed_on"] is None or c["closed_on"] > LAST)]
    closed = [case for case in count.cases if inside(case["closed_on"])]
    count.put("cases_opened", len(opened), 0)
    count.put("assessment_done", sum(bool(count.of(Assessment, case)) for case in opened), len(opened))
    mine = [case for case in opened if case["identified_by"] == count.street.office.id]
    at_risk = [case for case in mine if case["risk_level"] in ("medium", "high")]
    count.put("safety_plan_done", sum(bool(count.of(SafetyPlan, case)) for case in at_risk), len(at_risk))
    plans = {"plan_done": lambda p: p["state"] != "draft", "plan_approved": lambda p: p["approved_on"] is not None}
    for code, rule in plans.items():
        count.put(code, sum(any(rule(plan) for plan in count.of(Plan, case)) for case in opened), len(opened))
    screened = [
        c for c in opened
        if known(count, c) != "unknown" or any(s["state"] == "finished" for s in count.of(Screening, c))
    ]  # fmt: skip
    presumed = [c for c in opened if known(count, c) in ("presumed", "formal")]
    count.put("funnel_presumed", len(presumed), len(screened))
    count.put("funnel_formal", sum(c["identified_as"] == "formal" for c in presumed), len(presumed))
    sent = [any(r["status"] != "draft" for r in count.of(Referral, c)) for c in presumed]
    count.put("funnel_referred", sum(sent), len(presumed))
    count.put("funnel_assisted", sum(bool(standing(count.of(ServiceLine, c))) for c in presumed), len(presumed))
    count.put("closure_rate", len(closed), len(active))
    recent = LAST - timedelta(days=182)
    reviewed = [any(recent <= local(e["recorded_at"]) <= LAST for e in count.of(ConsentEntry, c)) for c in ended]
    count.put("consent_reviewed", sum(reviewed), len(ended))
    quiet = LAST - timedelta(days=29)
    silent = [not any(quiet <= local(n["recorded_at"]) <= LAST for n in count.of(Note, c)) for c in ended]
    count.put("silent_cases", sum(silent), len(ended))
    for case in closed:
        days = (case["closed_on"] - case["opened_on"]).days
        count.bands["open_to_close"][next(n for n, top in BANDS["open_to_close"] if days <= top)] += 1
    by_events(count, opened)
    by_closures(count, closed)
    by_work(count, active)


RARE = {"retrafficked": 2}
"""What seldom meets in random cases; every other figure counts more than ten."""
BANDS = {
    "open_to_close": [("0-30", 30), ("31-90", 90), ("91-180", 180), ("181+", 10**6)],
    "report_delay": [("0-3", 3), ("4-5", 5), ("6-14", 14), ("15-30", 30), ("31-90", 90), ("91+", 10**6)],
    "active_caseload": [("0-9", 9), ("10-19", 19), ("20-29", 29), ("30+", 10**6)],
}


def standing(lines: Sequence[Row]) -> list[Row]:
    gone = {line["reverses_id"] for line in lines}
    return [line for line in lines if line["reverses_id"] is None and line["id"] not in gone]


def by_events(count: Count, opened: list[Row]) -> None:
    events = {row["id"]: row for row in count.street.facts.rows[TraffickingEvent]}
    for case in opened:
        known = [events[link["event_id"]] for link in count.of(EventCase, case)]
        ends = [one["occurred_to"] for one in known if one["occurred_precision"] == "day"]
        if ends:
            days = max(0, (case["opened_on"] - max(ends)).days)
            count.bands["report_delay"][next(n for n, top in BANDS["report_delay"] if days <= top)] += 1


def by_closures(count: Count, closed: list[Row]) -> None:
    newest = []
    for case in closed:
        approved = [row for row in count.of(Closure, case) if row["state"] == "approved"]
        if approved:
            newest.append(max(approved, key=lambda row: (row["recorded_at"], row["id"])))
    asked = [row for row in newest if row["person_view"] != "could_not_be_asked"]
    count.put("closure_agreed", sum(row["person_view"] == "agrees" for row in asked), len(asked))
    count.put("lost_contact", sum(row["reason"] == "lost_contact" for row in newest), len(newest))


def by_work(count: Count, active: list[Row]) -> None:
    referrals = [r for c in count.cases for r in count.of(Referral, c)]
    referrals = [
        r for r in referrals if r["kind"] == "referral" and r["status"] != "draft" and inside(local(r["sent_at"]))
    ]
    in_time = [r for r in referrals if r["answered_at"] is not None and r["answered_at"] <= r["due_at"]]
    accepted = [r for r in referrals if r["status"] in ("accepted", "service_started", "done")]
    count.put("referral_72h", len(in_time), len(referrals))
    count.put("referral_confirmed", sum(r["status"] == "done" for r in accepted), len(accepted))
    count.put("referrals_per_case", len(referrals), len(active))
    visits = [v for c in count.cases for v in count.of(FollowUp, c) if v["state"] != "cancelled"]
    due = [v for v in visits if inside(v["due_on"])]
    on_time = [v for v in due if v["state"] == "done" and (v["done_on"] - v["due_on"]).days <= 7]
    count.put("followup_on_time", len(on_time), len(due))
    count.put("followups_per_case", sum(v["state"] == "done" and inside(v["done_on"]) for v in visits), len(active))
    plans = [p for c in active for p in count.of(Plan, c) if p["state"] == "approved"]
    goals = [goal for plan in plans for goal in count.goals[plan["id"]]]
    count.put("goal_progress", sum(goal["state"] == "reached" for goal in goals), len(goals))
    loads = Counter(c["carrier"] for c in count.cases if c["status"] == "open" and c["carrier"] is not None)
    for load in loads.values():
        count.bands["active_caseload"][next(n for n, top in BANDS["active_caseload"] if load <= top)] += 1
    first_day(count)
    again(count)
    costs: dict[str, list[Row]] = defaultdict(list)
    for case in count.cases:
        for line in count.of(ServiceLine, case):
            if line["cost"] is not None and inside(local(line["occurred_at"])):
                costs[line["currency"]].append(line)
    count.money = {c: [sum(r["cost"] for r in rows), len({r["case_id"] for r in rows})] for c, rows in costs.items()}


def first_day(count: Count) -> None:
    flagged = helped = 0
    for case in count.cases:
        needs = [n for n in count.of(EmergencyNeed, case) if n["need"] != "clothes" and n["state"] != "declined"]
        said = min((n["recorded_at"] for n in needs), default=None)
        if said is None or not inside(local(said)):
            continue
        flagged += 1
        helped += any(n["state"] == "given" and n["recorded_at"] - said <= timedelta(hours=24) for n in needs)
    count.put("first_assist_24h", helped, flagged)


def again(count: Count) -> None:
    """One person has one case here."""
    events = {row["id"]: row for row in count.street.facts.rows[TraffickingEvent]}
    followed = twice = 0
    for case in count.cases:
        if not any(v["state"] == "done" and inside(v["done_on"]) for v in count.of(FollowUp, case)):
            continue
        followed += 1
        home = [local(h["at"]) for h in count.of(Handover, case) if h["state"] == "signed" and local(h["at"]) <= LAST]
        began = [events[link["event_id"]]["occurred_from"] for link in count.of(EventCase, case)]
        twice += bool(home and any(min(home) < day <= LAST for day in began))
    count.put("retrafficked", twice, followed)


def by_returns(count: Count) -> None:
    free = codes.holidays("KHM")
    planned = safe = home = told = 0
    for case in count.cases:
        if case["closed_on"] and inside(case["closed_on"]):
            paths = [path for path in count.of(ReturnPath, case) if path["direction"] == "INBOUND"]
            came = any(path["state"] != "stopped" for path in paths)
            home += came
            told += came and bool(count.of(ReturnFeedback, case))
        for step in count.of(ReturnStep, case):
            if step["state"] != "done" or not inside(step["done_on"]):
                continue
            span = [
                step["started_on"] + timedelta(days=n + 1) for n in range((step["done_on"] - step["started_on"]).days)
            ]
            if step["code"] == "IN03_nationality":
                count.days["days_nationality"].append(sum(d.weekday() < 5 and d not in free for d in span))
            else:
                count.days["days_family"].append(len(span))
        for path in count.of(ReturnPath, case):
            handed = [h for h in count.of(Handover, case) if h["path_id"] == path["id"] and h["state"] == "signed"]
            if not handed or not inside(local(handed[0]["at"])):
                continue
            day = local(handed[0]["at"])
            count.days["days_return"].append(max(0, (day - path["started_on"]).days))
            if not path["arranged"]:
                continue
            planned += 1
            travel = path["travel_on"] or day
            answers = [d for d in count.of(ReturnDecision, case) if d["decided_on"] <= travel]
            answers.sort(key=lambda row: (row["recorded_at"], row["id"]))
            checks = [c for c in count.of(ReturnCheck, case) if c["kind"] == "safety" and c["checked_on"] <= travel]
            good = any(c["result"] != "no" for c in checks)
            safe += bool(answers and answers[-1]["answer"] == "yes" and good)
    count.put("return_safeguarded", safe, planned)
    count.put("feedback_sent", told, home)


@pytest.mark.apart
def test_indicators_equal_an_independent_count(street: Street) -> None:
    with at(NOW):
        count = Count(street)
        by_cases(count)
        by_returns(count)
        found = {figure.code: figure for figure in indicators(street.by, PERIOD)}
    wrong = []
    for code, (numerator, denominator) in count.got.items():
        figure = found.pop(code)
        if (figure.numerator, figure.denominator or 0) != (numerator, denominator):
            wrong.append(f"{code}: {figure.numerator}/{figure.denominator}, counted {numerator}/{denominator}")
        elif denominator and figure.value is not None:
            assert figure.value == pytest.approx(numerator / denominator * (1 if "per_case" in code else 100), abs=0.06)
        assert numerator > RARE.get(code, 10), f"{code} is hardly tried"
    for code, days in count.days.items():
        ranked, figure = sorted(days), found.pop(code)
        middle = (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2
        slow = ranked[math.ceil(0.9 * len(ranked)) - 1]
        if (figure.denominator, figure.value, figure.slow) != (len(ranked), middle, slow):
            wrong.append(f"{code}: {figure}, counted {len(ranked)} {middle} {slow}")
    for code, bands in count.bands.items():
        figure = found.pop(code)
        if {part.code: part.numerator for part in figure.parts} != {name: bands[name] for name, _ in BANDS[code]}:
            wrong.append(f"{code}: {figure.parts}, counted {bands}")
    costs = {part.code: [part.numerator, part.denominator] for part in found.pop("cost_per_person").parts}
    assert costs == count.money
    supervisors = found.pop("supervisor_ratio")
    assert (supervisors.numerator, supervisors.denominator) == (61, 0)
    assert not wrong, "\n".join(wrong)
    assert not found, "every indicator is counted here as well"


@pytest.mark.parametrize("code", ["silent_cases", "report_delay"])
def test_a_role_without_the_class_is_not_told_a_nought(session: Any, code: str) -> None:
    with at(NOW):
        street = Street(30, seed=3)
        assert code in {figure.code for figure in indicators(street.by, PERIOD)}
        assert code not in {figure.code for figure in indicators(street.coordinator, PERIOD)}


def test_another_office_counts_nothing_of_ours(session: Any) -> None:
    with at(NOW):
        street = Street(40, seed=5)
        other = Street(1, seed=6)
        found = {figure.code: figure for figure in indicators(other.by, PERIOD)}
        mine = {figure.code: figure for figure in indicators(street.by, PERIOD)}
        assert mine["closure_rate"].denominator > 5
        assert (found["closure_rate"].denominator or 0) <= 1


def test_statements_do_not_grow_with_the_cases(session: Any) -> None:
    numbers = []
    for count in (5, 200):
        with at(NOW):
            street = Street(count, seed=count)
            indicators(street.by, PERIOD)
            numbers.append(statements(street.by))
    assert numbers[0] == numbers[1] <= 24


def statements(by: Actor) -> int:
    seen: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        seen.append(statement)

    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", note)
    indicators(by, PERIOD)
    event.remove(connection, "before_cursor_execute", note)
    return len(seen)


def test_a_period_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(InvalidInput):
        Period(LAST, FIRST)
    with pytest.raises(InvalidInput):
        Period(date(2010, 1, 1), date(2026, 1, 1))


def days(name: str, day: date) -> str:
    return f"{name}-day={day.day}&{name}-month={day.month}&{name}-year={day.year}"


def test_the_page_says_value_counted_and_n(session: Any, client: Any) -> None:
    with at(NOW):
        street = Street(60, seed=9)
        found = {figure.code: figure for figure in indicators(street.by, PERIOD)}
        asked = f"{days('first', FIRST)}&{days('last', LAST)}"
        page = enter(client(), street.by.username).get(f"/reports/indicators?{asked}")
    assert page.status == 200
    rate = found["closure_rate"]
    assert f"{rate.numerator:.0f}" in page.text
    assert f"{rate.value:g} %" in page.text
    assert "cases closed in period" in page.text


@pytest.mark.parametrize("query", ["first-day=1", f"{days('first', LAST)}&{days('last', FIRST)}"])
def test_a_period_that_makes_no_sense_is_said_beside_the_field(session: Any, client: Any, query: str) -> None:
    with at(NOW):
        by = make.actor("mission_officer", at_office=make.office())
        page = enter(client(), by.username).get(f"/reports/indicators?{query}")
    assert page.status == 422
    assert page.query(".govuk-error-summary")
