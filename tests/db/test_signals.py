"""Processes on one server tell each other where there is something new."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest

from storage import db
from storage.signals import Signals
from storage.unavailable import UnavailableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

#: SQLite has one process, which needs no signals
pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


class Ear:
    """What one process was told."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.news = asyncio.Event()

    def __call__(self, what: object) -> None:
        self.heard.append(what)
        self.news.set()


async def ears() -> int:
    """How many listen: a word said before somebody does is lost to him."""
    [row] = await db.rows(
        "SELECT count(*) AS ears FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        " AND datname = current_database()"
    )
    return int(row["ears"])


@contextlib.asynccontextmanager
async def listening(url: str, name: str, ear: Ear) -> AsyncIterator[Signals]:
    """A process that listens and speaks."""
    before = await ears()
    signals = Signals(url, name)
    tasks = [
        asyncio.create_task(signals.listen(ear, ear)),
        asyncio.create_task(signals.speak()),
    ]
    async with asyncio.timeout(10):
        while await ears() == before:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.01)
    yield signals
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_others_are_told_of_lanes_and_chats_and_nobody_hears_himself(
    database: str,
) -> None:
    one, two = Ear(), Ear()
    async with listening(database, "one", one) as first, listening(database, "two", two) as second:
        async with asyncio.timeout(10):
            while len(one.heard) < 3:
                second.new_in_lanes(["c:1", "j:remind due"])
                second.new_for_chat(7)
                second.new_for_chat(None)
                await one.news.wait()
                one.news.clear()
        assert one.heard[:2] == [["c:1"], ["j:remind due"]]
        assert {7, None} <= {what for what in one.heard if not isinstance(what, list)}
        assert not two.heard
        first.new_for_chat(8)
        async with asyncio.timeout(10):
            await two.news.wait()
        assert two.heard == [8]


async def test_an_ear_whose_server_cuts_it_off_says_so_at_once(database: str) -> None:
    signals = Signals(database, "one")
    listening = asyncio.create_task(signals.listen(Ear(), Ear()))
    async with asyncio.timeout(10):
        while not listening.done():
            await db.rows(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )
            await asyncio.sleep(0.01)
    with pytest.raises(UnavailableError):
        await listening
