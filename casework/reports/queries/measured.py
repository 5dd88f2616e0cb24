"""What a report says now, as figures with their definitions: the same for the page, for freezing and for comparing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from casework.access.permissions import Actor, Permission, require
from casework.codes import queries as codes
from casework.errors import InvalidInput, n_
from casework.reports.measures import Measure
from casework.reports.queries.indicators import Figure, Period, indicators
from casework.reports.queries.persons import persons
from casework.reports.queries.referrals import figures
from casework.reports.workflow import ReferralFilter, read_filter

REFERRALS = {
    "sent": n_("Sent"),
    "in_time": n_("Answered in time"),
    "median_hours": n_("Median hours to the answer"),
    "slow_hours": n_("Nine of ten answered within, hours"),
    "declined": n_("Declined"),
    "by_status": n_("State"),
    "by_service": n_("Service"),
    "by_priority": n_("Priority"),
}
PERSONS = {
    "persons": n_("Persons helped"),
    "persons_service": n_("Persons by service"),
    "persons_donor": n_("Persons by donor"),
    "persons_sex": n_("Persons by sex"),
    "persons_age": n_("Persons by age"),
    "persons_sex_age": n_("Persons by sex and age"),
}
COUNTED = {
    "sent": n_("referrals sent in these days, as far as they may be seen"),
    "in_time": n_("answered within the limit of their priority, of those sent"),
    "median_hours": n_("from sending to the answer, of those answered"),
    "slow_hours": n_("from sending to the answer, of those answered"),
    "declined": n_("in the state 'declined', of those sent"),
    "persons": n_("different persons with at least one line of help in these days; lines taken back are left out"),
}
"""How the figures of referrals and persons are counted; those of the indicators stand in the list kpi."""
DEFINED = ("numerator", "denominator")
"""Words of the list kpi that say what is counted and of what; their Khmer stands beside them under `_km`."""
LISTS = {"by_status": "referral_status", "by_service": "service_type", "by_priority": "referral_priority"}


def measured(by: Actor, report: str, filters: str) -> list[Measure]:
    """The figures of a report under a filter (JSON of codes), with the rights of the actor."""
    if report == "referrals":
        require(by, Permission.REPORT_REFERRALS)
        return [_defined(one) for one in _referrals(by, read_filter(filters))]
    require(by, Permission.REPORT_STATISTICS)
    period, rest = read_period(filters)
    if report == "indicators":
        return [one for figure in indicators(by, period) for one in _indicator(figure)]
    if report == "persons":
        found = persons(by, period, rest.get("donor"))
        return [_defined(one) for one in found.measures()] if found else []
    raise InvalidInput(n_("Choose from the list."), field="report")


def definition_of(one: Measure, language: str) -> dict[str, str]:
    """A figure's definition as it was frozen, in a language.

    What was frozen before there was Khmer shows today's, as long as the English words under it are still the same.
    """
    said = dict(one.definition)
    row = codes.find("kpi", one.key)
    for name in DEFINED if language == "km" else ():
        today = row.attribute(name, language) if row and row.extra.get(name) == said.get(name) else ""
        if words := said.get(f"{name}_km") or today:
            said[name] = words
    return said


def defined(code: str, language: str) -> dict[str, str]:
    """What an indicator is called, what is counted and of what, in a language."""
    row = codes.get("kpi", code)
    return {"words": row.in_language(language), **{name: row.attribute(name, language) for name in DEFINED}}


def read_period(filters: str) -> tuple[Period, Mapping[str, str]]:
    """The period in a filter, and what else narrows it. Raises InvalidInput for anything else."""
    try:
        values = json.loads(filters)
        days = [date.fromisoformat(values.pop(name)) for name in ("first", "last")]
        return Period(*days), {str(name): str(value) for name, value in values.items() if value}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InvalidInput(n_("The filter can't be read. Open the report again.")) from None


def write_period(period: Period, **more: str | None) -> str:
    """A period and what else narrows it, as JSON of codes and days."""
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return json.dumps({**days, **{name: value for name, value in more.items() if value}}, sort_keys=True)


def days_in(report: str, filters: str) -> tuple[date, date]:
    """First and last day of a filter."""
    if report == "referrals":
        wanted: ReferralFilter = read_filter(filters)
        return wanted.first, wanted.last
    period, _ = read_period(filters)
    return period.first, period.last


def _defined(one: Measure) -> Measure:
    words = {**REFERRALS, **PERSONS}.get(one.key, one.key)
    counted = COUNTED.get(one.key, "")
    return replace(one, words={"en": words}, definition={"numerator": counted} if counted and not one.part else {})


def _referrals(by: Actor, wanted: ReferralFilter) -> list[Measure]:
    found = figures(by, wanted)
    sent, answered = found.all.sent, found.all.answered
    rows = [
        Measure("sent", value=sent, counted=sent),
        Measure("in_time", unit="percent", value=found.in_time_percent, counted=found.all.in_time, n=sent),
        Measure("median_hours", unit="hours", value=found.median_hours, n=answered),
        Measure("slow_hours", unit="hours", value=found.slow_hours, n=answered),
        Measure("declined", value=found.declined, counted=found.declined, n=sent),
    ]
    for key, groups in (
        ("by_status", found.by_status),
        ("by_service", found.by_service),
        ("by_priority", found.by_priority),
    ):
        rows += [
            Measure(key, code, LISTS[key], "count", group.sent, group.sent)
            for code, group in sorted(groups.items(), key=lambda item: (-item[1].sent, item[0]))
        ]
    return rows


def _indicator(figure: Figure) -> list[Measure]:
    row = codes.get("kpi", figure.code)
    unit = row.extra.get("unit", "count")
    names = (*DEFINED, *(f"{name}_km" for name in DEFINED), "target")
    definition = {name: row.extra[name] for name in names if row.extra.get(name)}
    if row.note:
        definition["note"] = row.note
    words = {language: codes.label("kpi", figure.code, language) or figure.code for language in ("en", "km")}
    first = Measure(figure.code, "", "", unit, figure.value, figure.numerator, figure.denominator, words, definition)
    parts = [
        Measure(figure.code, part.code, part.list, unit, part.value, part.numerator, part.denominator)
        for part in figure.parts
    ]
    return [first, *parts]
