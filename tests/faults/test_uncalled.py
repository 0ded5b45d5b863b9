"""What nobody calls for (a retry, another process's row) is found, however busy others keep us."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest

from storage.deliveries import put_outbox
from storage.models import Inbox, Outbox
from storage.queues import Arrival, millis, put_inbox
from tests.faults.visits import until, working_day

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.app import App
    from tests.faults.visits import Workday


@pytest.fixture
async def day(database_url: str, tmp_path: Path) -> AsyncIterator[Workday]:
    """A running bot whose people do nothing."""
    async with working_day(database_url, tmp_path) as running:
        yield running


def app_of(day: Workday) -> App:
    assert day.app is not None
    return day.app


@contextlib.asynccontextmanager
async def calling(call: Callable[[], None]) -> AsyncIterator[None]:
    """Call, far more often than the loops look by themselves."""

    async def again() -> None:
        while True:
            call()
            await asyncio.sleep(0.02)

    task = asyncio.create_task(again())
    yield
    task.cancel()


async def test_an_uncalled_update_is_handled_while_another_chat_keeps_calling(
    day: Workday,
) -> None:
    worker = app_of(day).worker
    now = millis(day.simulator.world.clock.now())
    async with calling(lambda: worker.wake(["c:1"])):
        await put_inbox([Arrival("t:none:1", "j:none", 1, '{"job":"none"}')], now)

        async def handled() -> bool:
            return await Inbox.filter(key="t:none:1", status="done").exists()

        await until(handled, seconds=5)


async def test_an_uncalled_message_is_sent_while_another_chat_keeps_calling(
    day: Workday,
) -> None:
    now = millis(day.simulator.world.clock.now())
    sender = app_of(day).sender
    async with calling(lambda: sender.wake(1)):
        await put_outbox(cause="x", chat_id=101, op="remove", content="", now=now)

        async def sent() -> bool:
            return await Outbox.filter(cause="x", status="sent").exists()

        await until(sent, seconds=5)
