"""People who log visits whatever happens, and what must be true of the database afterwards."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.app import App
from bot.giving_up import APOLOGY
from bot.limits import unlimited
from bot.settings import Settings
from bot.simulator import Phone, Simulator
from core.clock import SystemClock
from core.i18n import texts
from storage import db
from storage.models import Activity, Answer, Inbox, Outbox, Talk
from storage.unavailable import UnavailableError
from tests.support.bank import PEOPLE, build_bank
from tests.support.taps import choice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

WRITERS = ("1001", "1002", "1004", "1009")
PATIENCE = 40.0
LOOK_AGAIN = 0.01


class Workday:
    """Telegram, and people at their phones who log visits."""

    def __init__(self, simulator: Simulator, app: App | None = None) -> None:
        self.simulator = simulator
        #: where the bot runs in this process
        self.app = app
        self.phones = [
            simulator.phone(_chat(number), number, language_code="zh-hans", started=True)
            for number in WRITERS
        ]
        #: one who works at nothing and asks for pages
        self.reader = simulator.phone(_chat("1003"), "1003", language_code="zh-hans", started=True)
        self.visits = 0
        self._enough = False
        self._work: list[asyncio.Task[None]] = []
        self._first = simulator.world.updates.next_id

    def begin(self) -> None:
        """Everybody logs one visit after another, until it is enough."""
        self._work = [asyncio.create_task(self._logs_visits(phone)) for phone in self.phones]

    async def end(self) -> None:
        """Let everybody finish the visit they are at, and the bot what is left."""
        self._enough = True
        await asyncio.gather(*self._work)
        await until(self._quiet)

    async def goes_on(self, updates: int) -> None:
        """Wait until so many more updates were handled."""
        wanted: list[int] = []

        async def reached() -> bool:
            done = (await db.rows("SELECT COUNT(*) AS n FROM inbox WHERE status = 'done'"))[0]["n"]
            wanted[:] = wanted or [done + updates]
            return bool(done >= wanted[0])

        await until(reached)

    async def reaches(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds, while people are at work."""

        async def reached() -> bool:
            return condition()

        await until(reached)

    async def has_answered(self, last: int) -> None:
        """Wait until every update up to this one was handled and the replies are out."""

        async def answered() -> bool:
            if any(p.update_id <= last for p in self.simulator.world.updates.pending()):
                return False
            return not await db.rows(
                "SELECT i.key FROM inbox i LEFT JOIN outbox o ON o.cause LIKE i.key || '#%'"
                " AND o.status = 'pending' WHERE i.position <= $1"
                " AND (i.status = 'pending' OR o.id IS NOT NULL) LIMIT 1",
                last,
            )

        await until(answered)

    async def _quiet(self) -> bool:
        if len(self.simulator.world.updates):
            return False
        return not await db.rows(
            "SELECT 1 AS waits FROM inbox WHERE status = 'pending'"
            " UNION ALL SELECT 1 FROM outbox WHERE status = 'pending' AND priority = 0 LIMIT 1"
        )

    async def _logs_visits(self, phone: Phone) -> None:
        while not self._enough:
            self.visits += 1
            await logs_visit(phone, f"visit {self.visits} of {phone.user_id}")

    async def nothing_is_lost_or_doubled(self) -> None:
        """The counts of the promise; nobody ever heard of the fault."""
        notes = Counter(
            str(note)
            for note in await Activity.filter(reverses=None).values_list("note", flat=True)
        )
        assert len(notes) == self.visits > 0
        assert set(notes.values()) == {1}
        taken = await Inbox.filter(key__startswith="u:").count()
        assert taken == self.simulator.world.updates.next_id - self._first
        unfinished = await Inbox.exclude(status="done").values("key", "status", "error")
        assert not unfinished
        blamed = await Inbox.filter(attempts__gt=0).values("key", "attempts", "error")
        assert not blamed, "an update was blamed for the fault"
        assert not await Outbox.filter(status="dead").values("cause", "error")
        assert not await Outbox.filter(status="pending", priority=0).values("cause", "error")
        assert await Talk.filter(status="done").count() == await Talk.all().count() == self.visits
        for talk in await Talk.all():
            entries = await Answer.filter(talk_id=talk.id).order_by("seq")
            assert [entry.seq for entry in entries] == list(range(len(entries)))
        sorry = {str(texts(locale)(APOLOGY)) for locale in ("zh", "en")}
        for phone in (*self.phones, self.reader):
            assert not any(message.text in sorry for message in phone.messages)
        assert not self.simulator.violations

    async def doubled_sends(self) -> int:
        """How many messages stand in the chats more often than the outbox had them."""
        told = await Outbox.filter(op="post", status="sent").count()
        return sum(request.ok for request in self.simulator.sent("sendMessage")) - told


@contextlib.asynccontextmanager
async def working_day(
    url: str,
    folder: Path,
    *,
    seen_as: str | None = None,
    listen_port: int = 0,
    paced: bool = False,
) -> AsyncIterator[Workday]:
    """The bank in a fresh database and everything running, by webhook where a port is given.

    The bot finds the database at `seen_as`, which may be a wire that breaks. A Telegram that is
    `paced` enforces its limits, and the bot keeps them.
    """
    await db.connect(url)
    await build_bank()
    await db.disconnect()
    async with Simulator(clock=SystemClock(), token="1:TEST", pace=paced) as simulator:
        settings = Settings(
            _env_file=None,
            token=SecretStr("1:TEST"),
            api_base=simulator.api_base,
            file_base=simulator.file_base,
            database_url=seen_as or url,
            data_dir=folder,
            log_level="ERROR",
            public_url=f"http://127.0.0.1:{listen_port}" if listen_port else "",
            webhook_secret=SecretStr("a-secret"),
            listen_port=listen_port,
            give_up_after=2,
            # The clock is the real one here, and tests run in the evening, too.
            quiet_from=0,
            quiet_until=0,
        )
        limits = None if paced else unlimited()
        async with App(settings, SystemClock(), limits=limits, tick_seconds=3600) as app:
            yield Workday(simulator, app)


async def until(reached: Callable[[], Awaitable[bool]], *, seconds: float = PATIENCE) -> None:
    """Wait for a condition; while the database is away, it is not reached."""
    async with asyncio.timeout(seconds):
        while True:
            with contextlib.suppress(UnavailableError):
                if await reached():
                    return
            await asyncio.sleep(LOOK_AGAIN)


async def logs_visit(phone: Phone, note: str) -> None:
    """One dialogue, each step when its screen is there."""
    await phone.says("/visit")
    await phone.sees("哪位客户?", timeout=PATIENCE, fresh=True)
    await tap(phone, "i", "怎么联系的?")
    await tap(phone, "call", "结果如何?")
    await tap(phone, "interested", "谈了什么?")
    await phone.says(note)
    await phone.sees("下一步什么时候?", timeout=PATIENCE, fresh=True)
    await tap(phone, "-", "请核对")
    await tap(phone, "ok", "已保存")


async def tap(phone: Phone, wanted: str, then: str) -> None:
    """Tap the button of the newest card whose data ends in a choice, until it has worked."""
    message_id, data = choice(phone, wanted)
    await phone.presses_raw(message_id, data, wait=0)
    await phone.sees(then, timeout=PATIENCE, fresh=True)


def _chat(number: str) -> int:
    chat = next(person[5] for person in PEOPLE if person[0] == number)
    assert chat is not None
    return chat
