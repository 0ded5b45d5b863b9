"""Senders and schedulers are killed while everybody's morning digest is made and delivered."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.simulator import Simulator
from core.clock import MovableClock, SystemClock
from storage import db
from storage.models import Outbox, Sweep
from tests.crash.scenario import kill, start
from tests.support.mornings import DAY, FIRST_CHAT, build

if TYPE_CHECKING:
    from bot.simulator.botapi import Request

#: a moment before the first digest
BEGINS = DAY + timedelta(seconds=55)
ONE_PROCESS = ('["intake", "worker", "sender", "jobs"]',)
#: killed in this order
MANY = ('["sender"]', '["jobs"]', '["sender"]', '["intake", "worker"]')


#: what may wait is sent in batches of so many at the default pace
UNDER_WAY = 4


@dataclass
class Killed:
    """What was counted."""

    engine: str
    people: int
    kills: Counter[str] = field(default_factory=Counter)
    digests: Counter[int] = field(default_factory=Counter)
    refused: int = 0
    violations: int = 0
    undelivered: int = 0
    seconds: float = 0.0

    @property
    def lost(self) -> int:
        """People who got none."""
        return self.people - len(self.digests)

    @property
    def repeated(self) -> int:
        """Digests too many."""
        return self.digests.total() - len(self.digests)

    @property
    def wrong(self) -> list[str]:
        """The claims that did not hold: nothing is lost, a chat gets one twice at most.

        And only of the chats that the killed sender was sending to: a batch of the pace.
        """
        zero = ("lost", "refused", "violations", "undelivered")
        wrong = [f"{name}: {getattr(self, name)}" for name in zero if getattr(self, name)]
        if self.repeated > self.kills.total() * UNDER_WAY:
            wrong.append(f"{self.repeated} repeated after {self.kills.total()} kills")
        return wrong

    def lines(self) -> list[tuple[str, str]]:
        """The figures as they are shown."""
        kills = ", ".join(f"{role} {count}" for role, count in sorted(self.kills.items()))
        return [
            ("kills", f"{self.kills.total()} ({kills})"),
            ("people told", f"{len(self.digests)}"),
            ("lost", f"{self.lost}"),
            ("told twice", f"{self.repeated}"),
            ("429s", f"{self.refused}"),
            ("the whole run", f"{self.seconds:.0f} s"),
        ]


async def killed_morning(url: str, people: int, kills: int, seed: int = 5) -> Killed:
    """Build the bank, let it become morning, kill at random, and count."""
    engine = "postgres" if url.startswith("postgres") else "sqlite"
    roles = MANY if engine == "postgres" else ONE_PROCESS
    found, chance = Killed(engine, people), random.Random(seed)
    await db.connect(url)
    await build(people, DAY)
    await db.disconnect()
    ahead = (BEGINS - SystemClock().now()).total_seconds()
    clock = MovableClock(BEGINS, running=True)
    began = time.monotonic()

    def heard(request: Request) -> None:
        if request.code == 429:
            found.refused += 1
        if request.ok and request.method == "sendMessage" and request.chat_id is not None:
            found.digests[request.chat_id] += 1

    async with Simulator(clock=clock, token="1:TEST", pace=True) as simulator:
        simulator.on_request(heard)
        for number in range(people):
            simulator.phone(FIRST_CHAT + number, f"P{number}", started=True)
        running = [await start(url, simulator, one, f"{ahead}") for one in roles]
        try:
            while not await _all_told(url):
                told = len(found.digests)
                if told == 0 or found.kills.total() >= kills:
                    await asyncio.sleep(0.3)
                    continue
                await asyncio.sleep(chance.uniform(0.3, 0.8))
                victim = found.kills.total() % len(running)
                await kill(running[victim])
                found.kills["+".join(one.strip('[]" ') for one in roles[victim].split(","))] += 1
                running[victim] = await start(url, simulator, roles[victim], f"{ahead}")
        finally:
            for process in running:
                await kill(process)
        found.violations = len(simulator.violations)
    await db.connect(url)
    found.undelivered = await Outbox.exclude(status="sent").count()
    await db.disconnect()
    found.seconds = time.monotonic() - began
    return found


async def _all_told(url: str) -> bool:
    await db.connect(url)
    try:
        ended = await Sweep.filter(name="morning", ended_at__isnull=False).exists()
        return ended and not await Outbox.filter(status="pending").exists()
    finally:
        await db.disconnect()
