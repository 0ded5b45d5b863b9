"""Inbox, lanes, mailboxes and outbox: insert once, strict order, one holder at a time."""

from __future__ import annotations

from storage import deliveries, queues
from storage.db import dialect, execute, transaction
from storage.models import Outbox
from storage.queues import Arrival


async def put(chat: int, text: str, **more: object) -> bool:
    return await deliveries.put_outbox(
        cause=text,
        chat_id=chat,
        op="post",
        content=text,
        now=1,
        **more,  # type: ignore[arg-type]
    )


async def test_an_arrival_is_kept_once(database: str) -> None:
    arrival = Arrival("u:1", "c:1", 1, "{}")
    assert await queues.put_inbox([arrival], 1) == 1
    assert await queues.put_inbox([arrival], 2) == 0


async def test_a_lane_is_worked_off_in_order_whatever_the_order_of_arrival(database: str) -> None:
    await queues.put_inbox([Arrival(f"u:{n}", "c:1", n, "{}") for n in (12, 3, 7)], 1)
    order = []
    while True:
        async with transaction():
            assert await queues.lock_lane("c:1")
            row = await queues.oldest_pending("c:1", 5)
            if row is None:
                break
            order.append(row.key)
            await queues.mark_done(row, 5)
    assert order == ["u:3", "u:7", "u:12"]


async def test_a_row_that_waits_holds_its_lane_and_no_other(database: str) -> None:
    await queues.put_inbox(
        [Arrival("u:1", "c:1", 1, "{}"), Arrival("u:2", "c:1", 2, "{}"),
         Arrival("u:3", "c:2", 3, "{}")], 1,
    )  # fmt: skip
    await queues.mark_failed("u:1", "Error", 100)
    assert await queues.ready_lanes(50, 10) == ["c:2"]
    assert await queues.oldest_pending("c:1", 50) is None
    assert set(await queues.ready_lanes(100, 10)) == {"c:1", "c:2"}


async def test_a_claimed_chat_is_nobody_elses_until_the_claim_ends(database: str) -> None:
    await put(1, "a")
    assert await deliveries.claim_mailboxes("one", 10, 20, 5) == [1]
    assert await deliveries.claim_mailboxes("two", 15, 25, 5) == []
    assert await deliveries.claim_mailboxes("two", 20, 30, 5) == [1]
    assert not await deliveries.extend_claim(1, "one", 40)
    await deliveries.release_mailbox(1, "one")
    assert await deliveries.claim_mailboxes("three", 25, 35, 5) == []


async def test_no_more_chats_are_claimed_than_asked_for_however_it_is_planned(
    database: str,
) -> None:
    for chat in range(1, 41):
        await put(chat, f"to {chat}")
    async with transaction():
        if dialect() == "postgres":
            # What a server does that knows nothing of the tables yet: one loop for each chat.
            for way in ("hashagg", "hashjoin", "mergejoin", "sort", "material", "memoize"):
                await execute(f"SET LOCAL enable_{way} = off")
        assert sorted(await deliveries.claim_mailboxes("one", 10, 20, 4)) == [1, 2, 3, 4]


async def test_replies_go_before_alerts_and_each_in_order(database: str) -> None:
    await put(1, "digest", priority=deliveries.DIGEST)
    await put(1, "alert", priority=deliveries.ALERT)
    await put(1, "first")
    await put(1, "second")
    order = []
    while (row := await deliveries.next_for(1, 5)) is not None:
        order.append(row.content)
        await deliveries.mark_sent(row, None, 5)
    assert order == ["first", "second", "alert", "digest"]


async def test_what_was_said_once_is_not_said_again_and_not_kept(database: str) -> None:
    assert await put(1, "once")
    assert not await put(1, "once")
    row = await deliveries.next_for(1, 5)
    assert row is not None
    await deliveries.mark_sent(row, 77, 5)
    assert (await Outbox.get()).content == ""


async def test_a_settled_matter_takes_back_its_unsent_notices_but_no_reply(database: str) -> None:
    await put(1, "alert", priority=deliveries.ALERT, subject="follow_up:1")
    await put(1, "reply", subject="follow_up:1")
    assert await deliveries.cancel_unsent("follow_up:1") == 1
    row = await deliveries.next_for(1, 5)
    assert row is not None
    assert row.content == "reply"


async def test_a_card_gets_its_message_when_it_was_sent(database: str) -> None:
    card = await deliveries.new_card(1, "page", 1)
    await put(1, "x", card_id=card)
    row = await deliveries.next_for(1, 5)
    assert row is not None
    await deliveries.mark_sent(row, 77, 5)
    assert await deliveries.card_of(1, 77) == card
