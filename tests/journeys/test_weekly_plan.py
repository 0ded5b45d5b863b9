"""The weekly plan as a bargain: proposed, changed, accepted, answered, kept or missed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.activities import LogActivity
from core.bus import perform
from core.follow_ups import PlanFollowUp, PostponeFollowUp
from storage.models import CreditLine, Customer, FollowUp, WeeklyItem, WeeklyPlan
from tests.support.bank import MONDAY, ZONE
from tests.support.town import Town

NEXT = date(2026, 11, 30)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the week that begins on Monday, 23 November."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZONE) + timedelta(days=day)


async def facts(town: Town) -> None:
    """Huaxing Machinery was long silent, Brightway's loan matures, Huaxing Electronics is new."""
    ids = town.bank.customers
    await Customer.filter(id=ids["C001"]).update(last_contact_at=MONDAY - timedelta(days=40))
    await Customer.filter(id=ids["C006"]).update(last_contact_at=MONDAY)
    await CreditLine.create(
        customer_id=ids["C002"], number="HT1", limit_fen=100_00, drawn_fen=100_00,
        matures=date(2026, 12, 20), source="warehouse", as_of=MONDAY.date(), recorded_at=MONDAY,
    )  # fmt: skip


async def test_a_plan_is_proposed_changed_accepted_approved_and_compared(town: Town) -> None:
    await facts(town)
    li, wang = town.phone("1001"), town.phone("1003")
    acting = await town.bank.acting("1001", town.clock.now())
    planned = await perform(
        acting, PlanFollowUp(town.bank.customers["C006"], on(9, 10)), "planned"
    )
    # Friday afternoon: the digest offers it.
    await town.moves_to(on(4, 15))
    await town.bank.acting("1001", town.clock.now())
    await perform(
        await town.bank.acting("1001", town.clock.now()),
        LogActivity(town.bank.customers["C003"], "call", on(4, 14)), "call",
    )  # fmt: skip
    await town.moves_to(on(4, 16, 31))
    await li.sees("📊 您的一周")
    await li.presses("🧭 计划下周")
    card = await li.sees("🧭 一周计划 · 11月30日 周一起")
    assert "待确认" in card.text
    # The maturing loan first; what was planned stays; who was called today needs nothing.
    assert "1. 百维物流 A · 我行贷款" in card.text
    assert "2. 华兴机械 A · 44天未联系" in card.text
    assert "优品 A · 已计划" in card.text.replace("<b>", "")
    assert "华星电子" not in card.text
    # Huaxing goes to Wednesday; there is nobody to swap it for.
    await li.presses("2")
    await li.sees("44天未联系")
    await li.presses("周三")
    await li.sees("12月2日 周三")
    await li.presses("✅ 接受计划")
    await li.sees("已接受")
    plan = await WeeklyPlan.get()
    assert (plan.monday, plan.state) == (NEXT, "accepted")
    follow_ups = await FollowUp.filter(status="open").order_by("id")
    assert len(follow_ups) == 3
    assert {one.due_at.astimezone(ZONE).date() for one in follow_ups} == {
        date(2026, 11, 30), date(2026, 12, 2),
    }  # fmt: skip
    # The leader hears of it at once and agrees by one tap.
    await town.passes(minutes=1)
    await wang.sees("🧭 李伟 已排好 11月30日 周一 起的一周: 3 个联系")
    await wang.presses("✅ 同意")
    await wang.sees("已同意")
    await li.sees("✅ 您 11月30日 周一 起的一周计划已获同意")
    # The week: one is met, one moved out, one missed.
    await town.moves_to(on(8, 15))
    acting = await town.bank.acting("1001", town.clock.now())
    await perform(acting, LogActivity(town.bank.customers["C002"], "visit", on(8, 14)), "visit")
    await perform(acting, PostponeFollowUp(planned, on(15, 10)), "later")
    await wang.says("/week")
    await wang.presses("下一周 ›")
    await wang.presses("‹ 上一周")
    await wang.presses("🧭 团队计划")
    await wang.sees("李伟 · 已同意 · ✅ 1/3")
    await town.moves_to(on(11, 16, 31))
    week = await li.sees("🧭 计划: 3 项,完成 1 项")
    assert "(33%)" in week.text
    assert "🧭 计划: 3 项,完成 1 项" in (await wang.sees("📊 团队本周")).text
    await li.presses("❓ 未完成原因")
    await li.sees("华兴机械")
    await li.presses("客户不在")
    await li.sees("✕ 华兴机械 A · 客户不在")
    assert [one.miss for one in await WeeklyItem.filter(miss="away")] == ["away"]


async def test_a_leader_comments_and_the_plan_is_changed_in_english(english_town: Town) -> None:
    town = english_town
    await facts(town)
    li, wang = town.phone("1001"), town.phone("1003")
    # Friday morning: one day is left, and it holds two contacts.
    await town.moves_to(on(4, 9))
    await li.says("/week")
    await li.presses("🧭 Weekly plan")
    card = await li.sees("Plan for the week of Mon 23 Nov")
    assert "1. Shanghai Brightway Logistics A · loan of ours matures in 23 days" in card.text
    assert "2. Shanghai Huaxing Machinery Manufacturing A · no contact for 44 days" in card.text
    await li.presses("1")
    await li.presses("✕ Leave out")
    card = await li.sees("1. Shanghai Huaxing Machinery")
    assert "Brightway" not in card.text
    await li.presses("1")
    await li.presses("🔄 Another")
    card = await li.sees("1. Shanghai Huaxing Electronics A · No contact yet")
    assert "Machinery" not in card.text
    await li.presses("✅ Accept the plan")
    await town.passes(minutes=1)
    await wang.sees("Li Wei has planned the week of Mon 23 Nov")
    await wang.presses("💬 Comment")
    await wang.says("Brightway <first>")
    await wang.sees("Your comment was sent")
    await li.sees("On your plan for the week of Mon 23 Nov: Brightway <first>")
    await li.presses("🧭 Open the plan")
    card = await li.sees("commented on")
    await li.presses("✅ Accept the plan")
    await town.passes(minutes=1)
    await wang.sees("Li Wei has planned the week")
    assert await FollowUp.all().count() == await WeeklyItem.filter(dropped=False).count()


async def test_those_without_a_plan_are_reminded_and_several_plans_are_one_message(
    town: Town,
) -> None:
    li, chen, wang = town.phone("1001"), town.phone("1002"), town.phone("1003")
    await wang.says("/week")
    await wang.presses("🧭 团队计划")
    await wang.sees("李伟 · 无计划")
    await wang.presses("👉 提醒其他人")
    for one in (li, chen):
        await one.sees("👉 主管在等您 11月23日 周一 起的一周计划")
        await one.presses("🧭 周计划")
        await one.presses("✅ 接受计划")
    await town.passes(minutes=1)
    await wang.sees("🧭 2 份周计划等您确认")
    await wang.presses("✅ 全部同意")
    assert await WeeklyPlan.filter(state="approved").count() == 2


async def test_nobody_proposes_for_a_colleague_and_a_proposal_is_made_once(town: Town) -> None:
    li, zhao = town.phone("1001"), town.phone("1004")
    await li.says("/week")
    await li.presses("🧭 周计划")
    message = li.last.message_id
    items = await WeeklyItem.all().count()
    await li.presses_raw(message, f"r:weekly_propose:{MONDAY.date().toordinal()}")
    assert await WeeklyItem.all().count() == items
    plan = await WeeklyPlan.get()
    await zhao.says("/week")
    await zhao.presses_raw(zhao.last.message_id, f"r:weekly_accept:{plan.id}")
    assert (await WeeklyPlan.get(id=plan.id)).state == "proposed"
