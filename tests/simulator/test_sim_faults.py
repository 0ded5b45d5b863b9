"""Troubles on demand, and that none of them is held against the bot."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.simulator import FaultKind

if TYPE_CHECKING:
    from telegram import Bot

    from bot.simulator import Phone, Simulator


async def test_the_next_calls_fail_with_500_and_then_no_more(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    fault = sim.faults.server_error(2)
    for _ in range(2):
        with pytest.raises(NetworkError, match="Internal Server Error"):
            await bot.send_message(101, "x")
    await bot.send_message(101, "y")
    assert [m.text for m in li.messages] == ["/start", "y"]
    assert fault.hits == 2
    assert sim.violations == []
    assert [r.fault for r in sim.sent("sendMessage")] == ["server error", "server error", None]


async def test_a_500_may_come_after_the_work_was_done(sim: Simulator, bot: Bot, li: Phone) -> None:
    sim.faults.server_error(executed=True)
    with pytest.raises(NetworkError):
        await bot.send_message(101, "done all the same")
    assert li.last.text == "done all the same"


async def test_a_fault_can_be_meant_for_one_chat_or_one_method(
    sim: Simulator, bot: Bot, li: Phone, ann: Phone
) -> None:
    sim.faults.forbidden(None, chat_id=101, method="sendMessage")
    await bot.send_message(102, "x")
    await bot.send_location(101, 1, 2)
    for _ in range(3):
        with pytest.raises(Forbidden):
            await bot.send_message(101, "x")
    sim.faults.clear()
    await bot.send_message(101, "x")


async def test_too_many_requests_name_the_seconds(sim: Simulator, bot: Bot, li: Phone) -> None:
    sim.faults.too_many(17)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(101, "x")
    assert caught.value.retry_after == timedelta(seconds=17)
    assert sim.violations == []


async def test_polls_are_hit_only_when_they_are_named(sim: Simulator, bot: Bot, li: Phone) -> None:
    sim.faults.server_error()
    await bot.get_updates()
    sim.faults.clear()
    sim.faults.server_error(method="getUpdates")
    with pytest.raises(NetworkError):
        await bot.get_updates()


async def test_nonsense_is_no_json(sim: Simulator, bot: Bot, li: Phone) -> None:
    sim.faults.nonsense()
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(101, "x")


@pytest.mark.parametrize(("executed", "shown"), [(False, "/start"), (True, "x")])
async def test_a_connection_is_cut_before_or_after_the_work(
    sim: Simulator, bot: Bot, li: Phone, *, executed: bool, shown: str
) -> None:
    sim.faults.drop(executed=executed)
    with pytest.raises(NetworkError):
        await bot.send_message(101, "x")
    assert li.last.text == shown


@pytest.mark.parametrize(("executed", "shown"), [(False, "/start"), (True, "x")])
async def test_a_call_that_is_never_answered_times_out(
    sim: Simulator, bot: Bot, li: Phone, *, executed: bool, shown: str
) -> None:
    sim.faults.time_out(executed=executed)
    with pytest.raises(TimedOut):
        await bot.send_message(101, "x", read_timeout=0.05)
    assert li.last.text == shown


async def test_hanging_calls_end_when_the_troubles_are_cleared(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    sim.faults.time_out(method="sendMessage")
    call = asyncio.create_task(bot.send_message(101, "x"))
    while not sim.in_flight:
        await bot.get_me()
    sim.faults.clear()
    with pytest.raises(NetworkError):
        await call


async def test_a_slow_call_is_carried_out_and_excuses_no_mistake(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    sim.faults.slow(0.001, 2)
    await bot.send_message(101, "x")
    with pytest.raises(BadRequest):
        await bot.send_message(101, "")
    assert [v.code for v in sim.violations] == [400]


async def test_chance_is_the_same_every_time(sim: Simulator, bot: Bot, li: Phone) -> None:
    fault = sim.faults.server_error(None, probability=0.5)
    for n in range(20):
        try:
            await bot.send_message(101, str(n))
        except NetworkError:
            continue
    assert 0 < fault.hits < 20
    assert fault.kind is FaultKind.SERVER_ERROR
    assert len(li.messages) == 21 - fault.hits
