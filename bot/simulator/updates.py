"""The queue of updates that the bot has not confirmed yet, and `getUpdates` with its offsets.

Each update is turned into JSON once, when it happens. Polling and the webhook both read this queue
and both end in `confirm`; what expires undelivered (a press after 150 seconds) is dropped as
Telegram does.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.constants import PollingLimit, UpdateType

from .errors import OTHER_POLLER, WEBHOOK_IS_SET, conflict
from .signals import Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.clock import Clock

    from .state import Json

DAY = 86400.0
_LIVES = {"callback_query": 150.0, "inline_query": 30.0, "chosen_inline_result": 600.0}
_KINDS = frozenset(kind.value for kind in UpdateType)
_OFF_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MAX_POLL_SECONDS = 50


@dataclass(frozen=True, slots=True)
class Pending:
    """One update on its way: its JSON, the lane that keeps its order, and when it expires."""

    update_id: int
    kind: str
    lane: int
    body: bytes
    expires: float


class UpdateQueue:
    """Updates in the order they happened, until the bot has confirmed them."""

    def __init__(self, clock: Clock, first_id: int) -> None:
        self._clock = clock
        self._next = first_id
        self._pending: OrderedDict[int, Pending] = OrderedDict()
        self._lanes: dict[int, int] = {}
        self._poller = 0
        self._arrived = Signal()
        self.confirmed = Signal()
        self.allowed: frozenset[str] = _KINDS - _OFF_BY_DEFAULT
        self.allowed_given: tuple[str, ...] = ()
        self.webhook: Callable[[Pending], None] | None = None
        self.last_poll = (-1, 0.0)
        self._closed = False

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def next_id(self) -> int:
        """The id that the next update will have."""
        return self._next

    def push(self, kind: str, payload: Json, lane: int) -> int | None:
        """Queue one update; None if the bot asked not to get this kind."""
        if kind not in self.allowed:
            return None
        update_id, self._next = self._next, self._next + 1
        body = json.dumps({"update_id": update_id, kind: payload}, ensure_ascii=False).encode()
        expires = self._clock.now().timestamp() + _LIVES.get(kind, DAY)
        pending = Pending(update_id, kind, lane, body, expires)
        self._pending[update_id] = pending
        self._lanes[lane] = self._lanes.get(lane, 0) + 1
        if self.webhook is not None:
            self.webhook(pending)
        else:
            self._arrived.fire()
        return update_id

    def confirm(self, update_id: int) -> None:
        """The bot has this update; forget it."""
        pending = self._pending.pop(update_id, None)
        if pending is None:
            return
        left = self._lanes[pending.lane] - 1
        if left:
            self._lanes[pending.lane] = left
        else:
            del self._lanes[pending.lane]
        self.confirmed.fire()

    def holds(self, lane: int) -> bool:
        """Whether an update of this lane still waits to be confirmed."""
        return lane in self._lanes

    def pending(self) -> list[Pending]:
        """What waits now, oldest first, without what has expired."""
        now = self._clock.now().timestamp()
        for late in [p.update_id for p in self._pending.values() if p.expires < now]:
            self.confirm(late)
        return list(self._pending.values())

    def allow(self, kinds: Iterable[str]) -> None:
        """Take `allowed_updates` of the bot; an empty list means the default."""
        self.allowed_given = tuple(kind for kind in kinds if kind in _KINDS)
        self.allowed = frozenset(self.allowed_given) or _KINDS - _OFF_BY_DEFAULT

    def drop_all(self) -> None:
        """Forget everything that waits (`drop_pending_updates`)."""
        for update_id in list(self._pending):
            self.confirm(update_id)

    def interrupt(self) -> None:
        """Wake a waiting poll, so that it sees a webhook that was set meanwhile."""
        self._poller += 1
        self._arrived.fire()

    def close(self) -> None:
        """Let go of a waiting poll and never hold one again: the server stops."""
        self._closed = True
        self._arrived.fire()

    async def poll(self, offset: int, limit: int, seconds: float) -> bytes:
        """The result of `getUpdates` as JSON: updates from `offset` on, waiting for the first.

        Raises:
            ApiError: 409 if a webhook is set or another poll takes over.
        """
        if self.webhook is not None:
            raise conflict(WEBHOOK_IS_SET)
        self.interrupt()
        mine = self._poller
        self._move(offset)
        ready = self._ready(limit)
        if not ready and seconds > 0:
            try:
                async with asyncio.timeout(min(seconds, MAX_POLL_SECONDS)):
                    while not ready and not self._closed:
                        await self._arrived.wait()
                        if self.webhook is not None:
                            raise conflict(WEBHOOK_IS_SET)
                        if mine != self._poller and not self._closed:
                            raise conflict(OTHER_POLLER)
                        ready = self._ready(limit)
            except TimeoutError:
                ready = []
        return b"[" + b",".join(ready) + b"]"

    def _move(self, offset: int) -> None:
        if offset > 0:
            while self._pending:
                first = next(iter(self._pending))
                if first >= offset:
                    break
                self.confirm(first)
        elif offset < 0:
            for update_id in list(self._pending)[:offset]:
                self.confirm(update_id)

    def _ready(self, limit: int) -> list[bytes]:
        if not self._pending:
            return []
        limit = max(PollingLimit.MIN_LIMIT, min(limit, PollingLimit.MAX_LIMIT))
        ready: list[bytes] = []
        now = self._clock.now().timestamp()
        late: list[int] = []
        for pending in self._pending.values():
            if pending.expires < now:
                late.append(pending.update_id)
                continue
            ready.append(pending.body)
            if len(ready) == limit:
                break
        for update_id in late:
            self.confirm(update_id)
        return ready
