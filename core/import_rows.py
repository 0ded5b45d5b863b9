"""What all files of rows share: heads, cells read, what is wrong with one, and how a load ends.

Nothing here looks at the bank's rows; the imports themselves do.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core import audit
from core.errors import Conflict
from core.i18n import LOCALES, N_, Text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.acting import Acting
    from storage.importer.tables import Table

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class BadCellError(ValueError):
    """A cell can't be right; the text says what would be."""

    def __init__(self, field: str, text: Text) -> None:
        self.field, self.text = field, text
        super().__init__(text.msgid)


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row is not loaded: where in the file, and the reason."""

    line: int
    #: the column's head as the file has it
    column: str
    value: str
    reason: Text


class UnknownColumnsError(ValueError):
    """The heads are not those of such a file; the text says what is missing."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.msgid)


class Heads:
    """The columns that a kind of file may have: field → the names of its head."""

    def __init__(
        self, heads: Mapping[str, tuple[str, ...]], *, needed: str, missing: Text
    ) -> None:
        self._fields = {plain(head): field for field, names in heads.items() for head in names}
        self._needed, self._missing = needed, missing

    def columns(self, table: Table) -> dict[str, int]:
        """Field → which column it is.

        Raises:
            UnknownColumnsError: if the needed one is missing, or one is there twice.
        """
        found: dict[str, int] = {}
        for at, head in enumerate(table.columns):
            field = self._fields.get(plain(head))
            if field in found:
                raise UnknownColumnsError(
                    Text(N_("The column {name} is there twice."), {"name": head})
                )
            if field is not None:
                found[field] = at
        if self._needed not in found:
            raise UnknownColumnsError(self._missing)
        return found

    def ignored(self, table: Table) -> tuple[str, ...]:
        """The heads that mean nothing to us."""
        return tuple(head for head in table.columns if plain(head) not in self._fields)

    def error(self, table: Table, line: int, bad: BadCellError) -> RowError:
        """A bad cell as the file has it."""
        at = self.columns(table).get(bad.field)
        row = table.rows[bisect_left(table.rows, line, key=lambda row: row.line)]
        if at is None:  # the column is missing altogether
            return RowError(line, bad.field, "", bad.text)
        return RowError(line, table.columns[at], row.cells[at], bad.text)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a table."""

    rows: int
    added: int
    changed: int
    unchanged: int
    #: units that were made, by their names from the head office down
    units: tuple[str, ...]
    errors: tuple[RowError, ...]
    ignored: tuple[str, ...]

    @property
    def bad(self) -> int:
        """How many rows were not loaded."""
        return len({error.line for error in self.errors})


class NothingLoaded(Conflict):
    """A row is bad, and all or nothing was asked for."""

    code = "nothing_loaded"
    msgid = N_("Nothing was loaded: some rows are bad.")
    report: ImportReport


async def conclude(  # noqa: PLR0913 - a report, and what goes into it
    acting: Acting,
    subject: str,
    table: Table,
    heads: Heads,
    counts: Mapping[str, int],
    errors: Sequence[RowError],
    *,
    units: Sequence[str] = (),
    all_or_nothing: bool = False,
) -> ImportReport:
    """What became of a table, with the load written down; `counts` by added, changed, unchanged.

    Raises:
        NothingLoaded: with the report, if it was all or nothing and a row is bad.
    """
    report = ImportReport(
        rows=len(table.rows),
        added=counts["added"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        units=tuple(units),
        errors=tuple(sorted(errors, key=lambda error: error.line)),
        ignored=heads.ignored(table),
    )
    if report.errors and all_or_nothing:
        nothing = NothingLoaded()
        nothing.report = report
        raise nothing
    await audit.record(
        acting, "import", subject, None, rows=report.rows, added=report.added,
        changed=report.changed, bad=report.bad,
    )  # fmt: skip
    return report


def words(most: int) -> Callable[[str], str]:
    """Reads a name or a line of text on one line, of at most so many characters."""

    def read(cell: str) -> str:
        flat = " ".join(cell.split())
        if len(flat) > most:
            raise BadCellError("", Text(N_("At most {most} characters, please."), {"most": most}))
        if not flat.isprintable() and any(
            unicodedata.category(sign) in {"Cc", "Cf", "Cn", "Co", "Cs"} for sign in flat
        ):
            raise BadCellError("", Text(N_("There is a character in it that can't be shown.")))
        return flat

    return read


def coded(vocabulary: Mapping[str, str]) -> Callable[[str], str]:
    """Reads a code, or its label in either language."""

    def read(cell: str) -> str:
        for code, msgid in vocabulary.items():
            labels = {str(texts(locale)(msgid)) for locale in LOCALES}
            if plain(cell) in {plain(word) for word in (code, *labels)}:
                return code
        known = ", ".join(vocabulary)
        raise BadCellError("", Text(N_("One of these, please: {known}."), {"known": known}))

    return read


def day(cell: str) -> date:
    """A day, as 2026-11-30 or 2026年11月30日.

    Raises:
        BadCellError: if it is none.
    """
    found = _DATE.fullmatch(cell)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(cell)
    except ValueError:
        raise BadCellError("", Text(N_("A date reads like 2026-11-30."))) from None


def plain(text: str) -> str:
    """Letters and digits only, in one case and width."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in wide if sign.isalnum())
