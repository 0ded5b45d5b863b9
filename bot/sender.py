"""Outbox → Telegram: claims chats, keeps each one's order, retries, gives up, marks unreachable.

A row is marked sent after the platform took it, so a crash between the two repeats one message:
the platform has no idempotency key (docs/adr/0004). Edits are repeated harmlessly. While the
database is away, what was sent is kept in mind and marked when it is back: that repeats nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import structlog
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.carrier import Carrier
from core.acting import Acting
from core.bus import publish
from core.clock import Clock, new_token
from core.enrolment import SYSTEM
from core.people import mark_unreachable
from notifications.outbox import held_back
from storage import deliveries, queues
from storage.db import execute, transaction
from storage.deliveries import ALERT, DIGEST, REPLY
from storage.unavailable import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from telegram import Bot

    from bot.limits import Limits
    from bot.pictures import Pictures
    from storage.deliveries import OutboxRow
    from storage.files import FileStore

log = structlog.get_logger(__name__)
T = TypeVar("T")
#: how long a killed sender keeps its chats waiting; longer than any one request may take
CLAIM_FOR = timedelta(seconds=10)
REQUEST_SECONDS = 8.0
LONGEST_BACKOFF = 60.0
IDLE_POLL = 0.5
#: seconds between attempts at writing down what happened while the database is away
MARK_AGAIN = 0.5
#: what Telegram's pace does not count: nothing is sent
UNCOUNTED = frozenset({"remove"})


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
        pictures: Pictures | None = None,
        files: FileStore | None = None,
    ) -> None:
        self._clock, self._limits, self._at_once = clock, limits, at_once
        self._carrier = Carrier(bot, clock, protect=protect, pictures=pictures, files=files)
        self._name = new_token(6)
        self._wake = asyncio.Event()
        self._called: dict[int, None] = {}
        self._look = True
        #: when to ask for room again for what may wait, on the loop's clock
        self._spare_at = 0.0
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._away: UnavailableError | None = None
        self.sent = 0

    def wake(self, chat_id: int | None = None) -> None:
        """There is something new for this chat; without one, there may be for any."""
        if chat_id is None:
            self._look = True
        else:
            self._called[chat_id] = None
        self._wake.set()

    async def take(self, chat_id: int) -> OutboxRow | None:
        """Claim a chat in the transaction that wrote to it: what `carry` is to begin with.

        It saves a transaction for every answer. None where the chat is looked after already, has
        to wait, or nobody here is free.
        """
        if chat_id in self._busy or len(self._busy) >= self._at_once:
            return None
        now = self._clock.now()
        return await deliveries.claim_chat(
            chat_id, self._name, queues.millis(now), queues.millis(now + CLAIM_FOR)
        )

    def carry(self, row: OutboxRow) -> None:
        """Deliver to a taken chat, once the transaction is committed."""
        self._start(row.chat_id, taken=row)

    @property
    def idle(self) -> bool:
        """Whether nothing is being delivered now and nobody called since."""
        return not (self._busy or self._called or self._look or self._wake.is_set())

    async def run(self) -> None:
        """Deliver until cancelled; what is under way is finished first.

        Raises:
            UnavailableError: if the database is away.
        """
        self._away = None
        loop = asyncio.get_running_loop()
        try:
            # A claim may have been committed although we were never told so.
            await deliveries.release_claims(self._name, list(self._busy))
            look_again = 0.0
            while True:
                self._wake.clear()
                if (moment := loop.time()) >= look_again:  # however often others call
                    self._look, look_again = True, moment + IDLE_POLL
                await self._claim()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(IDLE_POLL):
                        await self._wake.wait()
                if self._away is not None:
                    raise self._away
        finally:
            if self._busy:
                await asyncio.wait(list(self._busy.values()), timeout=5)

    async def _claim(self) -> None:
        for chat_id in list(self._called):
            if len(self._busy) >= self._at_once:
                return
            if chat_id not in self._busy:
                del self._called[chat_id]
                self._start(chat_id)
        if not self._look:
            return
        self._look = False
        try:
            await self._look_for(REPLY, REPLY, self._at_once - len(self._busy))
            if asyncio.get_running_loop().time() >= self._spare_at:
                await self._look_for_spare()
        except BaseException:
            self._look = True
            raise

    async def _look_for(self, least: int, most: int, limit: int) -> list[int]:
        """Claim chats for which something of these priorities is due."""
        if limit <= 0:  # who finishes looks for the next
            self._look = True
            return []
        now = self._clock.now()
        until = queues.millis(now + CLAIM_FOR)
        chats = await deliveries.claim_mailboxes(
            self._name, queues.millis(now), until, limit, least=least, most=most
        )
        if len(chats) == limit:
            self._look = True
        if least == REPLY:
            for chat_id in chats:
                self._start(chat_id)
        return chats

    async def _look_for_spare(self) -> None:
        """Claim chats for what may wait, as many as the overall pace has room for."""
        free = self._at_once - len(self._busy)
        chats = await self._look_for(ALERT, DIGEST, min(free, self._limits.overall.batch))
        if not chats:
            return
        granted, again = await self._limits.overall.spare(len(chats))
        if granted < len(chats):
            loop = asyncio.get_running_loop()
            self._spare_at = loop.time() + again
            loop.call_at(self._spare_at, self.wake)
        for chat_id in chats[:granted]:
            self._start(chat_id, paid=True)
        if chats[granted:]:
            await deliveries.release_untouched(chats[granted:], self._name)

    def _start(self, chat_id: int, *, paid: bool = False, taken: OutboxRow | None = None) -> None:
        if chat_id in self._busy:
            # It was let go of and claimed anew before its last delivery had quite ended.
            self._called[chat_id] = None
            return
        task = asyncio.create_task(self._deliver_to(chat_id, paid=paid, taken=taken))
        self._busy[chat_id] = task
        task.add_done_callback(functools.partial(self._finished, chat_id))

    def _finished(self, chat_id: int, task: asyncio.Task[None]) -> None:
        self._busy.pop(chat_id)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, UnavailableError):
            self._away = error
        elif error is not None:
            log.error("delivery_failed", error=type(error).__name__, exc_info=error)
        if error is not None or self._called or self._look:
            self._wake.set()

    async def _deliver_to(self, chat_id: int, *, paid: bool, taken: OutboxRow | None) -> None:
        """Deliver to a chat all that is due, unless it waits or is somebody else's.

        `paid` says that the overall pace has room for the first message already, `taken` that the
        chat is ours and gets this first.
        """
        claimed_at = self._clock.now()
        row = taken or await deliveries.claim_chat(
            chat_id, self._name, queues.millis(claimed_at), queues.millis(claimed_at + CLAIM_FOR)
        )
        if row is None:
            return
        wait_until, released = 0, False
        try:
            while row is not None and not released and not wait_until:
                wait_until = self._own_wait(row)
                if wait_until or not (paid or await self._turn_has_come(row)):
                    return
                paid = False
                now = self._clock.now()
                if now - claimed_at > CLAIM_FOR / 5:
                    until = queues.millis(now + CLAIM_FOR)
                    if not await deliveries.extend_claim(chat_id, self._name, until):
                        return
                    claimed_at = now
                wait_until, released = await self._deliver(row)
                if not released and not wait_until:
                    row = await deliveries.next_for(chat_id, queues.millis(self._clock.now()))
        finally:
            if not released:
                await _surely(lambda: deliveries.release_mailbox(chat_id, self._name, wait_until))

    def _own_wait(self, row: OutboxRow) -> int:
        """Until when (ms) the chat's own pace makes it wait, which keeps nobody else; 0: not."""
        if row.op in UNCOUNTED:
            return 0
        now = self._clock.now()
        wait = self._limits.of(row.chat_id).wait(row.paced_until / 1000, now.timestamp())
        if wait <= 0:
            return 0
        asyncio.get_running_loop().call_later(wait, self.wake, row.chat_id)
        return queues.millis(now + timedelta(seconds=wait))

    async def _turn_has_come(self, row: OutboxRow) -> bool:
        """Wait for a reply's turn; what may wait gets its turn among all chats, not here."""
        if row.op in UNCOUNTED:
            return True
        if row.priority > REPLY:
            self.wake()
            return False
        wait = await self._limits.overall.reply()
        if wait > 0:
            await asyncio.sleep(wait)
        return True

    async def _deliver(self, row: OutboxRow) -> tuple[int, bool]:  # noqa: PLR0911 - one for each end
        """Deliver one row.

        Returns until when (ms) the chat waits, 0 for not at all, and whether we have let go of it,
        because nothing more is to be sent.
        """
        now = self._clock.now()
        if row.priority > REPLY and row.op == "post" and await held_back(row, now):
            return 0, False
        try:
            message_id = await self._carrier.send(row)
        except RetryAfter as error:
            told = error.retry_after
            seconds = told.total_seconds() if isinstance(told, timedelta) else float(told)
            await _surely(lambda: deliveries.mark_unsent(row, "429", counts=False))
            log.warning("told_to_wait", seconds=seconds, cause=row.cause)
            return queues.millis(now + timedelta(seconds=seconds)), False
        except Forbidden:
            await _surely(lambda: self._unreachable(row))
            return 0, False
        except BadRequest as error:
            reason = error.message
            log.warning("undeliverable", reason=reason, cause=row.cause)
            await _surely(lambda: deliveries.mark_undeliverable(row, reason))
            return 0, False
        except (NetworkError, TelegramError) as error:
            backoff = min(2.0 ** min(row.attempts, 10), LONGEST_BACKOFF)
            reason = type(error).__name__
            await _surely(lambda: deliveries.mark_unsent(row, reason))
            log.warning("not_delivered", error=reason, retry_in=backoff, cause=row.cause)
            return queues.millis(now + timedelta(seconds=backoff)), False
        except Exception as error:
            # The outermost layer of a delivery: what we can't even render, we never will.
            reason = type(error).__name__
            log.exception("undeliverable", reason=reason, cause=row.cause)
            await _surely(lambda: deliveries.mark_undeliverable(row, reason))
            return 0, False
        more = await _surely(
            lambda: deliveries.mark_sent(
                row,
                message_id,
                queues.millis(now),
                self._name,
                paced_until=self._paced_until(row, now),
            )
        )
        self.sent += 1
        log.debug(
            "sent", cause=row.cause, op=row.op, waited_ms=queues.millis(now) - row.created_at
        )
        return 0, not more

    def _paced_until(self, row: OutboxRow, now: datetime) -> int:
        if row.op in UNCOUNTED:
            return row.paced_until
        pace = self._limits.of(row.chat_id)
        return int(pace.taken(row.paced_until / 1000, now.timestamp()) * 1000)

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


async def _surely(write: Callable[[], Awaitable[T]]) -> T:
    """Write down what happened, however long the database is away; to write it twice is no harm.

    What is forgotten here would be sent again.
    """
    while True:
        try:
            return await write()
        except UnavailableError:
            await asyncio.sleep(MARK_AGAIN)
