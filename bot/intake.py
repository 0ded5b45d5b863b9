"""Telegram → inbox: stored and committed before the platform is told that we have it.

By long polling the offset moves only after the commit; by webhook the answer 200 comes only after
the commit. So a crash anywhere makes Telegram send again, and the key makes a repeat a no-op.
Inline queries are reads: they are answered at once and kept nowhere.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import structlog
from aiohttp import web
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.events import lane_of
from storage import queues
from storage.queues import Arrival, millis
from storage.unavailable import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Coroutine

    from telegram import Bot
    from telegram.request import BaseRequest

    from core.clock import Clock

log = structlog.get_logger(__name__)
ALLOWED = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
POLL_SECONDS = 25
CURSOR = "telegram"
LONGEST_BACKOFF = 30.0
LARGEST_BODY = 1 << 20
#: seconds, for Telegram's next attempt at a webhook that could not keep an update
RETRY_AFTER = "2"


class Intake:
    """Stores updates; `stored` is told their lanes after each commit."""

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        clock: Clock,
        *,
        stored: Callable[[Collection[str]], None],
        inline: Callable[[dict[str, Any]], Coroutine[Any, Any, None]],
    ) -> None:
        self._bot, self._request, self._clock = bot, request, clock
        self._stored, self._inline = stored, inline
        self._reads: set[asyncio.Task[None]] = set()

    async def keep(self, updates: list[dict[str, Any]], *, cursor: int | None = None) -> int:
        """Store updates, all or none; returns how many were new."""
        arrivals = []
        for update in updates:
            if "inline_query" in update:
                self._answer_inline(update)
                continue
            update_id = int(update["update_id"])
            body = json.dumps(
                update, separators=(",", ":")
            )  # ASCII: half a character is kept, too
            arrivals.append(Arrival(f"u:{update_id}", lane_of(update), update_id, body))
        moved = (CURSOR, cursor) if cursor is not None else None
        new = await queues.put_inbox(arrivals, millis(self._clock.now()), cursor=moved)
        if new:
            self._stored({arrival.lane for arrival in arrivals})
        return new

    async def poll(self) -> None:
        """Long polling until cancelled; the offset is kept with the updates it confirms."""
        offset = await queues.get_cursor(CURSOR)
        failures = 0
        while True:
            try:
                updates = await self._get_updates(offset)
                if updates:
                    offset = int(updates[-1]["update_id"]) + 1
                    await self.keep(updates, cursor=offset)
                failures = 0
            except RetryAfter:
                await asyncio.sleep(1)
            except (TimeoutError, TelegramError) as error:
                failures += 1
                backoff = min(0.5 * 2 ** min(failures, 8), LONGEST_BACKOFF)
                level = log.error if isinstance(error, Conflict) else log.warning
                level("polling_failed", error=type(error).__name__, retry_in=backoff)
                await asyncio.sleep(backoff)

    async def _get_updates(self, offset: int) -> list[dict[str, Any]]:
        """The raw updates from an offset on: stored as they came, not as a library reads them."""
        asked = urlencode(
            {
                "offset": offset,
                "timeout": POLL_SECONDS,
                "limit": 100,
                "allowed_updates": json.dumps(ALLOWED),
            }
        )
        answer = await self._request.retrieve(
            f"{self._bot.base_url}/getUpdates?{asked}", read_timeout=POLL_SECONDS + 10
        )
        updates: list[dict[str, Any]] = json.loads(answer)["result"]
        return updates

    def webhook(self, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The handler for Telegram's calls: 403 without the secret, 400 for what is no update.

        503 while the database is away: Telegram keeps the update and brings it again.
        """

        async def receive(request: web.Request) -> web.Response:
            given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
            if not hmac.compare_digest(given.encode(), secret.encode()):
                return web.Response(status=403)
            try:
                update = json.loads(await request.read())
                int(update["update_id"])
            except (ValueError, KeyError, TypeError):
                return web.Response(status=400)
            try:
                await self.keep([update])
            except UnavailableError as error:
                log.warning("not_kept", reason=str(error))
                return web.Response(status=503, headers={"Retry-After": RETRY_AFTER})
            return web.Response()

        return receive

    def _answer_inline(self, update: dict[str, Any]) -> None:
        task = asyncio.create_task(self._inline(update))
        self._reads.add(task)
        task.add_done_callback(self._reads.discard)
