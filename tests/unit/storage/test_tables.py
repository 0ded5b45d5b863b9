"""Tables in files: encodings, spreadsheets, lines as an operator counts them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from storage.importer.tables import TableRow, UnreadableTableError, read_table, write_rejects

TEXT = '工号,姓名\n1001,李伟\n\n1002,"陈\n静"\n1003,王芳 \n'


def file(folder: Path, content: bytes, name: str = "staff.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("encoding", "noticed"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
def test_the_encoding_is_noticed(tmp_path: Path, encoding: str, noticed: str) -> None:
    table = read_table(file(tmp_path, TEXT.encode(encoding)))
    assert table.encoding == noticed
    assert table.columns == ("工号", "姓名")
    assert table.rows == (
        TableRow(2, ("1001", "李伟")),
        TableRow(4, ("1002", "陈\n静")),
        TableRow(6, ("1003", "王芳")),
    )


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_other_delimiters_and_short_rows_are_read(tmp_path: Path, delimiter: str) -> None:
    text = f"a{delimiter}b{delimiter}c{delimiter}\r\n1{delimiter}2\r\n"
    table = read_table(file(tmp_path, text.encode()))
    assert table.columns == ("a", "b", "c")
    assert table.rows == (TableRow(2, ("1", "2", "")),)


def test_a_spreadsheet_is_read_as_an_operator_sees_it(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["number", "phone", "leaving", "active", "rate"],
        [1001, 13800001001.0, datetime(2026, 12, 1), True, 1.5],  # noqa: DTZ001
        [],
        ["0012", None, date(2026, 12, 2), "是", " x "],
    ):
        sheet.append(row)
    book.save(tmp_path / "staff.xlsx")
    table = read_table(tmp_path / "staff.xlsx")
    assert table.encoding == "xlsx"
    assert table.rows == (
        TableRow(2, ("1001", "13800001001", "2026-12-01", "True", "1.5")),
        TableRow(4, ("0012", "", "2026-12-02", "是", "x")),
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"), (b"\n \n", "empty"), (b"a,b\n1,2,3\n", "line 2"),
        (b'a,b\n1,"2\n', "line 2"), (b"\xd0\xcf\x11\xe0rest", ".xls"),
        (b"PK\x03\x04nonsense", "spreadsheet"), (b"a\n\xff\xff\xff", "neither"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_reason(
    tmp_path: Path, content: bytes, says: str
) -> None:
    with pytest.raises(UnreadableTableError, match=says):
        read_table(file(tmp_path, content))


@pytest.mark.parametrize("name", ["bad.csv", "bad.xlsx"])
def test_rejects_can_be_mended_and_read_again(tmp_path: Path, name: str) -> None:
    table = read_table(file(tmp_path, TEXT.encode()))
    write_rejects(tmp_path / name, table, {4: "姓名: too long"})
    again = read_table(tmp_path / name)
    assert again.columns == ("工号", "姓名", "reason")
    assert [row.cells for row in again.rows] == [("1002", "陈\n静", "姓名: too long")]
    write_rejects(tmp_path / name, again, {2: "other"})
    assert read_table(tmp_path / name).columns == ("工号", "姓名", "reason")
