"""People who work as fast as they are answered, and a stop-watch on every answer.

Each person does one thing, waits for the bot's first message or edit in their chat, and does the
next: a closed loop. The time from the update's birth to that request's arrival is what a person
waits, without the network of a real Telegram.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.bank import FIRST_CHAT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.simulator import Phone, Simulator
    from bot.simulator.botapi import Request

    Deed = Callable[["Crowd", Phone], Awaitable[None]]

ANSWERS = frozenset({"sendMessage", "editMessageText"})
PATIENCE = 30.0


@dataclass
class Times:
    """How long each answer took, in seconds, and how long the whole took."""

    each: list[float] = field(default_factory=list)
    whole: float = 0.0

    @property
    def per_second(self) -> float:
        """Updates answered a second."""
        return len(self.each) / self.whole

    def percentile(self, share: float) -> float:
        """The time in milliseconds within which this share of the answers came."""
        ordered = sorted(self.each)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class Crowd:
    """The people; one `Crowd` for one simulator."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._answered: dict[int, asyncio.Future[float]] = {}
        simulator.on_request(self._requested)
        self.times = Times()

    def _requested(self, request: Request) -> None:
        waiting = self._answered.get(request.chat_id or 0)
        if waiting is not None and request.method in ANSWERS and not waiting.done():
            waiting.set_result(time.perf_counter())

    async def work(self, people: int, seconds: float, deed: Deed) -> Times:
        """Have so many people repeat a deed for about so long; returns the times of this run."""
        self.times = Times()
        started = time.perf_counter()
        until = started + seconds
        await asyncio.gather(*(self._person(n, until, deed) for n in range(people)))
        self.times.whole = time.perf_counter() - started
        return self.times

    async def _person(self, number: int, until: float, deed: Deed) -> None:
        phone = self._simulator.phone(
            FIRST_CHAT + number, f"P{number}", language_code="zh-hans", started=True
        )
        while time.perf_counter() < until:
            await deed(self, phone)

    async def timed(self, phone: Phone, act: Callable[[], Awaitable[object]]) -> None:
        """Do something and wait for the first answer to it."""
        answer = asyncio.get_running_loop().create_future()
        self._answered[phone.user_id] = answer
        started = time.perf_counter()
        await act()
        async with asyncio.timeout(PATIENCE):
            self.times.each.append(await answer - started)
