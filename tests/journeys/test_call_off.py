"""Calling something planned off: why, by one tap; undone at once; leaders see the reasons."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar

from core.bus import perform
from core.cancellations import CancelFollowUp
from core.follow_ups import PlanFollowUp
from storage.models import Audit, FollowUp
from tests.support.town import Town


async def planned(town: Town, hours: float = 5, number: str = "1001", firm: str = "C001") -> int:
    acting = await town.bank.acting(number, town.clock.now())
    command = PlanFollowUp(town.bank.customers[firm], town.clock.now() + timedelta(hours=hours))
    return int(await perform(acting, command, f"{firm}:{hours}"))


async def opens(town: Town, number: str, follow_up: int) -> None:
    phone = town.phone(number)
    await phone.says("/today")
    await phone.presses_raw(phone.last.message_id, f"o:follow_up:{follow_up}")


async def test_one_tap_says_why_and_another_one_undoes_it(town: Town) -> None:
    li = town.phone("1001")
    follow_up = await planned(town)
    await opens(town, "1001", follow_up)
    await li.presses("✕ 取消计划")
    await li.sees("为什么取消?")
    await li.presses("客户要求")
    await li.sees("✕ 计划已取消:华兴机械 · 客户要求")
    row = await FollowUp.get(id=follow_up)
    assert (row.status, row.cancel_reason, row.remind_at) == ("cancelled", "customer", None)
    assert row.ended_by_id == town.bank.staff["1001"]
    await li.presses("打开")
    await li.sees("✕ 已取消:客户要求(李伟,今天 10:00)")
    await li.presses("↩️ 撤销")
    await li.sees("今天 15:00")
    row = await FollowUp.get(id=follow_up)
    assert (row.status, row.cancel_reason, row.ended_by_id) == ("open", "", None)
    await town.at(14, 30)
    await li.sees("⏰ 今天 15:00", fresh=True)


async def test_another_reason_is_typed_and_told_in_english(english_town: Town) -> None:
    town = english_town
    li = town.phone("1001")
    follow_up = await planned(town)
    await opens(town, "1001", follow_up)
    await li.presses("✕ Call off")
    await li.presses("Other reason")
    await li.says("Heavy <snow>")
    await li.sees("✕ Called off: Shanghai Huaxing Machinery Manufacturing · Other reason")
    await li.presses("Open")
    shown = await li.sees("✕ Cancelled: Other reason (Li Wei, today 10:00)")
    assert "Heavy <snow>" in shown.text
    [audited] = await Audit.filter(action="cancelled")
    assert audited.detail == {"reason": "other", "note": "Heavy <snow>"}


async def test_after_ten_minutes_and_for_others_it_stays_called_off(town: Town) -> None:
    li, chen = town.phone("1001"), town.phone("1002")
    follow_up = await planned(town)
    acting = await town.bank.acting("1001", town.clock.now())
    await perform(acting, CancelFollowUp(follow_up, "twice"), "off")
    await opens(town, "1002", follow_up)
    await chen.presses_raw(chen.last.message_id, f"r:reopen:{follow_up}")
    assert (await FollowUp.get(id=follow_up)).status == "cancelled"
    await town.passes(minutes=11)
    await opens(town, "1001", follow_up)
    assert li.last.labels() == ["👤 客户"]
    await li.presses_raw(li.last.message_id, f"r:reopen:{follow_up}")
    assert (await FollowUp.get(id=follow_up)).status == "cancelled"


async def test_the_leaders_week_counts_the_reasons(town: Town) -> None:
    wang = town.phone("1003")
    for hours, number, firm, reason in (
        (5, "1001", "C001", "customer"), (6, "1001", "C002", "customer"),
        (7, "1002", "C004", "twice"), (8, "1004", "C005", "twice"),
    ):  # fmt: skip
        follow_up = await planned(town, hours, number, firm)
        acting = await town.bank.acting(number, town.clock.now())
        await perform(acting, CancelFollowUp(follow_up, reason), f"off:{follow_up}")
    await wang.says("/week")
    await wang.sees("✕ 取消 3 项:客户要求 2 · 重复安排 1")
    await wang.presses("下一周 ›")
    shown = await wang.sees("11月30日")
    assert "✕" not in shown.text


async def test_the_file_of_a_visit_that_is_called_off_says_so(town: Town) -> None:
    li = town.phone("1001")
    follow_up = await planned(town)
    acting = await town.bank.acting("1001", town.clock.now())
    await perform(acting, CancelFollowUp(follow_up, "not_needed"), "off")
    await li.says("/today")
    await li.presses_raw(li.last.message_id, f"r:visit_file:{follow_up}")
    assert li.last.data is not None
    [event] = Calendar.from_ical(li.last.data).walk("VEVENT")
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 1)
