"""Alerts under any order of facts, jobs and kills: each once, in working hours, none lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.acting import Acting
from core.alert_events import FactCrossed
from core.alert_raising import raise_alert
from core.alerts import PostponeAlert, SettleAlert, postpone_alert, settle_alert
from core.enrolment import SYSTEM
from core.errors import Refused
from core.rules.workdays import is_workday
from notifications.alerts import escalate_alerts, tell_alerts
from notifications.digests import morning_digest
from storage import db
from storage.db import transaction
from storage.models import Alert, Crossing, Outbox, Told
from tests.support.bank import MONDAY, ZONE, Bank, build_bank

if TYPE_CHECKING:
    from tests.support.databases import SqliteDatabases

KINDS = ("balance_down", "loan_matures", "silent")
ORDERS = tuple(permutations((morning_digest, tell_alerts, escalate_alerts)))
CHAT_OF_LI = 101
#: an alert of a team's goes to its leader, then to the branch's
LEADERS = 2
#: longer than any alert takes to go all the way up
WEEKS = 4

facts = st.tuples(st.sampled_from(["fact", "settle", "later"]), st.integers(0, 4))
kills = st.tuples(st.just("kill"), st.integers(0, 2))
clocks = st.tuples(
    st.just("clock"), st.sampled_from([-180, -1, 0, 1, 45, 240, 720, 1440, 3 * 1440])
)
steps_of_a_week = st.lists(
    st.tuples(st.one_of(facts, clocks, kills), st.integers(0, len(ORDERS) - 1)),
    min_size=4, max_size=14,
)  # fmt: skip


class KilledError(Exception):
    """The process ends before its transaction does."""


@settings(
    max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=steps_of_a_week)
def test_no_fact_is_told_twice_none_is_lost_none_at_night_and_every_escalation_ends(
    sqlite_databases: SqliteDatabases, steps: list[tuple[tuple[str, int], int]]
) -> None:
    asyncio.run(_played(sqlite_databases.fresh(), steps))


async def _played(url: str, steps: list[tuple[tuple[str, int], int]]) -> None:
    await db.connect(url)
    try:
        play = _Play(await build_bank())
        for number, ((what, how), order) in enumerate(steps):
            await play.step(number, what, how, order)
        for day in range(7 * WEEKS):
            play.now += timedelta(days=1)
            play.now = play.now.astimezone(ZONE).replace(hour=9, minute=0).astimezone(UTC)
            await play.passes(day % len(ORDERS))
        await play.holds()
    finally:
        await db.disconnect()


class _Play:
    def __init__(self, bank: Bank) -> None:
        self.bank, self.now = bank, MONDAY.astimezone(UTC)
        #: how often each alert was told, and how often its person put it off
        self.told: Counter[int] = Counter()
        self.put_off: Counter[int] = Counter()
        self.crossed: set[int] = set()
        self.made = 0

    async def step(self, number: int, what: str, how: int, order: int) -> None:
        """One thing happens, and then, as every minute, the jobs; twice, as two schedulers do."""
        if what == "clock":
            self.now += timedelta(minutes=how)
        elif what == "fact":
            for which in range(how + 1):  # several at once are one message
                await self._crosses(which)
        elif what == "kill":
            await self._is_killed(ORDERS[order][how])
        else:
            await self._acts(number, what, how)
        await self.passes(order)
        await self.passes(order)

    async def _crosses(self, which: int) -> None:
        crossing, _ = await Crossing.get_or_create(
            {"found_at": self.now, "customer_id": self.bank.customers["C001"]},
            kind=KINDS[which % 3], subject=f"customer:{which}", mark="m",
        )  # fmt: skip
        self.crossed.add(crossing.id)
        event = FactCrossed(crossing.id, crossing.customer_id, crossing.kind)
        for _ in range(2):
            async with transaction():
                await raise_alert(self._acting(), event)

    async def _is_killed(self, job: object) -> None:
        before = await Outbox.all().count()
        with contextlib.suppress(KilledError):
            async with transaction():
                await job(self._acting())  # type: ignore[operator]
                raise KilledError
        assert await Outbox.all().count() == before

    async def _acts(self, number: int, what: str, which: int) -> None:
        acting = await self.bank.acting("1001", self.now, f"act:{number}")
        alert = await Alert.all().order_by("id").offset(which).first()
        if alert is None:
            return
        with contextlib.suppress(Refused):
            async with transaction():
                if what == "settle":
                    await settle_alert(acting, SettleAlert(alert.id))
                else:
                    await postpone_alert(acting, PostponeAlert(alert.id))
                    self.put_off[alert.id] += 1

    def _acting(self) -> Acting:
        self.made += 1
        return Acting(SYSTEM, self.now, f"job:{self.made}")

    async def passes(self, order: int) -> None:
        """The jobs, as they come every minute; whatever one tells is in the message it sends."""
        for job in ORDERS[order]:
            untold = set(await Alert.filter(told_at=None).values_list("id", flat=True))
            last = await Outbox.all().order_by("-id").first()
            async with transaction():
                await job(self._acting())
            posts = await Outbox.filter(
                id__gt=last.id if last else 0, op="post", chat_id=CHAT_OF_LI
            )
            newly = await Alert.filter(id__in=[*untold] or [0], told_at__isnull=False)
            for one in newly:
                self.told[one.id] += 1
                assert sum([await self._says(row, one) for row in posts]) == 1
            if job is not escalate_alerts and not newly:
                # A digest tells the day, too; nothing else is sent for no reason.
                assert all(row.cause.startswith("morning:") for row in posts)

    async def _says(self, row: Outbox, one: Alert) -> bool:
        if row.cause.startswith(f"alert:{one.id}:"):
            return True
        # The first of a morning's alerts stand in it, and it says how many more there are.
        if row.cause.startswith(f"morning:{one.staff_id}:"):
            return True
        kind, _, telling = row.subject.partition(":")
        return kind == "telling" and await Told.exists(telling_id=int(telling), alert_id=one.id)

    async def holds(self) -> None:
        """What is to hold whatever happened."""
        alerts = await Alert.all()
        assert len(alerts) == len(self.crossed)
        assert {one.crossing_id for one in alerts} == self.crossed
        assert all(one.settled_at or one.told_at for one in alerts)
        assert all(self.told[one.id] <= 1 + self.put_off[one.id] for one in alerts)
        for row in await Outbox.filter(op="post", status="pending"):
            at = datetime.fromtimestamp(max(row.not_before, row.created_at) / 1000, ZONE)
            assert is_workday(at.date())
            assert 8 <= at.hour < 20
        await self._escalations_end(alerts)

    async def _escalations_end(self, alerts: list[Alert]) -> None:
        up: Counter[int] = Counter()
        for row in await Outbox.filter(cause__startswith="alert_up:"):
            up[int(row.cause.split(":")[1])] += 1
        for told in await Told.filter(telling__kind="late"):
            up[told.alert_id] += 1
        for one in alerts:
            assert one.settled_at or one.escalate_at is None or one.escalated_at
            assert up[one.id] <= LEADERS
            if one.settled_at is None and one.rule != "silent":
                assert up[one.id] == LEADERS
