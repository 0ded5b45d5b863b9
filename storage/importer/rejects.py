"""The file of bad rows, to mend and load again: written as they come, safe in a spreadsheet."""

from __future__ import annotations

import csv
import re
from typing import IO, TYPE_CHECKING, Any, Self

from storage.importer.row_streams import COMPUTED, MARK
from storage.importer.tables import REASON

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?")
#: what no text file holds, and what would end a row in some programs
_UNSAFE = re.compile("[\0\r\n\ufffe\uffff]+")


class Rejects:
    """Appends bad rows to a CSV file; it is made with the first of them."""

    def __init__(self, file: Path | None, columns: Sequence[str], *, go_on: bool = False) -> None:
        self._file, self._go_on = file, go_on and file is not None and file.exists()
        self._width = len(columns)
        self._kept = [n for n, one in enumerate(columns) if one.strip().casefold() != REASON]
        self._heads = [columns[n] for n in self._kept]
        self._target: IO[str] | None = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._target is not None:
            self._target.close()

    def put(self, cells: Sequence[str], reason: str) -> None:
        """Write one bad row with what is wrong with it."""
        if self._file is None:
            return
        if self._target is None:
            # With the mark, so that a spreadsheet opens the Chinese as Chinese.
            encoding, mode = ("utf-8", "a") if self._go_on else ("utf-8-sig", "w")
            self._target = self._file.open(mode, encoding=encoding, errors="replace", newline="")
            self._writer = csv.writer(self._target)
            if not self._go_on:
                self._writer.writerow([*map(marked, self._heads), REASON])
        kept = [cells[n] if n < len(cells) else "" for n in self._kept]
        # What is too much stands behind, so that the row is too long until it is mended.
        whole = (*kept, reason, *cells[self._width :])
        self._writer.writerow([marked(_UNSAFE.sub(" ", cell)) for cell in whole])

    def flush(self) -> None:
        """What was put is in the file, whatever happens next."""
        if self._target is not None:
            self._target.flush()


def marked(cell: str) -> str:
    """A cell that no spreadsheet computes: a mark stands before what looks like a formula."""
    computed = cell[:1] in COMPUTED and cell and not _NUMBER.fullmatch(cell)
    return f"{MARK}{cell}" if computed or cell[:1] in {"\t", "\r"} else cell
