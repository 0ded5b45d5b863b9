"""Outbox → Telegram: claims chats, keeps each one's order, retries, gives up, marks unreachable.

A row is marked sent after the platform took it, so a crash between the two repeats one message:
the platform has no idempotency key (docs/adr/0004). Edits are repeated harmlessly.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from telegram import Bot, Message
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot import rendering
from core.acting import Acting
from core.bus import publish
from core.clock import Clock, new_token
from core.enrolment import SYSTEM
from core.people import mark_unreachable
from core.screens import Screen, content_from_json
from storage import queues
from storage.db import execute, transaction

if TYPE_CHECKING:
    from bot.limits import Limits
    from storage.queues import OutboxRow

log = structlog.get_logger(__name__)
#: how long a killed sender keeps its chats waiting; longer than any one request may take
CLAIM_FOR = timedelta(seconds=10)
REQUEST_SECONDS = 8.0
LONGEST_BACKOFF = 60.0
IDLE_POLL = 0.5
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_HARMLESS = ("message is not modified", "message to delete not found",
             "message can't be deleted")  # fmt: skip


class Sender:
    """Delivers what the outbox holds. Several may run, in one process or in many."""

    def __init__(
        self,
        bot: Bot,
        clock: Clock,
        limits: Limits,
        *,
        at_once: int = 16,
        protect: bool = True,
    ) -> None:
        self._bot, self._clock, self._limits = bot, clock, limits
        self._at_once, self._protect = at_once, protect
        self._name = new_token(6)
        self._wake = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self.sent = 0

    def wake(self) -> None:
        """There may be something new to deliver."""
        self._wake.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is being delivered now and nobody called since."""
        return not self._busy and not self._wake.is_set()

    async def run(self) -> None:
        """Deliver until cancelled; what is under way is finished first."""
        try:
            while True:
                self._wake.clear()
                await self._claim()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), IDLE_POLL)
        finally:
            if self._busy:
                await asyncio.wait(list(self._busy.values()), timeout=5)

    async def _claim(self) -> None:
        free = self._at_once - len(self._busy)
        if free <= 0:
            return
        now = self._clock.now()
        chats = await queues.claim_mailboxes(
            self._name, queues.millis(now), queues.millis(now + CLAIM_FOR), free
        )
        for chat_id in chats:
            if chat_id not in self._busy:
                task = asyncio.create_task(self._deliver_all(chat_id))
                self._busy[chat_id] = task
                task.add_done_callback(functools.partial(self._finished, chat_id))

    def _finished(self, chat_id: int, task: asyncio.Task[None]) -> None:
        self._busy.pop(chat_id)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery_failed", error=type(error).__name__, exc_info=error)
        self._wake.set()

    async def _deliver_all(self, chat_id: int) -> None:
        wait_until = 0
        try:
            while True:
                row = await queues.next_for(chat_id, queues.millis(self._clock.now()))
                if row is None:
                    return
                await self._limits.wait(chat_id)
                until = queues.millis(self._clock.now() + CLAIM_FOR)
                if not await queues.extend_claim(chat_id, self._name, until):
                    return
                wait_until = await self._deliver(row)
                if wait_until:
                    return
        finally:
            await queues.release_mailbox(chat_id, self._name, wait_until)

    async def _deliver(self, row: OutboxRow) -> int:
        """Deliver one row; returns until when (ms) the chat has to wait, 0 for not at all."""
        now = self._clock.now()
        try:
            message_id = await self._send(row)
        except RetryAfter as error:
            told = error.retry_after
            seconds = told.total_seconds() if isinstance(told, timedelta) else float(told)
            await queues.mark_unsent(row, "429", counts=False)
            log.warning("told_to_wait", seconds=seconds, cause=row.cause)
            return queues.millis(now + timedelta(seconds=seconds))
        except Forbidden:
            await self._unreachable(row)
            return 0
        except BadRequest as error:
            log.warning("undeliverable", reason=error.message, cause=row.cause)
            await queues.mark_undeliverable(row, error.message)
            return 0
        except (NetworkError, TelegramError) as error:
            backoff = min(2.0 ** min(row.attempts, 10), LONGEST_BACKOFF)
            await queues.mark_unsent(row, type(error).__name__)
            log.warning("not_delivered", error=type(error).__name__, retry_in=backoff,
                        cause=row.cause)  # fmt: skip
            return queues.millis(now + timedelta(seconds=backoff))
        async with transaction():
            await queues.mark_sent(row, message_id, queues.millis(now))
        self.sent += 1
        log.debug(
            "sent", cause=row.cause, op=row.op, waited_ms=queues.millis(now) - row.created_at
        )
        return 0

    async def _send(self, row: OutboxRow) -> int | None:
        """The call itself; returns the id of a new message."""
        if row.op in {"remove", "strip"}:
            if row.message_id is not None:
                await self._take_away(row.op, row.chat_id, row.message_id)
            return None
        content = content_from_json(row.content)
        if row.op == "edit" and row.message_id is not None and isinstance(content, Screen):
            try:
                await self._call(rendering.edit(content, row.chat_id, row.message_id))
            except BadRequest as error:
                if _says(error, _HARMLESS):
                    return None
                if not _says(error, _GONE):
                    raise
            else:
                return None
        return await self._call(rendering.post(content, row.chat_id, protect=self._protect))

    async def _take_away(self, op: str, chat_id: int, message_id: int) -> None:
        try:
            if op == "remove":
                await self._bot.delete_message(chat_id, message_id)
            else:
                await self._bot.edit_message_reply_markup(chat_id, message_id, reply_markup=None)
        except BadRequest as error:
            if not _says(error, _HARMLESS + _GONE):
                raise

    async def _call(self, call: rendering.Call) -> int | None:
        answer = await getattr(self._bot, call.method)(**call.arguments)
        return answer.message_id if isinstance(answer, Message) else None

    async def _unreachable(self, row: OutboxRow) -> None:
        acting = Acting(SYSTEM, self._clock.now(), f"unreachable:{row.cause}")
        async with transaction():
            await execute(
                "UPDATE outbox SET status = 'dead', error = 'unreachable'"
                " WHERE chat_id = $1 AND status = 'pending'",
                row.chat_id,
            )
            await mark_unreachable(acting, row.chat_id)
            await publish(acting)
        log.warning("unreachable", cause=row.cause)


def _says(error: BadRequest, known: tuple[str, ...]) -> bool:
    return any(text in error.message.lower() for text in known)
