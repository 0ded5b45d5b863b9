"""A phone is cut off while an update from it is being handled: its answer is taken back, too."""

from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING

from core.acting import Acting
from core.bus import perform
from core.enrolment import SYSTEM
from core.people import SetLanguage
from core.staff import RevokePhone
from storage import db, deliveries, queues
from storage.models import Outbox, Staff
from storage.queues import Arrival, millis
from tests.support.bank import MONDAY, build_bank

if TYPE_CHECKING:
    from collections.abc import Coroutine

LANE, NOW = "c:101", millis(MONDAY)


def elsewhere(work: Coroutine[object, object, None]) -> asyncio.Task[None]:
    """As another process would do it: with a connection of its own."""
    return asyncio.create_task(work, context=contextvars.Context())


async def test_what_is_being_answered_meanwhile_is_not_sent(database: str) -> None:
    bank = await build_bank()
    await queues.put_inbox([Arrival("u:1", LANE, 1, "{}")], NOW)
    li, begun = await bank.acting("1001"), asyncio.Event()

    async def answer() -> None:
        async with db.transaction():
            assert await queues.lock_lane(LANE)
            begun.set()
            await somebody_waits()
            await perform(li, SetLanguage("en"), "u:1!1")
            await deliveries.put_outbox(
                cause="u:1#1", chat_id=101, op="post", content="{}", now=NOW
            )

    async def revoke() -> None:
        await begun.wait()
        async with db.transaction():
            acting = Acting(SYSTEM, MONDAY, "cli")
            await perform(acting, RevokePhone(bank.staff["1001"]), "cli")

    await asyncio.gather(elsewhere(answer()), elsewhere(revoke()))
    assert (await Outbox.get(cause="u:1#1")).status == "cancelled"
    staff = await Staff.get(number="1001")
    assert (staff.chat_id, staff.locale) == (None, "en")


async def somebody_waits() -> None:
    """Until the other transaction waits for this one; SQLite lets it begin only afterwards."""
    if db.dialect() == "sqlite":
        return
    waiting = 0
    while not waiting:
        found = await db.rows(
            "SELECT COUNT(*) AS n FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        waiting = found[0]["n"]
        await db.rows("SELECT pg_stat_clear_snapshot()")
        await asyncio.sleep(0)
