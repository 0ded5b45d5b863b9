"""Tables in files: CSV and XLSX as rows of text, each with the line that an operator sees.

Chinese offices send UTF-8 (with or without a mark), GB18030 from older programs, and UTF-16 from a
spreadsheet's "Unicode text": the bytes say which it is.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zipfile import BadZipFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t"
#: the name of the column that says why a row was not loaded
REASON = "reason"


class UnreadableTableError(ValueError):
    """The file is no table that we can read; the message says why."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, as many cells as there are columns, and where it stands in the file."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The heads of the columns and the rows below them; blank rows are left out."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    encoding: str


def read_table(file: Path) -> Table:
    """The table in a file; what kind of file it is, its first bytes say.

    Raises:
        UnreadableTableError: if it is none.
    """
    content = file.read_bytes()
    if content.startswith(_OLD_EXCEL):
        raise UnreadableTableError("this is an old .xls file: save it as .xlsx or .csv")
    if content.startswith(_ZIP):
        return _table(_sheet_lines(content), "xlsx")
    text, encoding = _decoded(content)
    return _table(_csv_lines(text), encoding)


def write_rejects(file: Path, table: Table, reasons: Mapping[int, str]) -> None:
    """Write the rows that were not loaded, by line, with the reasons: to mend and load again."""
    reason_at = [n for n, name in enumerate(table.columns) if name.strip().lower() == REASON]
    kept = [n for n in range(len(table.columns)) if n not in reason_at]
    lines = [[*(table.columns[n] for n in kept), REASON]]
    lines += [
        [*(row.cells[n] for n in kept), reasons[row.line]]
        for row in table.rows
        if row.line in reasons
    ]
    if file.suffix.lower() == ".xlsx":
        _write_sheet(file, lines)
        return
    # With the mark, so that a spreadsheet opens the Chinese as Chinese.
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows(lines)


def _table(lines: Iterable[tuple[int, Sequence[str]]], encoding: str) -> Table:
    columns: tuple[str, ...] | None = None
    rows = []
    for line, cells in lines:
        if not any(cells):
            continue
        if columns is None:
            columns = tuple(_without_blank_end(cells))
        elif any(cells[len(columns) :]):
            raise UnreadableTableError(f"line {line} has more cells than there are columns")
        else:
            padded = [*cells[: len(columns)], *[""] * (len(columns) - len(cells))]
            rows.append(TableRow(line, tuple(padded)))
    if columns is None:
        raise UnreadableTableError("the file is empty")
    return Table(columns, tuple(rows), encoding)


def _without_blank_end(cells: Sequence[str]) -> Sequence[str]:
    last = max(n for n, cell in enumerate(cells) if cell)
    return cells[: last + 1]


def _decoded(content: bytes) -> tuple[str, str]:
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise UnreadableTableError("the text is neither UTF-8 nor GB18030")


def _csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableTableError(f"line {line}: {error}") from error
        yield line, [cell.strip() for cell in cells]


def _sheet_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to load, and for this only
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - likewise

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
                yield line, [cell_text(cell) for cell in cells]
        finally:
            book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError) as error:
        # SyntaxError: the parser's own error is one.
        if isinstance(error, UnreadableTableError):
            raise
        raise UnreadableTableError("this is no spreadsheet that can be read") from error


def cell_text(value: object) -> str:
    """A cell as an operator reads it: numbers without a point where they are whole."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _write_sheet(file: Path, lines: list[list[str]]) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - as above

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for cells in lines:
        sheet.append(cells)
    book.save(file)
