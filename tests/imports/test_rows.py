"""Rows of running cases: what a good one becomes, what is said of a faulty one, what a repeat does."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from casework.access.permissions import Actor
from casework.audit.models import AuditEvent
from casework.cases.models import Case, Note, NoteSealed
from casework.cases.queries import Filters, find, get_case, list_cases
from casework.db import db
from casework.imports import readers, service
from casework.people.models import Contact
from casework.people.queries import names_of
from casework.vault import fields
from tests import factories
from tests.imports.conftest import GOOD, Told, table

Bring = Callable[..., Told]


def cases() -> int:
    return db.session.scalar(select(func.count()).select_from(Case)) or 0


def faults(path: Path) -> list[tuple[str, str, str]]:
    """(row, column, reason) of the error file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["row"], row["column"], row["reason"]) for row in csv.DictReader(file)]


def test_a_good_row_becomes_a_case_that_is_found_by_name(app: Flask, by: Actor, bring: Bring, tmp_path: Path) -> None:
    answer = bring(table(tmp_path, GOOD))
    assert answer.exit_code == 0, answer.output
    assert "1 cases made" in answer.output
    assert "1 cases became visible" in answer.output
    (row,) = list_cases(by, Filters()).rows
    case = get_case(by, row.case.id)
    assert (case.manner_of_return, str(case.opened_on)) == ("deported", "2026-02-01")
    assert names_of([row.case.person_id])[row.case.person_id].latin == "Sampleson Dara"
    assert [case.id for case in find(by, "dara sampleson")] == [row.case.id]
    # The number was read, but a coordinator holds no contact class: to find by it would be to learn it.
    assert find(by, "012 000 111") == []
    note = db.session.scalars(select(NoteSealed)).one()
    assert fields.unseal(note, "text") == "Came with a cousin."
    assert db.session.scalars(select(Contact)).one().source == "import"


@pytest.mark.parametrize(
    ("cell", "column", "reason"),
    [
        ("2026-02-30", "Opened", "only 28 days"),
        ("31.02.2026", "Opened", "only 28 days"),
        ("2100-01-01", "Opened", "lies in the future"),
        ("2999-01-01", "Opened", "Buddhist year"),
        ("2026", "Opened", "whole day"),
        ("yesterday", "Opened", "Enter the date as"),
        ("", "Opened", "may not be empty"),
        ("2100-01-01", "Date of birth", "future"),
        ("two", "Age", "Enter"),
        ("900", "Age", "Enter"),
        ("Q", "Sex", "no code for this word"),
        ("Atlantis", "Province", "no code for this word"),
        ("by balloon", "How they came", "no code for this word"),
        ("12", "Phone", "whole phone number"),
        ("0800-CALL-ME", "Phone", "whole phone number"),
        ("", "Number", "number of the record is missing"),
        ("Dara", "Family name Khmer", "Khmer letters"),
        ("x" * 201, "Family name", "200"),
        ("x" * 20_001, "Note", "20"),
    ],
)
def test_a_faulty_cell_is_told_by_row_and_column(
    app: Flask, bring: Bring, tmp_path: Path, cell: str, column: str, reason: str
) -> None:
    path = table(tmp_path, GOOD, GOOD.replace("7,", "8,", 1))
    with path.open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    rows[1][heading.index(column)] = cell
    if column == "Age":
        rows[1][heading.index("Date of birth")] = ""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
    answer = bring(path, "--errors", str(tmp_path / "errors.csv"))
    assert answer.exit_code == 1, answer.output
    assert "1 cases made, 0 known already, 1 faulty" in answer.output
    told = faults(tmp_path / "errors.csv")
    assert any(row == "3" and where == column and reason in why for row, where, why in told), told
    assert cases() == 1


def test_the_error_file_is_for_its_owner_and_opens_no_formula(app: Flask, bring: Bring, tmp_path: Path) -> None:
    bring(table(tmp_path, GOOD.replace(",F,", ",=1+1,")))
    errors = tmp_path / "cases.csv.errors.csv"
    assert errors.stat().st_mode & 0o077 == 0
    assert '"=1+1"' not in errors.read_text(encoding="utf-8-sig")


def test_hidden_marks_are_taken_out_of_names(app: Flask, by: Actor, bring: Bring, tmp_path: Path) -> None:
    bring(table(tmp_path, GOOD.replace("Dara", "Da\u202era\u200f")))
    (row,) = list_cases(by, Filters()).rows
    assert names_of([row.case.person_id])[row.case.person_id].latin_given == "Dara"


def test_a_dry_run_and_one_faulty_row_of_all_or_nothing_write_nothing(app: Flask, bring: Bring, tmp_path: Path) -> None:
    before = db.session.scalar(select(func.count()).select_from(AuditEvent))
    path = table(tmp_path, GOOD, "8,Sampleson,Rith,,,Q,,,2026-02-01,,,,")
    assert "1 good, 1 faulty. Nothing was written" in bring(path, "--dry-run").output
    answer = bring(path, "--all-or-nothing")
    assert answer.exit_code == 1
    assert "Nothing was imported" in answer.output
    assert cases() == 0
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_the_number_of_a_record_makes_it_the_same_in_another_file(app: Flask, bring: Bring, tmp_path: Path) -> None:
    bring(table(tmp_path, GOOD))
    answer = bring(table(tmp_path, GOOD.replace("Dara", "Rith"), GOOD.replace("7,", "8,", 1)))
    assert "1 cases made, 1 known already" in answer.output
    assert cases() == 2


def test_a_doubled_number_within_a_file_is_a_fault(app: Flask, bring: Bring, tmp_path: Path) -> None:
    bring(table(tmp_path, GOOD, GOOD), "--errors", str(tmp_path / "errors.csv"))
    assert faults(tmp_path / "errors.csv") == [("3", "Number", "The same record number stands in row 2.")]
    assert cases() == 1


def test_who_may_not_import_is_refused(app: Flask, bring: Bring, by: Actor, tmp_path: Path) -> None:
    path = table(tmp_path, GOOD)
    other, clerk = factories.actor("coordinator", factor=True), factories.actor("clerk")
    db.session.commit()
    nowhere = bring(path, "--organisation", "NOWHERE")
    assert (nowhere.exit_code, nowhere.output) == (2, "Error: There is no organisation NOWHERE.\n")
    elsewhere = bring(path, "--organisation", other.organisation_code)
    assert elsewhere.exit_code == 2
    assert f"User {by.username} does not belong to organisation {other.organisation_code}." in elsewhere.output
    refused = bring(path, "--organisation", clerk.organisation_code, "--as", clerk.username)
    assert refused.exit_code == 2
    assert f"User {clerk.username} may not import" in refused.output
    assert cases() == 0


def test_a_run_that_breaks_off_shows_nothing_and_the_next_one_takes_it_over(
    app: Flask, by: Actor, bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path, *(GOOD.replace("7,", f"{number},", 1) for number in range(10)))
    monkeypatch.setattr(service, "BATCH", 3)
    honest = readers.lines

    def broken(*args: object, **values: object) -> Iterator[readers.Line]:
        for number, line in enumerate(honest(*args, **values)):  # type: ignore[arg-type]
            if broken.reads and number == 7:  # type: ignore[attr-defined]
                raise OSError("the disk is gone")
            yield line
        broken.reads = True  # type: ignore[attr-defined]

    broken.reads = False  # type: ignore[attr-defined]
    monkeypatch.setattr(service, "lines", broken)
    assert bring(path).exit_code == 2
    assert 0 < cases() < 10
    assert list_cases(by, Filters()).rows == []
    assert find(by, "sampleson dara") == []
    monkeypatch.setattr(service, "lines", honest)
    assert "10 cases became visible" in bring(path).output
    assert cases() == db.session.scalar(select(func.count()).select_from(Note)) == 10
    assert len(list_cases(by, Filters()).rows) == 10
