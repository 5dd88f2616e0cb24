"""Reads of what is kept of reports: the own filters, and the frozen reports of the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import exists, or_, select

from casework.access.permissions import Actor, Scope
from casework.cases.models import Exclusion
from casework.db import db, today, utcnow
from casework.errors import NotVisible
from casework.reports.measures import Measure, digest, read, withheld
from casework.reports.models import FrozenReport, FrozenReportSealed, SavedFilter, SavedFilterSealed
from casework.reports.workflow import ReferralFilter, days_of, read_filter
from casework.vault import fields

FROZEN_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """One of the own filters with its name, and the filter as it means today."""

    row: SavedFilter
    name: str
    wanted: ReferralFilter


def filters_of(by: Actor) -> list[Kept]:
    """The actor's own filters at this office, by name. Two statements."""
    mine = (SavedFilter.user_id == by.user_id, SavedFilter.org_id == by.organisation_id)
    rows = db.session.scalars(select(SavedFilter).where(*mine)).all()
    ids = [row.id for row in rows]
    sealed = db.session.scalars(select(SavedFilterSealed).where(SavedFilterSealed.id.in_(ids))).all() if ids else []
    names = fields.unseal_many(sealed, "name")
    kept = [Kept(row, str(names.get(row.id) or ""), _today(row)) for row in rows]
    return sorted(kept, key=lambda one: one.name.casefold())


def _today(row: SavedFilter) -> ReferralFilter:
    wanted = read_filter(row.filters)
    if row.span == "fixed":
        return wanted
    first, last = days_of(row.span, today())
    return replace(wanted, first=first, last=last)


@dataclass(frozen=True, slots=True)
class Words:
    """What a frozen report is called, to whom it was handed in, and a remark."""

    title: str
    receiver: str
    remark: str


def frozen_reports(by: Actor) -> Sequence[FrozenReport]:
    """Reports that the actor's office froze, newest first."""
    query = select(FrozenReport).where(FrozenReport.author_org_id == by.organisation_id)
    return db.session.scalars(
        query.order_by(FrozenReport.frozen_at.desc(), FrozenReport.id.desc()).limit(FROZEN_SHOWN)
    ).all()


def get_frozen(by: Actor, frozen_id: UUID) -> FrozenReport:
    """A frozen report of the actor's office, or NotVisible."""
    row = db.session.get(FrozenReport, frozen_id)
    if row is None or row.author_org_id != by.organisation_id:
        raise NotVisible
    return row


def words_of_frozen(rows: Sequence[FrozenReport]) -> dict[UUID, Words]:
    """Title, receiver and remark of reports one may see. One statement whatever their number."""
    ids = [row.id for row in rows]
    sealed = db.session.scalars(select(FrozenReportSealed).where(FrozenReportSealed.id.in_(ids))).all() if ids else []
    found = {name: fields.unseal_many(sealed, name) for name in ("title", "receiver", "remark")}
    return {key: Words(*(str(found[name].get(key) or "") for name in found)) for key in ids}


def entitled(by: Actor, row: FrozenReport) -> bool:
    """Whether the exact numbers are for this reader: the role reaches as far and reads as much as that of who froze
    it, and the reader is kept away from no case. Everybody else sees small numbers withheld."""
    if by.scope < Scope[row.reach] or not by.classes.issuperset(row.classes.split(",")):
        return False
    if by.scope < Scope.ORGANISATION and row.author_user_id != by.user_id:
        return False
    now = utcnow()
    away = exists(
        select(1).where(Exclusion.user_id == by.user_id, or_(Exclusion.ended_at.is_(None), Exclusion.ended_at > now))
    )
    return not db.session.scalar(select(away))


def figures_of(by: Actor, row: FrozenReport) -> tuple[list[Measure], bool]:
    """The frozen figures as this reader may see them, and whether they are exact."""
    exact = entitled(by, row)
    found = read(row.figures)
    return (found if exact else withheld(found)), exact


def digest_of(row: FrozenReport) -> str:
    """The fingerprint of what a frozen report holds."""
    days = f"{row.first.isoformat()}/{row.last.isoformat()}"
    who = f"{row.author_org_id}/{row.author_user_id}/{row.frozen_at.isoformat()}"
    return digest(str(row.id), row.report, days, who, row.filters, row.figures, row.reach, row.classes)
