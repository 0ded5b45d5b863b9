"""Everybody's morning digest while 50 people chat, on a Telegram that enforces its limits.

In simulated time, or (`real`) in real time; `made` measures only the making, a person's. What goes
wrong meanwhile, in simulated time: Telegram is away for ten minutes (`outage`), bot and scheduler
are killed in turns (`killed`), the clock is set forward and back by an hour, and back and forward
(`clock`).

Usage: python -m benchmarks.mornings PEOPLE [real | made | outage | killed | clock]
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from core.acting import Acting
from core.enrolment import SYSTEM
from notifications import digests
from storage import db
from storage.models import Outbox
from tests.support.databases import SqliteDatabases
from tests.support.mornings import DAY, build, morning, simulated

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.support.mornings import Morning

#: a moment before the first digest
BEGINS = DAY + timedelta(seconds=45)
CHATTING = 50
OUTAGE = timedelta(minutes=10)
#: how often bot and scheduler are killed, how long apart, and how long they stay dead
KILLS, APART, DEAD = 12, timedelta(seconds=25), timedelta(seconds=10)
#: by how much the clock is set wrong, and for how long
WRONG_BY, WRONG_FOR = timedelta(hours=1), timedelta(minutes=2)


async def outage(run: Morning) -> None:
    """Telegram answers nothing but errors."""
    await run.until_told(0.3)
    run.simulator.faults.clear()
    run.simulator.faults.server_error(None, method="sendMessage")
    await asyncio.sleep(OUTAGE.total_seconds())
    run.simulator.faults.clear()


async def killed(run: Morning) -> None:
    """Bot and scheduler die in turns, wherever they are, and are started again."""
    for number in range(KILLS):
        await asyncio.sleep(APART.total_seconds())
        part = ("bot", "scheduler")[number % 2]
        await run.kill(part)
        await asyncio.sleep(DEAD.total_seconds())
        run.start(part)


async def clock(run: Morning) -> None:
    """Somebody sets the clock wrong, and right again, to either side."""
    for share, by in ((0.2, WRONG_BY), (0.5, -WRONG_BY)):
        await run.until_told(share)
        run.clock.jump(by)
        await asyncio.sleep(WRONG_FOR.total_seconds())
        run.clock.jump(-by)


TROUBLES = {"outage": outage, "killed": killed, "clock": clock}


async def delivered(
    url: str, folder: Path, people: int, trouble: Callable[[Morning], Awaitable[None]] | None
) -> None:
    """Let it become morning and print what was seen."""
    began = time.monotonic()
    async with morning(url, folder, people, chatting=CHATTING, start=BEGINS) as run:
        run.start()
        if trouble is not None:
            await trouble(run)
        await run.until_told()
        seen = run.seen
        print(
            f"{people} people: lost {seen.lost}, twice {seen.twice}, 429s {seen.refused},"
            f" {seen.local[0]:%H:%M:%S}-{seen.local[-1]:%H:%M:%S} ({seen.seconds:.0f} s),"
            f" {seen.of_least:.3f} of the least possible; {len(seen.waits)} replies,"
            f" p50 {seen.percentile(0.5) * 1000:.0f} ms,"
            f" p99 {seen.percentile(0.99) * 1000:.0f} ms;"
            f" ran {time.monotonic() - began:.0f} s"
        )


async def made(url: str, people: int) -> None:
    """Make the digests of so many people and print what one takes."""
    await db.connect(url)
    await build(people, DAY)
    now = DAY + timedelta(minutes=2)
    began, batches = time.perf_counter(), []
    while True:
        start = time.perf_counter()
        async with db.transaction():
            if not await digests.morning_digest(Acting(SYSTEM, now, "bench")):
                break
        batches.append(time.perf_counter() - start)
    took, told = time.perf_counter() - began, await Outbox.all().count()
    await db.disconnect()
    print(
        f"{told} digests: {took / told * 1000:.2f} ms each; a batch"
        f" {sorted(batches)[len(batches) // 2] * 1000:.0f} ms, longest {max(batches) * 1000:.0f}"
    )


def main() -> None:
    """Run what was asked for."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    people, how = int(sys.argv[1]), sys.argv[2] if sys.argv[2:] else "simulated"
    with tempfile.TemporaryDirectory() as folder:
        url = SqliteDatabases(Path(folder)).fresh()
        if how == "made":
            asyncio.run(made(url, people))
        elif how == "real":
            asyncio.run(delivered(url, Path(folder), people, None))
        else:
            simulated(lambda: delivered(url, Path(folder), people, TROUBLES.get(how)))


main()
