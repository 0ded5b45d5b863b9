"""Who else is near a planned visit: the own ones that waited longest, and a tap plans the stop."""

from __future__ import annotations

from datetime import timedelta

from core.bus import perform
from core.follow_ups import PlanFollowUp
from storage.models import Customer, FollowUp
from tests.support.town import Town


async def three_around(town: Town) -> int:
    """A plan at C001; C002 1 km off and silent for 100 days, C003 at 4 km for 120."""
    now = town.clock.now()
    await Customer.all().update(latitude=None, longitude=None)
    for firm, latitude, days in (
        ("C001", 31.2, 30), ("C002", 31.209, 100), ("C003", 31.236, 120), ("C004", 31.2, 300),
        ("C006", 31.2001, 3),
    ):  # fmt: skip
        await Customer.filter(external_id=firm).update(
            latitude=latitude, longitude=121.5, last_contact_at=now - timedelta(days=days)
        )
    acting = await town.bank.acting("1001", now)
    command = PlanFollowUp(town.bank.customers["C001"], now + timedelta(days=1))
    return int(await perform(acting, command, "beside"))


async def test_the_silent_ones_near_a_visit_are_told_and_a_tap_plans_the_stop(town: Town) -> None:
    planned = await three_around(town)
    li = town.phone("1001")
    await li.says("/today")
    await li.presses_raw(li.last.message_id, f"o:follow_up:{planned}")
    await li.presses("🧭 附近")
    shown = await li.sees("🧭 华兴机械附近")
    assert "1. 百维物流 · 1.0 km · 上次联系 100天前" in shown.text
    assert "2. 华星电子 · 4.0 km · 上次联系 120天前" in shown.text
    assert "恒达模具" not in shown.text
    assert "3. " not in shown.text
    await li.presses("⏰ 1")
    await li.sees("为了什么事")
    await li.says("顺路拜访")
    await li.presses("保存")
    stop = await FollowUp.exclude(id=planned).get()
    beside = await FollowUp.get(id=planned)
    assert stop.customer_id == town.bank.customers["C002"]
    assert (stop.all_day, stop.due_at.date()) == (True, beside.due_at.date())


async def test_beside_a_check_in_the_way_leads_to_a_profile_in_english(
    english_town: Town,
) -> None:
    await three_around(english_town)
    li = english_town.phone("1001")
    await li.sends_location(31.2, 121.5)
    await li.presses("Huaxing Machinery")
    await li.presses("🧭 Nearby")
    shown = await li.sees("🧭 Near Shanghai Huaxing Machinery Manufacturing")
    assert "1.0 km · last contact 100 d ago" in shown.text
    await li.presses("👤 1")
    assert not li.contains("🧭 Near ")


async def test_without_a_position_nothing_is_offered(town: Town) -> None:
    planned = await three_around(town)
    await Customer.filter(external_id="C001").update(latitude=None)
    li = town.phone("1001")
    await li.says("/today")
    await li.presses_raw(li.last.message_id, f"o:follow_up:{planned}")
    assert "🧭 附近" not in li.buttons()


async def test_a_shared_place_has_stops_around_it_in_english(english_town: Town) -> None:
    await three_around(english_town)
    li = english_town.phone("1001")
    await li.sends_location(31.2, 121.5)
    await li.presses("🧭 Nearby")
    shown = await li.sees("🧭 Near this place")
    assert "Brightway Logistics · 1.0 km · last contact 100 d ago" in shown.text
    await li.presses("⏰ 1")
    await li.says("on the way")
    await li.presses("Save")
    stop = await FollowUp.filter(all_day=True).get()
    assert stop.due_at.date() == english_town.clock.now().date()


async def test_the_brief_leads_to_who_is_near(town: Town) -> None:
    planned = await three_around(town)
    li = town.phone("1001")
    await town.moves_to((await FollowUp.get(id=planned)).due_at - timedelta(minutes=29))
    await li.sees("⏰ 今天")
    await li.presses("🧭 附近")
    await li.sees("🧭 华兴机械附近")
    await li.presses("‹ 返回")
    await li.sees("⏱ 60 分钟")
