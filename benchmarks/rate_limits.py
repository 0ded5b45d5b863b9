"""Thousands of alerts fall due while people chat, on a Telegram that enforces its limits.

The alerts are reminders of follow-ups, told by the job that tells them every day, and after them
come digests. The least possible time is that of Telegram's own pace for everything it counted.
"""

from __future__ import annotations

import asyncio
import math
import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.crowd import Crowd
from benchmarks.deeds import log_visit
from benchmarks.processes import Subject
from bot.simulator import Simulator
from bot.simulator.limits import OVERALL_PER_SECOND
from core.clock import SystemClock
from core.screens import Screen, content_to_json
from storage import db, deliveries
from storage.models import Customer, FollowUp, Staff, Unit

if TYPE_CHECKING:
    from benchmarks.databases import Databases, Engine
    from bot.simulator import Phone
    from bot.simulator.botapi import Request

PEOPLE = 12
#: the mean of how long a person looks at a screen before the next tap, in seconds
THINKING = 2.5
#: chats that are told something; those of the bank's people lie below
FIRST_TOLD = 500_001
DIGESTS_PART = 20
_COUNTED = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup"})


@dataclass
class Flood:
    """What was seen of one flood."""

    subject: str
    alerts: int
    told: list[float] = field(default_factory=list)
    digests: list[float] = field(default_factory=list)
    counted: list[float] = field(default_factory=list)
    refused: int = 0
    replies: int = 0
    p50: float = 0.0
    p99: float = 0.0
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def seconds(self) -> float:
        """From the first alert to the last."""
        return self.told[-1] - self.told[0]

    @property
    def least(self) -> float:
        """The least in which Telegram lets through what it counted meanwhile."""
        counted = sum(self.told[0] <= at <= self.told[-1] for at in self.counted)
        return (counted - OVERALL_PER_SECOND) / OVERALL_PER_SECOND

    @property
    def overtaken(self) -> int:
        """Digests that came before the last alert.

        While the first alerts are still being written there may be room for some.
        """
        return sum(at < self.told[-1] for at in self.digests)


async def flood(databases: Databases, engine: Engine, senders: int, alerts: int) -> Flood:
    """Have so many alerts fall due while people chat, with so many sender processes."""
    url = await databases.fresh(engine)
    seen = Flood(f"{engine}, {senders} sender{'s' if senders > 1 else ''}", alerts)
    async with (
        Simulator(clock=SystemClock(), token="1:TEST", pace=True) as simulator,
        AsyncExitStack() as running,
    ):
        simulator.on_request(lambda request: _heard(seen, request))
        for number in range(alerts):
            simulator.phone(FIRST_TOLD + number, f"T{number}", started=True)
        crowd = _Chatting(simulator)
        for roles in _roles(senders):
            arguments = (simulator.api_base, url, roles, "paced")
            await running.enter_async_context(Subject("roundsman", *arguments))
        await crowd.work(PEOPLE, 3.0, crowd.visit)
        chatting = asyncio.create_task(crowd.work(PEOPLE, math.inf, crowd.visit))
        await db.connect(url)
        await _fall_due(alerts)
        await seen.begun.wait()
        await _put_digests(alerts // DIGESTS_PART)
        await db.disconnect()
        await seen.ended.wait()
        times = crowd.times
        chatting.cancel()
        await asyncio.wait([chatting])
    seen.replies = len(times.each)
    seen.p50, seen.p99 = times.percentile(0.5), times.percentile(0.99)
    return seen


def _roles(senders: int) -> list[str]:
    if senders == 1:
        return ['["intake", "worker", "sender", "jobs"]']
    return ['["intake", "worker", "jobs"]'] + ['["sender"]'] * senders


class _Chatting(Crowd):
    """People who look at each screen for a while."""

    def __init__(self, simulator: Simulator) -> None:
        super().__init__(simulator)
        self._chance = random.Random(3)

    async def visit(self, _: Crowd, phone: Phone) -> None:
        await log_visit(self, phone)

    async def timed(self, phone: Phone, act: object) -> None:
        await asyncio.sleep(self._chance.uniform(0.5, 2 * THINKING - 0.5))
        await super().timed(phone, act)  # type: ignore[arg-type]


def _heard(seen: Flood, request: Request) -> None:
    if request.code == 429:
        seen.refused += 1
    if not request.ok or request.method not in _COUNTED:
        return
    now = time.monotonic()
    seen.counted.append(now)
    if request.chat_id is not None and request.chat_id >= FIRST_TOLD:
        text = str(request.params.get("text"))
        (seen.digests if text == "digest" else seen.told).append(now)
        seen.begun.set()
        if len(seen.told) + len(seen.digests) == seen.alerts + seen.alerts // DIGESTS_PART:
            seen.ended.set()


async def _fall_due(alerts: int) -> None:
    """Follow-ups of as many people, due now."""
    now = datetime.now(UTC)
    unit = await Unit.all().order_by("-id").first()
    customer = await Customer.all().order_by("id").first()
    async with db.transaction():
        await Staff.bulk_create(
            Staff(
                number=f"T{n:05}", name_zh=f"人{n}", name_en=f"Person {n}", role="rm", unit=unit,
                phone=f"1390000{n:04}", locale="zh", chat_id=FIRST_TOLD + n, enrolled_at=now,
            )
            for n in range(alerts)
        )  # fmt: skip
        told = await Staff.filter(chat_id__gte=FIRST_TOLD)
        await FollowUp.bulk_create(
            FollowUp(
                key=f"flood:{staff.id}", customer=customer, owner=staff, created_by=staff,
                due_at=now + timedelta(minutes=30), remind_at=now,
                overdue_at=now + timedelta(days=1), escalate_at=now + timedelta(days=3),
                created_at=now,
            )
            for staff in told
        )  # fmt: skip


async def _put_digests(count: int) -> None:
    """What may wait for the alerts."""
    async with db.transaction():
        for number in range(count):
            await deliveries.put_outbox(
                cause=f"digest:{number}", chat_id=FIRST_TOLD + number, op="post",
                content=content_to_json(Screen("digest")), priority=deliveries.DIGEST,
                now=int(time.time() * 1000),
            )  # fmt: skip
