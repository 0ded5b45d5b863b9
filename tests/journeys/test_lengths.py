"""How long a visit takes: said in the line, changed by a tap, kept to everywhere."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar

from storage.models import FollowUp
from tests.support.bank import MONDAY
from tests.support.town import Town


async def test_a_span_in_the_line_is_kept_and_the_question_comes_after_its_end(
    town: Town,
) -> None:
    li = town.phone("1001")
    await li.says("提醒我明天下午2点到4点拜访华兴机械")
    shown = await li.sees("请核对")
    assert "120 分钟" in shown.text
    await li.presses("保存")
    kept = await FollowUp.get()
    assert kept.ends_at is not None
    assert kept.ends_at - kept.due_at == timedelta(hours=2)
    await li.presses("打开")
    await li.sees("⏱ 120 分钟")
    await li.presses("📅 .ics")
    assert li.last.data is not None
    [event] = Calendar.from_ical(li.last.data).walk("VEVENT")
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=2)
    await town.moves_to(kept.due_at + timedelta(minutes=110))
    assert not li.contains("进展如何")
    await town.moves_to(kept.due_at + timedelta(minutes=121))
    assert li.contains("进展如何")


async def test_a_typed_span_is_changed_on_the_card_and_on_the_page_in_english(
    english_town: Town,
) -> None:
    li = english_town.phone("1001")
    await li.says("/plan")
    await li.says("Huaxing Machinery")
    await li.says("tomorrow 2-3:30pm")
    await li.says("contract")
    shown = await li.sees("Please check")
    assert "90 min" in shown.text
    await li.presses("Save")
    await li.presses("Open")
    await li.sees("⏱ 90 min")
    await li.presses("⏱")
    await li.presses("⏱ 45 min")
    await li.sees("⏱ 45 min")
    kept = await FollowUp.get()
    assert kept.ends_at == kept.due_at + timedelta(minutes=45)
    await li.presses("Tomorrow 9:00")
    moved = await FollowUp.get()
    assert moved.ends_at == moved.due_at + timedelta(minutes=45)
    assert moved.due_at > MONDAY


async def test_the_next_step_of_a_log_is_as_long_as_the_line_says(town: Town) -> None:
    li = town.phone("1001")
    await li.says("刚拜访华兴机械,聊了半小时,有意向,下周二下午3点再去两小时")
    await li.sees("下一步: 12月1日 周二 15:00 · 120 分钟")
    await li.presses("保存")
    await li.sees("⏰ 下次:12月1日 周二 15:00 · 120 分钟")
    kept = await FollowUp.get()
    assert kept.ends_at == kept.due_at + timedelta(hours=2)
    await li.presses_raw(li.last.message_id, f"s:postpone:{kept.id}")
    await li.says("下周三上午10点,45分钟")
    await li.sees("12月2日 周三 10:00 · 45 分钟")
    moved = await FollowUp.get()
    assert moved.ends_at == moved.due_at + timedelta(minutes=45)
    await li.presses_raw(li.last.message_id, f"s:postpone:{kept.id}")
    await li.says("下周四上午10点")
    moved = await FollowUp.get()
    assert moved.ends_at == moved.due_at + timedelta(minutes=45)


async def test_a_leaders_plan_is_as_long_as_the_line_says_in_english(english_town: Town) -> None:
    wang = english_town.phone("1003")
    await wang.says("ask Li Wei to visit Brightway on Thursday 2pm for 90 minutes")
    await wang.sees("When: Thu 26 Nov 14:00 · 90 min")
    await wang.presses("Save")
    kept = await FollowUp.get()
    assert kept.ends_at == kept.due_at + timedelta(minutes=90)


async def test_another_time_for_a_leaders_plan_is_as_long_as_was_said(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await wang.says("让李伟周四下午两点拜访华兴机械")
    await wang.presses("保存")
    await li.presses("⏰ 换个时间…")
    await li.says("周五上午10点,两个小时")
    await li.sees("10:00 · 120 分钟")
    told = await wang.sees("⏰ 李伟 建议改为")
    assert "120 分钟" in told.text
    await wang.presses("✅ 同意")
    kept = await FollowUp.get()
    assert kept.ends_at == kept.due_at + timedelta(hours=2)
