"""Too little time from one visit to the next: told on the card, in the day, in the brief."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.bus import perform
from core.follow_ups import PlanFollowUp
from storage.models import Customer, FollowUp
from tests.support.bank import MONDAY, ZONE
from tests.support.town import Town

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)


async def planned(town: Town, firm: str, at: datetime) -> int:
    acting = await town.bank.acting("1001", town.clock.now())
    return int(await perform(acting, PlanFollowUp(town.bank.customers[firm], at), f"{firm}:{at}"))


async def far_apart(town: Town) -> None:
    """19 km, a way of 50 minutes."""
    await Customer.filter(id=town.bank.customers["C002"]).update(latitude=31.37)


async def test_the_card_tells_of_the_way_from_the_visit_before_and_to_the_one_after(
    town: Town,
) -> None:
    await far_apart(town)
    await planned(town, "C001", TUESDAY)
    await planned(town, "C001", TUESDAY + timedelta(hours=3, minutes=5))
    li = town.phone("1001")
    await li.says("提醒我明天上午11:30到12:30拜访百维物流")
    shown = await li.sees("请核对")
    assert "⚠️ 离上一家约 50 分钟路程,只有 30 分钟" in shown.text
    assert "⚠️ 到下一家约 50 分钟路程,只有 35 分钟" in shown.text
    await li.presses("保存")
    await li.sees("✅ 已安排")


async def test_what_is_at_the_same_time_is_told_and_what_is_far_enough_is_not_in_english(
    english_town: Town,
) -> None:
    town = english_town
    await far_apart(town)
    first = await planned(town, "C001", TUESDAY)
    li, wang = town.phone("1001"), town.phone("1003")
    await li.says("visited Brightway, interested, next meeting tomorrow 10:30am")
    shown = await li.sees("Please check")
    assert "⚠️ At the same time: 10:00 " in shown.text
    await li.presses("Next step")
    await li.says("tomorrow 11:50")
    shown = await li.sees("Please check")
    assert "⚠️" not in shown.text
    await li.presses("Save")
    await wang.says("ask Li Wei to visit Brightway tomorrow at 11:10am")
    shown = await wang.sees("Please check")
    assert "⚠️ 50 min from the visit before, 10 min left" in shown.text
    assert "⚠️ At the same time: 11:50 " in shown.text
    await li.presses_raw(li.last.message_id, f"s:postpone:{first}")
    await li.says("tomorrow 1pm")
    shown = await li.sees("⏰ Moved to")
    assert "⚠️ 50 min from the visit before, 10 min left" in shown.text


async def test_the_mornings_day_the_home_screen_and_the_brief_tell_it(town: Town) -> None:
    await far_apart(town)
    await planned(town, "C001", TUESDAY)
    await planned(town, "C002", TUESDAY + timedelta(hours=1, minutes=30))
    said = "⚠️ 离上一家约 50 分钟路程,只有 30 分钟"
    li = town.phone("1001")
    await town.moves_to(TUESDAY.replace(hour=8, minute=30))
    digest = await li.sees("今天")
    assert [said in line for line in digest.text.splitlines() if "🚗" in line] == [False, True]
    await li.says("/start")
    assert said in li.last.text
    await town.moves_to(TUESDAY + timedelta(minutes=61))
    brief = await li.sees("⏰ 今天 11:30")
    assert brief.text.splitlines()[1] == said
    assert not any(said in one.text for one in li.messages if "⏰ 今天 10:00" in one.text)
    assert await FollowUp.filter(due_at__gt=MONDAY).count() == 2
