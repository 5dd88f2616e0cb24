"""Keeps the statistics row of a case in step with what is known; called by the services that change a cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import delete

from casework.cases.models import Case, CaseStatistic, CaseStatisticForm
from casework.codes.dates import ALWAYS, ages
from casework.codes.queries import find
from casework.db import db
from casework.people.models import Person

ADULT = 18


def age_group(person: Person, on: date) -> str:
    """adult, child or unknown on a day; a range that holds both counts as child (child when in doubt)."""
    if person.minor_until == ALWAYS or person.birth_year is None:
        return "unknown"
    years = ages(person.birth_year, person.birth_precision, on)
    if years is None:
        return "unknown"
    return "child" if on <= person.minor_until and years.lowest < ADULT else "adult"


def refresh_statistics(case: Case) -> CaseStatistic:
    """Write the row of a live case from its person. Imported rows keep what their file said."""
    row = db.session.get(CaseStatistic, case.id)
    if row is not None and case.historical:
        return row
    person = db.session.get_one(Person, case.person_id)
    if row is None:
        row = CaseStatistic(case_id=case.id, exploitation_region="unknown")
        db.session.add(row)
    country = find("country", person.origin_country) if person.origin_country else None
    row.opened_from = row.opened_to = case.opened_on
    row.sex = person.sex
    row.age_group = age_group(person, case.opened_on)
    row.origin_country = person.origin_country
    row.origin_region = (country.extra.get("region") if country else None) or "unknown"
    db.session.flush()
    return row


def set_disability(case_id: UUID, value: str) -> None:
    """Count the person of a case as disabled or not: the one thing of a health check that statistics use."""
    row = db.session.get(CaseStatistic, case_id)
    if row is not None:
        row.disability = value
        db.session.flush()


def set_forms(case_id: UUID, forms: Iterable[str]) -> None:
    """Replace the forms of exploitation counted for a case (identification calls this after each change)."""
    db.session.execute(delete(CaseStatisticForm).where(CaseStatisticForm.case_id == case_id))
    db.session.add_all([CaseStatisticForm(case_id=case_id, form=form) for form in sorted(set(forms))])
    db.session.flush()
