"""Files as streams of batches: faults by line, never the end of the file, in bounded memory."""

from __future__ import annotations

import random
import tracemalloc
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.importer.rejects import Rejects, marked
from storage.importer.row_streams import unmarked
from storage.importer.streams import open_rows
from storage.importer.tables import UnreadableTableError

MIB = 1 << 20


def read(
    file: Path, **how: str
) -> tuple[list[tuple[int, tuple[str, ...]]], list[tuple[int, str]]]:
    """All rows and all faults with their lines."""
    rows, faults = [], []
    with closing(open_rows(file, **how)) as stream:
        for batch in stream.batches():
            rows += [(n, tuple(row)) for n, row in zip(batch.lines, batch.rows, strict=True)]
            faults += [(one.line, one.code) for one in batch.faults]
    return rows, faults


def written(folder: Path, content: bytes) -> Path:
    file = folder / "file"
    file.write_bytes(content)
    return file


def test_a_bad_row_is_a_fault_by_line_and_the_rows_below_are_read(tmp_path: Path) -> None:
    content = (
        b"a,b\r\n"
        b"1,2\n"
        b"1,2,3\r\n"
        b'x,"open\n'
        b"4,5\r"
        b'"two\nlines",6\n'
        b"nul\0,7\n"
        b"broken\xff\xfe,8\n"
        b"\n"
        b'5" pipe,9\n'
        b'"a"b,10\n'
        b"short\n"
    )
    rows, faults = read(written(tmp_path, content))
    assert rows == [
        (2, ("1", "2")), (5, ("4", "5")), (6, ("two\nlines", "6")), (11, ('5" pipe', "9")),
        (13, ("short", "")),
    ]  # fmt: skip
    assert faults == [
        (3, "ragged"), (4, "bad_quote"), (8, "nul"), (9, "broken_text"), (12, "bad_quote"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "gb18030"])
def test_encodings_are_noticed(tmp_path: Path, encoding: str) -> None:
    text = "客户号;名称\nC1;上海华兴\n"
    content = (
        b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16-le-bom"
        else text.encode(encoding)
    )  # fmt: skip
    with closing(open_rows(written(tmp_path, content))) as stream:
        assert stream.columns == ("客户号", "名称")
        assert [list(b.rows[0]) for b in stream.batches()] == [["C1", "上海华兴"]]


def test_one_broken_line_does_not_make_utf8_another_encoding(tmp_path: Path) -> None:
    content = "名\n上海\n".encode() + b"\xb0\xc5\n" + "华兴\n".encode()
    rows, faults = read(written(tmp_path, content))
    assert (len(rows), faults) == (2, [(3, "broken_text")])


def test_an_ndjson_line_that_is_no_object_is_a_fault(tmp_path: Path) -> None:
    content = b'{"a":1,"b":"x"}\n[1]\n{"a":\n\n{"b":null,"c":1.50}\n' + b"[" * 100_000 + b"\n"
    rows, faults = read(written(tmp_path, content))
    assert rows == [(1, ("1", "x", "")), (5, ("", "", "1.50"))]
    assert faults == [(2, "no_json"), (3, "no_json"), (6, "no_json")]


@pytest.mark.parametrize(
    "content",
    [b"", b" \n", b"\xd0\xcf\x11\xe0x", b"PK\x03\x04x", b"PAR1garbagePAR1", b"PAR1", b"{}\n",
     b",".join(b"c%d" % n for n in range(600)) + b"\n"],
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableTableError):
        read(written(tmp_path, content))


def workbook(file: Path, sheet: bytes, strings: bytes = b"") -> Path:
    """A workbook by hand, with this as its only sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.save(file.with_suffix(".base"))
    with (
        zipfile.ZipFile(file.with_suffix(".base")) as base,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in base.namelist():
            whole = sheet if name == "xl/worksheets/sheet1.xml" else base.read(name)
            made.writestr(name, strings if strings and "sharedStrings" in name else whole)
    return file


def test_a_bomb_of_a_workbook_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = workbook(tmp_path / "bomb.xlsx", b"<worksheet>" + b" " * (64 * MIB) + b"</worksheet>")
    tracemalloc.start()
    with pytest.raises(UnreadableTableError, match="unpacks"):
        open_rows(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * MIB


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{entities}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>'
    )
    file = workbook(tmp_path / "laughs.xlsx", sheet.encode())
    with pytest.raises(UnreadableTableError):
        read(file)


def test_an_endless_line_and_a_huge_cell_are_faults_in_bounded_memory(tmp_path: Path) -> None:
    file = tmp_path / "file"
    with file.open("wb") as target:
        target.write(b"a,b\n1,2\n")
        for _ in range(64):
            target.write(b"x" * MIB)
        target.write(b"\n3,4\n" + b"y" * 5000 + b",5\n6,7\n")
    tracemalloc.start()
    rows, faults = read(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == [(2, ("1", "2")), (4, ("3", "4")), (6, ("6", "7"))]
    assert faults == [(3, "huge_cell"), (5, "huge_cell")]
    assert peak < 24 * MIB


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        file = written(tmp_path, b"a,b\n" + b"\n".join(b"%d,x%d" % (n, n) for n in range(rows)))
        tracemalloc.start()
        with closing(open_rows(file)) as stream:
            total = sum(len(batch) for batch in stream.batches())
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert total == rows
        return found

    assert peak(100_000) < 1.3 * peak(20_000)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.binary(max_size=400),
    head=st.sampled_from([b"a,b\n", b'{"a":1}\n', b"", b"PK\x03\x04", b"PAR1"]),
)
def test_whatever_bytes_come_they_are_rows_faults_or_refused(
    tmp_path: Path, content: bytes, head: bytes
) -> None:
    file = written(tmp_path, head + content)
    try:
        rows, faults = read(file)
    except UnreadableTableError:
        return
    lines = [n for n, _ in rows] + [n for n, _ in faults]
    assert len(set(lines)) == len(lines)


@given(cell=st.text(max_size=30))
def test_a_cell_in_the_errors_file_is_never_a_formula_and_reads_back(cell: str) -> None:
    safe = marked(cell)
    assert safe[:1] not in {"=", "@", "\t", "\r"}
    if cell[:1] in {"=", "+", "-", "@"}:
        assert unmarked(safe) == cell


def test_a_row_that_is_too_long_stays_too_long_in_the_errors_file(tmp_path: Path) -> None:
    with Rejects(tmp_path / "bad", ("a", "reason", "b")) as rejects:
        rejects.put(("1", "old", "2", "extra"), "=why")
    rows, faults = read(tmp_path / "bad")
    assert (rows, faults) == ([], [(2, "ragged")])
    assert "'=why" in (tmp_path / "bad").read_text("utf-8-sig")


def test_ten_thousand_mangled_rows_are_each_a_row_or_a_fault(tmp_path: Path) -> None:
    seeded = random.Random(5)
    breaks = (b"\n", b"\r\n", b"\r")
    mangled = (
        b"1,2", b"=1+1,2", b"1,2,3", b"\xff,2", b"nul\0,2", b'"x,2', b"y" * 5000 + b",2",
        b"\xef\xbb\xbf1,2", b"@SUM(A1),2", "上海,2".encode(), b'"a""b",2', b"1",
    )  # fmt: skip
    content = b"a,b\n" + b"".join(
        seeded.choice(mangled) + seeded.choice(breaks) for _ in range(10_000)
    )
    rows, faults = read(written(tmp_path, content))
    lines = sorted([n for n, _ in rows] + [n for n, _ in faults])
    assert lines == sorted(set(lines))
    assert lines == list(range(2, 10_002))
