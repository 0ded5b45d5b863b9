"""The database goes away while people work, comes back, and everything goes on by itself."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.app import WEBHOOK_PATH
from storage.db import rows
from tests.faults.visits import working_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.server import Server

RECOVERY_SECONDS = 20.0


def now() -> int:
    return int(time.time() * 1000)


async def recovery(back: int, last: int) -> tuple[float, float, float]:
    """Seconds from the server's return to the first update handled, to the last of the backlog,
    and to the last reply to it."""
    handled = await rows(
        "SELECT MIN(done_at) AS first, MAX(CASE WHEN position <= $2 THEN done_at END) AS gone"
        " FROM inbox WHERE key LIKE 'u:%' AND done_at >= $1",
        back, last,
    )  # fmt: skip
    replied = await rows(
        "SELECT MAX(o.sent_at) AS gone FROM outbox o JOIN inbox i ON o.cause LIKE i.key || '#%'"
        " WHERE i.key LIKE 'u:%' AND i.position <= $1 AND i.done_at >= $2",
        last, back,
    )  # fmt: skip
    moments = (handled[0]["first"], handled[0]["gone"], replied[0]["gone"])
    first, gone, told = ((moment or back) - back for moment in moments)
    return first / 1000, gone / 1000, told / 1000


@pytest.mark.parametrize("away", ["kill", "stop"])
async def test_a_database_that_comes_back_finds_everything_going_on(
    server: Server, tmp_path: Path, away: str, record_property: Callable[[str, object], None]
) -> None:
    outages = []
    async with working_day(await server.fresh(), tmp_path) as day:
        day.begin()
        for seconds, backlog in ((1.0, 30), (2.0, 30), (0.0, 30), (0.5, 5)):
            await day.goes_on(updates=12)
            await getattr(server, away)()
            for _ in range(backlog):
                await day.reader.says("/today")
            await asyncio.sleep(seconds)
            last = day.simulator.world.updates.next_id - 1
            await server.start()
            outages.append((now(), last))
            if len(outages) != 3:  # the fourth outage comes in the middle of a recovery
                await day.has_answered(last)
        await day.end()
        await day.nothing_is_lost_or_doubled()
        doubled = await day.doubled_sends()
        figures = [await recovery(*outage) for outage in outages]
    record_property("seconds to recover", figures)
    assert max(max(figure) for figure in figures) < RECOVERY_SECONDS
    assert all(figure[1] > 0 for figure in figures)
    # The process lived: what it had sent, it remembered until it could mark it.
    assert doubled == 0


async def test_a_webhook_refuses_what_it_cannot_keep_and_is_brought_it_again(
    server: Server,
    tmp_path: Path,
    unused_tcp_port: int,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:
    async with working_day(await server.fresh(), tmp_path, listen_port=unused_tcp_port) as day:
        day.begin()
        await day.goes_on(updates=12)
        await server.kill()
        for _ in range(10):
            await day.reader.says("/today")
        refused = await post(f"http://127.0.0.1:{unused_tcp_port}{WEBHOOK_PATH}")
        await day.reaches(lambda: "503" in day.simulator.webhook.last_error)
        last = day.simulator.world.updates.next_id - 1
        assert len(day.simulator.world.updates) >= 10
        await server.start()
        back = now()
        await day.has_answered(last)
        await day.end()
        await day.nothing_is_lost_or_doubled()
        figures = await recovery(back, last)
        assert await day.doubled_sends() == 0
    record_property("seconds to recover", figures)
    assert refused == (503, "2", b"")
    # aiohttp answers 500 by itself and logs a traceback for what leaves the handler
    assert not [record for record in caplog.records if record.name.startswith("aiohttp")]
    assert max(figures) < RECOVERY_SECONDS


async def post(url: str) -> tuple[int, str | None, bytes]:
    """What the webhook says to an update that is not Telegram's own."""
    update = b'{"update_id": 1, "message": {"chat": {"id": 1, "type": "private"}}}'
    headers = {"X-Telegram-Bot-Api-Secret-Token": "a-secret"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=update, headers=headers) as answer,
    ):
        return answer.status, answer.headers.get("Retry-After"), await answer.read()
