"""Several workers and senders on one database: who gets what, in which order, and only once."""

from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import db, deliveries, queues
from storage.db import transaction
from storage.models import Inbox, Mailbox, Outbox
from storage.queues import Arrival

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


def elsewhere(work: Coroutine[object, object, T]) -> asyncio.Task[T]:
    """Do something outside the running transaction, as another process would."""
    return asyncio.create_task(work, context=contextvars.Context())


async def arrive(*numbers: int, lane: str = "c:1", now: int = 1) -> None:
    await queues.put_inbox([Arrival(f"u:{n}", lane, n, "{}") for n in numbers], now)


async def put(chat: int, cause: str, **more: object) -> bool:
    return await deliveries.put_outbox(
        cause=cause,
        chat_id=chat,
        op="post",
        content=cause,
        now=1,
        **more,  # type: ignore[arg-type]
    )


async def handle(lane: str, seen: list[str]) -> bool:
    """What a worker does, without the doing."""
    async with transaction():
        if not await queues.lock_lane(lane):
            return False
        row = await queues.oldest_pending(lane, 10)
        if row is None:
            return False
        seen.append(row.key)
        await asyncio.sleep(0)
        await queues.mark_done(row, 10)
        return True


async def test_a_lane_in_work_is_left_alone_by_others(database: str) -> None:
    """On PostgreSQL the others go on to another lane; SQLite has one writer, the others wait."""
    await arrive(1)
    await arrive(2, lane="c:2")
    async with transaction():
        assert await queues.lock_lane("c:1")
        same, other = elsewhere(_locks("c:1")), elsewhere(_locks("c:2"))
        if db.dialect() == "postgres":
            assert (await same, await other) == (False, True)
        else:
            assert not await Inbox.filter(key="u:3").exists()
            assert not same.done()
            assert not other.done()
    assert await same is (db.dialect() == "sqlite")
    assert await other
    assert await elsewhere(_locks("c:1"))


async def _locks(lane: str) -> bool:
    async with transaction():
        return await queues.lock_lane(lane)


async def test_many_workers_handle_each_row_once_and_each_lane_in_order(database: str) -> None:
    for lane in range(4):
        await arrive(*range(lane, 40, 4), lane=f"c:{lane}")
    seen: dict[int, list[str]] = {lane: [] for lane in range(4)}

    async def work(start: int) -> None:
        for step in range(200):
            await handle(f"c:{(start + step) % 4}", seen[(start + step) % 4])
            if not await Inbox.filter(status="pending").exists():
                return

    await asyncio.gather(*(elsewhere(work(start)) for start in range(4)))
    assert seen == {lane: [f"u:{n}" for n in range(lane, 40, 4)] for lane in range(4)}


async def test_a_crash_in_the_middle_leaves_the_row_to_the_next(database: str) -> None:
    await arrive(1)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the rollback is the point
        async with transaction():
            assert await queues.lock_lane("c:1")
            row = await queues.oldest_pending("c:1", 10)
            assert row is not None
            await queues.mark_done(row, 10)
            await put(1, "half")
            raise ZeroDivisionError
    assert not await Outbox.exists()
    seen: list[str] = []
    assert await handle("c:1", seen)
    assert seen == ["u:1"]


async def test_lanes_are_ready_in_the_order_of_their_arrival(database: str) -> None:
    for number, lane in enumerate(("c:3", "c:1", "c:2"), 1):
        await arrive(number, lane=lane, now=number)
    assert await queues.ready_lanes(10, 5) == ["c:3", "c:1", "c:2"]
    assert await queues.ready_lanes(10, 1) == ["c:3"]
    assert await queues.ready_lanes(10, 1, busy=["c:3"]) == ["c:1"]
    assert await queues.ready_lanes(10, 5, busy=["c:1", "c:2", "c:3"]) == []


async def test_a_later_row_that_waits_does_not_hold_an_earlier_one(database: str) -> None:
    await arrive(1, 2)
    await queues.mark_failed("u:2", "Error", 100)
    assert await queues.ready_lanes(50, 5) == ["c:1"]
    row = await queues.oldest_pending("c:1", 50)
    assert row is not None
    assert row.key == "u:1"


async def test_a_dead_row_lets_its_lane_go_on_and_can_be_put_back(database: str) -> None:
    await arrive(1, 2)
    await queues.mark_failed("u:1", "Error", 5)
    await queues.mark_dead("u:1", "Error", 6)
    assert (await Inbox.get(key="u:1")).attempts == 2
    seen: list[str] = []
    assert await handle("c:1", seen)
    assert not await handle("c:1", seen)
    assert await queues.retry_dead("u:1")
    assert not await queues.retry_dead("u:1")
    assert not await queues.retry_dead("u:2")
    assert not await queues.retry_dead("u:404")
    assert await handle("c:1", seen)
    assert seen == ["u:2", "u:1"]
    assert (await Inbox.get(key="u:1")).error is None


async def test_claims_take_replies_first_and_no_more_than_asked_for(database: str) -> None:
    await put(1, "digest", priority=deliveries.DIGEST)
    await put(2, "alert", priority=deliveries.ALERT)
    await put(3, "reply")
    await put(4, "later", not_before=100)
    assert await deliveries.claim_mailboxes("a", 10, 20, 1) == [3]
    assert await deliveries.claim_mailboxes("b", 10, 20, 1) == [2]
    assert sorted(await deliveries.claim_mailboxes("c", 10, 20, 9)) == [1]
    assert await deliveries.claim_mailboxes("d", 15, 25, 9) == []


async def test_many_senders_never_hold_the_same_chat(database: str) -> None:
    for chat in range(12):
        await put(chat, f"hello {chat}")

    async def claim(name: str) -> list[int]:
        got: list[int] = []
        for _ in range(6):
            got += await deliveries.claim_mailboxes(name, 10, 20, 3)
        return got

    claimed = await asyncio.gather(*(elsewhere(claim(f"s{n}")) for n in range(4)))
    assert sorted(chat for got in claimed for chat in got) == list(range(12))


async def test_a_chat_that_was_told_to_wait_waits_whoever_sends(database: str) -> None:
    await put(1, "x")
    await put(2, "y")
    await deliveries.claim_mailboxes("a", 10, 20, 9)
    await deliveries.release_mailbox(1, "a", not_before=100)
    await deliveries.release_mailbox(2, "somebody else")
    assert (await Mailbox.get(chat_id=2)).claimed_by == "a"
    await deliveries.release_mailbox(2, "a")
    assert await deliveries.claim_mailboxes("b", 99, 110, 9) == [2]
    assert await deliveries.claim_mailboxes("b", 100, 110, 9) == [1]
    await deliveries.release_mailbox(1, "b", not_before=0)
    assert (await Mailbox.get(chat_id=1)).not_before == 100


async def test_a_failed_delivery_is_counted_only_where_it_is_ours(database: str) -> None:
    await put(1, "x")
    row = await deliveries.next_for(1, 5)
    assert row is not None
    await deliveries.mark_unsent(row, "429", counts=False)
    await deliveries.mark_unsent(row, "TimedOut")
    kept = await Outbox.get()
    assert (kept.attempts, kept.status, kept.error) == (1, "pending", "TimedOut")
    await deliveries.mark_undeliverable(row, "chat not found")
    assert await deliveries.next_for(1, 5) is None
    assert (await Outbox.get()).status == "dead"


async def test_a_readers_place_is_kept(database: str) -> None:
    assert await queues.get_cursor("telegram") == 0
    await queues.set_cursor("telegram", 7)
    await queues.set_cursor("telegram", 2**40)
    assert await queues.get_cursor("telegram") == 2**40
    assert await queues.get_cursor("other") == 0


async def test_a_removed_card_stands_on_no_message(database: str) -> None:
    card = await deliveries.card_of(1, 77)
    assert await deliveries.card_of(1, 77) == card
    assert await deliveries.card_of(2, 77) != card
    await deliveries.put_outbox(cause="r", chat_id=1, op="remove", content="", now=1, card_id=card)
    row = await deliveries.next_for(1, 5)
    assert row is not None
    assert row.message_id == 77
    await deliveries.mark_sent(row, None, 5)
    assert await deliveries.card_of(1, 77) != card


@settings(
    max_examples=15, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 30)), max_size=40), st.data())
def test_in_any_order_of_arrival_each_update_is_handled_once_and_in_its_lanes_order(
    database_url: str, updates: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Updates come in any order, some more than once, in batches of any size."""
    sizes = data.draw(st.lists(st.integers(1, 7), max_size=20))

    async def play() -> dict[str, list[str]]:
        await db.connect(database_url)
        await db.execute("DELETE FROM inbox")
        waiting = list(updates)
        while waiting:
            size = sizes.pop() if sizes else len(waiting)
            batch, waiting = waiting[:size], waiting[size:]
            await queues.put_inbox(
                [Arrival(f"u:{n}.{lane}", f"c:{lane}", n, "{}") for lane, n in batch], 1
            )
        seen: dict[str, list[str]] = {}
        for lane in await queues.ready_lanes(10, 10):
            while await handle(lane, seen.setdefault(lane, [])):
                pass
        await db.disconnect()
        return seen

    expected: dict[str, list[str]] = {}
    for lane, n in sorted(set(updates)):
        expected.setdefault(f"c:{lane}", []).append(f"u:{n}.{lane}")
    assert asyncio.run(play()) == expected
