"""Telegram's pace: one message a second in a chat, 20 a minute in a group, 30 a second in all.

A private chat lets a short burst through. Telegram publishes no exact numbers, so these are the
ones of its FAQ. Measured in real monotonic time, never by the movable clock; switched off by
default.
"""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from typing import TYPE_CHECKING

from .errors import too_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from .state import Chat

BURST = 4
PRIVATE_PER_SECOND = 1.0
OVERALL_PER_SECOND = 30.0
GROUP_PER_MINUTE = 20
_REMEMBERED_CHATS = 100_000


class Bucket:
    """Tokens that come back at a steady rate, up to a brim."""

    __slots__ = ("_at", "_brim", "_rate", "_tokens")

    def __init__(self, rate: float, brim: float, now: float) -> None:
        self._rate, self._brim, self._tokens, self._at = rate, brim, brim, now

    def wait(self, now: float, count: int) -> float:
        """Seconds until `count` tokens are there; zero if they are there now."""
        self._tokens = min(self._brim, self._tokens + (now - self._at) * self._rate)
        self._at = now
        missing = min(count, self._brim) - self._tokens
        return max(0.0, missing / self._rate)

    def take(self, count: int) -> None:
        """Use `count` tokens; an album may leave the bucket in debt."""
        self._tokens -= count


class Pace:
    """Whether Telegram would let the next message through now."""

    def __init__(self, monotonic: Callable[[], float], *, on: bool) -> None:
        self.on = on
        self._monotonic = monotonic
        self._overall = Bucket(OVERALL_PER_SECOND, OVERALL_PER_SECOND, monotonic())
        self._private: OrderedDict[int, Bucket] = OrderedDict()
        self._groups: dict[int, deque[float]] = {}

    def take(self, chat: Chat, count: int = 1) -> None:
        """Count `count` messages to this chat.

        Raises:
            ApiError: 429 with the whole seconds to wait; nothing is counted then.
        """
        if not self.on:
            return
        now = self._monotonic()
        if chat.type == "private":
            bucket = self._private.get(chat.id)
            if bucket is None:
                bucket = self._private[chat.id] = Bucket(PRIVATE_PER_SECOND, BURST, now)
                if len(self._private) > _REMEMBERED_CHATS:
                    self._private.popitem(last=False)
            wait = bucket.wait(now, count)
        else:
            bucket = None
            wait = self._group_wait(chat.id, now, count)
        wait = max(wait, self._overall.wait(now, count))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        self._overall.take(count)
        if bucket is not None:
            bucket.take(count)
        else:
            self._groups[chat.id].extend([now] * count)

    def _group_wait(self, chat_id: int, now: float, count: int) -> float:
        sent = self._groups.setdefault(chat_id, deque())
        while sent and now - sent[0] >= 60:
            sent.popleft()
        over = len(sent) + count - GROUP_PER_MINUTE
        return 60 - (now - sent[min(over, len(sent)) - 1]) if over > 0 and sent else 0.0
