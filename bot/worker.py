"""The worker: one lane at a time, one transaction per update. The only transaction script.

Everything that an update causes is written in one transaction: domain rows, audit, journal, outbox
and the mark that it is done. An unexpected error rolls all of it back; attempts are counted in a
second transaction, and after a few the row goes to the dead letters with an apology, so that the
lane goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import structlog
from structlog.contextvars import bound_contextvars

from bot import dialogues
from bot.door import answer_stranger
from bot.events import Incoming, Membership, Tapped, read_update
from bot.router import route
from bot.turn import Turn
from core.acting import Acting
from core.bus import publish
from core.enrolment import SYSTEM
from core.i18n import N_, texts
from core.people import mark_reachable, person_by_chat
from core.screens import Screen
from notifications import outbox
from notifications.schedule import JOBS
from storage import queues
from storage.db import transaction
from storage.models import Staff
from storage.queues import millis

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.clock import Clock
    from storage.queues import InboxRow

log = structlog.get_logger(__name__)
IDLE_POLL = 0.5
FIRST_BACKOFF = timedelta(seconds=1)
LONGEST_BACKOFF = timedelta(minutes=5)
APOLOGY = N_("Sorry, that went wrong on our side. Nothing was saved; please try once more. "
             "We have been told.")  # fmt: skip


class Worker:
    """Handles what the inbox holds. Several may run, in one process or in many."""

    def __init__(
        self,
        clock: Clock,
        *,
        at_once: int = 8,
        give_up_after: int = 5,
        committed: Callable[[], None] = lambda: None,
        acknowledge: Callable[[Tapped, str, bool], None] = lambda *_: None,
    ) -> None:
        self._clock, self._at_once, self._give_up_after = clock, at_once, give_up_after
        self._committed, self._acknowledge = committed, acknowledge
        self._wake = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self.handled = 0

    def wake(self) -> None:
        """There may be something new to handle."""
        self._wake.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is being handled now and nobody called since."""
        return not self._busy and not self._wake.is_set()

    async def run(self) -> None:
        """Handle until cancelled; what is under way is finished first."""
        try:
            while True:
                self._wake.clear()
                await self._start_ready()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), IDLE_POLL)
        finally:
            if self._busy:
                await asyncio.wait(list(self._busy.values()), timeout=5)

    async def _start_ready(self) -> None:
        free = self._at_once - len(self._busy)
        if free <= 0:
            return
        now = millis(self._clock.now())
        for lane in await queues.ready_lanes(now, free, list(self._busy)):
            task = asyncio.create_task(self._work_off(lane))
            self._busy[lane] = task
            task.add_done_callback(functools.partial(self._finished, lane))

    def _finished(self, lane: str, task: asyncio.Task[None]) -> None:
        self._busy.pop(lane)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("worker_failed", error=type(error).__name__, exc_info=error)
        self._wake.set()

    async def _work_off(self, lane: str) -> None:
        while await self.work(lane):
            pass

    async def work(self, lane: str) -> bool:
        """Handle the lane's oldest row; false when there is none, or it is somebody else's."""
        row: InboxRow | None = None
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
                await queues.mark_done(row.key, millis(now))
        except Exception as error:
            if row is None:
                raise
            await self._failed(row, error)
            return True
        self.handled += 1
        self._committed()
        if turn is not None and isinstance(turn.incoming.what, Tapped):
            self._acknowledge(turn.incoming.what, turn.toast, turn.toast_alert)
        return True

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
        person = await person_by_chat(incoming.chat_id)
        if person is None:
            stranger = replace(SYSTEM, locale=_locale(incoming.language))
            turn = Turn(Acting(stranger, self._clock.now(), row.key), incoming, row.lane)
            if not isinstance(incoming.what, Membership):
                await answer_stranger(turn)
            return turn
        turn = Turn(Acting(person, self._clock.now(), row.key), incoming, row.lane)
        if not isinstance(incoming.what, Membership):
            await mark_reachable(incoming.chat_id)
        heard = len(turn.acting.events)
        await route(turn)
        if isinstance(incoming.what, Membership):
            await publish(turn.acting, heard)
        return turn

    async def _group(self, row: InboxRow, incoming: Incoming) -> Turn | None:
        """A group or channel: one sentence when let in, nothing else, and never customer data."""
        if not (isinstance(incoming.what, Membership) and incoming.what.member):
            return None
        if incoming.chat_kind == "channel":
            return None
        stranger = replace(SYSTEM, locale=_locale(incoming.language))
        turn = Turn(Acting(stranger, self._clock.now(), row.key), incoming, row.lane)
        await turn.post(Screen(turn.acting.texts("I work in private chats only.")))
        return turn

    async def _job(self, row: InboxRow, body: dict[str, Any]) -> None:
        now = self._clock.now()
        acting = Acting(SYSTEM, now, row.key)
        if body["job"] == "expire":
            await self._expire(row, body)
            return
        job = JOBS.get(body["job"])
        if job is not None:
            told = await job.run(acting)
            if told:
                log.info("job_done", job=body["job"], told=told)
            await publish(acting)

    async def _expire(self, row: InboxRow, body: dict[str, Any]) -> None:
        chat_id = int(row.lane.removeprefix("c:"))
        person = await person_by_chat(chat_id)
        if person is None:
            return
        now = self._clock.now().astimezone(UTC)
        incoming = Incoming(
            0, chat_id, "private", chat_id, person.locale, now, Membership(member=True)
        )
        turn = Turn(Acting(person, self._clock.now(), row.key), incoming, row.lane)
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
            await queues.mark_dead(row.key, name, millis(now))
            await self._apologise(row, name)
        self._committed()

    async def _apologise(self, row: InboxRow, error: str) -> None:
        acting = Acting(SYSTEM, self._clock.now(), f"dead:{row.key}")
        administrators = await Staff.filter(
            role="administrator", active=True, chat_id__isnull=False
        )
        if row.lane.startswith("c:") and row.lane != "c:0":
            chat_id = int(row.lane.removeprefix("c:"))
            person = await person_by_chat(chat_id)
            if person is not None:
                await _tell(acting, chat_id, person.locale, APOLOGY, 0)
        for number, administrator in enumerate(administrators, 1):
            if administrator.chat_id is not None:
                await _tell(
                    acting, administrator.chat_id, administrator.locale,
                    N_("⚠️ {key} was given up after {n} attempts ({error}). "
                       "`roundsman doctor` shows it; `roundsman retry {key}` tries it again."),
                    number, key=row.key, n=self._give_up_after, error=error,
                )  # fmt: skip


async def _tell(
    acting: Acting, chat_id: int, locale: str, msgid: str, number: int, **params: Any
) -> None:
    screen = Screen(texts(locale)(msgid, **params))
    await outbox.reply(acting, chat_id, screen, number=number)


def _locale(language: str) -> str:
    return "zh" if language.lower().startswith("zh") else "en"
