"""Leaders plan for their people: by a line or a button; accepted, declined, another time, late."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.assignments import AssignCustomer
from core.bus import perform
from core.cancellations import CancelFollowUp, ReopenFollowUp
from core.errors import AlreadySettled, Invalid, NotFound
from core.follow_ups import SettleFollowUp
from core.leader_plans import AcceptPlan, PlanForStaff, RuleTime
from storage.models import Audit, FollowUp, LeaderPlan
from tests.support.bank import ZONE
from tests.support.town import Town

THURSDAY = datetime(2026, 11, 26, 14, 0, tzinfo=ZONE)


async def asked(town: Town, at: datetime = THURSDAY) -> int:
    """Wang Fang plans a visit at 华兴机械 for Li Wei."""
    wang = await town.bank.acting("1003", town.clock.now(), "asked")
    command = PlanForStaff(
        town.bank.staff["1001"], town.bank.customers["C001"], at, purpose="谈续贷"
    )
    made = int(await perform(wang, command, "asked"))
    await town.settles()
    return made


async def test_a_line_of_the_leaders_is_planned_accepted_and_in_the_day(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await wang.says("让李伟周四下午两点拜访华兴机械")
    card = await wang.sees("请核对")
    assert "李伟" in card.text
    assert "华兴机械" in card.text
    assert "14:00" in card.text
    await wang.presses("保存")
    await wang.sees("📌 已请 李伟")
    await li.sees("📌 王芳 给您安排了:")
    await li.says("/week")
    await li.sees("14:00 🚗 华兴机械 · 来自 王芳")
    await li.presses_raw(li.last.message_id, f"o:follow_up:{(await FollowUp.get()).id}")
    await li.sees("📌 来自 王芳 · 尚未答复")
    await li.presses("✅ 接受")
    await li.sees("📌 来自 王芳 · 同事已接受")
    await wang.sees("✅ 李伟 接受了:")
    found = await FollowUp.get()
    assert (found.owner_id, found.created_by_id, found.status) == (
        town.bank.staff["1001"], town.bank.staff["1003"], "open",
    )  # fmt: skip
    assert found.due_at == THURSDAY
    assert await Audit.filter(action="plan_for").count() == 1
    assert await Audit.filter(action="accept_plan").count() == 1


async def test_the_same_in_english_declined_with_a_reason(english_town: Town) -> None:
    town = english_town
    li, wang = town.phone("1001"), town.phone("1003")
    await wang.says("ask Li Wei to visit Brightway on Thursday 2pm")
    card = await wang.sees("Please check")
    assert "Li Wei" in card.text
    assert "Brightway" in card.text
    await wang.presses("Save")
    await li.sees("📌 Wang Fang has planned for you:")
    await li.presses("✋ Decline…")
    await li.presses("No longer needed")
    await li.sees("✋ Declined. Your leader knows.")
    told = await wang.sees("✋ Li Wei can't:")
    assert "No longer needed" in told.text
    await li.says("/week")
    assert "Brightway" not in li.last.text
    found = await FollowUp.get()
    assert (found.status, found.cancel_reason) == ("cancelled", "not_needed")
    assert (await LeaderPlan.get()).status == "declined"
    await wang.presses("👤 Somebody else…")
    await wang.sees("Who is to do it?")


async def test_another_time_is_agreed_to_and_the_message_changes_itself(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await asked(town)
    await li.presses("⏰ 换个时间…")
    await li.says("周五上午10点")
    await li.sees("⏰ 已征求领导意见:")
    told = await wang.sees("⏰ 李伟 建议改为")
    assert "10:00" in told.text
    assert (await FollowUp.get()).due_at == THURSDAY
    await wang.presses("✅ 同意")
    await li.sees("✅ 王芳 同意了:")
    assert (await FollowUp.get()).due_at == datetime(2026, 11, 27, 10, 0, tzinfo=ZONE)
    assert (await LeaderPlan.get()).status == "accepted"


async def test_the_leader_stays_with_the_time_and_it_is_asked_again(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await asked(town)
    await li.presses("⏰ 换个时间…")
    await li.says("周五上午10点")
    await wang.sees("⏰ 李伟 建议改为")
    await wang.presses("✕ 保持原时间")
    await li.sees("📌 王芳 坚持这个时间:")
    await li.presses("✅ 接受")
    await wang.sees("✅ 李伟 接受了:")
    assert (await FollowUp.get()).due_at == THURSDAY


async def test_unanswered_the_leader_is_told_once_and_the_message_follows(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await asked(town)
    await town.passes(hours=4, minutes=6)
    late = await wang.sees("⏳ 李伟 还没有答复:")
    await town.passes(hours=1)
    assert sum("还没有答复" in one.text for one in wang.messages) == 1
    await li.presses("✅ 接受")
    changed = next(one for one in wang.messages if one.message_id == late.message_id)
    assert "✅ 李伟 接受了:" in changed.text


async def test_by_button_from_the_team_and_from_the_profile(town: Town) -> None:
    wang = town.phone("1003")
    await wang.says("/team")
    await wang.presses_raw(wang.last.message_id, f"o:member:{town.bank.staff['1001']}")
    await wang.presses("📌 安排任务")
    await wang.sees("哪位客户?")
    assert not wang.contains("恒达模具")
    await wang.says("/cancel")
    await wang.says("恒达模具")
    await wang.presses("📌 安排…")
    await wang.sees("什么时候?")


async def test_only_the_own_people_and_customers_that_are_theirs(town: Town) -> None:
    bank, now = town.bank, town.clock.now()
    wang = await bank.acting("1003", now)
    theirs = PlanForStaff(bank.staff["1001"], bank.customers["C004"], THURSDAY)
    with pytest.raises(Invalid):
        await perform(wang, theirs, "not-his")
    for number, staff, customer in (
        ("1005", "1001", "C001"), ("1001", "1002", "C004"), ("1010", "1001", "C001"),
        ("1003", "1004", "C005"), ("1003", "1003", "C001"), ("1006", "1004", "C005"),
    ):  # fmt: skip
        acting = await bank.acting(number, now)
        wanted = PlanForStaff(bank.staff[staff], bank.customers[customer], THURSDAY)
        with pytest.raises(NotFound):
            await perform(acting, wanted, f"no:{number}:{staff}")
    assert await FollowUp.all().count() == 0
    plan = await asked(town)
    for number in ("1002", "1003", "1004", "1010"):
        acting = await bank.acting(number, now)
        with pytest.raises(NotFound):
            await perform(acting, AcceptPlan(plan), f"no:{number}")
    with pytest.raises(NotFound):
        await perform(await bank.acting("1005", now), RuleTime(plan, agrees=True), "no")
    li = await bank.acting("1001", now, "yes")
    await perform(li, AcceptPlan(plan), "yes")
    with pytest.raises(AlreadySettled):
        await perform(li, AcceptPlan(plan), "twice")


async def test_what_becomes_of_the_follow_up_answers_it(town: Town) -> None:
    plan = await asked(town)
    li = await town.bank.acting("1001", town.clock.now(), "slip")
    follow_up = (await FollowUp.get()).id
    await perform(li, CancelFollowUp(follow_up, "twice"), "slip")
    assert (await LeaderPlan.get(id=plan)).status == "withdrawn"
    li.cause = "undone"
    await perform(li, ReopenFollowUp(follow_up), "undone")
    assert (await LeaderPlan.get(id=plan)).status == "accepted"
    other = await town.bank.acting("1003", town.clock.now(), "other")
    command = PlanForStaff(town.bank.staff["1001"], town.bank.customers["C002"], THURSDAY)
    second = int(await perform(other, command, "other"))
    done = (await LeaderPlan.get(id=second)).follow_up_id
    li.cause = "done"
    await perform(li, SettleFollowUp(done), "done")
    assert (await LeaderPlan.get(id=second)).status == "accepted"


async def test_who_keeps_the_customer_no_longer_is_asked_no_longer(town: Town) -> None:
    plan = await asked(town)
    wang = await town.bank.acting("1003", town.clock.now(), "given")
    customer, receiver = town.bank.customers["C001"], town.bank.staff["1002"]
    await perform(wang, AssignCustomer(customer, receiver, "workload"), "given")
    await town.settles()
    await town.phone("1001").sees("📌 这件事已处理。")
    assert (await LeaderPlan.get(id=plan)).status == "withdrawn"
    assert (await FollowUp.get()).owner_id == receiver


async def test_something_near_is_told_sooner(town: Town) -> None:
    await asked(town, town.clock.now() + timedelta(hours=1))
    await town.passes(minutes=36)
    await town.phone("1003").sees("⏳ 李伟 还没有答复:")
