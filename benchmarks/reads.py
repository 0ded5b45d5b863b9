"""Profile and search in a large bank, beside a hand-written program doing the same reads.

Usage: python -m benchmarks.reads [CUSTOMERS [ACTIVITIES]] [--engine sqlite|postgres]

Ours is the read itself, with scope, masks, audit row and the note of the look, each in its own
transaction; by hand are the same statements with the driver alone: no scope, no masks, rows as
they come. Both in this process, in turns, on customers drawn at random.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import statistics
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg
from rich.console import Console
from rich.table import Table

from benchmarks import large_bank
from benchmarks.databases import Databases, Engine
from core import completeness, customers, door, profile, promises
from core.acting import Acting
from core.clock import SystemClock
from core.people import person_by_number
from storage import db
from storage.names import pinyin_of
from storage.queues import millis

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TIMES = 1000
_ROUND_MS = 1_800_000
#: kinds of query, each made from a customer that is there
KINDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "brand and trade": lambda one: one["short_name"],
    "part of the name": lambda one: one["name_zh"][2:6],
    "whole name": lambda one: one["name_zh"],
    "pinyin": lambda one: pinyin_of(one["short_name"]),
    "initials": lambda one: one["initials"].split()[0][:4],
    "English": lambda one: " ".join(one["name_en"].split()[:2]),
    "credit code": lambda one: one["credit_code"],
    "telephone": lambda one: one["phone"],
    "end of the telephone": lambda one: one["phone"][-6:],
    "legal representative": lambda one: one["legal_representative"],
    "contact": lambda one: one["contact"],
    "another order": lambda one: one["short_name"][2:] + one["short_name"][:2],
    "one letter wrong": lambda one: one["short_name"][:1] + "甲" + one["short_name"][2:],
}


@dataclass(frozen=True)
class Wait:
    """Milliseconds of one kind of read."""

    what: str
    p50: float
    p99: float

    @staticmethod
    def of(what: str, taken: list[float]) -> Wait:
        """The middle and the hundredth worst of some seconds."""
        ordered = sorted(taken)
        worst = ordered[int(len(ordered) * 0.99)]
        return Wait(what, statistics.median(ordered) * 1000, worst * 1000)


async def measure(url: str) -> list[Wait]:
    """Profile, ours and by hand, and search by kind of query."""
    await db.connect(url)
    try:
        person = await person_by_number("00000", SystemClock().now())
        acting = Acting(person, SystemClock().now(), "bench")
        [row] = await db.rows("SELECT MAX(id) AS n FROM customer")
        ours, by_hand = await _profiles(acting, url, int(row["n"]))
        return [
            Wait.of("profile", ours),
            Wait.of("profile, by hand", by_hand),
            *[await _searched(acting, kind, int(row["n"])) for kind in KINDS],
        ]
    finally:
        await db.disconnect()


async def _profiles(acting: Acting, url: str, most: int) -> tuple[list[float], list[float]]:
    chance = random.Random(5)
    hand = await _by_hand(url, acting)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(TIMES):
        one, other = chance.randrange(most) + 1, chance.randrange(most) + 1
        began = time.perf_counter()
        async with db.transaction():
            await profile.profile(acting, one)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        await hand(other)
        theirs.append(time.perf_counter() - began)
    return ours, theirs


async def _by_hand(url: str, acting: Acting) -> Callable[[int], Awaitable[None]]:
    """The same statements with the driver alone."""
    reads = (
        "SELECT c.* FROM customer c WHERE c.id = $1",
        profile._CONTACTS,  # noqa: SLF001 - the very statements that are compared
        f"{profile._HISTORY} LIMIT 3",  # noqa: SLF001 - likewise
        profile._COUNT,  # noqa: SLF001 - likewise
        profile._NEXT,  # noqa: SLF001 - likewise
        door._DEALINGS,  # noqa: SLF001 - likewise
        promises._OPEN,  # noqa: SLF001 - likewise
        completeness._KNOWN,  # noqa: SLF001 - likewise
    )
    audit = (
        "INSERT INTO audit (at, actor_id, action, subject, subject_id, detail, cause)"
        " VALUES ($1, $2, 'view', 'customer', $3, '{}', 'by hand')"
    )
    look, now = door._LOOK, millis(acting.now)  # noqa: SLF001 - likewise
    who = acting.person.id
    if url.startswith("sqlite"):
        file = sqlite3.connect(url.removeprefix("sqlite://"), isolation_level=None)
        for pragma in ("synchronous = FULL", "cache_size = -32000"):
            file.execute(f"PRAGMA {pragma}")
        moment = acting.now.isoformat(" ")

        async def with_sqlite(customer: int) -> None:
            file.execute("BEGIN IMMEDIATE")
            for read in reads:
                file.execute(read.replace("$1", "?1"), (customer,)).fetchall()
            file.execute(_numbered(audit), (moment, who, customer))
            file.execute(_numbered(look), (who, customer, now, now - _ROUND_MS)).fetchall()
            file.execute("COMMIT")

        return with_sqlite
    connection = await asyncpg.connect(url)

    async def with_asyncpg(customer: int) -> None:
        async with connection.transaction():
            for read in reads:
                await connection.fetch(read, customer)
            await connection.execute(audit, acting.now, who, customer)
            await connection.fetch(look, who, customer, now, now - _ROUND_MS)

    return with_asyncpg


def _numbered(sql: str) -> str:
    return sql.replace("$", "?")


async def _searched(acting: Acting, kind: str, most: int) -> Wait:
    chance = random.Random(kind)
    wanted = [chance.randrange(most) + 1 for _ in range(200)]
    marks = ", ".join(f"${n}" for n, _ in enumerate(wanted, 1))
    firms = await db.rows(
        "SELECT c.*, k.name AS contact FROM customer c JOIN contact k ON k.customer_id = c.id"
        f" WHERE c.id IN ({marks})",
        *wanted,
    )
    taken = []
    for firm in firms:
        text = KINDS[kind](firm)
        began = time.perf_counter()
        await customers.find(acting, text, limit=6)
        taken.append(time.perf_counter() - began)
    return Wait.of(f"search: {kind}", taken)


async def main() -> None:
    """Measure, and print a table."""
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()] or [100_000, 1_000_000]
    size, activities = numbers[0], numbers[1] if numbers[1:] else numbers[0] * 10
    engines: tuple[Engine, ...] = ("sqlite", "postgres")
    shown = Table("engine", "what", "p50 ms", "p99 ms", title=f"{size:,} customers")
    with Databases(lambda: large_bank.fill(size, activities)) as databases:
        for engine in engines:
            if "--engine" in sys.argv and engine not in sys.argv:
                continue
            for one in await measure(await databases.fresh(engine)):
                shown.add_row(engine, one.what, f"{one.p50:.2f}", f"{one.p99:.2f}")
    Console(width=100).print(shown)


if __name__ == "__main__":
    asyncio.run(main())
