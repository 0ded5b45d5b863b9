"""A document as a workbook: a sheet for each block, values as text so that none is a formula."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from core.exports.document import Block, Document, Value

_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDEST, _NAME_LENGTH, _CELL = 48, 31, 32_000
#: rows that a column's width is taken from
_LOOKED_AT = 200
_HEAD = PatternFill("solid", fgColor="DBEAFE")


def as_xlsx(document: Document) -> bytes:
    """The document as an XLSX file."""
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for block in document.blocks:
        sheet = book.create_sheet(_name(block.title, taken))
        _write(sheet, block, document)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _name(title: str, taken: set[str]) -> str:
    plain = _SHEET_NAME.sub(" ", title)[: _NAME_LENGTH - 4] or "-"
    name = next(
        one for n in range(1, 1000) if (one := f"{plain} {n}" if n > 1 else plain) not in taken
    )
    taken.add(name)
    return name


def _write(sheet: WriteOnlyWorksheet, block: Block, document: Document) -> None:
    # The head's row is the first, so that a filter or another program finds it there.
    dimensions: Any = sheet.column_dimensions  # type: ignore[attr-defined]  # the stubs lack it
    for number, wide in enumerate(block.widths(block.rows[:_LOOKED_AT]), 1):
        dimensions[get_column_letter(number)].width = min(_WIDEST, wide + 3)
    sheet.freeze_panes = "A2"
    sheet.append([_head(sheet, head) for head in block.heads])
    for row in block.rows:
        sheet.append([_cell(sheet, value) for value in row])
    sheet.append([])
    sheet.append([_cell(sheet, document.made)])


def _head(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font, cell.fill = Font(bold=True), _HEAD
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell:
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=_UNSEEN.sub("", value)[:_CELL])
        # Said to be a text, "=1+1" is one.
        cell.data_type = "s"
        return cell
    return WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # the stubs forget days
