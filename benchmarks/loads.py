"""How fast files are loaded, beside a program that only reads and inserts.

Usage: python -m benchmarks.loads [ROWS]

The hand-written one is csv and executemany into the same table with the same indexes: no checks,
no history, keys known beforehand. Both load the same rows of balances; then the same file again,
of which ours must find that nothing has changed. Then half as many customers, likewise
(benchmarks/customer_loads.py).
"""

from __future__ import annotations

import asyncio
import csv
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import asyncpg
from rich.console import Console
from rich.table import Table

from benchmarks.customer_loads import measure_customers
from benchmarks.databases import Databases, Engine
from core.acting import Acting
from core.clock import SystemClock
from core.enrolment import SYSTEM
from core.loads.loading import LoadOrder, run_load
from storage import db
from storage.models import Account, Customer

ACCOUNTS = 500
ENGINES: tuple[Engine, ...] = ("sqlite", "postgres")


@dataclass(frozen=True)
class Rate:
    """Rows a second, of one engine."""

    engine: str
    what: str
    ours: float
    bare: float


async def measure(databases: Databases, engine: Engine, rows: int) -> list[Rate]:
    """Load so many balances, ours and by hand, on one engine."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "balances.csv")
        _write(file, rows)
        url = await databases.fresh(engine)
        await _prepared(url)
        first = await _ours(file, rows)
        again = await _ours(file, rows)
        await db.disconnect()
        other = await databases.fresh(engine)
        await _prepared(other)
        ids = dict(await Account.all().values_list("number", "id"))
        await db.disconnect()
        bare = await _bare(other, file, ids, rows)
    return [Rate(engine, "new", first, bare), Rate(engine, "the same again", again, bare)]


def _write(file: Path, rows: int) -> None:
    first = date(2024, 1, 1)
    with file.open("w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("account", "day", "balance"))
        for n in range(rows):
            day = first + timedelta(days=n // ACCOUNTS)
            writer.writerow((_number(n % ACCOUNTS), day, f"{n * 37 % 10**8}.{n % 100:02}"))


def _number(n: int) -> str:
    return f"62220000{n:08}"


async def _prepared(url: str) -> None:
    await db.connect(url)
    customer = await Customer.all().order_by("id").first()
    assert customer is not None
    await Account.bulk_create(
        [
            Account(
                customer_id=customer.id, number=_number(n), tail=_number(n)[-4:],
                recorded_at=_now(),
            )
            for n in range(ACCOUNTS)
        ]
    )  # fmt: skip


def _now() -> datetime:
    return datetime.now(UTC)


async def _ours(file: Path, rows: int) -> float:
    began = time.perf_counter()
    report = await run_load(
        Acting(SYSTEM, _now(), "bench"), LoadOrder("balances", file), SystemClock()
    )
    assert (report.rows, report.bad) == (rows, 0)
    return rows / (time.perf_counter() - began)


async def _bare(url: str, file: Path, ids: dict[str, int], rows: int) -> float:
    began = time.perf_counter()
    with file.open(newline="") as text:
        reader = csv.reader(text)
        next(reader)
        found = ((ids[a], day, round(float(value) * 100)) for a, day, value in reader)
        path = db.sqlite_file(url)
        if path is not None:
            with sqlite3.connect(path) as connection:
                connection.executemany(
                    "INSERT INTO balance (account_id, day, balance_fen) VALUES (?, ?, ?)", found
                )
            connection.close()
        else:
            server = await asyncpg.connect(url)
            async with server.transaction():
                await server.executemany(
                    "INSERT INTO balance (account_id, day, balance_fen) VALUES ($1, $2, $3)",
                    [(a, date.fromisoformat(day), value) for a, day, value in found],
                )
            await server.close()
    return rows / (time.perf_counter() - began)


async def main() -> None:
    """Measure both engines and print a table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    shown = Table("engine", "balances", "rows/s", "bare rows/s", "of bare")
    with Databases() as databases:
        for engine in ENGINES:
            for one in await measure(databases, engine, rows):
                shown.add_row(one.engine, one.what, f"{one.ours:,.0f}", f"{one.bare:,.0f}",
                              f"{one.ours / one.bare:.2f}")  # fmt: skip
        Console().print(shown)
        Console().print(await _customers(databases, max(rows // 2, 1)))


async def _customers(databases: Databases, count: int) -> Table:
    shown = Table("engine", "customers", "rows/s", "CPU s", "of by hand")
    for engine in ENGINES:
        found = await measure_customers(databases, engine, count)
        bare = next(one.a_second for one in found if one.what == "by hand")
        for one in found:
            shown.add_row(one.engine, one.what, f"{one.a_second:,.0f}",
                          f"{one.cpu_seconds:.1f}", f"{one.a_second / bare:.2f}")  # fmt: skip
    return shown


if __name__ == "__main__":
    asyncio.run(main())
