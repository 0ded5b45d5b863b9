"""Repeats, poison, refusals of the platform: nothing lost, nothing twice, the lane goes on."""

from __future__ import annotations

import json

import pytest

from bot.app import App
from bot.limits import unlimited
from storage import queues
from storage.models import Activity, Inbox, Outbox, Talk
from tests.support.town import Town


async def logged(town: Town, number: str = "1001") -> None:
    """Log a call step by step, up to the review card."""
    li = town.phone(number)
    await li.says("/visit")
    await li.presses("上海百维物流有限公司")
    await li.presses("电访")
    await li.presses("有意向")
    await li.says("备注")
    await li.presses("没有下一步")


async def test_an_update_that_comes_again_is_handled_once(town: Town) -> None:
    await logged(town)
    await town.phone("1001").presses("保存")
    before = await Inbox.all().count()
    for row in await Inbox.filter(key__startswith="u:"):
        body = json.loads(row.body)
        again = queues.Arrival(row.key, row.lane, row.position, json.dumps(body))
        await queues.put_inbox([again], queues.millis(town.clock.now()))
    await town.settles()
    assert await Inbox.all().count() == before
    assert await Activity.all().count() == 1


async def test_a_double_tap_saves_once_and_says_so(town: Town) -> None:
    await logged(town)
    li = town.phone("1001")
    card = next(message for message in reversed(li.messages) if message.buttons)
    data = card.buttons[0][0].data
    await li.presses_raw(card.message_id, data)
    answer = await li.presses_raw(card.message_id, data)
    assert answer.text == "这个按钮已失效。"
    assert await Activity.all().count() == 1


@pytest.mark.parametrize(
    "data",
    ["", "x", "a:", "a:zz.1.ok", "a:1.0.ok", "o:profile:99999999999999999999", "o:profile:x",
     "o:profile", "o:none:1", "s:log_visit:1:2:3:4", "s:postpone:-1", "r:done:1e9", "r:resume:x",
     "r:language:fr", "r:later:1:never", "o:found::-5", "a:-1.-1.x", "r:call:0", "\u202e", "日本"],
)  # fmt: skip
async def test_crafted_buttons_are_answered_kindly_and_change_nothing(
    town: Town, data: str
) -> None:
    li = town.phone("1001")
    await li.says("/today")
    await li.presses_raw(li.last.message_id, data)
    assert not await Inbox.filter(attempts__gt=0).exists()
    assert not await Activity.exists()


async def test_a_button_of_another_persons_card_is_refused(town: Town) -> None:
    await logged(town)
    li, zhao = town.phone("1001"), town.phone("1004")
    card = next(message for message in reversed(li.messages) if message.buttons)
    await zhao.says("/today")
    answer = await zhao.presses_raw(zhao.last.message_id, card.buttons[0][0].data)
    assert answer.text == "这个按钮已失效。"
    assert not await Activity.exists()


async def test_a_dialogue_is_reminded_once_then_closed_softly_and_resumed(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/visit")
    await li.presses("上海百维物流有限公司")
    await town.passes(hours=25)
    await li.sees("您还有未完成的")
    await town.passes(hours=25)
    await li.sees("未完成已关闭")
    assert (await Talk.get()).status == "expired"
    await li.presses("继续")
    await li.sees("怎么联系的?")


async def test_told_to_wait_one_chat_waits_and_no_other(town: Town) -> None:
    li, chen = town.phone("1001"), town.phone("1002")
    town.simulator.faults.too_many(30, chat_id=li.user_id)
    await li.says("/today")
    await chen.says("/today")
    await chen.sees("早上好")
    assert not li.contains("早上好")
    await town.passes(seconds=31)
    await li.sees("早上好")


@pytest.mark.parametrize("fault", ["server_error", "drop", "nonsense"])
async def test_network_faults_are_retried_in_order(town: Town, fault: str) -> None:
    li = town.phone("1001")
    getattr(town.simulator.faults, fault)(method="sendMessage")
    await li.says("/help")
    await li.says("/today")
    for _ in range(4):
        await town.passes(seconds=5)
    await li.sees("早上好")
    texts = [message.text for message in li.messages if message.from_bot]
    assert [text[:2] for text in texts] == ["您可", "早上"]


async def test_a_message_that_the_person_deleted_is_posted_anew(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/visit")
    await li.presses("上海百维物流有限公司")
    await li.deletes(li.last.message_id)
    await li.says("电访")
    await li.sees("结果如何?")
    assert not await Outbox.filter(status="dead").exists()


async def test_another_start_goes_on_where_the_last_one_stopped(town: Town) -> None:
    await logged(town)
    settings = town.app.settings
    await town.app.__aexit__(None, None, None)
    li = town.phone("1001")
    card = next(message for message in reversed(li.messages) if message.buttons)
    limits = unlimited()
    async with App(settings, town.clock, limits=limits, tick_seconds=3600) as second:
        town.simulator.idle_hook = second.settle
        phone = town.simulator.phone(101)
        await phone.presses_raw(card.message_id, card.buttons[0][0].data)
        await phone.sees("✅ 已保存")
        assert await Activity.all().count() == 1
    town.simulator.idle_hook = None


async def test_quiet_hours_do_not_hold_back_a_reply(town: Town) -> None:
    await town.at(23, 0)
    li = town.phone("1001")
    await li.says("/help")
    await li.sees("您可以这样用")
