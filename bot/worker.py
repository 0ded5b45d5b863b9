"""The worker: one lane at a time, one transaction per update. The only transaction script.

Everything that an update causes is written in one transaction: domain rows, audit, journal, outbox
and the mark that it is done. An unexpected error rolls all of it back; attempts are counted in a
second transaction, and after a few the row goes to the dead letters with an apology, so that the
lane goes on. That the database is away is no update's fault and counts for none.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from structlog.contextvars import bound_contextvars

from bot import dialogues, giving_up
from bot.door import answer_stranger
from bot.events import Incoming, Membership, Tapped, read_update
from bot.router import route
from bot.turn import Turn
from core.acting import Acting
from core.bus import publish
from core.enrolment import SYSTEM
from core.people import mark_reachable, person_by_chat
from core.screens import Screen
from notifications import schedule
from storage import queues
from storage.db import transaction
from storage.queues import millis
from storage.unavailable import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.clock import Clock
    from storage.deliveries import OutboxRow
    from storage.queues import InboxRow

log = structlog.get_logger(__name__)
IDLE_POLL = 0.5
FIRST_BACKOFF = timedelta(seconds=1)
LONGEST_BACKOFF = timedelta(minutes=5)


class Courier(Protocol):
    """Whoever delivers in this process."""

    async def take(self, chat_id: int) -> OutboxRow | None:
        """Claim a chat in the transaction that wrote to it."""

    def carry(self, row: OutboxRow) -> None:
        """Deliver to a taken chat, once the transaction is committed."""


class Worker:
    """Handles what the inbox holds. Several may run, in one process or in many."""

    def __init__(
        self,
        clock: Clock,
        *,
        at_once: int = 8,
        give_up_after: int = 5,
        courier: Courier | None = None,
        committed: Callable[[str], None] = lambda _: None,
        acknowledge: Callable[[Tapped, str, bool], None] = lambda *_: None,
        observed: Callable[[str, str, float, float], None] = lambda *_: None,
    ) -> None:
        self._clock, self._at_once, self._give_up_after = clock, at_once, give_up_after
        self._courier, self._committed, self._acknowledge = courier, committed, acknowledge
        self._observed = observed
        self._wake = asyncio.Event()
        self._called: dict[str, None] = {}
        self._look = True
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._away: UnavailableError | None = None
        self.handled = 0

    def wake(self, lanes: Iterable[str] = ()) -> None:
        """There is something new in these lanes; without any, there may be somewhere."""
        called = dict.fromkeys(lanes)
        self._called.update(called)
        self._look = self._look or not called
        self._wake.set()

    @property
    def full(self) -> bool:
        """Whether another lane would have to wait."""
        return len(self._busy) + len(self._called) >= self._at_once

    @property
    def idle(self) -> bool:
        """Whether nothing is being handled now and nobody called since."""
        return not (self._busy or self._called or self._look or self._wake.is_set())

    async def run(self) -> None:
        """Handle until cancelled; what is under way is finished first.

        Raises:
            UnavailableError: if the database is away.
        """
        self._away = None
        loop = asyncio.get_running_loop()
        try:
            look_again = 0.0
            while True:
                self._wake.clear()
                if (moment := loop.time()) >= look_again:  # however often others call
                    self._look, look_again = True, moment + IDLE_POLL
                await self._start_ready()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(IDLE_POLL):
                        await self._wake.wait()
                if self._away is not None:
                    raise self._away
        finally:
            if self._busy:
                await asyncio.wait(list(self._busy.values()), timeout=5)

    async def _start_ready(self) -> None:
        for lane in list(self._called):
            if len(self._busy) >= self._at_once:
                return
            if lane not in self._busy:
                del self._called[lane]
                self._start(lane)
        free = self._at_once - len(self._busy)
        if not self._look or free <= 0:
            return
        self._look = False
        try:
            found = await queues.ready_lanes(millis(self._clock.now()), free, list(self._busy))
        except BaseException:
            self._look = True
            raise
        for lane in found:
            if lane not in self._busy:
                self._start(lane)
        self._look = self._look or len(found) == free

    def _start(self, lane: str) -> None:
        task = asyncio.create_task(self._work_off(lane))
        self._busy[lane] = task
        task.add_done_callback(functools.partial(self._finished, lane))

    def _finished(self, lane: str, task: asyncio.Task[None]) -> None:
        self._busy.pop(lane)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, UnavailableError):
            self._away = error
        elif error is not None:
            log.error("worker_failed", error=type(error).__name__, exc_info=error)
        if error is not None or self._called or self._look:
            self._wake.set()

    async def _work_off(self, lane: str) -> None:
        while await self.work(lane):
            pass

    async def work(self, lane: str) -> bool:
        """Handle the lane's oldest row; false when nothing is left, or it is somebody else's.

        Raises:
            UnavailableError: if the database went away; the row is as it was, or it is done.
        """
        row: InboxRow | None = None
        began = asyncio.get_running_loop().time()
        try:
            turn: Turn | None = None
            async with transaction():
                if not await queues.lock_lane(lane):
                    return False
                now = self._clock.now()
                row = await queues.oldest_pending(lane, millis(now))
                if row is None:
                    return False
                with bound_contextvars(cause=row.key):
                    turn = await self._handle(row)
                more = await queues.mark_done(row, millis(now))
                taken = await self._take(lane)
        except UnavailableError:
            raise
        except Exception as error:
            if row is None:
                raise
            await self._failed(row, error)
            self._observe(row, "failed", began)
            return True
        self.handled += 1
        self._observe(row, "done", began)
        if self._courier is not None and taken is not None:
            self._courier.carry(taken)
        else:
            self._committed(lane)
        if turn is not None and isinstance(turn.incoming.what, Tapped):
            self._acknowledge(turn.incoming.what, turn.toast, turn.toast_alert)
        return more

    def _observe(self, row: InboxRow, result: str, began: float) -> None:
        """For the metrics: how long it took, and how long ago it came in."""
        kind = "job" if row.key.startswith("t:") else "update"
        took = asyncio.get_running_loop().time() - began
        waited = (millis(self._clock.now()) - row.received_at) / 1000
        self._observed(kind, result, took, max(waited, 0.0))

    async def _take(self, lane: str) -> OutboxRow | None:
        chat_id = chat_of(lane)
        if self._courier is None or chat_id is None:
            return None
        return await self._courier.take(chat_id)

    async def _handle(self, row: InboxRow) -> Turn | None:
        body: dict[str, Any] = json.loads(row.body)
        if "job" in body:
            await self._job(row, body)
            return None
        incoming = read_update(body)
        if incoming is None:
            return None
        if incoming.chat_kind != "private":
            return await self._group(row, incoming)
        now = self._clock.now()
        person = await person_by_chat(incoming.chat_id, now)
        if person is None:
            stranger = replace(SYSTEM, locale=_locale(incoming.language))
            turn = Turn(Acting(stranger, now, row.key), incoming, row.lane)
            if not isinstance(incoming.what, Membership):
                await answer_stranger(turn)
            return turn
        turn = Turn(Acting(person, now, row.key), incoming, row.lane)
        if person.unreachable and not isinstance(incoming.what, Membership):
            await mark_reachable(incoming.chat_id)
        heard = len(turn.acting.events)
        await route(turn)
        if isinstance(incoming.what, Membership):
            await publish(turn.acting, heard)
        return turn

    async def _group(self, row: InboxRow, incoming: Incoming) -> Turn | None:
        """A group or channel: one sentence when let in or tapped, and never customer data."""
        stranger = replace(SYSTEM, locale=_locale(incoming.language))
        turn = Turn(Acting(stranger, self._clock.now(), row.key), incoming, row.lane)
        sentence = turn.acting.texts("I work in private chats only.")
        match incoming.what:
            case Tapped():
                turn.toast = str(sentence)
            case Membership(member=True) if incoming.chat_kind != "channel":
                await turn.post(Screen(sentence))
        return turn

    async def _job(self, row: InboxRow, body: dict[str, Any]) -> None:
        now = self._clock.now()
        acting = Acting(SYSTEM, now, row.key)
        if body["job"] == "expire":
            await self._expire(row, body)
            return
        done = await schedule.run(
            acting, body["job"], body.get("slot", 0), body.get("part", 0), body.get("again", "")
        )
        if done:
            log.info("job_done", job=body["job"], done=done)
        await publish(acting)

    async def _expire(self, row: InboxRow, body: dict[str, Any]) -> None:
        chat_id = chat_of(row.lane)
        now = self._clock.now().astimezone(UTC)
        person = None if chat_id is None else await person_by_chat(chat_id, now)
        if chat_id is None or person is None:
            return
        incoming = Incoming(
            0, chat_id, "private", chat_id, person.locale, now, Membership(member=True)
        )
        turn = Turn(Acting(person, now, row.key), incoming, row.lane)
        await dialogues.expire(turn, int(body["talk"]), int(body["turn"]))

    async def _failed(self, row: InboxRow, error: Exception) -> None:
        """Count the attempt; after the last one, apologise, tell the administrators, go on."""
        now = self._clock.now()
        attempts = row.attempts + 1
        name = type(error).__name__
        if attempts < self._give_up_after:
            log.warning("update_failed", key=row.key, attempt=attempts, error=name, exc_info=error)
            backoff = min(FIRST_BACKOFF * 2 ** (attempts - 1), LONGEST_BACKOFF)
            async with transaction():
                await queues.mark_failed(row.key, name, millis(now + backoff))
            return
        log.error("update_given_up", key=row.key, error=name, exc_info=error)
        async with transaction():
            if await queues.mark_dead(row.key, name, millis(now)):
                await giving_up.tell(row, name, attempts, now)
        self._committed(row.lane)


def chat_of(lane: str) -> int | None:
    """The chat that a lane is of; None for a job's."""
    kind, _, number = lane.partition(":")
    return int(number) if kind == "c" else None


def _locale(language: str) -> str:
    return "zh" if language.lower().startswith("zh") else "en"
