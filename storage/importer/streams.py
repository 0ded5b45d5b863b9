"""Files of rows as streams of batches: CSV, XLSX, Parquet and NDJSON, in constant memory.

What kind of file it is, its first bytes say, and so they do of its encoding. A row that can't be
read is a fault with its line, never the end of the file; only a file that is no table at all is
refused. Nothing here knows what the rows mean.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from storage.importer.encodings import encoding_of
from storage.importer.tables import UnreadableTableError, cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: rows of a batch; what a transaction holds
BATCH = 4000
#: characters of one line; longer ones are skipped as a fault
LONGEST_LINE = 1 << 20
#: characters of one cell that are kept
LONGEST_CELL = 4000
#: lines that a quoted cell may go on for; a quote that is never closed ends there
LONGEST_QUOTE = 50
MOST_COLUMNS = 500
_MIB = 1 << 20
_RATIO = 200
_DELIMITERS = ",;\t|"
#: a mark that the errors file puts before what a spreadsheet would compute
MARK, COMPUTED = "'", "=+-@"


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that can't be read: where, why (a code of this module), and the cells it had."""

    line: int
    code: str
    cells: tuple[str, ...] = ()


@dataclass(slots=True)
class Batch:
    """Rows that lie one after the other, each as many cells as there are columns."""

    lines: list[int] = field(default_factory=list)
    rows: list[Sequence[str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows) + len(self.faults)


class RowStream(ABC):
    """The rows of one file, in order."""

    columns: tuple[str, ...]
    #: what the text is written in, or the kind of file
    encoding: str

    @abstractmethod
    def batches(self, size: int = BATCH) -> Iterator[Batch]:
        """The rows below the heads; blank ones are left out.

        Raises:
            UnreadableTableError: if the file turns out to be none.
        """

    @abstractmethod
    def share(self) -> float:
        """How much of the file is behind us, from 0 to 1."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""

    def _put(self, batch: Batch, line: int, cells: Sequence[str]) -> None:
        """Add a row, or the fault that it is."""
        width = len(self.columns)
        if len(cells) == width and max(map(len, cells)) <= LONGEST_CELL:
            if any(cells):
                batch.lines.append(line)
                batch.rows.append(cells)
            return
        if len(cells) > width and any(cells[width:]):
            batch.faults.append(Fault(line, "ragged", tuple(c[:LONGEST_CELL] for c in cells)))
        elif any(len(cell) > LONGEST_CELL for cell in cells):
            shown = tuple(cell[:LONGEST_CELL] for cell in cells[:width])
            batch.faults.append(Fault(line, "huge_cell", shown))
        elif any(cells):
            batch.lines.append(line)
            short = width - len(cells)
            batch.rows.append([*cells, *[""] * short] if short > 0 else cells[:width])


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
        return _Sheet(file)
    if head.startswith(b"PAR1"):
        return _Parquet(file)
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
            self.columns = self._read_heads(delimiter)
        except UnreadableTableError:
            self.close()
            raise

    def _read_heads(self, delimiter: str) -> tuple[str, ...]:
        head = next((one for one in self._numbered if one[1][0].strip()), None)
        if head is None:
            raise UnreadableTableError("the file is empty")
        text = head[1][0].lstrip("\ufeff")
        self._delimiter = delimiter or max(_DELIMITERS, key=text.count)
        cells = self._cells(text)
        if head[1][1] or cells is None:
            raise UnreadableTableError("the heads of the columns can't be read")
        return _heads(cells)

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


class _Parquet(RowStream):
    """A column file; its rows are numbered from 1, for it has no lines."""

    def __init__(self, file: Path) -> None:
        import pyarrow as pa  # noqa: PLC0415 - slow to load, and for this only
        import pyarrow.parquet as pq  # noqa: PLC0415 - likewise

        self.encoding = "parquet"
        self._broken: tuple[type[Exception], ...] = (pa.ArrowException, OSError, ValueError)
        try:
            self._file = pq.ParquetFile(file)
            self.columns = _heads(self._file.schema_arrow.names)
            self._total = max(self._file.metadata.num_rows, 1)
        except self._broken as error:
            raise UnreadableTableError("this is no Parquet file that can be read") from error
        self._done = 0

    def share(self) -> float:
        return float(min(self._done / self._total, 1.0))

    def batches(self, size: int = BATCH) -> Iterator[Batch]:
        try:
            for part in self._file.iter_batches(batch_size=size):
                batch = Batch()
                columns = [[cell_text(cell) for cell in one.to_pylist()] for one in part.columns]
                for cells in zip(*columns, strict=True):
                    self._done += 1
                    self._put(batch, self._done, cells)
                yield batch
        except self._broken as error:
            raise UnreadableTableError(f"row {self._done + 1} can't be read") from error

    def close(self) -> None:
        self._file.close()


class _Sheet(RowStream):
    """The first sheet of a workbook."""

    def __init__(self, file: Path) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415 - slow to load, and for this only

        self.encoding = "xlsx"
        _check_sizes(file)
        # By its bytes, because the library goes by the name, and a body of a request has none.
        self._content = file.open("rb")
        try:
            self._book = load_workbook(self._content, read_only=True, data_only=True)
            sheet = self._book.worksheets[0]
            self._total = max(sheet.max_row or 1, 1)
            self._lines = enumerate(sheet.iter_rows(values_only=True), 1)
            heads = next(
                ([cell_text(c) for c in cells] for _, cells in self._lines if any(cells)), None
            )
        except _SHEET_ERRORS as error:
            self._content.close()
            raise UnreadableTableError("this is no spreadsheet that can be read") from error
        if heads is None:
            self.close()
            raise UnreadableTableError("the file is empty")
        self.columns = _heads(heads)
        self._at = 1

    def share(self) -> float:
        return min(self._at / self._total, 1.0)

    def batches(self, size: int = BATCH) -> Iterator[Batch]:
        batch = Batch()
        try:
            for line, cells in self._lines:
                self._at = line
                self._put(batch, self._at, [unmarked(cell_text(cell)) for cell in cells])
                if len(batch) >= size:
                    yield batch
                    batch = Batch()
        except _SHEET_ERRORS as error:
            raise UnreadableTableError(f"line {self._at + 1} can't be read") from error
        if len(batch):
            yield batch

    def close(self) -> None:
        self._book.close()
        self._content.close()


#: the parser's own error is a SyntaxError, and the guard against entities raises ValueErrors
_SHEET_ERRORS = (
    zipfile.BadZipFile, KeyError, ValueError, SyntaxError, IndexError, TypeError, OSError,
    EOFError, AttributeError, NotImplementedError, zlib.error,
)  # fmt: skip


def _check_sizes(file: Path) -> None:
    """Refuse an archive that unpacks to what nobody types: sizes and ratios are told up front.

    The unpacker stops at the told size, so a wrong one gains nothing.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableTableError("this is no spreadsheet that can be read") from error
    for part in parts:
        sheet = part.filename.startswith("xl/worksheets/")
        most = 1024 * _MIB if sheet else 128 * _MIB
        swollen = part.file_size > 16 * _MIB and part.file_size > _RATIO * part.compress_size
        if part.file_size > most or swollen:
            raise UnreadableTableError("the spreadsheet unpacks to more than a table would")


def unmarked(cell: str) -> str:
    """A cell without the mark that the errors file put before a formula."""
    return cell[1:] if cell[:1] == MARK and cell[1:2] in COMPUTED and cell[1:] else cell


def _heads(cells: Sequence[str]) -> tuple[str, ...]:
    heads = list(cells)
    while heads and not heads[-1]:
        heads.pop()
    if not heads:
        raise UnreadableTableError("the file is empty")
    if len(heads) > MOST_COLUMNS:
        raise UnreadableTableError(f"there are more than {MOST_COLUMNS} columns")
    return tuple(heads)
