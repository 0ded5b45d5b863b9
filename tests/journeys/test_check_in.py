"""At the door: the shared place, the distance, the duration, and what came of it."""

from __future__ import annotations

from datetime import timedelta

from core.bus import perform
from core.follow_ups import PlanFollowUp
from storage.models import Activity, CheckIn, Customer
from tests.support.town import Town


async def test_a_place_shared_at_the_door_checks_in_and_leaving_asks_how_it_went(
    town: Town,
) -> None:
    li, now = town.phone("1001"), town.clock.now()
    await Customer.filter(external_id="C002").update(latitude=31.21, longitude=121.5)
    await Customer.exclude(external_id__in=["C001", "C002"]).update(latitude=None)
    acting = await town.bank.acting("1001", now)
    await perform(
        acting, PlanFollowUp(town.bank.customers["C002"], now + timedelta(hours=2)), "plan"
    )
    await li.sends_location(31.2005, 121.5005)
    await li.sees("📍 您在哪家门口?")
    assert li.buttons() == ["⏰ 百维物流 · 1.1 km", "华兴机械 · 73 m", "🧭 附近"]
    await li.presses("华兴机械")
    await li.sees("📍 华兴机械")
    await li.sees("距登记地址 73 m")
    await town.passes(minutes=45)
    await li.presses("🚪 离开")
    await li.sees("⏱ 45 分钟")
    await li.presses("有意向")
    await li.presses("保存")
    visit = await Activity.get()
    assert (visit.kind, visit.outcome) == ("visit", "interested")
    assert (await CheckIn.get()).activity_id == visit.id
    await li.says("华兴机械")
    await li.presses("🕘 历史")
    await li.presses("1")
    await li.sees("📍 距登记地址 73 m · ⏱ 45 分钟")


async def test_far_from_the_address_is_marked_and_not_refused_in_english(
    english_town: Town,
) -> None:
    li = english_town.phone("1001")
    await Customer.exclude(external_id="C001").update(latitude=None)
    await li.sends_location(31.215, 121.5)
    await li.presses("Shanghai Huaxing Machinery Manufacturing · 1.7 km")
    await li.sees("⚠️ 1.7 km from the address")
    assert (await CheckIn.get()).distance_m == 1668


async def test_where_no_customer_is_near_the_place_begins_a_record(town: Town) -> None:
    li = town.phone("1001")
    await li.sends_location(39.9, 116.4)
    await li.sees("哪位客户?")
    assert await CheckIn.all().count() == 0


async def test_only_customers_that_one_works_with_are_offered(town: Town) -> None:
    zhao, he = town.phone("1004"), town.phone("1010")
    await zhao.sends_location(31.2, 121.5)
    assert zhao.buttons() == ["绿源食品 · 0 m", "🧭 附近"]
    await he.sends_location(31.2, 121.5)
    assert not he.contains("门口")
