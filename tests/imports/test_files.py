"""Files that are broken, lie or are written otherwise: one clear sentence, exit code 2, nothing in the database."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select

from casework.cases.models import Case
from casework.db import db
from casework.imports.models import ImportRun
from tests.imports.conftest import GOOD, HEADING, Told, table

Bring = Callable[..., Told]
XLSX = "The file is not an XLSX table"


def refused(answer: Told, *words: str) -> None:
    """One sentence, exit code 2, nothing begun."""
    assert answer.exit_code == 2, answer.output
    assert "Traceback" not in answer.output
    for word in words:
        assert word in answer.output
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0
    assert db.session.scalar(select(func.count()).select_from(ImportRun)) == 0


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "its first row must name the columns"),
        (b"\n\n", "its first row must name the columns"),
        (HEADING.encode() + b"\n", "no rows under its heading"),
        ((HEADING + ",Sex\n" + GOOD).encode(), "Sex stands there twice"),
        (b"Name\nDara\n", "no column Family name"),
        ((HEADING + "\n" + GOOD + ",more").encode(), "Row 2 has 14 cells, the heading has 13"),
        ((HEADING + '\n7,"Sampleson' + "x" * 9).encode(), "not a proper CSV file"),
        ((HEADING + '\n7,"Samp"leson').encode(), "not a proper CSV file"),
        ((HEADING + "\n" + GOOD + "\n8,Samp\0son").encode(), "Row 3 holds a NUL byte"),
        ((HEADING + "\n" + GOOD).encode("utf-16"), "is not written in utf-8"),
        ((HEADING + "\n8,ស្រី").encode("utf-8")[:-1], "is not written in utf-8"),
        ((HEADING + "\n8,Fran").encode() + b"\xe7oise", "is not written in utf-8"),
        ((HEADING + "\n8," + "x" * 10_000_000).encode(), "not a proper CSV file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is not written in utf-8"),
    ],
)
def test_a_broken_csv_file_is_refused_in_one_sentence(
    app: Flask, bring: Bring, tmp_path: Path, body: bytes, words: str
) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(body)
    refused(bring(path), words)


def book(path: Path, rows: list[list[object]]) -> Path:
    """An XLSX table of running cases."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(HEADING.split(","))
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in members.items():
            file.writestr(name, body)
    return path


def changed(path: Path, name: str, body: bytes) -> Path:
    """The same package with one member replaced."""
    with zipfile.ZipFile(path) as file:
        members = {one: file.read(one) for one in file.namelist()}
    return packed(path, members | {name: body})


SHEET = "xl/worksheets/sheet1.xml"


def test_a_file_that_only_says_xlsx_is_refused(app: Flask, bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    for body in (b"", b"Name,Sex\n", b"PK\x03\x04 nothing", b"%PDF-1.4"):
        path.write_bytes(body)
        refused(bring(path), XLSX)
    refused(bring(packed(path, {"a.txt": b"hello"})), XLSX)


def test_a_zip_bomb_is_not_unpacked(app: Flask, bring: Bring, tmp_path: Path) -> None:
    path = changed(book(tmp_path / "cases.xlsx", []), SHEET, b"<a>" + b" " * 300_000_000)
    assert path.stat().st_size < 1_000_000
    refused(bring(path), "unpacks to far more than it should")


def test_broken_xml_entities_and_cut_packages_are_refused(app: Flask, bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    refused(bring(changed(book(path, [[]]), SHEET, b"<worksheet><sheetData><row>")), XLSX)
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    refused(bring(changed(book(path, [[]]), SHEET, bomb)))
    whole = book(path, [GOOD.split(",")]).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    refused(bring(path), XLSX)
    path.write_bytes(whole[:900] + bytes(60) + whole[960:])
    refused(bring(path), XLSX)


def test_a_sheet_that_claims_a_million_rows_is_read_as_long_as_it_is(app: Flask, bring: Bring, tmp_path: Path) -> None:
    path = book(tmp_path / "cases.xlsx", [GOOD.split(",")])
    with zipfile.ZipFile(path) as file:
        sheet = file.read(SHEET)
    path = changed(path, SHEET, sheet.replace(b'ref="A1:M2"', b'ref="A1:XFD1048576"'))
    assert "1 good" in bring(path, "--dry-run").output


def test_a_formula_is_a_fault_of_its_cell(app: Flask, bring: Bring, tmp_path: Path) -> None:
    row: list[object] = list(GOOD.split(","))
    row[2] = '=HYPERLINK("http://example.org","Dara")'
    answer = bring(book(tmp_path / "cases.xlsx", [row]), "--errors", str(tmp_path / "errors.csv"))
    assert answer.exit_code == 1
    assert "1 faulty" in answer.output
    told = (tmp_path / "errors.csv").read_text(encoding="utf-8-sig")
    assert '"2","Given name","","The cell holds a formula.' in told
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0


def test_a_table_in_xlsx_means_what_the_same_table_means_in_csv(app: Flask, bring: Bring, tmp_path: Path) -> None:
    row: list[object] = list(GOOD.split(","))
    row[0], row[6], row[8] = 7, date(2001, 5, 4), date(2026, 2, 1)
    assert "1 cases made" in bring(book(tmp_path / "cases.xlsx", [row, [], []])).output
    assert "0 cases made, 1 known already" in bring(table(tmp_path, GOOD)).output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kind = ", "no proper TOML"),
        ("kind = 'other'", "kind = 'historical' or kind = 'running'"),
        ("kind = 'running'", "names no columns"),
        ("kind = 'running'\n[columns]\nA = 1", "does not say what the column A becomes"),
        ("kind = 'running'\n[columns.A]\nto = 'password'", "knows no password"),
        ("kind = 'running'\n[columns.A]\nto = 'sex'\nvalue = 1", "says value, which means nothing"),
        ("kind = 'running'\n[columns.A]\nto = 'sex'\nvalues = 'F'", "must be a table of words"),
        ("kind = 'running'\ndelimiter = ';;'\n[columns.A]\nto = 'sex'", "must be one character"),
        ("kind = 'running'\nconstants = 3\n[columns.A]\nto = 'sex'", "must be a table of words"),
        ("kind = 'running'\nencoding = 'klingon'\n[columns.Sex]\nto = 'sex'", "an encoding that is not known"),
    ],
)
def test_a_faulty_mapping_is_refused_in_one_sentence(
    app: Flask, bring: Bring, tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    refused(bring(table(tmp_path, GOOD), mapping=str(path)), words)


def test_a_mapping_that_is_no_file_is_refused(app: Flask, bring: Bring, tmp_path: Path) -> None:
    refused(bring(table(tmp_path, GOOD), mapping="nothing"), "There is no mapping nothing. Ours are:")
    refused(bring(table(tmp_path, GOOD), mapping=str(tmp_path)), "There is no mapping")
    binary = tmp_path / "own.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    refused(bring(table(tmp_path, GOOD), mapping=str(binary)), "no proper TOML")


def test_row_numbers_are_those_of_a_spreadsheet(app: Flask, bring: Bring, tmp_path: Path) -> None:
    path = table(tmp_path, GOOD[:-1] + '"', '8,Sampleson,Rith,,,F,,,2026-02-01,,,,"two\nlines"', "9,,,,,Q,,,,,,,")
    path.write_text(path.read_text(encoding="utf-8").replace('cousin"', "cousin"), encoding="utf-8")
    bring(path, "--dry-run", "--errors", str(tmp_path / "errors.csv"))
    rows = io.StringIO((tmp_path / "errors.csv").read_text(encoding="utf-8-sig")).read().splitlines()[1:]
    assert {row.split(",")[0] for row in rows} == {'"4"'}
