"""The team's day and week on one screen, for who leads them."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.activities import LogActivity
from core.bus import perform
from core.follow_ups import PlanFollowUp, SettleFollowUp
from storage.models import StandIn
from tests.support.bank import ZONE
from tests.support.town import Town


async def a_day(town: Town) -> None:
    """Li Wei: two of today's, one done, and one of Friday; a record. Chen Jing is away."""
    bank, now = town.bank, town.clock.now()
    li = await bank.acting("1001", now)
    for hour, customer, day in ((11, "C001", 23), (15, "C002", 23), (9, "C003", 27)):
        at = datetime(2026, 11, day, hour, 0, tzinfo=ZONE)
        made = await perform(li, PlanFollowUp(bank.customers[customer], at), f"plan:{customer}")
        if customer == "C001":
            await perform(li, SettleFollowUp(made), "done")
    await perform(li, LogActivity(bank.customers["C006"], "call", now), "log")
    await StandIn.create(
        absent_id=bank.staff["1002"], substitute_id=bank.staff["1001"], from_at=now,
        until_at=now + timedelta(days=1), created_at=now,
    )  # fmt: skip


async def test_a_leader_sees_day_and_week_and_taps_to_a_persons_day(town: Town) -> None:
    await a_day(town)
    wang = town.phone("1003")
    await wang.says("/team")
    await wang.presses("☀️ 今天")
    shown = await wang.sees("☀️ 团队今天")
    assert "李伟 ✅ 完成1/2 · 📝 记录1" in shown.text
    assert "陈静 — · 🏖 休假" in shown.text
    assert "赵磊" not in shown.text
    await wang.presses("📆 一周")
    await wang.sees("李伟 ✅ 完成1/3")
    await wang.presses("1")
    day = await wang.sees("百维物流")
    assert "华兴机械 ✅" in day.text
    assert "华星电子" not in day.text


async def test_the_same_in_english_overdue_and_nobody_elses(english_town: Town) -> None:
    town = english_town
    await a_day(town)
    await town.at(9, 30, days=1)
    wang = town.phone("1003")
    await wang.says("/team")
    await wang.presses("☀️ Today")
    shown = await wang.sees("☀️ The team's day")
    assert "Li Wei — · ⚠️ 1 overdue" in shown.text
    zhao = town.phone("1004")
    await zhao.says("/today")
    answer = await zhao.presses_raw(zhao.last.message_id, "o:team_day:day:0")
    assert "may not" in answer.text
    theirs = f"o:member_day:{town.bank.staff['1001']}"
    answer = await zhao.presses_raw(zhao.last.message_id, theirs)
    assert "can't find that" in answer.text
