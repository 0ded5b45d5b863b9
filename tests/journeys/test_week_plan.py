"""The week on one screen, in both languages."""

from __future__ import annotations

from datetime import timedelta

from core.bus import perform
from core.follow_ups import PlanFollowUp, SettleFollowUp
from storage.models import Customer
from tests.support.bank import MONDAY
from tests.support.town import Town


async def plan(town: Town, number: str, firm: str, hours: float, **more: object) -> int:
    acting = await town.bank.acting(number, town.clock.now())
    command = PlanFollowUp(
        town.bank.customers[firm], MONDAY + timedelta(hours=hours), **more  # type: ignore[arg-type]  # kind, all_day
    )  # fmt: skip
    return int(await perform(acting, command, f"{firm}:{hours}"))


async def test_the_week_shows_what_is_done_what_collides_and_the_days_between(town: Town) -> None:
    li = town.phone("1001")
    done = await plan(town, "1001", "C003", 3, kind="call")
    await perform(await town.bank.acting("1001", town.clock.now()), SettleFollowUp(done), "done")
    await plan(town, "1001", "C001", 24)
    await plan(town, "1001", "C002", 24.5)
    await plan(town, "1001", "C006", 48, all_day=True)
    await plan(town, "1002", "C004", 24)
    await li.says("/week")
    shown = await li.sees("📆 11月23日 周一 – 11月29日 周日")
    for said in ("今天", " ✅ 13:00 📞 华星电子", " ⚠️ 10:00 🚗 华兴机械", " ⚠️ 10:30 🚗 百维物流",
                 " 🚗 优品", "11月27日 周五 —"):  # fmt: skip
        assert said in shown.text, said
    assert "恒达模具" not in shown.text
    assert "11月28日" not in shown.text
    await li.presses("下一周 ›")
    await li.sees("📆 11月30日 周一")
    await li.presses("‹ 上一周")
    await li.sees("📆 11月23日 周一")


async def test_a_leader_sees_the_peoples_week_in_english(english_town: Town) -> None:
    town = english_town
    await plan(town, "1001", "C001", 24)
    await plan(town, "1002", "C004", 24)
    await plan(town, "1004", "C005", 24)
    wang = town.phone("1003")
    await wang.says("/week")
    shown = await wang.sees("📆 Mon 23 Nov – Sun 29 Nov")
    assert " 10:00 🚗 Shanghai Huaxing Machinery Manufacturing (Li Wei)" in shown.text
    assert "(Chen Jing)" in shown.text
    assert "Lvyuan" not in shown.text


async def far_apart(town: Town) -> None:
    """Two firms, a day: the second begins half an hour after the first ends, 19 km away."""
    await Customer.filter(id=town.bank.customers["C002"]).update(latitude=31.37)
    await plan(town, "1001", "C001", 24)
    await plan(town, "1001", "C002", 25.5)


async def test_what_is_too_far_from_the_visit_before_is_told(town: Town) -> None:
    await far_apart(town)
    li = town.phone("1001")
    await li.says("/week")
    shown = await li.sees("📆 11月23日 周一 – 11月29日 周日")
    assert " 10:00 🚗 华兴机械\n" in shown.text
    assert " ⚠️ 11:30 🚗 百维物流 · 路程 25 km,约 50 分钟" in shown.text


async def test_what_can_be_reached_in_time_is_not_told_in_english(english_town: Town) -> None:
    town = english_town
    await far_apart(town)
    await plan(town, "1001", "C003", 28)
    li = town.phone("1001")
    await li.says("/week")
    shown = await li.sees("📆 Mon 23 Nov – Sun 29 Nov")
    assert " ⚠️ 11:30 🚗 Shanghai Brightway Logistics · 25 km away, about 50 min" in shown.text
    assert shown.text.count("km away") == 1
