"""Telegram's pace: overall, in a private chat, and in a group.

Token buckets on the event loop's own clock, which moves even where the product's clock stands
still. A bucket that is empty makes its caller wait; one chat's wait delays no other chat.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

CHATS_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Pace:
    """How many at once, and how many a second after that."""

    burst: float
    per_second: float


OVERALL = Pace(burst=25, per_second=29)
PRIVATE = Pace(burst=3, per_second=1)
GROUP = Pace(burst=15, per_second=19 / 60)
UNLIMITED = Pace(burst=1e9, per_second=1e9)


class _Bucket:
    """Tokens that grow back; the level may be owed, so that waiters are served in turn."""

    __slots__ = ("_at", "_level", "_pace")

    def __init__(self, pace: Pace, now: float) -> None:
        self._pace, self._level, self._at = pace, pace.burst, now

    def take(self, now: float) -> float:
        """Take one and return the seconds to wait until it is there."""
        grown = self._level + (now - self._at) * self._pace.per_second
        self._level = min(self._pace.burst, grown) - 1
        self._at = now
        return max(0.0, -self._level / self._pace.per_second)


class Limits:
    """Waits until a message may go to a chat."""

    def __init__(
        self, overall: Pace = OVERALL, private: Pace = PRIVATE, group: Pace = GROUP
    ) -> None:
        self._overall_pace, self._private, self._group = overall, private, group
        self._overall: _Bucket | None = None
        self._chats: OrderedDict[int, _Bucket] = OrderedDict()

    async def wait(self, chat_id: int) -> None:
        """Return when one message to this chat is within every limit."""
        loop = asyncio.get_running_loop()
        await _sleep(self._chat(chat_id, loop.time()).take(loop.time()))
        if self._overall is None:
            self._overall = _Bucket(self._overall_pace, loop.time())
        await _sleep(self._overall.take(loop.time()))

    def _chat(self, chat_id: int, now: float) -> _Bucket:
        bucket = self._chats.pop(chat_id, None)
        if bucket is None:
            bucket = _Bucket(self._group if chat_id < 0 else self._private, now)
        self._chats[chat_id] = bucket
        if len(self._chats) > CHATS_REMEMBERED:
            self._chats.popitem(last=False)
        return bucket


async def _sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)
