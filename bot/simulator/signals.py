"""Waiting for something to change, without ever sleeping and looking again.

A `Signal` wakes whoever waits for it; `until` turns a condition and a signal into one await.
Phones, polls and tests use nothing else to wait.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Signal:
    """Something happened here; whoever waits is woken once and looks for themselves."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def fire(self) -> None:
        """Wake everybody who waits now."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self) -> None:
        """Return at the next `fire`."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)


async def until(signal: Signal, condition: Callable[[], bool], seconds: float) -> bool:
    """Whether `condition` came true within `seconds`; it is looked at whenever `signal` fires."""
    if condition():
        return True
    if seconds <= 0:
        return False
    try:
        async with asyncio.timeout(seconds):
            while not condition():
                await signal.wait()
    except TimeoutError:
        return condition()
    return True
