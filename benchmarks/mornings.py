"""Everybody's morning digest while 50 people chat, on a Telegram that enforces its limits.

In simulated time, or (`real`) in real time; `made` measures only the making, a person's.

Usage: python -m benchmarks.mornings PEOPLE [real | made | outage]
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import structlog

from core.acting import Acting
from core.enrolment import SYSTEM
from notifications import digests
from storage import db
from storage.models import Outbox
from tests.support.databases import SqliteDatabases
from tests.support.mornings import DAY, build, morning, simulated

#: a moment before the first digest
BEGINS = DAY + timedelta(seconds=45)
CHATTING = 50
OUTAGE = timedelta(minutes=10)


async def delivered(url: str, folder: Path, people: int, *, outage: bool) -> None:
    """Let it become morning and print what was seen."""
    began = time.monotonic()
    async with morning(url, folder, people, chatting=CHATTING, start=BEGINS) as run:
        run.start()
        if outage:
            await run.until_told(0.3)
            run.simulator.faults.clear()
            run.simulator.faults.server_error(None, method="sendMessage")
            await asyncio.sleep(OUTAGE.total_seconds())
            run.simulator.faults.clear()
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
            asyncio.run(delivered(url, Path(folder), people, outage=False))
        else:
            simulated(lambda: delivered(url, Path(folder), people, outage=how == "outage"))


main()
