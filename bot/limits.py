"""Telegram's pace: overall, in a private chat, and in a group.

A pace is a bucket of tokens, kept as one number: the moment at which it would be full again. A
chat's is kept with its mailbox, wherever it is delivered from; the overall one in this process
or, where several share it, in the database. Replies take a token and wait their turn. What may
wait (alerts, digests) takes only what is above a reserve, so that a reply finds a token at once
however many alerts are due, and none of the senders needs to know of the others.
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from storage import pace as shared

if TYPE_CHECKING:
    from collections.abc import Callable

#: what an idle bucket saves up, what replies find in it, and what alerts take at once, in seconds
BURST_SECONDS, KEPT_SECONDS, BATCH_SECONDS = 0.7, 0.28, 0.14


@dataclass(frozen=True, slots=True)
class Pace:
    """How many at once, and how many a second after that."""

    burst: float
    per_second: float

    def taken(self, full_at: float, now: float) -> float:
        """When the bucket will be full again, in seconds, once one was taken.

        No bucket lacks more than it holds: where one says so, the clock was set back since, and
        one is there.
        """
        one = 1 / self.per_second
        if full_at > now + self.burst * one:
            full_at = now + (self.burst - 1) * one
        return max(full_at, now) + one

    def wait(self, full_at: float, now: float) -> float:
        """Seconds until one may be taken."""
        return max(0.0, self.taken(full_at, now) - now - self.burst / self.per_second)


PRIVATE = Pace(burst=3, per_second=1)
GROUP = Pace(burst=15, per_second=19 / 60)
UNLIMITED = Pace(burst=1e9, per_second=1e9)


class Overall(Protocol):
    """The pace of everything that is sent."""

    #: how many that may wait are taken at once
    batch: int

    async def reply(self) -> float:
        """Take one, and return the seconds to wait for it."""
        ...

    async def spare(self, wanted: int) -> tuple[int, float]:
        """Take up to so many above the reserve; returns how many, and when to ask again (s)."""
        ...


class OwnPace:
    """The overall pace of the only sender, kept in memory on the event loop's clock."""

    def __init__(self, per_second: float, time: Callable[[], float] | None = None) -> None:
        self._per_second = per_second
        self._time = time or (lambda: asyncio.get_running_loop().time())
        self._burst, self._kept, self.batch = _bucket(per_second)
        self._full_at = -math.inf

    async def reply(self) -> float:
        """Take one, and return the seconds to wait for it."""
        now = self._time()
        self._full_at = max(self._full_at, now) + 1 / self._per_second
        return max(0.0, self._full_at - now - self._burst / self._per_second)

    async def spare(self, wanted: int) -> tuple[int, float]:
        """Take up to so many above the reserve; returns how many, and when to ask again (s)."""
        now = self._time()
        level = self._burst - max(0.0, self._full_at - now) * self._per_second
        granted = min(wanted, max(0, math.floor(level - self._kept)))
        self._full_at = max(self._full_at, now) + granted / self._per_second
        return granted, _again(level - granted, self._kept, self.batch, self._per_second)


class SharedPace:
    """The overall pace of all senders on one server, kept in its database."""

    def __init__(self, per_second: float, name: str = "telegram") -> None:
        self._per_second, self._name = per_second, name
        self._burst, self._kept, self.batch = _bucket(per_second)

    async def reply(self) -> float:
        """Take one, and return the seconds to wait for it."""
        _, full_in = await shared.take(self._name, 1, self._per_second, most=1e9)
        return max(0.0, full_in - self._burst / self._per_second)

    async def spare(self, wanted: int) -> tuple[int, float]:
        """Take up to so many above the reserve; returns how many, and when to ask again (s)."""
        most = self._burst - self._kept
        granted, full_in = await shared.take(self._name, wanted, self._per_second, most=most)
        level = self._burst - full_in * self._per_second
        return granted, _again(level, self._kept, self.batch, self._per_second)


class Unpaced:
    """No overall pace at all, for a platform that has none."""

    batch = 1_000

    async def reply(self) -> float:
        """Nobody waits."""
        return 0.0

    async def spare(self, wanted: int) -> tuple[int, float]:
        """Everybody gets what they want."""
        return wanted, 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast messages may follow each other: all of them, and those to one chat."""

    overall: Overall
    private: Pace = PRIVATE
    group: Pace = GROUP

    def of(self, chat_id: int) -> Pace:
        """The pace of a chat; groups have negative numbers."""
        return self.private if chat_id > 0 else self.group


def unlimited() -> Limits:
    """No limits, for a platform that has none."""
    return Limits(Unpaced(), UNLIMITED, UNLIMITED)


def _bucket(per_second: float) -> tuple[float, float, int]:
    """Its size, the reserve for replies, and how many of what may wait are taken at once."""
    burst = max(1.0, per_second * BURST_SECONDS)
    kept = min(per_second * KEPT_SECONDS, burst - 1)
    return burst, kept, max(1, math.floor(per_second * BATCH_SECONDS))


def _again(level: float, kept: float, batch: int, per_second: float) -> float:
    """Seconds until a batch is there above the reserve."""
    return max(0.0, (kept + batch - level) / per_second)
