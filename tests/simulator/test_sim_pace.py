"""Telegram's pace, measured by a clock of the test's own: nothing here waits for real time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import RetryAfter

from bot.simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.clock import MovableClock


class Ticker:
    """Monotonic seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def ticker() -> Ticker:
    return Ticker()


@pytest.fixture
async def sim(clock: MovableClock, ticker: Ticker) -> AsyncIterator[Simulator]:
    async with Simulator(clock, pace=True, monotonic=ticker) as simulator:
        for number in range(101, 141):
            await simulator.phone(number).start()
        yield simulator


async def wait_asked(bot: Bot, chat_id: int) -> float:
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(chat_id, "x")
    wait = caught.value.retry_after
    assert isinstance(wait, timedelta)
    return wait.total_seconds()


async def test_a_private_chat_takes_a_short_burst_and_then_one_a_second(
    sim: Simulator, bot: Bot, ticker: Ticker
) -> None:
    for _ in range(4):
        await bot.send_message(101, "x")
    assert await wait_asked(bot, 101) == 1
    ticker.seconds += 1
    await bot.send_message(101, "x")
    assert await wait_asked(bot, 101) == 1
    await bot.send_message(102, "another chat is free")
    assert {v.code for v in sim.violations} == {429}


async def test_thirty_a_second_overall(bot: Bot, ticker: Ticker) -> None:
    for number in range(101, 131):
        await bot.send_message(number, "x")
    assert await wait_asked(bot, 131) == 1
    ticker.seconds += 0.1
    await bot.send_message(131, "x")


async def test_a_group_takes_twenty_a_minute(sim: Simulator, bot: Bot, ticker: Ticker) -> None:
    group = sim.group(-5, "Team", [101])
    for _ in range(20):
        await bot.send_message(group.id, "x")
        ticker.seconds += 1
    assert await wait_asked(bot, group.id) == 40
    ticker.seconds += 40
    await bot.send_message(group.id, "x")


async def test_an_album_counts_every_item_and_edits_count_too(
    bot: Bot, ticker: Ticker, png: bytes
) -> None:
    sent = await bot.send_media_group(101, [InputMediaPhoto(png)] * 3)
    await bot.edit_message_caption(101, sent[0].message_id, caption="x")
    assert await wait_asked(bot, 101) == 1


async def test_answers_to_presses_and_menus_are_free(sim: Simulator, bot: Bot) -> None:
    for _ in range(50):
        await bot.send_chat_action(101, "typing")
    assert sim.violations == []


async def test_a_second_webhook_within_a_second_has_to_wait(bot: Bot, ticker: Ticker) -> None:
    await bot.set_webhook("https://example.com/hook")
    with pytest.raises(RetryAfter):
        await bot.set_webhook("https://example.com/hook")
    ticker.seconds += 1
    await bot.set_webhook("https://example.com/hook")
    await bot.delete_webhook()


async def test_who_polls_for_the_same_again_and_again_gets_one_at_a_time(bot: Bot) -> None:
    assert len(await bot.get_updates(offset=1)) == 40
    assert len(await bot.get_updates(offset=1)) == 1


async def test_the_pace_can_be_switched_off(sim: Simulator, bot: Bot) -> None:
    sim.pace = False
    for _ in range(40):
        await bot.send_message(101, "x")
    assert sim.violations == []
    assert not sim.pace
