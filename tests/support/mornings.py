"""A morning of a large bank in simulated time: everybody's digest, on a Telegram with its limits.

Everything is the real thing but the time: the job makes the digests, the sender delivers them over
HTTP, the simulator refuses what comes too fast. See bot/simulator/loop.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import aiosqlite
from pydantic import SecretStr

from bot.app import App
from bot.settings import Settings
from bot.simulator import Simulator
from bot.simulator.limits import OVERALL_PER_SECOND
from bot.simulator.loop import LoopClock, SimulatedLoop
from storage import db
from storage.models import Alert, Customer, FollowUp, Outbox, Promise, Staff, Unit
from storage.search import fill_search_fields
from tests.support.bank import ZONE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from bot.simulator import Phone
    from bot.simulator.botapi import Request

FIRST_CHAT = 500_001
TEAM = 20
#: a Tuesday
DAY = datetime(2026, 11, 24, 8, 24, tzinfo=ZONE)
TICK = 15.0
#: seconds for which somebody looks at a screen, and that a request to Telegram takes
THINKING, NETWORK = (4.0, 16.0), 0.05
_COUNTED = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup"})
_BATCH = 2_000


@dataclass
class Seen:
    """What reached Telegram; moments are seconds on the loop's clock."""

    people: int
    digests: Counter[int] = field(default_factory=Counter)
    texts: dict[int, str] = field(default_factory=dict)
    moments: list[float] = field(default_factory=list)
    local: list[datetime] = field(default_factory=list)
    counted: list[float] = field(default_factory=list)
    refused: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """People who got none."""
        return self.people - len(self.digests)

    @property
    def twice(self) -> int:
        """Digests too many."""
        return self.digests.total() - len(self.digests)

    @property
    def seconds(self) -> float:
        """From the first digest to the last."""
        return self.moments[-1] - self.moments[0]

    @property
    def of_least(self) -> float:
        """The time as a multiple of the least in which Telegram lets all of it through."""
        first, last = self.moments[0], self.moments[-1]
        counted = sum(first <= at <= last for at in self.counted)
        return self.seconds / max((counted - OVERALL_PER_SECOND) / OVERALL_PER_SECOND, 1e-9)

    def percentile(self, share: float) -> float:
        """The seconds within which this share of the replies came."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Morning:
    """The bank, its bot (of which a process may be killed) and its Telegram."""

    def __init__(self, simulator: Simulator, settings: Settings, clock: LoopClock) -> None:
        self.simulator, self.clock = simulator, clock
        self._settings = settings
        self.seen = Seen(0)
        self.senders_killed = self.schedulers_killed = 0
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._answered: dict[int, asyncio.Future[float]] = {}
        simulator.on_request(self._heard)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """Whose time it is."""
        return asyncio.get_running_loop()

    def _heard(self, request: Request) -> None:
        if request.code == 429 and request.fault is None:
            self.seen.refused += 1
        if not request.ok or request.method not in _COUNTED or request.chat_id is None:
            return
        now, seen = self.loop.time(), self.seen
        seen.counted.append(now)
        text = str(request.params.get("text"))
        if text.startswith("☀️"):
            seen.digests[request.chat_id] += 1
            seen.texts[request.chat_id] = text
            seen.moments.append(now)
            seen.local.append(self.clock.now().astimezone(ZONE))
            return
        waiting = self._answered.get(request.chat_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(now)

    # -- the bot ---------------------------------------------------------------------------------

    def start(self, *parts: str) -> None:
        """Start the bot's parts: all, or one that was killed."""
        for part in parts or ("bot", "scheduler"):
            self._tasks[part] = asyncio.create_task(getattr(self, f"_{part}")())

    async def _bot(self) -> None:
        async with App(self._settings, self.clock) as app:
            self.app = app
            await asyncio.Event().wait()

    async def _scheduler(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            with contextlib.suppress(AttributeError):
                await self.app.tick()

    async def kill(self, part: str) -> None:
        """Stop it, wherever it is; what it had claimed or begun stays so."""
        task = self._tasks.pop(part)
        task.cancel()
        await asyncio.wait([task])

    # -- the people ------------------------------------------------------------------------------

    async def chat(self, people: int) -> None:
        """Have so many people ask for pages, each in their own time, until cancelled."""
        async with asyncio.TaskGroup() as group:
            for number in range(people):
                group.create_task(self._chats(number))

    async def _chats(self, number: int) -> None:
        chance = random.Random(number)
        chat = FIRST_CHAT + number
        phone = self.simulator.phone(chat, f"P{number}", started=True)
        while True:
            await asyncio.sleep(chance.uniform(*THINKING))
            await self._asks(phone, chat, chance.choice(("/today", "/help", "/next")))

    async def _asks(self, phone: Phone, chat: int, what: str) -> None:
        answer = self._answered[chat] = self.loop.create_future()
        asked = self.loop.time()
        await phone.says(what)
        self.seen.waits.append(await answer - asked)

    # -- the time --------------------------------------------------------------------------------

    async def passes(self, **time: float) -> None:
        """Let time pass."""
        await asyncio.sleep(timedelta(**time).total_seconds())

    async def until(self, hour: int, minute: int = 0) -> None:
        """Let time pass until an hour of the day."""
        now = self.clock.now().astimezone(ZONE)
        wanted = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        await asyncio.sleep((wanted - now).total_seconds())

    async def until_told(self, share: float = 1.0, *, hours: float = 6) -> None:
        """Wait until so large a share of the people got their digest, and nothing waits."""
        async with asyncio.timeout(hours * 3600):
            while len(self.seen.digests) < self.seen.people * share or (  # noqa: ASYNC110 - no event
                share == 1.0 and await Outbox.filter(status="pending", priority=2).exists()
            ):
                await asyncio.sleep(1)


@contextlib.asynccontextmanager
async def morning(
    url: str, folder: Path, people: int, *, chatting: int = 50, start: datetime = DAY
) -> AsyncIterator[Morning]:
    """A bank of so many people a few minutes before its digests; the bot is not started yet."""
    await db.connect(url)
    await build(people, start)
    clock, telegrams = LoopClock(start), LoopClock(start)
    loop = asyncio.get_running_loop()
    async with Simulator(
        clock=telegrams, token="1:TEST", pace=True, monotonic=loop.time
    ) as simulator:
        simulator.faults.slow(NETWORK, times=None, method="sendMessage")
        for number in range(people):
            simulator.phone(FIRST_CHAT + number, f"P{number}", started=True)
        settings = Settings(
            _env_file=None,
            token=SecretStr("1:TEST"),
            api_base=simulator.api_base,
            file_base=simulator.file_base,
            database_url=url,
            data_dir=folder,
            log_level="ERROR",
            public_url="",
            roles=("intake", "worker", "sender"),
        )
        made = Morning(simulator, settings, clock)
        made.seen.people = people
        crowd = asyncio.create_task(made.chat(chatting))
        try:
            yield made
        finally:
            crowd.cancel()
            await asyncio.wait([crowd])
            for part in list(made._tasks):
                await made.kill(part)
    await db.disconnect()


async def build(people: int, now: datetime) -> None:
    """Teams of twenty, each person with a firm, a plan, a promise and an alert of this morning."""
    team: Unit | None = None
    head = await Unit.create(kind="head_office", name_zh="总行", name_en="Head", path="/1/")
    staff: list[Staff] = []
    for n in range(people):
        if n % TEAM == 0:
            team = await Unit.create(
                parent=head, kind="team", name_zh=f"{n}队", name_en=f"Team {n}",
                path=f"/{head.id}/{n // TEAM + 2}/",
            )  # fmt: skip
        staff.append(
            Staff(
                number=f"T{n:05}", name_zh=f"人{n}", name_en=f"Person {n}", unit=team,
                role="rm", phone=f"139{n:08}", locale="zh", chat_id=FIRST_CHAT + n,
                enrolled_at=now,
            )
        )  # fmt: skip
    await _write(Staff, staff)
    staff = await Staff.all().order_by("id").select_related("unit")
    firms = []
    for n, one in enumerate(staff):
        firm = Customer(
            external_id=f"B{n:06}", name_zh=f"上海第{n}机械有限公司", short_name=f"第{n}机械",
            owner=one, unit=one.unit, created_at=now,
        )  # fmt: skip
        fill_search_fields(firm)
        firms.append(firm)
    await _write(Customer, firms)
    firms = await Customer.all().order_by("id")
    pairs = list(zip(staff, firms, strict=True))
    await _write(
        FollowUp,
        [
            FollowUp(
                key=f"morning:{one.id}", customer=firm, owner=one, created_by=one,
                kind="visit", purpose="谈续贷", due_at=now + timedelta(hours=11),
                remind_at=now + timedelta(hours=10, minutes=30),
                overdue_at=now + timedelta(days=1), escalate_at=now + timedelta(days=3),
                created_at=now,
            )
            for one, firm in pairs
        ],
    )  # fmt: skip
    await _write(
        Promise,
        [
            Promise(
                key=f"morning:{one.id}", customer=firm, direction="ours", text="送贷款合同",
                due=now.date(), made_at=now, made_by=one,
            )
            for one, firm in pairs
        ],
    )  # fmt: skip
    await _write(
        Alert,
        [
            Alert(
                rule="silent", key=f"morning:{one.id}", staff=one, customer=firm, importance=1,
                made_at=now, not_before=now + timedelta(days=1),
            )
            for one, firm in pairs
        ],
    )  # fmt: skip


async def _write(model: Any, rows: list[Any]) -> None:
    for start in range(0, len(rows), _BATCH):
        async with db.transaction():
            await model.bulk_create(rows[start : start + _BATCH])


def simulated(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a scene in simulated time, which stands still while SQLite's thread is at work."""
    at_work = 0
    plain: Any = aiosqlite.Connection._execute

    async def counted(self: Any, *args: Any, **named: Any) -> Any:
        nonlocal at_work
        at_work += 1
        try:
            return await plain(self, *args, **named)
        finally:
            at_work -= 1

    def loop() -> asyncio.AbstractEventLoop:
        return SimulatedLoop(lambda: at_work > 0)

    with (
        patch.object(aiosqlite.Connection, "_execute", counted),
        asyncio.Runner(loop_factory=loop) as runner,
    ):
        runner.run(scene())
