"""What a file of rows is to whoever loads it: batches of rows, and faults with their lines."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.importer.tables import UnreadableTableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: rows of a batch; what a transaction holds
BATCH = 4000
#: characters of one cell that are kept
LONGEST_CELL = 4000
MOST_COLUMNS = 500
#: a mark that the errors file puts before what a spreadsheet would compute
MARK, COMPUTED = "'", "=+-@"


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that can't be read: where, why (a code), and the cells it had."""

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


def unmarked(cell: str) -> str:
    """A cell without the mark that the errors file put before a formula."""
    return cell[1:] if cell[:1] == MARK and cell[1:2] in COMPUTED and cell[1:] else cell


def heads_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns' names, without the empty ones at the end.

    Raises:
        UnreadableTableError: if there are none, or too many.
    """
    heads = list(cells)
    while heads and not heads[-1]:
        heads.pop()
    if not heads:
        raise UnreadableTableError("the file is empty")
    if len(heads) > MOST_COLUMNS:
        raise UnreadableTableError(f"there are more than {MOST_COLUMNS} columns")
    return tuple(heads)
