"""Rows of a load, understood column by column: what each cell means, or what is wrong with it.

Most cells of a column repeat: days, codes, round amounts. Each text is read once, and the rest are
looked up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.facts.kinds import AccountNumber, Day, Money, Words
from core.i18n import N_, Text
from core.import_rows import BadCellError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.loads.kinds import LoadKind
    from core.loads.mapping import Columns, MoneyUnit
    from storage.importer.row_streams import Batch

_MOST_CACHED = 20_000
_AMOUNT = re.compile(r"[-+]?\d{1,16}(\.\d{1,6})?")
_FORMULA = BadCellError("", Text(N_("This is a formula, not a value.")))
_FEN_IN = {"wan": 1_000_000, "fen": 1}

FAULTS = {
    "ragged": N_("There are more cells than columns."),
    "huge_cell": N_("A cell is far too long."),
    "bad_quote": N_("A quotation mark is not closed, or stands where none may."),
    "broken_text": N_("The text is broken: it is not in the file's encoding."),
    "nul": N_("There is a character in it that can't be shown."),
    "no_json": N_("This line is no JSON object."),
}


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a row is not loaded."""

    line: int
    #: the column's head as the file has it, or the field's name
    column: str
    value: str
    reason: Text
    #: the row, to be mended
    cells: tuple[str, ...] = ()


class _Cells(dict[str, Any]):
    """The meanings of a column's texts; a bad one's meaning is its error."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__({"": None})
        self._read = read
        self.any_bad = False

    def __missing__(self, cell: str) -> Any:
        try:
            meaning = _FORMULA if cell[0] in "=@" else self._read(cell)
        except BadCellError as bad:
            meaning = bad
        if isinstance(meaning, BadCellError):
            self.any_bad = True
        self[cell] = meaning
        return meaning


class RowReader:
    """Reads the batches of one file."""

    def __init__(
        self, kind: LoadKind, heads: Sequence[str], columns: Columns, unit: MoneyUnit
    ) -> None:
        self._kind, self._heads, self._columns = kind, heads, columns
        self._cells = {
            name: _Cells(_reader(kind, name, unit)) for name in (*columns.at, *columns.constants)
        }
        self._needed = [one.name for one in kind.fields if one.needed]

    def read(self, batch: Batch) -> tuple[list[int], dict[str, list[Any]], list[Bad]]:
        """The places of the good rows, every field's values (of all rows), and what is bad."""
        bad = [Bad(one.line, "", "", Text(FAULTS[one.code]), one.cells) for one in batch.faults]
        count = len(batch.rows)
        columns = list(zip(*batch.rows, strict=True)) if count else []
        values: dict[str, list[Any]] = {}
        wrong: set[int] = set()
        for name, cells in self._cells.items():
            if len(cells) > _MOST_CACHED:
                cells.clear()
                cells[""], cells.any_bad = None, False
            at = self._columns.at.get(name)
            constant = self._columns.constants.get(name, "")
            texts = columns[at] if at is not None and count else (constant,) * count
            found = list(map(cells.__getitem__, texts))
            values[name] = found
            if cells.any_bad:
                places = [n for n, one in enumerate(found) if type(one) is BadCellError]
                wrong.update(places)
                bad += [self._bad(batch, n, name, texts[n], found[n].text) for n in places]
        for name in self._needed:
            if None in values[name]:
                places = [n for n, one in enumerate(values[name]) if one is None]
                wrong.update(places)
                missing = Text(N_("This is needed."))
                bad += [self._bad(batch, n, name, "", missing) for n in places]
        good = [n for n in range(count) if n not in wrong] if wrong else list(range(count))
        return good, values, bad

    def refused(self, batch: Batch, place: int, name: str, reason: Text) -> Bad:
        """A row that is refused for what the database holds."""
        at = self._columns.at.get(name)
        return self._bad(batch, place, name, "" if at is None else batch.rows[place][at], reason)

    def _bad(self, batch: Batch, place: int, name: str, value: str, reason: Text) -> Bad:
        at = self._columns.at.get(name)
        column = name if at is None else self._heads[at]
        return Bad(batch.lines[place], column, value, reason, tuple(batch.rows[place]))


def _reader(kind: LoadKind, name: str, unit: MoneyUnit) -> Callable[[str], Any]:
    if name == "as_of":
        return Day().read
    if name == "account":
        return AccountNumber().read
    if name in {"customer", "customer_credit_code"}:
        return Words(40).read
    found = next(one.kind for one in kind.fields if one.name == name)
    if isinstance(found, Money) and unit != "yuan":
        return _amount(found, _FEN_IN[unit])
    return found.read


def _amount(kind: Money, fen: int) -> Callable[[str], int]:
    """Reads amounts of a file whose unit is not the yuan."""

    def read(cell: str) -> int:
        flat = cell.replace(",", "")
        if not _AMOUNT.fullmatch(flat):
            raise BadCellError("", Text(N_("This is no amount.")))
        amount = Decimal(flat) * fen
        if amount != int(amount):
            raise BadCellError("", Text(N_("This is no amount.")))
        return kind.read(kind.kept(int(amount)))

    return read
