"""A leader hands a portfolio of 500 customers over to six colleagues: time and statements."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.acting import Acting
from core.bus import perform
from core.hand_over import HandOver, Portfolio, propose
from core.people import person_by_number
from notifications import rules
from storage import db
from storage.models import Customer, FollowUp, Staff

if TYPE_CHECKING:
    from benchmarks.databases import Databases, Engine

#: how many customers are handed over, each with an open follow-up
PORTFOLIOS = (50, 500)
_ASKED = ("execute_query", "execute_query_dict", "execute_insert", "execute_many")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What one hand-over cost."""

    engine: str
    customers: int
    statements: int
    proposed: float
    done: float


async def measure(databases: Databases, engine: Engine) -> list[HandedOver]:
    """Propose and hand over portfolios of several sizes."""
    rules.subscribe_all()
    await db.connect(await databases.fresh(engine))
    try:
        return [await _one(engine, count) for count in PORTFOLIOS]
    finally:
        await db.disconnect()


async def _one(engine: str, count: int) -> HandedOver:
    now = datetime.now(UTC)
    giver = await Staff.get(number="00000")
    boss, _ = await Staff.get_or_create(
        number="BOSS",
        defaults={
            "name_zh": "主管", "name_en": "Boss", "role": "team_leader", "unit_id": giver.unit_id,
            "phone": "1", "chat_id": 99,
        },
    )  # fmt: skip
    ids = await Customer.all().order_by("id").limit(count).values_list("id", flat=True)
    await Customer.filter(owner_id=giver.id).update(owner_id=boss.id)
    await Customer.filter(id__in=ids).update(owner_id=giver.id)
    await FollowUp.bulk_create(
        FollowUp(
            key=f"{count}:{one}", customer_id=one, owner=giver, created_by=giver,
            due_at=now + timedelta(days=3), overdue_at=now + timedelta(days=4),
            escalate_at=now + timedelta(days=6), created_at=now,
        )
        for one in ids
    )  # fmt: skip
    acting = Acting(await person_by_number(boss.number, now), now, f"bench:{count}")
    portfolio = Portfolio(giver.id)
    begun = time.perf_counter()
    made = await propose(acting, portfolio, ())
    proposed = time.perf_counter() - begun
    to = tuple(staff.id for staff in made.receivers)
    command = HandOver(portfolio, to, made.fingerprint, "rm_left")
    begun = time.perf_counter()
    async with db.transaction() as client:
        counted = _Counted(client)
        await perform(acting, command, f"bench:{count}")
    return HandedOver(engine, count, counted.n, proposed, time.perf_counter() - begun)


class _Counted:
    """Counts what is asked of a connection, from now on."""

    def __init__(self, client: Any) -> None:
        self.n = 0
        kind = type(client)
        for name in _ASKED:
            setattr(kind, name, self._counting(getattr(kind, name)))

    def _counting(self, ask: Any) -> Any:
        async def counted(*args: Any, **named: Any) -> Any:
            self.n += 1
            return await ask(*args, **named)

        return counted
