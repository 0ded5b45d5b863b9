"""Joint visits: asked on a plan, in both days, one record for both, and counted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.bus import perform
from core.calendars import feed
from core.cancellations import CancelFollowUp, ReopenFollowUp
from core.errors import NotFound
from core.follow_ups import PlanFollowUp, PostponeFollowUp, SettleFollowUp
from core.joint_visits import AnswerInvitation, InviteCompanion
from core.tokens import hashed
from core.week import own_week
from storage.models import Activity, CalendarFeed, Companion, StandIn
from tests.support.bank import ZONE
from tests.support.town import Town


async def planned(town: Town) -> int:
    """A visit of Li Wei's at 华兴机械, tomorrow at three."""
    acting = await town.bank.acting("1001", town.clock.now())
    due_at = datetime(2026, 11, 24, 15, 0, tzinfo=ZONE)
    return int(await perform(acting, PlanFollowUp(town.bank.customers["C001"], due_at), "plan"))


async def invited(town: Town, number: str = "1003") -> int:
    """The plan's companion."""
    plan = await planned(town)
    li = await town.bank.acting("1001", town.clock.now())
    made = int(await perform(li, InviteCompanion(plan, town.bank.staff[number]), "ask"))
    await town.settles()
    return made


async def test_the_leader_is_asked_comes_along_and_the_visit_counts_for_both(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    plan = await planned(town)
    await li.says("/today")
    await li.presses_raw(li.last.message_id, f"o:follow_up:{plan}")
    await li.presses("🤝 陪访")
    await li.presses("王芳")
    await li.sees("🤝 已请王芳陪访。")
    await wang.sees("🤝 李伟 请您陪访。")
    await wang.presses("✅ 一起去")
    await wang.sees("🤝 您陪 李伟 去。")
    await li.sees("🤝 王芳陪您去:")
    await li.presses("打开")
    await li.sees("🤝 与王芳同去")
    await town.at(16, 5, days=1)
    await li.presses("有意向")
    await li.presses("保存")
    visit = await Activity.get()
    assert (await Companion.get()).activity_id == visit.id
    await li.says("华兴机械")
    await li.presses("🕘 历史")
    await li.sees("🤝 与王芳同去")
    await wang.sees("🤝 这次拜访已处理。")
    week = await own_week(await town.bank.acting("1003", town.clock.now()))
    assert (week.visits, week.joint) == (0, 1)


async def test_a_colleague_has_it_in_day_and_week_and_nothing_else_in_english(
    english_town: Town,
) -> None:
    town = english_town
    companion = await invited(town, "1004")
    zhao = town.phone("1004")
    asked = await zhao.sees("🤝 Li Wei asks you to come along.")
    assert "Shanghai Huaxing Machinery" in asked.text
    await zhao.says("/week")
    await zhao.sees("🤝 15:00 🚗 Shanghai Huaxing Machinery Manufacturing Co., Ltd. (Li Wei) ?")
    await zhao.presses("✅ I come along")
    await town.at(9, 0, days=1)
    await zhao.says("/today")
    await zhao.sees("(with Li Wei)")
    await zhao.presses("🤝 Shanghai Huaxing")
    await zhao.sees("🤝 You go along with Li Wei.")
    customer, plan = town.bank.customers["C001"], (await Companion.get()).follow_up_id
    for button in (f"o:profile:{customer}", f"o:follow_up:{plan}"):
        answer = await zhao.presses_raw(zhao.last.message_id, button)
        assert "can't find that" in answer.text
    await zhao.says("/today")
    await zhao.presses_raw(zhao.last.message_id, f"r:not_come_along:{companion}")
    await zhao.sees("✕ You do not go along.")
    await town.phone("1001").sees("✕ Zhao Lei can't come along:")


async def test_it_is_in_the_calendar_of_who_comes_along(town: Town) -> None:
    await invited(town, "1004")
    await CalendarFeed.create(
        staff_id=town.bank.staff["1004"], secret_hash=hashed("secret"), made_at=town.clock.now()
    )
    calendar = (await feed("secret", town.clock.now())).decode()
    assert "华兴机械" in calendar


async def test_only_who_was_asked_answers(town: Town) -> None:
    companion, now = await invited(town, "1002"), town.clock.now()
    await StandIn.create(
        absent_id=town.bank.staff["1002"], substitute_id=town.bank.staff["1001"], from_at=now,
        until_at=now + timedelta(days=3), created_at=now,
    )  # fmt: skip
    for number in ("1001", "1003", "1004", "1010"):
        acting = await town.bank.acting(number, now)
        with pytest.raises(NotFound):
            await perform(acting, AnswerInvitation(companion, accepts=True), f"no:{number}")


async def test_moved_it_is_asked_again_cancelled_it_is_over(town: Town) -> None:
    companion = await invited(town)
    wang, plan = town.phone("1003"), (await Companion.get()).follow_up_id or 0
    await wang.presses("✅ 一起去")
    li = await town.bank.acting("1001", town.clock.now())
    li.cause = "moved"
    later = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
    await perform(li, PostponeFollowUp(plan, later), "move")
    await town.settles()
    await wang.sees("🤝 李伟 改了拜访时间,您还一起去吗?")
    assert (await Companion.get(id=companion)).status == "waiting"
    await perform(li, SettleFollowUp(plan, "cancelled"), "cancel")
    await town.settles()
    await wang.sees("🤝 这次拜访已处理。")
    assert (await Companion.get(id=companion)).status == "withdrawn"


async def test_a_record_that_is_taken_back_has_nobody_with_it(town: Town) -> None:
    await invited(town)
    li = town.phone("1001")
    await town.phone("1003").presses("✅ 一起去")
    await town.at(16, 5, days=1)
    await li.presses("有意向")
    await li.presses("保存")
    await li.says("/undo")
    found = await Companion.get()
    assert (found.activity_id, found.status) == (None, "confirmed")


async def test_who_was_to_come_along_is_asked_again_when_a_slip_is_undone(town: Town) -> None:
    companion = await invited(town)
    wang = town.phone("1003")
    await wang.presses("✅ 一起去")
    plan = (await Companion.get(id=companion)).follow_up_id
    li = await town.bank.acting("1001", town.clock.now())
    await perform(li, CancelFollowUp(plan, "twice"), "slip")
    await town.settles()
    assert (await Companion.get(id=companion)).status == "withdrawn"
    li.cause = "undone"
    await perform(li, ReopenFollowUp(plan), "undo")
    await town.settles()
    assert (await Companion.get(id=companion)).status == "waiting"
    await wang.sees("🤝 李伟 请您陪访。", fresh=True)
    await wang.presses("✅ 一起去")
    assert (await Companion.get(id=companion)).status == "confirmed"


async def coming(town: Town, number: str) -> None:
    companion = await invited(town, number)
    acting = await town.bank.acting(number, town.clock.now())
    await perform(acting, AnswerInvitation(companion, accepts=True), f"yes:{number}")
    await town.at(14, 31, days=1)


async def test_who_goes_along_gets_the_brief_as_far_as_they_may_read_the_customer(
    town: Town,
) -> None:
    await coming(town, "1003")
    told = await town.phone("1003").sees("🤝 陪李伟: 今天 15:00 🚗 拜访 华兴机械")
    assert "工业路1号" in told.text
    assert "👤 王建国" in told.text
    assert town.phone("1003").buttons() == ["打开", "👤 客户"]
    await town.passes(minutes=5)
    assert sum("🤝 陪李伟" in one.text for one in town.phone("1003").messages) == 1


async def test_who_may_not_see_the_customer_is_told_the_place_only_in_english(
    english_town: Town,
) -> None:
    town = english_town
    await coming(town, "1004")
    zhao = town.phone("1004")
    told = await zhao.sees("🤝 With Li Wei: today 15:00 🚗 Visit ")
    assert len(told.text.splitlines()) == 2
    assert zhao.buttons() == ["Open"]
    await zhao.presses("Open")
    await zhao.sees("🤝 You go along with Li Wei.")
