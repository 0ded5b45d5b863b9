"""Targets behind their pace, cases near their limit, leads without contact: raised by events."""

from __future__ import annotations

from datetime import date

from core import bus
from core.alert_events import CaseNearLimit, LeadUntouched, MatterEnded, TargetBehind
from core.events import Event
from storage.db import transaction
from storage.models import Alert, AlertRule
from tests.support.town import Town


async def happened(town: Town, *events: Event) -> None:
    """Something that a later part of the program raises."""
    async with transaction():
        acting = await town.bank.acting("1001", town.clock.now(), str(events))
        for event in events:
            await bus.tell(acting, event)
    await town.passes(minutes=1)


def a_target(town: Town, mark: str = "11") -> TargetBehind:
    return TargetBehind(
        1, town.bank.staff["1001"], "Deposits, Q4", "四季度存款", 45, 60, date(2026, 12, 31), mark
    )


def a_case(town: Town) -> CaseNearLimit:
    staff, firm = town.bank.staff["1001"], town.bank.customers["C001"]
    return CaseNearLimit(1, firm, staff, "Complaint <7>", "投诉 <7>", date(2026, 11, 25))


def a_lead(town: Town) -> LeadUntouched:
    return LeadUntouched(1, town.bank.staff["1001"], "Star & Sons", "星&之", date(2026, 11, 20))


async def test_a_case_and_a_lead_are_told_at_once_and_settle_with_what_they_are_about(
    town: Town,
) -> None:
    li = town.phone("1001")
    await happened(town, a_case(town))
    shown = await li.sees("⏱ 华兴机械 · 事项临近时限 · 投诉 <7> · 截止11月25日 周三")
    await happened(town, a_case(town), a_lead(town))
    await li.sees("🌱 星&之 · 线索未跟进 · 自11月20日")
    assert "👤 客户" not in li.buttons()
    await happened(town, MatterEnded("case", 1))
    assert li.message(shown.message_id).text.startswith("✔️ ⏱ 华兴机械")
    await li.presses("✅ 完成")
    await li.sees("✅ 🌱 星&之")
    assert await Alert.all().count() == 2
    chen = town.phone("1002")
    await chen.says("/alerts")
    await chen.sees("🔔 没有待处理事项")


async def test_a_target_comes_with_the_digest_once_a_mark_and_reaches_the_leader_in_english(
    english_town: Town,
) -> None:
    town = english_town
    li, wang = town.phone("1001"), town.phone("1003")
    await happened(town, a_target(town), a_target(town))
    assert not li.contains("Target behind")
    await town.at(8, 35, days=1)
    await li.sees("🐢 Deposits, Q4 · Target behind its pace · 45% of it, 60% would be on pace")
    assert await Alert.all().count() == 1
    await town.moves_to(town.clock.now().replace(day=2, month=12))
    await wang.sees("⏫ Li Wei has not acted on this")
    await wang.presses("✅ Done")
    await wang.sees("✅ 🐢 Deposits, Q4")
    await happened(town, a_target(town, "12"))
    assert await Alert.filter(settled_at=None).count() == 1


async def test_head_office_tries_and_switches_off_what_has_an_event_of_its_own(
    town: Town,
) -> None:
    wu = town.phone("1007")
    await happened(town, a_lead(town))
    await wu.says("/alerts")
    await wu.presses("⚙️ 规则")
    await wu.sees("🌱 线索未跟进 · 立即 (1)")
    assert {"18", "⌂ 首页"} <= set(wu.buttons())
    await AlertRule.create(
        code="target_behind", on=False, timing="digest", changed_at=town.clock.now(),
        changed_by_id=town.bank.staff["1007"],
    )  # fmt: skip
    await happened(town, a_target(town))
    assert [one.rule for one in await Alert.all()] == ["lead_untouched"]
