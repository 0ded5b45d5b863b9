"""Simulated time: an event loop whose clock jumps to the next timer when nothing is under way.

Everything that waits on the loop (paces, polls, time-outs, a slow Telegram) waits in simulated
seconds, in the order in which it would happen. Handling takes none, so what is measured is how
long something had to wait for its turn, the same on a fast machine and on a slow one.
"""

from __future__ import annotations

import asyncio
import selectors
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

#: real seconds in which what is under way on a socket must have come
GRACE = 0.0003
#: real seconds between looks at whether a thread is still at work
AT_WORK = 0.0005


class _Selector(selectors.DefaultSelector):
    """Waits for what is under way; where there is nothing, lets the time pass at once."""

    loop: SimulatedLoop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            return super().select(0)
        found = super().select(GRACE)
        while not found and self.loop.at_work():
            found = super().select(AT_WORK)
        if found or timeout is None:
            return found or super().select(None)
        self.loop.passed += timeout
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop in simulated time.

    `at_work` says whether something runs outside of the loop (a database's thread), for which the
    time stands still. Use it as `asyncio.Runner(loop_factory=SimulatedLoop)`.
    """

    def __init__(self, at_work: Callable[[], bool] = lambda: False) -> None:
        selector = _Selector()
        selector.loop = self
        self.passed = 1_000.0
        self.at_work = at_work
        super().__init__(selector)

    def time(self) -> float:
        """The simulated seconds that have passed."""
        return self.passed


class LoopClock:
    """The wall clock of a machine whose time is the loop's; it may be set wrong and right."""

    def __init__(self, start: datetime) -> None:
        self._loop = asyncio.get_running_loop()
        self._began, self._start = self._loop.time(), start
        self._set_by = timedelta()

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self._start + timedelta(seconds=self._loop.time() - self._began) + self._set_by

    def jump(self, by: timedelta) -> None:
        """Set the clock forward or back; no time passes."""
        self._set_by += by
