"""Scores over time, how things stood, trying to reach somebody, what befell, and how long data are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, select

from casework.access.permissions import Actor
from casework.cases.models import Case
from casework.cases.queries import classes_of, visible_records
from casework.codes import queries as codes
from casework.db import db
from casework.reintegration.models import (
    FactReport,
    FactReportSealed,
    FollowUp,
    OutcomeScore,
    Retention,
    SustainabilityScore,
)
from casework.reintegration.queries.closure import attempts
from casework.reintegration.workflow import ClosureRule
from casework.vault import fields
from casework.vault.models import LegalHold


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one visit: areas of life 1 to 4, dimensions of lasting in hundredths."""

    on: date
    areas: dict[str, int]
    lasting: dict[str, int]


@dataclass(frozen=True, slots=True)
class Tries:
    """How far the tries to reach somebody are: what counts, what is still asked, and from when on it is enough."""

    count: int
    needed: int
    last: date | None
    enough_from: date | None

    @property
    def left(self) -> int:
        """How many tries are still asked."""
        return max(self.needed - self.count, 0)

    @property
    def enough(self) -> bool:
        """True when somebody was tried often enough, and over days enough, to count as lost."""
        return self.left == 0 and (self.needed == 0 or (self.last or date.min) >= (self.enough_from or date.max))


def scores(by: Actor, case: Case) -> list[Scores]:
    """All scores of a case that the actor may see, oldest first."""
    done = visible_records(by, FollowUp).where(FollowUp.case_id == case.id, FollowUp.state == "done")
    visits = {row.id: row for row in db.session.scalars(done.order_by(FollowUp.done_on, FollowUp.id))}
    areas: dict[object, dict[str, int]] = {}
    for one in db.session.scalars(select(OutcomeScore).where(OutcomeScore.follow_up_id.in_(list(visits)))):
        areas.setdefault(one.follow_up_id, {})[one.domain] = one.score
    lasting: dict[object, dict[str, int]] = {}
    for two in db.session.scalars(
        select(SustainabilityScore).where(SustainabilityScore.follow_up_id.in_(list(visits)))
    ):
        lasting.setdefault(two.follow_up_id, {})[two.domain] = two.hundredths
    return [
        Scores(visit.done_on or visit.due_on, areas.get(visit.id, {}), lasting.get(visit.id, {}))
        for visit in visits.values()
        if visit.id in areas or visit.id in lasting
    ]


def lasting_domains(language: str | None = None) -> list[codes.Choice]:
    """The dimensions of lasting reintegration that are asked; the composite is worked out from them."""
    rows = codes.choices("outcome_domain", group="reintegration sustainability", language=language)
    return [row for row in rows if row.code != COMPOSITE]


COMPOSITE = "rss_composite"


def tries(by: Actor, case: Case, rule: ClosureRule) -> Tries:
    """The tries since the person was last reached, on different days and by safe channels, against what a rule asks."""
    reached = visible_records(by, FollowUp).where(FollowUp.case_id == case.id, FollowUp.state == "done")
    last = db.session.scalars(reached.order_by(FollowUp.done_on.desc()).limit(1)).first()
    since = last.done_on if last is not None and last.done_on else date.min
    counted = (row.tried_on for row in attempts(by, case) if not rule.modes or row.mode in rule.modes)
    days = sorted({day for day in counted if day > since})
    enough = days[0] + timedelta(days=rule.days) if days else None
    return Tries(len(days), rule.attempts, days[-1] if days else None, enough)


def fact_report(by: Actor, case: Case) -> tuple[FactReport, dict[str, str]] | None:
    """What is known of the newest fact, with its words, when the actor may see it."""
    rows = visible_records(by, FactReport).where(FactReport.case_id == case.id)
    row = db.session.scalars(rows.order_by(FactReport.recorded_at.desc(), FactReport.id.desc()).limit(1)).first()
    if row is None:
        return None
    sealed = db.session.get(FactReportSealed, row.id)
    words = {name: (fields.unseal(sealed, name) if sealed else None) or "" for name in ("known", "next_of_kin")}
    if not classes_of(by, case.id).opens("family", row.author_org_id, by):
        words["next_of_kin"] = ""
    return row, words


def held(case: Case) -> bool:
    """True while a court or a claim needs the records of the person."""
    stands = exists().where(LegalHold.person_id == case.person_id, LegalHold.lifted_at.is_(None))
    return bool(db.session.scalar(select(stands)))


def retention_of(case: Case) -> Retention | None:
    """Until when the data of a visible closed case are kept."""
    return db.session.get(Retention, case.id)
