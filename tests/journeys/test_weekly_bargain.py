"""The weekly plan goes on after the leader's comment, in somebody's absence, and over weeks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core.activities import LogActivity
from core.bus import perform
from core.errors import NotFound
from core.weekly_plans import AcceptWeek, AnswerWeek, ProposeWeek
from storage.models import Audit, Customer, FollowUp, StandIn, WeeklyItem, WeeklyPlan
from tests.support.bank import MONDAY, ZONE
from tests.support.town import Town

NEXT = date(2026, 11, 30)


async def commented_on(town: Town, *firms: str) -> None:
    """Next week's plan of Li Wei's for these firms is accepted, and Wang Fang comments on it."""
    await Customer.exclude(external_id__in=firms).update(status="lost")
    li, wang = [await town.bank.acting(number, town.clock.now()) for number in ("1001", "1003")]
    plan = int(await perform(li, ProposeWeek(NEXT), "propose"))
    await perform(li, AcceptWeek(plan), "accept")
    assert await FollowUp.filter(status="open").count() == len(firms)
    await perform(wang, AnswerWeek(plan, "百维先缓一缓"), "comment")
    await town.settles()


async def test_what_the_plan_has_made_is_swapped_after_a_comment(town: Town) -> None:
    await commented_on(town, "C001", "C002")
    await Customer.filter(external_id="C003").update(status="active")
    li = town.phone("1001")
    await li.presses("🧭 打开计划")
    card = await li.sees("2. ")
    line = next(one for one in card.text.splitlines() if "百维物流" in one)
    await li.presses(line.split(".")[0])
    await li.presses("🔄 换一家")
    card = await li.sees("华星电子")
    assert "百维物流" not in card.text
    gone = await FollowUp.get(customer__external_id="C002")
    assert (gone.status, gone.cancel_reason) == ("cancelled", "")
    await li.presses("✅ 接受计划")
    assert {one.customer_id for one in await FollowUp.filter(status="open")} == {
        one.customer_id for one in await WeeklyItem.filter(dropped=False)
    }
    assert await FollowUp.filter(status="open").count() == 2
    assert not await li.sees("已接受") or "1" not in li.buttons()


async def test_what_the_plan_has_made_is_moved_or_left_out_after_a_comment_in_english(
    english_town: Town,
) -> None:
    town = english_town
    await commented_on(town, "C001", "C002")
    li = town.phone("1001")
    await li.presses("🧭 Open the plan")
    await li.presses("1")
    await li.presses("Thu")
    moved, other = await WeeklyItem.all().order_by("id").select_related("follow_up")
    assert moved.day == date(2026, 12, 3)
    assert moved.follow_up is not None
    assert moved.follow_up.due_at.astimezone(ZONE).date() == moved.day
    await li.presses("1")
    await li.presses("✕ Leave out")
    await li.presses("✅ Accept the plan")
    left = await FollowUp.filter(status="open").count()
    assert (left, await WeeklyItem.filter(dropped=False).count()) == (1, 1)
    assert other.id != moved.id


async def test_who_stands_in_plans_the_week_of_who_is_away(town: Town) -> None:
    now, staff = town.clock.now(), town.bank.staff
    await StandIn.create(absent_id=staff["1001"], substitute_id=staff["1002"], from_at=now,
                         until_at=now + timedelta(days=14), created_at=now)  # fmt: skip
    chen = town.phone("1002")
    await chen.says("/week")
    await chen.presses("🧭 替李伟排")
    card = await chen.sees("🧭 一周计划")
    assert "李伟" in card.text
    assert "华兴机械" in card.text
    await chen.presses("✅ 接受计划")
    await chen.sees("已接受")
    assert (await WeeklyPlan.get()).staff_id == staff["1001"]
    planned = await FollowUp.filter(status="open")
    assert planned
    assert {one.owner_id for one in planned} == {staff["1001"]}
    for action in ("propose", "accept"):
        seen = await Audit.get(subject="weekly_plan", action=action)
        assert seen.detail["acted_for"] == staff["1001"]
    other = await town.bank.acting("1004", now)
    with pytest.raises(NotFound):
        await perform(other, ProposeWeek(NEXT, staff["1001"]), "no")


async def test_a_leader_sees_what_was_kept_of_four_weeks_and_why_the_rest_was_missed(
    town: Town,
) -> None:
    for weeks, firm, miss in ((1, "C001", ""), (1, "C002", "away"), (3, "C001", "")):
        monday = MONDAY.date() - timedelta(weeks=weeks)
        plan, _ = await WeeklyPlan.get_or_create(
            {"proposed_at": MONDAY, "state": "approved"},
            staff_id=town.bank.staff["1001"], monday=monday,
        )  # fmt: skip
        await WeeklyItem.create(plan_id=plan.id, customer_id=town.bank.customers[firm],
                                day=monday, reason="silent", miss=miss)  # fmt: skip
    acting = await town.bank.acting("1001", town.clock.now())
    friday = datetime(2026, 11, 20, 15, 0, tzinfo=ZONE)
    await perform(acting, LogActivity(town.bank.customers["C001"], "call", friday), "call")
    wang = town.phone("1003")
    await wang.says("/week")
    await wang.presses("🧭 团队计划")
    await wang.presses("📈 近四周")
    shown = await wang.sees("📈 周计划完成率,自 10月26日 周一 起逐周")
    assert "   —   0%    —  50% 1. 李伟" in shown.text
    assert "✕ 未完成 2 项: 客户不在 1 · 未说明 1" in shown.text
    li = town.phone("1001")
    await li.says("/today")
    await li.presses_raw(li.last.message_id, "o:weekly_kept:0")
    assert "📈" not in li.last.text
