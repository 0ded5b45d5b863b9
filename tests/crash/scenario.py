"""Processes are killed at random instants while people work; afterwards everything is counted."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.simulator import Phone, Simulator
from core.clock import SystemClock
from storage import db
from storage.models import Activity, Answer, Customer, Inbox, Outbox, Staff, Talk, Unit
from storage.search import fill_search_fields
from tests.support.taps import choice

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from bot.simulator.botapi import Request

FIRST_CHAT = 5001
ONE_PROCESS = ('["intake", "worker", "sender"]',)
#: as a bank would run it on a server: one takes in, three work, two deliver
MANY = ('["intake"]', *['["worker"]'] * 3, *['["sender"]'] * 2)
PATIENCE = 90.0


@dataclass
class Figures:
    """What was counted; `wrong` names every claim that did not hold."""

    engine: str
    kills: Counter[str] = field(default_factory=Counter)
    updates: int = 0
    dialogues: int = 0
    lost: int = 0
    doubled: int = 0
    malformed: int = 0
    unfinished: int = 0
    undelivered: int = 0
    repeated_sends: int = 0
    violations: int = 0
    longest_pause: float = 0.0
    seconds: float = 0.0

    @property
    def wrong(self) -> list[str]:
        """The claims that did not hold."""
        zero = ("lost", "doubled", "malformed", "unfinished", "undelivered", "violations")
        wrong = [f"{name}: {getattr(self, name)}" for name in zero if getattr(self, name)]
        if self.repeated_sends > self.kills.total():
            wrong.append(f"{self.repeated_sends} repeated sends after {self.kills.total()} kills")
        return wrong

    def lines(self) -> list[tuple[str, str]]:
        """The figures as they are shown."""
        kills = ", ".join(f"{role} {count}" for role, count in sorted(self.kills.items()))
        return [
            ("kills", f"{self.kills.total()} ({kills})"),
            ("updates", f"{self.updates}"),
            ("dialogues", f"{self.dialogues}"),
            ("updates lost", f"{self.lost}"),
            ("records doubled or missing", f"{self.doubled}"),
            ("malformed journals", f"{self.malformed}"),
            ("dialogues unfinished", f"{self.unfinished}"),
            ("messages undelivered", f"{self.undelivered}"),
            ("messages sent twice", f"{self.repeated_sends}"),
            ("rules of Telegram broken", f"{self.violations}"),
            ("longest pause after a kill", f"{self.longest_pause:.1f} s"),
            ("the whole run", f"{self.seconds:.0f} s"),
        ]


class Chaos:
    """One run: so many people, so many visits each, at least so many kills."""

    def __init__(self, url: str, *, people: int, rounds: int, kills: int, seed: int = 4) -> None:
        self._url, self._people, self._rounds, self._least = url, people, rounds, kills
        self._engine = "postgres" if url.startswith("postgres") else "sqlite"
        self._roles = MANY if self._engine == "postgres" else ONE_PROCESS
        self._chance = random.Random(seed)
        self._answered = asyncio.Event()
        self._posts: Counter[int] = Counter()
        self._visits = 0
        self.figures = Figures(self._engine)

    async def run(self) -> Figures:
        """Build the bank, let the people work and the killer kill, and count."""
        await db.connect(self._url)
        await _build_bank(self._people)
        await db.disconnect()  # a file's connection must not be inherited half-used
        began = time.monotonic()
        async with Simulator(clock=SystemClock(), token="1:TEST") as simulator:
            first = simulator.world.updates.next_id
            simulator.on_request(self._heard)
            running = [await start(self._url, simulator, roles) for roles in self._roles]
            phones = [
                simulator.phone(FIRST_CHAT + n, f"P{n}", language_code="zh-hans", started=True)
                for n in range(self._people)
            ]
            work = asyncio.gather(*(self._logs_visits(phone) for phone in phones))
            try:
                await self._kill_until_done(work, running, simulator)
                await self._quiet(simulator)
            finally:
                for process in running:
                    await kill(process)
            self.figures.updates = simulator.world.updates.next_id - first
            self.figures.violations = len(simulator.violations)
        await self._count()
        self.figures.seconds = time.monotonic() - began
        return self.figures

    def _heard(self, request: Request) -> None:
        if request.method == "getUpdates" or not request.ok:
            return
        self._answered.set()
        if request.method == "sendMessage" and request.chat_id is not None:
            self._posts[request.chat_id] += 1

    async def _kill_until_done(
        self, work: asyncio.Future[list[None]], running: list[Process], simulator: Simulator
    ) -> None:
        while not work.done():
            pause = self._chance.uniform(0.2, 1.2) if self._engine == "sqlite" else 0.1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(work), pause)
            if work.done() or self.figures.kills.total() >= self._least + self._least // 5:
                continue
            victim = self._chance.randrange(len(running))
            self._answered.clear()
            await kill(running[victim])
            killed = time.monotonic()
            self.figures.kills["+".join(_names(self._roles[victim]))] += 1
            running[victim] = await start(self._url, simulator, self._roles[victim])
            answered = asyncio.ensure_future(self._answered.wait())
            await asyncio.wait((answered, work), return_when=asyncio.FIRST_COMPLETED)
            answered.cancel()
            pause = time.monotonic() - killed
            self.figures.longest_pause = max(self.figures.longest_pause, pause)
        await work

    async def _logs_visits(self, phone: Phone) -> None:
        """One dialogue after another, each step when its screen is there.

        So many at least, and as long as too few processes were killed.
        """
        for number in itertools.count():
            if number >= self._rounds and self.figures.kills.total() >= self._least:
                return
            self._visits += 1
            await phone.says("/visit")
            await phone.sees("哪位客户?", timeout=PATIENCE, fresh=True)
            await _tap(phone, "i", "怎么联系的?")
            await _tap(phone, "call", "结果如何?")
            await _tap(phone, "interested", "谈了什么?")
            await phone.says(f"{phone.user_id} note {number}")
            await phone.sees("下一步什么时候?", timeout=PATIENCE, fresh=True)
            await _tap(phone, "-", "请核对")
            await _tap(phone, "ok", "已保存")

    async def _quiet(self, simulator: Simulator) -> None:
        """Wait until everything that was taken in is handled and delivered."""
        await db.connect(self._url)
        async with asyncio.timeout(PATIENCE):
            # Other processes change the tables: there is no event here to wait for.
            while (  # noqa: ASYNC110
                simulator.world.updates.pending()
                or await Inbox.filter(status="pending").exists()
                or await Outbox.filter(status="pending").exists()
            ):
                await asyncio.sleep(0.05)
        await db.disconnect()

    async def _count(self) -> None:
        await db.connect(self._url)
        figures = self.figures
        handled = await Inbox.filter(status="done", key__startswith="u:").count()
        figures.lost = figures.updates - handled
        notes = Counter(await Activity.filter(reverses=None).values_list("note", flat=True))
        figures.doubled = sum(n - 1 for n in notes.values()) + self._visits - len(notes)
        figures.dialogues = await Talk.all().count()
        figures.unfinished = await Talk.exclude(status="done").count()
        figures.undelivered = await Outbox.exclude(status="sent").count()
        for talk in await Talk.all():
            entries = await Answer.filter(talk_id=talk.id).order_by("seq")
            whole = [entry.seq for entry in entries] == list(range(len(entries)))
            ended = bool(entries) and [e.kind for e in entries].count("do") == 1
            figures.malformed += not (whole and ended)
        owed = Counter(await Outbox.filter(op="post").values_list("chat_id", flat=True))
        figures.repeated_sends = sum((self._posts - owed).values())
        await db.disconnect()


def _names(roles: str) -> list[str]:
    return [role.strip('" ') for role in roles.strip("[]").split(",")]


async def start(url: str, simulator: Simulator, roles: str, *more: str) -> Process:
    """One process of the bot, once it is ready."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.crash.process", url, simulator.api_base,
        simulator.file_base, roles, *more, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def kill(process: Process) -> None:
    """SIGKILL, and wait for the end."""
    if process.returncode is None:
        process.kill()
    await process.communicate()


async def _tap(phone: Phone, wanted: str, then: str) -> None:
    """Tap the button of the newest card whose data ends in a choice, until it has worked."""
    message_id, data = choice(phone, wanted)
    await phone.presses_raw(message_id, data, wait=0)
    await phone.sees(then, timeout=PATIENCE, fresh=True)


async def _build_bank(people: int) -> None:
    """One team of people with phones, each in charge of two firms."""
    now = SystemClock().now()
    team = await Unit.create(kind="team", name_zh="一队", name_en="Team", path="/1/")
    for number in range(people):
        staff = await Staff.create(
            number=f"{2001 + number}", name_zh=f"经理{number}", name_en=f"Manager {number}",
            role="rm", unit=team, phone=f"1380000{number:04}", locale="zh",
            chat_id=FIRST_CHAT + number, enrolled_at=now,
        )  # fmt: skip
        for firm in range(2):
            customer = Customer(
                name_zh=f"上海第{number}之{firm}机械有限公司", short_name=f"第{number}之{firm}",
                owner=staff, unit=team, created_at=now,
            )  # fmt: skip
            fill_search_fields(customer)
            await customer.save()
