"""Column files and workbooks as streams of batches, in constant memory."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

from storage.importer.row_streams import BATCH, Batch, RowStream, heads_of, unmarked
from storage.importer.tables import UnreadableTableError, cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MIB = 1 << 20
_RATIO = 200


def parquet_rows(file: Path) -> RowStream:
    """The rows of a column file.

    Raises:
        UnreadableTableError: if it is none.
    """
    return _Parquet(file)


def sheet_rows(file: Path) -> RowStream:
    """The rows of a workbook's first sheet.

    Raises:
        UnreadableTableError: if it is none, or unpacks to more than a table would.
    """
    return _Sheet(file)


class _Parquet(RowStream):
    """A column file; its rows are numbered from 1, for it has no lines."""

    def __init__(self, file: Path) -> None:
        import pyarrow as pa  # noqa: PLC0415 - slow to load, and for this only
        import pyarrow.parquet as pq  # noqa: PLC0415 - likewise

        self.encoding = "parquet"
        self._broken: tuple[type[Exception], ...] = (pa.ArrowException, OSError, ValueError)
        try:
            self._file = pq.ParquetFile(file)
            self.columns = heads_of(self._file.schema_arrow.names)
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
        self.columns = heads_of(heads)
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
