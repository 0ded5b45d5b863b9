"""Files of rows as streams of batches: CSV, XLSX, Parquet and NDJSON, in constant memory.

What kind of file it is, its first bytes say, and so they do of its encoding. A row that can't be
read is a fault with its line, never the end of the file; only a file that is no table at all is
refused. Nothing here knows what the rows mean.
"""

from __future__ import annotations

import csv
import io
import json
from typing import IO, TYPE_CHECKING, Any

from storage.importer.encodings import encoding_of
from storage.importer.row_streams import (
    BATCH,
    LONGEST_CELL,
    MARK,
    MOST_COLUMNS,
    Batch,
    Fault,
    RowStream,
    heads_of,
    unmarked,
)
from storage.importer.sheets import parquet_rows, sheet_rows
from storage.importer.tables import UnreadableTableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: characters of one line; longer ones are skipped as a fault
LONGEST_LINE = 1 << 20
#: lines that a quoted cell may go on for; a quote that is never closed ends there
LONGEST_QUOTE = 50
_DELIMITERS = ",;\t|"


def open_rows(file: Path, *, encoding: str = "", delimiter: str = "") -> RowStream:
    """The rows of a file.

    Raises:
        UnreadableTableError: if it is no table.
    """
    with file.open("rb") as start:
        head = start.read(4096)
    if not head.strip():
        raise UnreadableTableError("the file is empty")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTableError("this is an old .xls file: save it as .xlsx or .csv")
    if head.startswith(b"PK\x03\x04"):
        return sheet_rows(file)
    if head.startswith(b"PAR1"):
        return parquet_rows(file)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return _Ndjson(file)
    return _Csv(file, encoding or encoding_of(file), delimiter)


class _Lines:
    """The lines of a text, numbered; broken or endless ones are told, not raised."""

    def __init__(self, file: Path, encoding: str) -> None:
        self._raw: IO[bytes] = file.open("rb")
        self._size = max(file.stat().st_size, 1)
        try:
            self._text = io.TextIOWrapper(
                self._raw, encoding=encoding, errors="replace", newline=""
            )
        except LookupError as error:
            self._raw.close()
            raise UnreadableTableError(f"there is no encoding {encoding}") from error

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Each line with the fault it has, or an empty text for none."""
        readline = self._text.readline
        while line := readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
                kept = line[:LONGEST_CELL]
                while (line := readline(LONGEST_LINE)) and line[-1] not in "\r\n":
                    pass
                yield kept, "huge_cell"
            elif "\ufffd" in line:
                yield line, "broken_text"
            elif "\0" in line:
                yield line, "nul"
            else:
                yield line, ""

    def share(self) -> float:
        return min(self._raw.tell() / self._size, 1.0)

    def close(self) -> None:
        self._text.close()


#: its number, its text, and what is wrong with it
_Line = tuple[int, tuple[str, str]]


class _Csv(RowStream):
    def __init__(self, file: Path, encoding: str, delimiter: str) -> None:
        self.encoding = encoding
        self._lines = _Lines(file, encoding)
        self._numbered = enumerate(iter(self._lines), 1)
        try:
            self.columns = self._readheads_of(delimiter)
        except UnreadableTableError:
            self.close()
            raise

    def _readheads_of(self, delimiter: str) -> tuple[str, ...]:
        head = next((one for one in self._numbered if one[1][0].strip()), None)
        if head is None:
            raise UnreadableTableError("the file is empty")
        text = head[1][0].lstrip("\ufeff")
        self._delimiter = delimiter or max(_DELIMITERS, key=text.count)
        cells = self._cells(text)
        if head[1][1] or cells is None:
            raise UnreadableTableError("the heads of the columns can't be read")
        return heads_of(cells)

    def share(self) -> float:
        return self._lines.share()

    def close(self) -> None:
        self._lines.close()

    def batches(self, size: int = BATCH) -> Iterator[Batch]:
        batch = Batch()
        for line, cells, fault in self._records():
            if fault:
                kept = tuple(cell[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS])
                batch.faults.append(Fault(line, fault, kept))
            else:
                self._put(batch, line, cells)
            if len(batch) >= size:
                yield batch
                batch = Batch()
        if len(batch):
            yield batch

    def _records(self) -> Iterator[tuple[int, list[str], str]]:
        """Each row with its first line. Quotes open at a line's end go on below, for a while."""
        held: list[_Line] = []
        while held or (taken := next(self._numbered, None)) is not None:
            line, (text, fault) = held.pop(0) if held else taken  # type: ignore[misc]  # checked above
            cells = None if fault else self._cells(text)
            if cells is None and not fault:
                # A quote that is open at the end of its line: the cell may go on below.
                cells, held = self._joined(text, held)
                fault = "" if cells else "bad_quote"
            if cells is None:
                yield line, text.rstrip("\r\n").split(self._delimiter), fault
            else:
                yield line, cells, ""

    def _joined(self, text: str, held: list[_Line]) -> tuple[list[str] | None, list[_Line]]:
        """The row that begins here and ends below, and what was read ahead of it.

        Where it ends nowhere, the lines below are rows of their own.
        """
        ahead: list[_Line] = []
        waiting = list(held)
        whole, open_quotes = text, text.count('"') % 2
        while len(ahead) < LONGEST_QUOTE and open_quotes and len(whole) < LONGEST_LINE:
            below = waiting.pop(0) if waiting else next(self._numbered, None)
            if below is None:
                break
            ahead.append(below)
            if below[1][1]:
                break
            whole += below[1][0]
            open_quotes = whole.count('"') % 2
        cells = self._cells(whole) if ahead and not open_quotes else None
        return (cells, waiting) if cells else (None, [*ahead, *waiting])

    def _cells(self, text: str) -> list[str] | None:
        if '"' not in text:
            cells = text.rstrip("\r\n").split(self._delimiter)
        else:
            try:
                reader = csv.reader([text], delimiter=self._delimiter, strict=True)
                cells = next(reader)
            except csv.Error:
                return None
        cells = [cell.strip() for cell in cells]
        return list(map(unmarked, cells)) if MARK in text else cells


class _Ndjson(RowStream):
    """An object a line. Its keys are the columns, so they are gathered in a first walk."""

    def __init__(self, file: Path) -> None:
        self.encoding = "ndjson"
        self._lines = _Lines(file, "utf-8-sig")
        try:
            self.columns = self._read_keys()
        finally:
            self._lines.close()
        self._lines = _Lines(file, "utf-8-sig")

    def _read_keys(self) -> tuple[str, ...]:
        keys: dict[str, None] = {}
        for text, fault in self._lines:
            one = None if fault else _object(text)
            keys |= dict.fromkeys(one or ())
            if len(keys) > MOST_COLUMNS:
                raise UnreadableTableError(f"there are more than {MOST_COLUMNS} fields")
        if not keys:
            raise UnreadableTableError("there is no object in it")
        return tuple(keys)

    def share(self) -> float:
        return self._lines.share()

    def close(self) -> None:
        self._lines.close()

    def batches(self, size: int = BATCH) -> Iterator[Batch]:
        batch = Batch()
        for line, (text, fault) in enumerate(self._lines, 1):
            one = None if fault else _object(text)
            if one is not None:
                self._put(batch, line, [_json_text(one.get(key)) for key in self.columns])
            elif text.strip():
                batch.faults.append(Fault(line, fault or "no_json"))
            if len(batch) >= size:
                yield batch
                batch = Batch()
        if len(batch):
            yield batch


def _object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text, parse_float=str)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _json_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return unmarked(value.strip())
    return json.dumps(value) if isinstance(value, (dict, list, bool)) else str(value)
