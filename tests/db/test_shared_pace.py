"""One pace kept by several senders on one server."""

from __future__ import annotations

import asyncio

import pytest

from bot.limits import SharedPace
from storage import db

# On SQLite the one sender keeps its own.
pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


async def test_senders_together_take_no_more_than_the_bucket_holds(database: str) -> None:
    senders = [SharedPace(29), SharedPace(29), SharedPace(29)]
    taken = await asyncio.gather(*(sender.spare(4) for _ in range(5) for sender in senders))
    # 20 tokens, 8 of them kept for replies; meanwhile a few may have grown back
    assert 12 <= sum(granted for granted, _ in taken) <= 15
    assert all(again > 0 for granted, again in taken if granted < 4)


async def test_a_reply_of_any_sender_finds_a_token_in_the_middle_of_a_flood(
    database: str,
) -> None:
    flood, replying = SharedPace(29), SharedPace(29)
    await flood.spare(100)
    assert [await replying.reply() for _ in range(8)] == [0] * 8


async def test_replies_of_several_senders_queue_up_one_behind_the_other(database: str) -> None:
    one, two = SharedPace(10), SharedPace(10)
    waits = [await sender.reply() for _ in range(10) for sender in (one, two)]
    assert sum(wait > 0 for wait in waits) >= 12
    assert waits[-1] > waits[-6] > 0


async def test_a_server_that_forgot_the_pace_begins_with_a_full_bucket(database: str) -> None:
    sender = SharedPace(10)
    for _ in range(20):
        await sender.reply()
    await db.execute("DELETE FROM pace")
    assert await sender.reply() == 0


async def test_the_table_is_not_logged(database: str) -> None:
    found = await db.rows("SELECT relpersistence FROM pg_class WHERE relname = 'pace'")
    assert bytes(found[0]["relpersistence"]) == b"u"
