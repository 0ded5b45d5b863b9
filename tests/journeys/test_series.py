"""Plans that repeat: from a line, on the card, moved, called off and ended; in both languages."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar

from core.calendars import visit_file
from storage.models import FollowUp, Series
from tests.support.town import Town


async def opens(town: Town, number: str, page: str) -> None:
    phone = town.phone(number)
    await phone.says("/today")
    await phone.presses_raw(phone.last.message_id, page)


async def test_a_line_plans_again_and_again(town: Town) -> None:
    li = town.phone("1001")
    await li.says("每周五下午3点拜访华兴机械,送报表,到年底")
    card = await li.sees("请核对")
    assert "时间: 11月27日 周五 15:00" in card.text
    assert "重复: 每周五,到2026年12月31日为止 · 接下来:11月27日、12月4日" in card.text
    assert "事由: 送报表" in card.text
    await li.presses("保存")
    await li.sees("✅ 已设重复计划,首次11月27日 周五 15:00:华兴机械")
    assert await FollowUp.filter(status="open").count() == 4
    await li.presses("🔁 打开")
    await li.sees("🔁 每周五,到2026年12月31日为止")
    # The clock goes on planning, and the plan says what it is of.
    await town.moves_to(town.clock.now() + timedelta(days=8))
    assert await FollowUp.filter(series_on__isnull=False).count() == 5
    second = (await FollowUp.filter(status="open").order_by("due_at"))[1]
    await opens(town, "1001", f"o:follow_up:{second.id}")
    await li.sees("🔁 每周五,到2026年12月31日为止")
    await li.says("/week")
    await li.presses("🔁 重复计划(1)")
    await li.sees("华兴机械 · 🚗 拜访 · 每周五,到2026年12月31日为止 · 接下来:12月4日")


async def test_the_card_is_changed_by_a_tap_or_in_words(english_town: Town) -> None:
    li = english_town.phone("1001")
    await li.says("Visit Brightway Logistics every other Tuesday at 2pm")
    card = await li.sees("Repeats: every other Tuesday · next: 24 Nov, 8 Dec, 22 Dec, 5 Jan")
    assert "When: tomorrow 14:00" in card.text
    await li.presses("Repeats")
    await li.sees("Does it repeat?")
    assert [label for label in li.last.labels() if "very" in label] == [
        "Every other Tuesday", "Every Tuesday", "On the 24th of every month",
        "Every working day",
    ]  # fmt: skip
    await li.presses("Once only")
    await li.sees("Repeats: no, once only")
    await li.presses("Repeats")
    await li.says("on the first Monday of every month, 3 times")
    card = await li.sees("Repeats: on the first Monday of every month, 3 times")
    assert "next: 7 Dec, 4 Jan, 1 Feb" in card.text
    assert "When: Mon 7 Dec 14:00" in card.text
    await li.presses("Save")
    await li.sees("✅ Planned, repeating from Mon 7 Dec 14:00")
    [made] = await Series.all()
    assert [one.due_at.day for one in await FollowUp.all()] == [7]
    assert (made.rule, made.times, made.at_minute) == ("FREQ=MONTHLY;BYDAY=1MO", 3, 14 * 60)


async def test_what_was_said_follows_the_day_that_is_tapped(town: Town) -> None:
    li = town.phone("1001")
    await li.says("每周五下午3点拜访华兴机械")
    await li.presses("时间")
    await li.says("11月26日下午3点")
    await li.sees("重复: 每周四 · 接下来:11月26日、12月3日、12月10日、12月17日")


async def test_one_is_moved_or_called_off_alone_or_with_all_that_follow(town: Town) -> None:
    li = town.phone("1001")
    await li.says("每周五下午3点拜访华兴机械")
    await li.presses("保存")
    first, second, third, _ = await FollowUp.all().order_by("due_at")
    await opens(town, "1001", f"o:follow_up:{first.id}")
    await li.presses("✕ 取消计划")
    await li.sees("这是重复计划,指哪些?")
    await li.presses("仅这一次")
    await li.presses("客户要求")
    await li.sees("✕ 计划已取消:华兴机械 · 客户要求")
    assert await FollowUp.filter(status="open").count() == 3

    await opens(town, "1001", f"o:follow_up:{second.id}")
    await li.presses("选时间")
    await li.presses("这次及以后所有")
    await li.says("12月3日上午10点")
    await li.sees("⏰ 已改到12月3日 周四 10:00,以后各次随之调整")
    await li.presses("🔁 打开")
    await li.sees("🔁 每周四")
    await li.sees("接下来:12月3日、12月10日、12月17日、12月24日")
    assert (await FollowUp.get(id=third.id)).status == "cancelled"

    await li.presses("✏️ 修改")
    await li.sees("要怎样重复?")
    await li.says("随便")
    await li.sees("看不出重复规则")
    await li.says("每两周周三")
    await li.sees("✅ 今后:每两周的周三")
    await li.presses("🔁 打开")
    await li.presses("✕ 结束")
    await li.presses("其他原因")
    await li.says("客户搬走")
    await li.sees("这次及以后所有 · 其他原因")
    assert not await FollowUp.filter(status="open").exists()
    await li.presses("🔁 打开")
    await li.sees("✕ 已结束:其他原因(李伟,今天 10:00)")
    assert not await Series.filter(state="running").exists()


async def test_calling_off_all_that_follow_keeps_what_was_before(town: Town) -> None:
    li = town.phone("1001")
    await li.says("每周五拜访华兴机械")
    await li.presses("保存")
    first, second, *_ = await FollowUp.all().order_by("due_at")
    await opens(town, "1001", f"o:follow_up:{second.id}")
    await li.presses("✕ 取消计划")
    await li.presses("这次及以后所有")
    await li.presses("不再需要")
    await li.sees("✕ 已取消:华兴机械,这次及以后所有 · 不再需要")
    assert [one.id for one in await FollowUp.filter(status="open")] == [first.id]


async def test_a_note_may_end_with_what_repeats(town: Town) -> None:
    li = town.phone("1001")
    await li.says("今天拜访了华兴机械,王总想续贷500万,以后每周三下午2点去一次")
    card = await li.sees("请核对")
    assert "重复: 每周三 · 接下来:11月25日、12月2日、12月9日、12月16日" in card.text
    await li.presses("保存")
    await li.sees("✅ 已保存")
    [made] = await Series.all()
    assert (made.rule, made.at_minute) == ("FREQ=WEEKLY;BYDAY=WE", 14 * 60)
    assert made.activity_id is not None


async def test_what_a_customer_does_each_month_plans_nothing(town: Town) -> None:
    li = town.phone("1001")
    await li.says("今天拜访华兴机械,每月流水100万,下周二再联系")
    card = await li.sees("请核对")
    assert "重复" not in card.text
    await li.presses("保存")
    await li.sees("✅ 已保存")
    assert not await Series.exists()


async def test_nobody_of_another_team_opens_changes_or_ends_it(town: Town) -> None:
    li, zhao = town.phone("1001"), town.phone("1004")
    await li.says("每周五拜访华兴机械")
    await li.presses("保存")
    [made] = await Series.all()
    for press in (f"o:series:{made.id}", f"s:change_series:{made.id}", f"s:end_series:{made.id}"):
        await opens(town, "1004", press)
    assert "华兴" not in zhao.last.text
    assert (await Series.get(id=made.id)).state == "running"


async def test_the_same_in_english_and_in_the_calendar(english_town: Town) -> None:
    town, li = english_town, english_town.phone("1001")
    await li.says("call Brightway every Friday at 4pm about the L/C, 4 times")
    await li.sees("Repeats: every Friday, 4 times · next: 27 Nov, 4 Dec, 11 Dec, 18 Dec")
    await li.presses("Save")
    first, second, *_ = await FollowUp.all().order_by("due_at")
    acting = await town.bank.acting("1001", town.clock.now())
    [event] = Calendar.from_ical(await visit_file(acting, second.id)).walk("VEVENT")
    assert (event["DTSTART"].dt.day, event["DTSTART"].dt.hour) == (4, 8)
    await opens(town, "1001", f"o:follow_up:{second.id}")
    await li.sees("🔁 every Friday, 4 times")
    await li.presses("Choose…")
    await li.sees("This plan repeats. Which are meant?")
    await li.presses("This and all following")
    await li.says("3 December 10am")
    await li.sees("⏰ Moved to Thu 3 Dec 10:00, with all that follow")
    await li.presses("🔁 Open")
    await li.sees("🔁 every Thursday, 3 times")
    await li.presses("✕ End…")
    await li.presses("No longer needed")
    await li.sees("this and all following · No longer needed")
    await li.presses("🔁 Open")
    await li.sees("✕ Ended: No longer needed (Li Wei, today 10:00)")
    assert [one.id for one in await FollowUp.filter(status="open")] == [first.id]
