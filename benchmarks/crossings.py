"""How long one pass over all customers takes that looks for facts beyond a line.

Usage: python -m benchmarks.crossings [CUSTOMERS]

The first pass writes what it finds, the second finds the same and writes nothing.
"""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from datetime import timedelta

from rich.console import Console
from rich.table import Table

from benchmarks import large_bank
from benchmarks.databases import Databases, Engine
from core.acting import Acting
from core.clock import SystemClock
from core.crossings import find_crossings
from core.enrolment import SYSTEM
from storage import db
from storage.models import Crossing

ENGINES: tuple[Engine, ...] = ("sqlite", "postgres")


@dataclass(frozen=True)
class Pass:
    """One pass: how long, how much it found, and the longest that it held the database."""

    what: str
    seconds: float
    found: int
    longest_ms: float


async def measure(url: str) -> list[Pass]:
    """Two passes, a day apart."""
    await db.connect(url)
    try:
        now = SystemClock().now()
        return [
            await _pass("first", Acting(SYSTEM, now, "bench")),
            await _pass("the next day", Acting(SYSTEM, now + timedelta(days=1), "bench")),
        ]
    finally:
        await db.disconnect()


async def _pass(what: str, acting: Acting) -> Pass:
    began, longest = time.perf_counter(), 0.0
    while True:
        at = time.perf_counter()
        async with db.transaction():
            done = await find_crossings(acting)
        longest = max(longest, time.perf_counter() - at)
        if not done:
            break
    seconds = time.perf_counter() - began
    return Pass(what, seconds, await Crossing.filter(ended_at=None).count(), longest * 1000)


async def main() -> None:
    """Measure both engines and print a table."""
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    shown = Table("engine", "pass", "customers/s", "open", "longest batch ms",
                  title=f"{customers:,} customers")  # fmt: skip
    with Databases(lambda: large_bank.fill(customers, customers)) as databases:
        for engine in ENGINES:
            for one in await measure(await databases.fresh(engine)):
                shown.add_row(engine, one.what, f"{customers / one.seconds:,.0f}",
                              f"{one.found:,}", f"{one.longest_ms:,.0f}")  # fmt: skip
    Console().print(shown)


if __name__ == "__main__":
    asyncio.run(main())
