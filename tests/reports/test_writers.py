"""The escaper and the writers: nothing that leaves can run in a spreadsheet, and nothing is lost on the way back."""

from __future__ import annotations

import csv
import io
import tempfile
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casework.reports.writers import Sheets, csv_lines
from casework.vault.cells import clean, dangerous, escape, read_back

STARTS = ["=", "+", "-", "@", "|", "%", "\u2212", "＝", "＋", "－", "＠", "｜", "％", "﹦", "﹢", "﹣", "﹪"]
VEILS = [
    "",
    " ",
    "\u00a0",
    "\u3000",
    "\u200b",
    "\ufeff",
    "\u202e",
    "\u200e",
    "\n",
    "\r\n",
    "\t",
    "\0",
    " \u200b\u00ad ",
]
PIECES = st.sampled_from([*STARTS, *VEILS, "'", "''", "A1", "cmd", "ស្រី", "ก", "\u0338", "\u00ad", "é"])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=8).map("".join))


@given(TEXTS)
@example("'=1")
@example("\tabc")
@example("=\u0338")
def test_what_was_written_comes_back_clean(text: str) -> None:
    assert read_back(escape(text)) == clean(text)


@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(TEXTS)
def test_no_cell_begins_with_what_a_spreadsheet_runs(text: str) -> None:
    cell = escape(text)
    if cell.startswith("'"):
        return
    start = cell.lstrip()
    seen = {start[:1], unicodedata.normalize("NFKC", start[:1])[:1], unicodedata.normalize("NFKC", start).lstrip()[:1]}
    assert not seen & set("=+-@|%\u2212")
    assert cell[:1] not in ("\t", "\r", "\n", "\0")


@pytest.mark.parametrize("veil", VEILS)
@pytest.mark.parametrize("start", STARTS)
def test_every_known_start_gets_one_apostrophe_behind_every_veil(start: str, veil: str) -> None:
    text = f"{veil}{start}1+1"
    assert dangerous(text)
    assert escape(text) == "'" + clean(text)


@pytest.mark.parametrize("text", ["ស្រី​ម៉ៅ", "Nguyễn", "a=b", "5 - 3", "O'Neil", "", "1-2", "line\nline"])
def test_harmless_words_stay_as_they_are(text: str) -> None:
    assert escape(text) == text


def test_marks_of_direction_and_control_characters_go_and_inner_joiners_stay() -> None:
    assert clean("a\u202eb\x00c\x7fd\ufeffe\u0085f") == "abcdef"
    assert clean("\u200bខ\u200bក\u200d") == "ខ\u200bក\u200d"
    assert clean("a\r\nb\rc") == "a\nb\nc"


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5))
def test_csv_comes_back_cell_by_cell(rows: list[list[str]]) -> None:
    body = b"".join(csv_lines(["a", "=b"], rows))
    assert body.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))
    assert read == [["a", "'=b"], *([escape(cell) for cell in row] for row in rows)]


def test_csv_quotes_all_and_writes_typed_values_plainly() -> None:
    moment = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    line = list(csv_lines([*"nopqrs"], [[-5, 2.5, moment, date(2026, 1, 2), None, 'a"b']]))[2]
    assert line == b'"-5","2.5","2026-11-23 03:00","2026-01-02","","a""b"\r\n'


@pytest.mark.parametrize("in_memory", [False, True])
def test_xlsx_cells_are_text_numbers_and_dates_never_formulas(tmp_path: Path, in_memory: bool) -> None:
    texts = [f"{veil}{start}1+1" for start in STARTS for veil in VEILS] + ["http://x.test", "1e5", "0123"]
    moment = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    target = io.BytesIO()
    with Sheets(target, None if in_memory else tmp_path, mark="=mark") as sheets:
        sheets.add("=sheet", ["=head", "n", "m", "d"], ([text, -5, moment, date(2026, 1, 2)] for text in texts))
    sheet = openpyxl.load_workbook(io.BytesIO(target.getvalue())).worksheets[0]
    rows = list(sheet.iter_rows())
    assert rows[0][0].value == "'=head"
    assert len(rows) == len(texts) + 1
    for text, (word, number, at, on) in zip(texts, rows[1:], strict=True):
        assert (word.data_type, word.value) == ("s", escape(text)), text
        assert word.hyperlink is None
        assert (number.data_type, number.value) == ("n", -5)
        assert (at.is_date, at.value) == (True, datetime(2026, 11, 23, 3, 0))  # noqa: DTZ001 - the clock in the cell
        assert (on.is_date, on.value.date()) == (True, date(2026, 1, 2))


@pytest.mark.parametrize("row", [["a", "b", "c"], ["a"]], ids=["a cell too many", "a cell too few"])
def test_a_row_that_does_not_fit_its_head_is_a_fault_and_no_shifted_column(row: list[str]) -> None:
    with pytest.raises(ValueError, match="zip"):
        list(csv_lines(["one", "two"], [row]))
    with pytest.raises(ValueError, match="zip"), Sheets(io.BytesIO(), None) as sheets:
        sheets.add("a", ["one", "two"], [row])


def test_parts_of_a_spreadsheet_lie_only_in_the_folder_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    folder = tmp_path / "memory"
    folder.mkdir()
    target = io.BytesIO()
    with Sheets(target, folder) as sheets:
        sheets.add("a", ["a"], (["x"] for _ in range(50)))
    assert list(folder.iterdir()) == []
    assert target.getvalue()
