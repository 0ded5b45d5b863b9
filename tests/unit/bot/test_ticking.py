"""The scheduler ticks whatever is done to the machine's clock."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.ticking import Ticking
from core.clock import MovableClock, SystemClock


async def test_a_clock_that_was_set_back_by_an_hour_keeps_no_tick_waiting() -> None:
    ticked = asyncio.Event()

    async def tick() -> None:
        ticked.set()

    ticking = Ticking(tick, 60.0)
    try:
        assert not ticking.look()
        # To the library it is an hour earlier than when it planned the next tick.
        ticking._job.modify(next_run_time=SystemClock().now() + timedelta(hours=1))
        assert ticking.look()
        async with asyncio.timeout(5):
            await ticked.wait()
        assert not ticking.look()
    finally:
        ticking.stop()


async def test_a_tick_that_failed_is_followed_by_the_next() -> None:
    ticks = 0
    enough = asyncio.Event()

    async def tick() -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 1:
            raise RuntimeError
        enough.set()

    ticking = Ticking(tick, 0.01, MovableClock())
    try:
        async with asyncio.timeout(5):
            await enough.wait()
    finally:
        ticking.stop()
