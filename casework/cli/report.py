"""`casework report`: the statistics and the referral report as the pages give them, with the rights of a user."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import click

from casework.access.permissions import Actor, Permission, can, require
from casework.access.queries import actor_for, organisation_by_code
from casework.audit.recorder import record
from casework.cli._program import WrongUse, program
from casework.codes.queries import find
from casework.errors import DomainError, NotAllowed, NotVisible
from casework.reports import files, queries, service, sheets
from casework.reports.queries import CaseFilter
from casework.reports.queries.indicators import Figure, Period
from casework.reports.queries.indicators import indicators as measured
from casework.reports.queries.measured import defined
from casework.reports.tables import Tables
from casework.reports.workflow import SIDES, STATES, ReferralFilter, usual_filter
from casework.reports.writers import Cell, csv_lines
from casework.writes.orchestrator import transaction

report = click.Group("report", help="Reports as the pages give them, with the rights of the user named.")

DAY = click.DateTime(["%Y-%m-%d"])
AS = click.option("--as", "username", required=True, help="The user whose rights count.")
OFFICE = click.option("--organisation", help="For which office the user acts, if for several.")
WITHHELD = "withheld"
INDICATOR_COLUMNS = ["indicator", "part", "value", "counted", "n", "nine_of_ten", "words", "numerator", "denominator"]


@report.command("statistics")
@AS
@OFFICE
@click.option("--format", "shape", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option("--cases", "kind", type=click.Choice(queries.KINDS), default="all", show_default=True)
@click.option("--from", "first", type=DAY, help="Only cases opened on or after this day.")
@click.option("--to", "last", type=DAY, help="Only cases opened on or before this day.")
def statistics(
    username: str, organisation: str | None, shape: str, kind: str, first: datetime | None, last: datetime | None
) -> None:
    """Count cases by year or period, sex, adult or child, form of exploitation, region."""
    with program(), refusals_in_words():
        by = who(username, organisation)
        wanted = CaseFilter(kind, day(first), day(last))
        found = counted(by, wanted)
        with transaction():
            record(by, "view.report", body={"report": "statistics", "exact": found.exact, "counted": found.cases})
        (print_json if shape == "json" else print_csv)(found)


@report.command("referrals")
@AS
@OFFICE
@click.option("--from", "first", type=DAY, help="First day of sending; 90 days ago if not given.")
@click.option("--to", "last", type=DAY, help="Last day of sending; today if not given.")
@click.option("--side", type=click.Choice(list(SIDES)), default="sent", show_default=True)
@click.option("--office", help="Code of the office that sent (or received), or 'mine'; all if not given.")
@click.option("--service", help="Code of a service.")
@click.option("--priority", help="Code of a priority.")
@click.option("--status", type=click.Choice(STATES), help="Only those in this state.")
@click.option("--format", "shape", type=click.Choice(["csv", "xlsx", "json"]), default="csv", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write; else it is printed.")
@click.option("--recipient", default="the person at the command line", help="Who gets the file; written down.")
@click.option("--reason", default="not said", help="What the file is needed for; written down.")
def referrals(
    username: str,
    organisation: str | None,
    shape: str,
    output: Path | None,
    recipient: str,
    reason: str,
    **narrow: object,
) -> None:
    """Give the referrals a user may see, with codes of cases and without names. What leaves is written down first."""
    if shape == "xlsx" and output is None and sys.stdout.isatty():
        raise WrongUse("A spreadsheet can't be shown here. Name a file with --output.")
    with program(), refusals_in_words():
        by = who(username, organisation)
        wanted = read(by, **narrow)  # type: ignore[arg-type]
        with transaction():
            row = service.ask_export(by, wanted, file_format=shape, recipient=recipient, reason=reason)
            mark = str(row.id)
        if shape == "json":
            content = sheets.referral_document(by, wanted)
        else:
            content = sheets.referral_sheet(by, wanted, recipient=recipient, reason=reason, mark=mark)
        made = files.make(content, shape)
        with transaction():
            service.record_leaving(by, queries.get_export(by, UUID(mark)), made)
    write_out(made, output)


@report.command("indicators")
@AS
@OFFICE
@click.option("--from", "first", type=DAY, help="First day counted; 90 days ago if not given.")
@click.option("--to", "last", type=DAY, help="Last day counted; today if not given.")
@click.option("--format", "shape", type=click.Choice(["json", "csv"]), default="json", show_default=True)
def indicators(
    username: str, organisation: str | None, first: datetime | None, last: datetime | None, shape: str
) -> None:
    """Give the indicators of the list kpi with what was counted and of how many, as the page gives them.

    What each counts is said in the language of the user, in JSON under `definition`, in CSV in the last columns.
    """
    with program(), refusals_in_words():
        by, usual = who(username, organisation), usual_filter()
        require(by, Permission.REPORT_STATISTICS)
        period = Period(day(first) or usual.first, day(last) or usual.last)
        found = measured(by, period)
        with transaction():
            record(
                by, "view.report", body={"report": "indicators", "first": str(period.first), "last": str(period.last)}
            )
        if shape == "json":
            told = [asdict(figure) | {"definition": defined(figure.code, by.language)} for figure in found]
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for line in csv_lines(INDICATOR_COLUMNS, _indicator_rows(found, by.language)):
            click.echo(line, nl=False)


def _indicator_rows(found: list[Figure], language: str) -> Iterator[list[Cell]]:
    for figure in found:
        words = defined(figure.code, language).values()
        yield [figure.code, "", figure.value, figure.numerator, figure.denominator, figure.slow, *words]
        for part in figure.parts:
            yield [figure.code, part.code, part.value, part.numerator, part.denominator, *[None] * 4]


def who(username: str, organisation: str | None) -> Actor:
    """The actor of a user. Raises WrongUse for nobody."""
    try:
        return actor_for(username, organisation)
    except NotVisible:
        place = f" in {organisation}" if organisation else ""
        raise WrongUse(f"There is no user {username}{place}.") from None


def counted(by: Actor, wanted: CaseFilter) -> Tables:
    """The tables of the page the user may open: exact ones, else those for observers."""
    if can(by, Permission.REPORT_STATISTICS):
        return queries.statistics(by, wanted)
    require(by, Permission.REPORT_TOTALS)
    if wanted != CaseFilter():
        raise WrongUse("Totals can't be narrowed: two of them would tell of single persons.")
    return queries.totals(by)


def read(
    by: Actor,
    *,
    first: datetime | None,
    last: datetime | None,
    side: str,
    office: str | None,
    service: str | None,
    priority: str | None,
    status: str | None,
) -> ReferralFilter:
    """The filter the options name. Raises WrongUse for codes that no list holds."""
    usual = usual_filter()
    for list_name, code in (("service_type", service), ("referral_priority", priority)):
        if code is not None and find(list_name, code) is None:
            raise WrongUse(f"The list {list_name} has no code {code}.")
    return ReferralFilter(
        first=day(first) or usual.first,
        last=day(last) or usual.last,
        side=side,
        office=office_id(by, office) if office else None,
        service=service,
        status=status,
        priority=priority,
    )


def office_id(by: Actor, code: str) -> UUID:
    """The id of an office by its code; 'mine' is the user's own."""
    try:
        return by.organisation_id if code == "mine" else organisation_by_code(code).id
    except NotVisible:
        raise WrongUse(f"There is no organisation {code}.") from None


def day(moment: datetime | None) -> date | None:
    """The day an option named."""
    return moment.date() if moment else None


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Turn what the domain refuses into one sentence and exit code 2."""
    try:
        yield
    except NotAllowed:
        raise WrongUse("This user may not open this report.") from None
    except DomainError as refusal:
        raise WrongUse(refusal.message % refusal.values) from None


def print_json(found: Tables) -> None:
    """The tables as one JSON document; null is a number that is withheld."""
    click.echo(json.dumps(found.document(), ensure_ascii=False, indent=2))


def print_csv(found: Tables) -> None:
    """The tables as lines: table, value, sex, age group, cases."""
    rows = ([*keys, WITHHELD if cases is None else cases] for *keys, cases in found.lines())
    for line in csv_lines(["table", "value", "sex", "age_group", "cases"], rows):
        click.echo(line, nl=False)


def write_out(made: files.Made, output: Path | None) -> None:
    """Write the finished file to a new file of mode 0600, or to standard output."""
    if output is None:
        for block in made.blocks():
            click.echo(block, nl=False)
        return
    part = output.with_name(f"{output.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.writelines(made.blocks())
    part.replace(output)
    click.echo(f"{made.rows} referrals written.", err=True)
