"""Head office tunes a rule: tried before it is changed, one line at first, and kept who did it."""

from __future__ import annotations

from datetime import timedelta

from storage.models import Alert, AlertRule, AlertRuleChange, CreditLine
from tests.support.bank import MONDAY
from tests.support.town import Town

WAN = 10_000 * 100
KNOWN = {"source": "warehouse", "as_of": MONDAY.date(), "recorded_at": MONDAY}


async def loans_mature(town: Town, *days: int) -> None:
    """Loans of the same firm that mature in so many days."""
    for number in days:
        await CreditLine.create(
            customer_id=town.bank.customers["C001"], number=f"HT{number}", limit_fen=900 * WAN,
            drawn_fen=800 * WAN, matures=MONDAY.date() + timedelta(days=number), **KNOWN,
        )  # fmt: skip


async def whole_pass(town: Town) -> None:
    """A pass begins after the change, ends, and is told of."""
    for _ in range(3):
        await town.passes(minutes=1)


async def test_a_number_is_tried_changed_and_what_holds_is_one_line_at_first(town: Town) -> None:
    li, wu = town.phone("1001"), town.phone("1007")
    await loans_mature(town, 114, 116, 117, 118, 119, 120)
    await whole_pass(town)
    assert await Alert.all().count() == 0
    await wu.says("/alerts")
    await wu.presses("⚙️ 规则")
    await wu.presses("5")
    await wu.sees("1. 提前天数(每档提醒一次): 90, 60, 30")
    await wu.presses("1")
    await wu.sees("最多 4 个,每个在 0 到 365 之间")
    await wu.says("400 60")
    await wu.sees("请填最多 4 个不同的数,每个在 0 到 365 之间。")
    await wu.says("30 60 120")
    shown = await wu.sees("现为: 120, 60, 30\n最近一周产生(或本会产生)6 条提醒。")
    assert "原为: 90, 60, 30\n最近一周产生(或本会产生)0 条提醒。" in shown.text
    assert "现在符合条件的有 6 户" in shown.text
    assert not await AlertRule.exists()
    await wu.presses("保存")
    await wu.sees("首次查出的,给每人只合并提示一行。")
    await whole_pass(town)
    assert await Alert.filter(crossing_id__isnull=False).count() == 0
    await town.at(8, 26, days=1)
    await li.sees("⏳ 我行贷款到期 · 已有 6 户")
    await li.presses("1")
    await li.presses("📋 名单")
    await li.sees("⏳ 我行贷款到期 (6)")
    await li.presses("1")
    await li.sees("上海华兴机械制造有限公司")
    await loans_mature(town, 121)
    await town.at(9, days=1)
    await town.passes(minutes=1)
    await li.sees("⏳ 华兴机械 · 我行贷款到期 · ¥800万")
    change = await AlertRuleChange.get()
    assert change.changes == {"days": [[90, 60, 30], [120, 60, 30]]}
    await wu.presses("‹ 返回")
    await wu.presses("🕘 修改记录")
    await wu.sees("提前天数(每档提醒一次): 90, 60, 30 → 120, 60, 30")


async def test_a_pause_and_a_clock_hold_for_the_next_in_english(english_town: Town) -> None:
    town = english_town
    li, wu, wang = (town.phone(one) for one in ("1001", "1007", "1003"))
    await wu.says("/alerts")
    await wu.presses("⚙️ Rules")
    await wu.presses("5")
    await wu.presses("2")
    await wu.says("-3")
    await wu.sees("Between 0 and 20, please.")
    await wu.says("1")
    await wu.presses("Save")
    await wu.sees("✓ Changed.")
    await wu.presses("‹ Back")
    await wu.presses("3")
    await wu.says("7")
    await wu.presses("Save")
    assert (await AlertRule.get()).quiet_at is None
    await loans_mature(town, 45)
    await whole_pass(town)
    await li.sees("Machinery Manufacturing · Loan of ours matures")
    await loans_mature(town, 50)
    await town.at(11, days=1)
    await town.passes(minutes=1)
    await wang.sees("⏫ Li Wei has not acted on this")
    assert await Alert.all().count() == 1


async def test_only_who_sets_the_rules_tunes_them(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/alerts")
    for crafted in ("s:tune:loan_matures:days", "o:alert_rule_history:silent"):
        refused = await li.presses_raw(li.last.message_id, crafted)
        assert refused.text == "您没有这个权限。"
