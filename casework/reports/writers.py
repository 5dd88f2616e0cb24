"""Writes tables as CSV and XLSX row by row; every text passes the one escaper against formulas in cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from casework.db import PHNOM_PENH, utcnow
from casework.vault.cells import escape

Cell = str | int | float | date | datetime | None
"""Text is escaped; numbers, days and moments are typed cells (moments as the clock stands in Phnom Penh)."""

LONGEST = 32_767
"""Characters a cell of a spreadsheet holds."""


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV file line by line: UTF-8 with its mark, every cell in quotes (RFC 4180). A row that does not fit its head
    is a fault: a cell too many would put every later one under the wrong word."""
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    yield _line(line, writer, header)
    for row in rows:
        yield _line(line, writer, [cell for _, cell in zip(header, row, strict=True)])


def _line(line: io.StringIO, writer: Any, cells: Sequence[Cell]) -> bytes:
    line.seek(0)
    line.truncate()
    writer.writerow([_text(cell) for cell in cells])
    return line.getvalue().encode()


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return escape(cell)
    if isinstance(cell, datetime):
        return f"{cell.astimezone(PHNOM_PENH):%Y-%m-%d %H:%M}"
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


class Sheets:
    """An XLSX file under way: sheets are written from top to bottom, one row in memory at a time.

    `folder` must not be on a disk (a private memory folder): parts of the file are kept there. Without one the whole
    file is kept in the memory of the process.
    """

    def __init__(self, target: BinaryIO, folder: Path | None, *, mark: str = "") -> None:
        options: dict[str, object] = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": folder is not None,
            "in_memory": folder is None,
        }
        if folder is not None:
            options["tmpdir"] = str(folder)
        self._book = xlsxwriter.Workbook(target, options)
        self._book.set_properties({"title": "Casework", "comments": mark, "created": utcnow().replace(tzinfo=None)})
        self._mark = mark
        self._bold = self._book.add_format({"bold": True})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})

    def add(self, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, width: int = 18) -> None:
        """Write one sheet. Its name and its head are texts like any other; a row that does not fit is a fault."""
        sheet = self._book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", escape(name))[:31])
        sheet.set_column(0, max(len(header) - 1, 0), width)
        sheet.set_footer(f"&L{self._mark}&R&P / &N")
        sheet.freeze_panes(1, 0)
        for column, words in enumerate(header):
            sheet.write_string(0, column, escape(words)[:LONGEST], self._bold)
        for place, row in enumerate(rows, 1):
            for column, (_, cell) in enumerate(zip(header, row, strict=True)):
                self._write(sheet, place, column, cell)

    def _write(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            sheet.write_string(row, column, escape(cell)[:LONGEST])
        elif isinstance(cell, datetime):
            local = cell.astimezone(PHNOM_PENH).replace(tzinfo=None)
            sheet.write_datetime(row, column, local, self._moment)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self._day)
        else:
            sheet.write_number(row, column, cell)

    def __enter__(self) -> Sheets:
        return self

    def __exit__(self, kind: type[BaseException] | None, *more: object) -> None:
        """Finish the file; after an error let go of its parts instead."""
        if kind is None:
            self._book.close()
            return
        for sheet in self._book.worksheets():
            if getattr(sheet, "row_data_fh", None) is not None:
                sheet.row_data_fh.close()
