"""Rows out of CSV and XLSX files, with their row numbers as a spreadsheet shows them; bad files get a sentence."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from casework.documents.workflow import weigh
from casework.errors import InvalidInput, n_

CELL = 100_000
"""Most characters in one cell."""
FILE = 200_000_000
"""Most bytes of a file."""
COLUMNS = 1_000
"""Columns of a spreadsheet that are looked at."""
FORMULA = object()
"""Stands for a cell that holds a formula or an error: its value can't be trusted, so its row is faulty."""
BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, LookupError, ValueError, TypeError,
    AttributeError, OSError, EOFError, NotImplementedError,
)  # fmt: skip
"""What the library raises for a file that is broken or lies about itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file (the heading is row 1) and its cells by column name."""

    number: int
    cells: dict[str, Any]


def digest(path: Path) -> str:
    """SHA-256 of the file, hexadecimal: with the row number it says which row a case came from."""
    made = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            made.update(block)
    return made.hexdigest()


def lines(path: Path, *, encoding: str = "utf-8", delimiter: str = ",") -> Iterator[Line]:
    """All rows of a file, empty ones left out. Raises InvalidInput that says what is wrong and in which row."""
    if path.stat().st_size > FILE:
        raise InvalidInput(n_("The file is larger than 200 MB. Split it."))
    if path.suffix.lower() == ".xlsx":
        yield from _xlsx(path)
    else:
        yield from _csv(path, encoding, delimiter)


def _csv(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    csv.field_size_limit(CELL)
    codec = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    number = 1
    try:
        with path.open(encoding=codec, newline="") as file:
            reader = csv.reader(_no_nul(file), delimiter=delimiter, strict=True)
            heading = next(reader, None)
            names = _heading(heading)
            for number, cells in enumerate(reader, 2):
                if any(cell.strip() for cell in cells):
                    yield _line(number, names, cells)
    except UnicodeDecodeError as error:
        raise InvalidInput(
            n_("After row %(row)s the file is not written in %(encoding)s. Save it as CSV UTF-8 and try again."),
            row=number,
            encoding=encoding,
        ) from error
    except LookupError as error:
        raise InvalidInput(
            n_("The mapping names an encoding that is not known: %(encoding)s."), encoding=encoding
        ) from error
    except csv.Error as error:
        raise InvalidInput(
            n_("After row %(row)s the file is not a proper CSV file (%(problem)s)."), row=number, problem=str(error)
        ) from error


def _no_nul(file: io.TextIOBase | Any) -> Iterator[str]:
    for number, text in enumerate(file, 1):
        if "\0" in text:
            raise InvalidInput(n_("Row %(row)s holds a NUL byte. Save the file again as CSV UTF-8."), row=number)
        yield text


def _heading(cells: list[Any] | None) -> list[str]:
    if not cells or not any(str(cell or "").strip() for cell in cells):
        raise InvalidInput(n_("The file is empty: its first row must name the columns."))
    names = [str(cell or "").strip() for cell in cells]
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise InvalidInput(n_("The column %(column)s stands there twice."), column=doubled[0])
    return names


def _line(number: int, names: list[str], cells: list[Any]) -> Line:
    if len(cells) > len(names):
        raise InvalidInput(
            n_("Row %(row)s has %(count)s cells, the heading has %(names)s. Is a comma not in quotes?"),
            row=number,
            count=len(cells),
            names=len(names),
        )
    padded = [*cells, *[""] * (len(names) - len(cells))]
    return Line(number, {name: cell for name, cell in zip(names, padded, strict=True) if name})


def _xlsx(path: Path) -> Iterator[Line]:
    try:
        with path.open("rb") as file:
            weigh(file, most=FILE * 5)
            book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
            try:
                yield from _rows(book)
            finally:
                book.close()
    except BROKEN as error:
        raise InvalidInput(
            n_("The file is not an XLSX table. Open it, save it as XLSX or CSV, and try again.")
        ) from error


def _rows(book: Any) -> Iterator[Line]:
    sheet = book.worksheets[0]
    # What a sheet says of its own size may be a million rows of nothing.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=COLUMNS)
    names = _heading([cell.value for cell in next(rows, ())])
    for number, cells in enumerate(rows, 2):
        values = [FORMULA if cell.data_type in ("f", "e") else _text(cell.value) for cell in cells]
        while values and values[-1] == "":
            values.pop()
        if values:
            yield _line(number, names, values)


def _text(value: Any) -> str:
    """A cell as somebody would type it: whole numbers without a point, days as 2026-11-23."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
