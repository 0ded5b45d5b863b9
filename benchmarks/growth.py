"""What one update costs when a thousand, a hundred thousand and a million others are stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.crowd import Crowd
from benchmarks.deeds import log_visit
from benchmarks.processes import Subject
from bot.simulator import Simulator
from core.clock import SystemClock
from storage import db

if TYPE_CHECKING:
    from benchmarks.databases import Databases, Engine

STORED = (1_000, 100_000, 1_000_000)
_ROLES = '["intake", "worker", "sender"]'
_BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Growth:
    """The cost of an update at one size."""

    engine: str
    stored: int
    p50: float
    p99: float
    cpu: float


async def at_sizes(
    databases: Databases, engine: Engine, seconds: float, sizes: tuple[int, ...] = STORED
) -> list[Growth]:
    """Fill inbox, outbox and dialogues of a database up to each size, and measure.

    Each size has a database of its own: the simulator's next ids would be known to the last one.
    """
    results = []
    for size in sizes:
        url = await databases.fresh(engine)
        await db.connect(url)
        await _fill(size)
        await db.disconnect()
        async with Simulator(clock=SystemClock(), token="1:TEST") as simulator:
            crowd = Crowd(simulator)
            async with Subject("roundsman", simulator.api_base, url, _ROLES) as subject:
                await crowd.work(1, 1.0, log_visit)
                cpu = subject.cpu_seconds
                times = await crowd.work(1, seconds, log_visit)
                cpu = subject.cpu_seconds - cpu
        results.append(
            Growth(
                engine, size, times.percentile(0.5), times.percentile(0.99),
                cpu / len(times.each) * 1000,
            )
        )  # fmt: skip
    return results


async def _fill(stored: int) -> None:
    """Rows as a finished update leaves them, below the ids that the run will use."""
    for first in range(0, stored, _BATCH):
        last = min(first + _BATCH, stored)
        numbers = (
            f"WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n"
            f" WHERE i + 1 < {last})"
        )
        lane = "'c:' || (100001 + i % 200)"
        async with db.transaction():
            await db.rows(
                "INSERT INTO inbox (key, lane, position, body, status, attempts, not_before,"
                f" received_at, done_at) {numbers} SELECT 'u:-' || i, {lane}, i, '{{}}', 'done',"
                " 0, 0, 1, 2 FROM n"
            )
            await db.rows(
                "INSERT INTO outbox (cause, chat_id, priority, op, content, subject, status,"
                f" attempts, not_before, created_at) {numbers} SELECT 'b:' || i,"
                " 100001 + i % 200, 0, 'post', '', '', 'sent', 0, 0, 1 FROM n"
            )
            await db.rows(
                "INSERT INTO talk (lane, staff_id, flow, version, args, status, turn, view,"
                " prefill, collected, cause, started_at, touched_at, expires_at, reminded)"
                f" {numbers} SELECT {lane}, 1, 'log_visit', 1, '{{}}', 'done', 7, '{{}}', '{{}}',"
                f" '[]', 'b', 1, 1, 1, {_false()} FROM n WHERE i % 7 = 0"
            )
    if db.dialect() == "postgres":
        await db.rows("ANALYZE")


def _false() -> str:
    return "FALSE" if db.dialect() == "postgres" else "0"
