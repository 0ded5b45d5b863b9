"""What was agreed for a week and not done is asked about on the Monday after it."""

from __future__ import annotations

from datetime import timedelta

from core.activities import LogActivity
from core.bus import perform
from core.follow_ups import PlanFollowUp
from storage.models import Alert, AlertRule, Crossing, Customer, WeeklyItem
from tests.support.bank import MONDAY
from tests.support.town import Town

NEXT_MONDAY = MONDAY + timedelta(days=7)


async def planned_and_not_done(town: Town, *firms: str) -> None:
    """A plan of this week is accepted for these firms; then the week goes by."""
    others = Customer.exclude(external_id__in=firms)
    await others.update(status="lost")
    words = ("🧭 周计划", "✅ 接受计划")
    if (await town.bank.acting("1001")).locale == "en":
        words = ("🧭 Weekly plan", "✅ Accept the plan")
    li = town.phone("1001")
    await li.says("/week")
    for word in words:
        await li.presses(word)
    assert await WeeklyItem.all().count() == len(firms)
    await town.moves_to(NEXT_MONDAY.replace(hour=7))
    await town.moves_to(NEXT_MONDAY.replace(hour=8, minute=35))


async def test_what_was_missed_is_asked_on_monday_and_a_reason_settles_it(town: Town) -> None:
    await planned_and_not_done(town, "C001")
    li = town.phone("1001")
    await li.says("/alerts")
    await li.sees("🧭 华兴机械 · 计划未完成 · 11月23日")
    await li.presses("1")
    assert {"📝 记录", "⏰ 改期", "❓ 未完成原因"} <= set(li.buttons())
    await li.presses("❓ 未完成原因")
    await li.presses("客户不在")
    missed = await Alert.get(rule="plan_missed")
    assert (missed.how, (await WeeklyItem.get()).miss) == ("gone", "away")
    await town.passes(days=7)
    assert await Alert.filter(rule="plan_missed").count() == 1


async def test_moved_to_this_week_or_done_it_is_missed_no_longer_in_english(
    english_town: Town,
) -> None:
    town = english_town
    await planned_and_not_done(town, "C001", "C002")
    li = town.phone("1001")
    await li.says("/alerts")
    shown = await li.sees("Planned, but not done")
    assert shown.text.count("Planned, but not done") == 2
    first, second = await Alert.filter(rule="plan_missed").order_by("id")
    await li.presses("1")
    await li.presses("⏰ Move")
    await li.says("Thursday 10am")
    await first.refresh_from_db()
    assert first.how == "gone"
    acting = await town.bank.acting("1001", town.clock.now())
    command = LogActivity(town.bank.customers["C002"], "call", town.clock.now())
    await perform(acting, command, "call")
    await second.refresh_from_db()
    assert second.how == "done"
    assert await Crossing.filter(kind="plan_missed", ended_at=None).count() == 0


async def test_the_leader_hears_of_what_is_not_explained_in_two_working_days(town: Town) -> None:
    await planned_and_not_done(town, "C001")
    wang = town.phone("1003")
    await town.at(8, 35, days=1)
    assert not wang.contains("⏫")
    await town.at(8, 35, days=1)
    assert wang.contains("⏫ 李伟 还没有处理")


def late(town: Town, number: str, word: str = "⚠️ 已逾期") -> list[str]:
    """The messages that say that something is late."""
    return [one.text for one in town.phone(number).messages if one.text.startswith(word)]


async def test_what_is_late_is_told_once_on_its_own_day_or_when_the_week_is_over(
    town: Town,
) -> None:
    acting = await town.bank.acting("1001", town.clock.now())
    tuesday = PlanFollowUp(town.bank.customers["C002"], MONDAY + timedelta(days=1))
    await perform(acting, tuesday, "own day")
    await planned_and_not_done(town, "C001", "C002")
    await town.moves_to(NEXT_MONDAY.replace(hour=9, minute=5))
    [told] = late(town, "1001")
    assert "百维物流" in told
    [missed] = await Alert.filter(rule="plan_missed").select_related("customer")
    assert missed.customer is not None
    assert missed.customer.external_id == "C001"
    await town.at(9, 5, days=2)
    [up] = late(town, "1003", "⚠️ 李伟 逾期两个工作日")
    assert "百维物流" in up
    assert len(late(town, "1001")) == 1


async def test_where_head_office_does_not_have_it_told_on_monday_it_is_told_on_its_day_in_english(
    english_town: Town,
) -> None:
    town = english_town
    await AlertRule.create(code="plan_missed", on=False, timing="digest", changed_at=MONDAY,
                           changed_by_id=town.bank.staff["1008"])  # fmt: skip
    await planned_and_not_done(town, "C001")
    await town.moves_to(NEXT_MONDAY.replace(hour=9, minute=5))
    assert len(late(town, "1001", "⚠️ Overdue")) == 1
