"""The scheduler: ticks every few seconds, whatever is done to the machine's clock.

The library plans by the wall clock, so that one which is set back by an hour would keep it still
for that hour; and it leaves out a run that comes a second late. Both are mended here.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from core.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.clock import Clock

log = structlog.get_logger(__name__)


class Ticking:
    """Calls `tick` every so many seconds; what fails is tried again at the next one.

    `machine` is the clock that the library plans by.
    """

    def __init__(
        self, tick: Callable[[], Awaitable[None]], seconds: float, machine: Clock | None = None
    ) -> None:
        self._tick, self._seconds = tick, seconds
        self._machine = machine or SystemClock()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._job = self._scheduler.add_job(
            self._safely,
            "interval",
            seconds=seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    async def _safely(self) -> None:
        try:
            await self._tick()
        except Exception as error:  # noqa: BLE001 - the outermost layer of the scheduler
            log.warning("tick_failed", error=type(error).__name__)

    def look(self) -> bool:
        """Tick now where the next one is further away than it can be; whether it was."""
        ahead = self._job.next_run_time - self._machine.now()
        if ahead <= timedelta(seconds=2 * self._seconds):
            return False
        log.warning("clock_set_back", seconds=ahead.total_seconds())
        self._job.modify(next_run_time=self._machine.now())
        return True

    async def watch(self) -> None:
        """Look as often as it ticks, in the time that no clock is set by."""
        while True:
            await asyncio.sleep(self._seconds)
            self.look()

    def stop(self) -> None:
        """Tick no more."""
        self._scheduler.shutdown(wait=False)
