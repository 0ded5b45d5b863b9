"""Delivery of updates to the bot's webhook, in order within a chat and at once between chats.

A failed delivery holds back only its own chat and is repeated after a second, then two, four ...
up to a minute, or when the bot's `Retry-After` says; what was delivered is confirmed in the queue.
A 200 may carry a method call in its body, which is executed as Telegram would.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .state import Json
    from .updates import Pending
    from .world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LONGEST_WAIT = 60.0
ANSWER_SECONDS = 60.0


class Webhook:
    """Where updates go when a webhook is set, and how far they have come."""

    def __init__(self, world: World, execute: Callable[[Json], Awaitable[None]]) -> None:
        self._world = world
        self._execute = execute
        self._lanes: dict[int, deque[Pending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(40)
        self._secret = ""
        self.url = ""
        self.max_connections = 40
        self.first_wait = 1.0
        self.set_at = -1.0
        self.last_error = ""
        self.last_error_date = 0

    def set(self, url: str, secret: str, max_connections: int) -> None:
        """Deliver to `url` from now on, beginning with what waits already."""
        self.remove()
        self.url, self._secret, self.max_connections = url, secret, max_connections
        self.set_at = self._world.monotonic()
        self._slots = asyncio.Semaphore(max_connections)
        self._world.updates.webhook = self._take
        self._world.updates.interrupt()
        for pending in self._world.updates.pending():
            self._take(pending)

    def remove(self) -> None:
        """Stop delivering; what was not confirmed stays in the queue."""
        self.url = ""
        self._world.updates.webhook = None
        self._lanes.clear()
        for task in self._tasks:
            task.cancel()

    async def close(self) -> None:
        """Stop and wait until every delivery has ended."""
        self.remove()
        if self._tasks:
            await asyncio.wait(self._tasks)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _take(self, pending: Pending) -> None:
        lane = self._lanes.get(pending.lane)
        if lane is not None:
            lane.append(pending)
            return
        self._lanes[pending.lane] = lane = deque([pending])
        task = asyncio.get_running_loop().create_task(self._run(pending.lane, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, number: int, lane: deque[Pending]) -> None:
        while lane:
            await self._deliver(lane[0])
            lane.popleft()
        del self._lanes[number]

    async def _deliver(self, pending: Pending) -> None:
        wait = self.first_wait
        clock = self._world.clock
        while pending.expires >= clock.now().timestamp():
            async with self._slots:
                problem, told = await self._post(pending)
            if problem is None:
                break
            self.last_error, self.last_error_date = problem, self._world.now()
            await asyncio.sleep(wait if told is None else told)
            wait = min(wait * 2, LONGEST_WAIT)
        self._world.updates.confirm(pending.update_id)

    async def _post(self, pending: Pending) -> tuple[str | None, float | None]:
        """What went wrong, if anything, and how long the bot asks to wait."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS)
            )
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers[SECRET_HEADER] = self._secret
        try:
            async with self._session.post(self.url, data=pending.body, headers=headers) as reply:
                body = await reply.read()
                status, told = reply.status, reply.headers.get("Retry-After")
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            return f"Connection failed: {type(problem).__name__}", None
        if not 200 <= status < 300:
            seconds = float(told) if told is not None and told.isdecimal() else None
            return f"Wrong response from the webhook: {status}", seconds
        if body.startswith(b"{"):
            await self._answered(body)
        return None, None

    async def _answered(self, body: bytes) -> None:
        try:
            wanted = json.loads(body)
        except ValueError:
            return
        if isinstance(wanted, dict) and wanted.get("method"):
            await self._execute(wanted)
