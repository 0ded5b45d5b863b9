"""getUpdates: offsets, waiting, conflicts, what is wanted and what expires."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import aiohttp
from simulator_support import both, refused
from telegram.error import Conflict

if TYPE_CHECKING:
    from telegram import Bot

    from bot.simulator import Phone, Simulator
    from core.clock import MovableClock


async def texts(bot: Bot, **how: int) -> list[str | None]:
    updates = await bot.get_updates(**how)  # type: ignore[arg-type]
    return [u.message.text for u in updates if u.message]


async def test_updates_come_again_until_a_greater_offset_confirms_them(
    bot: Bot, li: Phone
) -> None:
    await li.says("a")
    await li.says("b")
    first = await bot.get_updates()
    assert [u.update_id for u in await bot.get_updates()] == [u.update_id for u in first]
    assert await texts(bot, offset=first[0].update_id) == ["a", "b"]
    assert await texts(bot, offset=first[1].update_id) == ["b"]
    assert await texts(bot) == ["b"]
    assert await texts(bot, offset=first[1].update_id + 1) == []
    assert first[1].update_id == first[0].update_id + 1


async def test_a_limit_cuts_and_a_negative_offset_keeps_the_last(bot: Bot, li: Phone) -> None:
    for n in range(5):
        await li.says(str(n))
    assert await texts(bot, limit=2) == ["0", "1"]
    assert await texts(bot, limit=0) == ["0"]
    assert await texts(bot, offset=-2) == ["3", "4"]
    assert await texts(bot) == ["3", "4"]


async def test_at_most_a_hundred_come_at_once(bot: Bot, li: Phone) -> None:
    for n in range(101):
        await li.says(str(n))
    assert len(await bot.get_updates(limit=1000)) == 100


async def test_a_long_poll_returns_as_soon_as_something_happens(bot: Bot, li: Phone) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await bot.get_me()
    assert not poll.done()
    await li.says("at last")
    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "at last"


async def test_a_second_poll_ends_the_first_with_a_conflict(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    async def raw(session: aiohttp.ClientSession, seconds: int) -> dict[str, object]:
        url = f"{sim.api_base}1:TEST/getUpdates"
        async with session.post(url, json={"timeout": seconds}) as reply:
            answer: dict[str, object] = await reply.json()
            return answer

    async with aiohttp.ClientSession() as session:
        first = asyncio.create_task(raw(session, 30))
        while not sim.in_flight:
            await bot.get_me()
        assert (await raw(session, 0))["result"] == []
        assert (await first)["description"] == (
            "Conflict: terminated by other getUpdates request;"
            " make sure that only one bot instance is running"
        )


async def test_a_webhook_excludes_polling(bot: Bot, li: Phone) -> None:
    await bot.set_webhook("https://example.com/hook")
    with refused("can't use getUpdates method while webhook is active", Conflict):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_webhook_that_is_set_ends_a_waiting_poll(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    async def poll() -> None:
        with refused("webhook is active", Conflict):
            await bot.get_updates(timeout=30)

    async def hook() -> None:
        while not sim.in_flight:
            await bot.get_me()
        await bot.set_webhook("https://example.com/hook")

    await both(poll(), hook())
    await bot.delete_webhook()


async def test_only_the_wanted_kinds_of_updates_are_queued(bot: Bot, li: Phone) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await li.says("not wanted")
    await li.presses_raw(1, "wanted", wait=0)
    assert [bool(u.callback_query) for u in await bot.get_updates()] == [True]
    await bot.get_updates(offset=-1, allowed_updates=[])
    await li.says("wanted")
    assert await texts(bot) == ["wanted"]


async def test_what_nobody_fetches_expires_as_telegram_says(
    bot: Bot, li: Phone, clock: MovableClock
) -> None:
    await li.says("for a day")
    await li.presses_raw(1, "for 150 seconds", wait=0)
    assert len(await bot.get_updates()) == 2
    clock.advance(timedelta(seconds=151))
    assert await texts(bot) == ["for a day"]
    clock.advance(timedelta(days=1))
    assert await bot.get_updates() == ()


async def test_what_waits_can_be_dropped(bot: Bot, li: Phone) -> None:
    await li.says("x")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_ids_of_updates_go_on_after_a_restart(sim: Simulator, clock: MovableClock) -> None:
    from bot.simulator import Simulator as Fresh

    before = sim.world.updates.next_id
    clock.advance(timedelta(seconds=5))
    assert Fresh(clock).world.updates.next_id == before + 5
