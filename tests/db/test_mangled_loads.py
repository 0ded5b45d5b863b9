"""Ten thousand rows, a third of them broken: each of those is told by line, none half-written."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from core.acting import Acting
from core.clock import MovableClock
from core.enrolment import SYSTEM
from core.facts.kinds import (
    AccountNumber,
    Birthday,
    Code,
    Currency,
    Day,
    Flag,
    Money,
    Month,
    Percent,
    Phone,
    Whole,
    Words,
)
from core.loads.kinds import LOADS
from core.loads.loading import LoadOrder, run_load
from storage.models import Account
from tests.support.bank import MONDAY, build_bank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from core.facts.section import Field
    from core.loads.kinds import LoadKind

#: of each kind; seventeen kinds are over ten thousand
ROWS = 620
BREAKS = (b"\n", b"\r\n", b"\r")
OWNERS = ("C001", "C002", "C003", "C004")
ACCOUNTS = ("993100000001", "993100000002")
#: what depends on other rows: one credit code and one main contact a customer
LEFT_OUT = {"owner", "credit_code", "is_main"}
HUGE = "y" * 5000
#: bytes that are no text at all, and a character that nobody can see
BROKEN, NUL = "\udcff", "\0"


def a_month(_: Any, __: int, chance: Random) -> str:
    return f"{chance.randrange(2015, 2026)}-{chance.randrange(1, 13):02}"


#: how a value of each kind is written, by chance; number tells rows apart
WRITTEN: dict[type, Callable[[Any, int, Random], str]] = {
    Words: lambda kind, number, _: f"字{number}"[: kind.most],
    Code: lambda kind, _, chance: chance.choice(sorted(kind.vocabulary)),
    Money: lambda _, __, chance: f"{chance.randrange(10**7)}.{chance.randrange(100):02}",
    Birthday: lambda _, number, __: f"{number % 12 + 1:02}-15",
    Month: a_month,
    Day: lambda *given: f"{a_month(*given)}-15",
    Percent: lambda _, __, chance: str(chance.randrange(1, 90)),
    Whole: lambda kind, _, __: str(kind.least),
    Flag: lambda _, __, chance: chance.choice(("1", "0")),
    AccountNumber: lambda _, number, __: f"6222{number:08}",
    Currency: lambda *_: "CNY",
    Phone: lambda _, number, __: f"138{number:08}",
}


@dataclass
class Row:
    """A row of the file: its cells, and whether it is to be loaded."""

    line: int
    cells: list[str]
    good: bool = True


class File:
    """A file of one kind, made by chance."""

    def __init__(self, kind: LoadKind, chance: Random) -> None:
        self.kind, self._chance = kind, chance
        self.fields = [one for one in kind.fields if one.name not in LEFT_OUT]
        parent = {"customer_id": ["customer"], "account_id": ["account"], "": []}[kind.parent]
        self.heads = [*parent, *(one.name for one in self.fields)]
        self._first = len(parent)
        self.rows = [self._row(number) for number in range(ROWS)]

    def _row(self, number: int) -> Row:
        owner = {
            "customer_id": [self._chance.choice(OWNERS)],
            "account_id": [self._chance.choice(ACCOUNTS)],
            "": [],
        }[self.kind.parent]
        row = Row(number + 2, [*owner, *(self._value(one, number) for one in self.fields)])
        if number in {100, 300}:
            # A few only: a file of which much is broken is taken for another encoding.
            row.cells[0], row.good = BROKEN, False
        elif self._chance.random() < 1 / 3:
            self._mangle(row)
            row.good = False
        elif self._chance.random() < 0.1:
            self._dress(row)
        return row

    def _value(self, field: Field, number: int) -> str:
        own = {"external_id": f"X{number}", "phone": f"021{number:08}", "industry": "C"}
        written = WRITTEN.get(type(field.kind))
        if written is None:
            return own.get(field.name, "A")
        return written(field.kind, number, self._chance)

    def _mangle(self, row: Row) -> None:
        """Break it in one way of many."""
        chance = self._chance
        at = chance.randrange(len(row.cells))
        way = chance.randrange(8)
        if way == 0:
            row.cells[at] = chance.choice(("=1+1", "@SUM(A1)", "=cmd|' /C calc'!A0"))
        elif way == 1:
            row.cells.append("more")
        elif way == 2:
            row.cells[at] = HUGE
        elif way == 3:
            row.cells[at] = f"a{NUL}b"
        elif way == 4:
            needed = [n for n, one in enumerate(self.fields, self._first) if one.needed]
            row.cells[0 if self._first else chance.choice(needed)] = ""
        elif way == 5 and self._first:
            row.cells[0] = "NOBODY1"
        else:
            at, wrong = chance.choice(list(self._wrong()))
            row.cells[at] = wrong

    def _wrong(self) -> Iterator[tuple[int, str]]:
        """What can't be right in one of its columns."""
        for at, field in enumerate(self.fields, self._first):
            kind = field.kind
            match kind:
                case Words():
                    yield at, "长" * (kind.most + 1)
                case Money():
                    yield at, "lots"
                    yield at, "1" * 30
                    if not kind.negative:
                        yield at, "-5"
                case Day():
                    yield at, "2026-02-30"
                    yield at, "32/13/2026"
                case (
                    Birthday() | Code() | Percent() | Whole() | Flag() | AccountNumber() | Phone()
                ):
                    yield at, "?!"

    def _dress(self, row: Row) -> None:
        """Odd, and right all the same."""
        at = self._chance.randrange(len(row.cells))
        field = self.fields[at - self._first] if at >= self._first else None
        if field is not None and isinstance(field.kind, Words) and field.kind.most >= 20:
            row.cells[at] = f'甲 "{row.line}", 乙'
        else:
            row.cells[at] = f" {row.cells[at]} "

    def write(self, path: Path) -> None:
        """With a BOM, quotes where they must be, and all ends of lines that there are."""
        lines = [self.heads, *(row.cells for row in self.rows)]
        path.write_bytes(
            b"\xef\xbb\xbf"
            + b"".join(
                ",".join(map(quoted, cells)).encode("utf-8", "surrogateescape")
                + self._chance.choice(BREAKS)
                for cells in lines
            )
        )

    def expected(self) -> dict[tuple[Any, ...], dict[str, Any]]:
        """What each key is to say in the end: the last good row's."""
        told = {}
        for row in self.rows:
            if row.good:
                values = {
                    one.name: one.kind.read(cell.strip())
                    for one, cell in zip(self.fields, row.cells[self._first :], strict=True)
                }
                parent = () if self.kind.bank_wide_key else (row.cells[0].strip(),)
                told[(*parent, *(values[name] for name in self.kind.key))] = values
        return told


def quoted(cell: str) -> str:
    """A cell as CSV has it."""
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set('",\r\n') else cell


@pytest.mark.parametrize("name", sorted(LOADS))
async def test_every_broken_row_is_told_by_line_and_every_other_is_whole(
    database: str, tmp_path: Path, name: str
) -> None:
    bank = await build_bank()
    for number in ACCOUNTS:
        await Account.create(
            customer_id=bank.customers["C001"], number=number, tail=number[-4:], recorded_at=MONDAY
        )
    file = File(LOADS[name], Random(name))
    before = await LOADS[name].model.all().count()
    file.write(tmp_path / "rows.csv")
    order = LoadOrder(name, tmp_path / "rows.csv", errors=tmp_path / "bad.csv")
    report = await run_load(Acting(SYSTEM, MONDAY, "load"), order, MovableClock(MONDAY))

    bad = [row.line for row in file.rows if not row.good]
    assert [one.line for one in report.named] == bad[: len(report.named)]
    assert (report.rows, report.bad) == (ROWS, len(bad))
    assert report.added + report.changed + report.unchanged == ROWS - len(bad)
    with (tmp_path / "bad.csv").open(encoding="utf-8-sig", newline="") as told:
        mendable = list(csv.DictReader(told))
    assert len(mendable) == len(bad)
    assert all(row["reason"] for row in mendable)
    expected = file.expected()
    assert await LOADS[name].model.all().count() == before + len(expected)
    assert await kept(file, set(expected), bank.customers) == expected


async def kept(
    file: File, keys: set[tuple[Any, ...]], customers: dict[str, int]
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """What the database says of these keys."""
    accounts = {int(one.id): one.number for one in await Account.all()}
    owners = {number: external for external, number in customers.items()} | accounts
    if file.kind.parent == "customer_id":
        owners = {number: external for external, number in customers.items()}
    elif file.kind.parent == "account_id":
        owners = accounts
    found = {}
    for row in await file.kind.model.all():
        values = {one.name: getattr(row, one.name) for one in file.fields}
        parent = () if file.kind.bank_wide_key else (owners[getattr(row, file.kind.parent)],)
        key = (*parent, *(values[part] for part in file.kind.key))
        if key in keys:
            found[key] = values
    return found
