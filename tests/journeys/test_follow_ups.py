"""Follow-ups: reminded, put off, done, overdue, escalated; quiet hours hold back alerts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.bus import perform
from core.follow_ups import PlanFollowUp
from notifications.reminders import BATCH
from storage.models import FollowUp
from tests.support.town import Town


async def planned(
    town: Town, *, hours: float = 5, number: str = "1001", firm: str = "C001"
) -> int:
    """A visit planned some hours after Monday 10:00."""
    acting = await town.bank.acting(number, town.clock.now())
    due_at = town.clock.now() + timedelta(hours=hours)
    command = PlanFollowUp(town.bank.customers[firm], due_at, purpose="谈续贷")
    return int(await perform(acting, command, f"test:{firm}:{hours}"))


async def test_a_reminder_comes_at_the_lead_time_and_done_settles_it(town: Town) -> None:
    li = town.phone("1001")
    follow_up = await planned(town)
    await town.at(14, 29)
    assert not li.messages
    await town.at(14, 30)
    await li.sees("今天 15:00")
    await li.sees("谈续贷")
    await li.presses("✅ 完成")
    await li.sees("✅ 已完成")
    assert (await FollowUp.get(id=follow_up)).status == "done"
    await town.at(9, 0, days=1)
    assert not li.contains("已逾期")


async def test_the_same_reminder_in_english(english_town: Town) -> None:
    li = english_town.phone("1001")
    await planned(english_town)
    await english_town.at(14, 30)
    await li.sees("today 15:00")
    assert {"✅ Done", "In an hour", "Tomorrow 9:00", "Choose…"} <= set(li.buttons())
    await li.presses("Tomorrow 9:00")
    await li.sees("Put off to tomorrow 09:00")


async def test_a_line_leaves_its_purpose_and_a_record_what_was_said(town: Town) -> None:
    li = town.phone("1001")
    await li.says("明天下午3点拜访华兴机械谈续贷两小时")
    card = await li.sees("请核对")
    assert "事由: 谈续贷\n" in card.text
    await li.presses("✓ 保存")
    await li.sees("✅ 已安排")
    await li.says("刚拜访百维物流陈总,想续贷500万,后天上午10点再约")
    await li.sees("请核对")
    await li.presses("✓ 保存")
    await li.sees("✅ 已保存")
    assert [one.purpose for one in await FollowUp.all().order_by("due_at")] == [
        "谈续贷", "陈总,想续贷500万",
    ]  # fmt: skip


async def test_the_purpose_of_a_line_in_english(english_town: Town) -> None:
    li = english_town.phone("1001")
    await li.says("visit Brightway tomorrow 3pm for two hours about the renewal")
    card = await li.sees("Please check")
    assert "What for: the renewal\n" in card.text


async def test_the_card_marks_what_was_guessed_until_it_is_changed(town: Town) -> None:
    li = town.phone("1001")
    await li.says("去华兴机械,王总劈头盖脸一顿,说客户经理换了三个没人认账")
    card = await li.sees("请核对")
    assert "结果: 投诉(猜的)\n" in card.text
    await li.presses("结果")
    await li.presses("有意向")
    card = await li.sees("请核对")
    assert "结果: 有意向\n" in card.text


async def test_a_guess_is_marked_in_english(english_town: Town) -> None:
    li = english_town.phone("1001")
    await li.says("visited Huaxing Machinery, the boss is hungry for working capital")
    card = await li.sees("Please check")
    assert "Outcome: Interested (a guess)\n" in card.text


async def test_however_many_fall_due_at_once_all_are_reminded_of_at_that_minute(
    town: Town,
) -> None:
    for number in range(BATCH + 7):
        await planned(town, hours=5 + number / 100_000)
    await town.at(14, 31)
    li = town.phone("1001")
    assert sum("⏰ 今天 15:00" in message.text for message in li.messages) == BATCH + 7


@pytest.mark.parametrize(("button", "hour", "days"), [("一小时后", 15, 0), ("明天9:00", 8, 1)])
async def test_later_moves_it_and_it_is_reminded_again(
    town: Town, button: str, hour: int, days: int
) -> None:
    li = town.phone("1001")
    await planned(town)
    await town.at(14, 30)
    await li.presses(button)
    await li.sees("推迟到")
    await town.at(hour, 30, days=days)
    await li.sees("⏰ 今天", fresh=True)


async def test_what_is_not_done_is_overdue_next_working_morning(town: Town) -> None:
    li = town.phone("1001")
    await planned(town)
    await town.at(14, 30)
    await town.at(8, 59, days=1)
    assert not li.contains("已逾期")
    await town.at(9, 0)
    await li.sees("⚠️ 已逾期")


async def test_two_working_days_later_the_leader_can_nudge_and_open(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await planned(town)
    await town.at(9, 0, days=1)
    await town.at(9, 0, days=1)
    assert not wang.contains("逾期两个工作日")
    await town.at(9, 0, days=1)
    shown = await wang.sees("李伟 逾期两个工作日")
    assert shown.labels() == ["👉 催办", "🔁 改派…", "打开"]
    await wang.presses("👉 催办")
    await wang.sees("已催办李伟")
    await li.sees("王芳催办")
    await wang.presses("打开")
    await wang.sees("⚠️ 已逾期")


async def test_a_weekend_is_no_working_day(town: Town) -> None:
    li = town.phone("1001")
    await planned(town, hours=4 * 24 + 5)
    await town.at(14, 30, days=4)
    await town.at(12, 0, days=1)
    await town.at(12, 0, days=1)
    assert not li.contains("已逾期")
    await town.at(9, 0, days=1)
    await li.sees("⚠️ 已逾期")


async def test_quiet_hours_hold_back_everything_but_replies(town: Town) -> None:
    li = town.phone("1001")
    await planned(town, hours=11)
    await town.at(20, 30)
    assert not li.messages
    await li.says("/today")
    await li.sees("晚上好")
    await town.at(7, 59, days=1)
    assert not li.contains("21:00") or li.contains("晚上好")
    await town.at(8, 0)
    await li.sees("昨天 21:00")


async def test_logging_the_visit_from_the_reminder_settles_it(town: Town) -> None:
    li = town.phone("1001")
    follow_up = await planned(town)
    await town.at(14, 30)
    await li.presses("📝 记录拜访")
    await li.presses("拜访")
    await li.presses("有意向")
    await li.says("王总同意续贷")
    await li.presses("没有下一步")
    await li.presses("保存")
    await li.sees("已保存")
    await town.settles()
    assert (await FollowUp.get(id=follow_up)).status == "done"


async def test_a_blocked_bot_marks_the_person_and_tells_the_leader(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await li.says("/today")
    await town.settles()
    await li.blocks()
    await town.settles()
    await wang.sees("联系不上李伟")


async def test_nobody_settles_another_teams_follow_up(town: Town) -> None:
    zhao = town.phone("1004")
    follow_up = await planned(town)
    await zhao.says("/today")
    await town.settles()
    message = zhao.last.message_id
    for data in (f"r:done:{follow_up}", f"r:later:{follow_up}:hour", f"r:nudge:{follow_up}",
                 f"o:follow_up:{follow_up}"):  # fmt: skip
        await zhao.presses_raw(message, data)
        await town.settles()
    assert (await FollowUp.get(id=follow_up)).status == "open"
    assert not zhao.contains("华兴")


async def test_a_line_for_one_day_plans_that_day_only(town: Town) -> None:
    li = town.phone("1001")
    await li.says("周五下午3点提醒我给华兴机械打电话")
    assert "重复: 不,仅一次" in (await li.sees("请核对")).text
    await li.presses("保存")
    await li.sees("✅ 已安排")
    assert await FollowUp.all().count() == 1


async def test_what_a_leader_plans_for_somebody_is_planned_once(english_town: Town) -> None:
    wang = english_town.phone("1003")
    await wang.says("ask Li Wei to visit Brightway every Friday 2pm")
    assert "Repeats: no, this once only" in (await wang.sees("Please check")).text
