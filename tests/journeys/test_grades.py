"""A customer's grade: the scorecard proposes, people decide, in both languages."""

from __future__ import annotations

from datetime import date

from storage.models import (
    Account,
    Audit,
    Contribution,
    CreditLine,
    Customer,
    Grading,
    Holding,
    Statement,
)
from tests.support.bank import MONDAY
from tests.support.town import Town

WAN = 10_000 * 100
KNOWN = {"source": "warehouse", "as_of": MONDAY.date(), "recorded_at": MONDAY}


async def figures(town: Town) -> None:
    """¥240k brought in a year, ¥3m on average, two products, a sound statement, twelve years."""
    customer = town.bank.customers["C001"]
    await Customer.filter(id=customer).update(founded=date(2014, 5, 1))
    for month in (9, 10):
        await Contribution.create(
            customer_id=customer, month=date(2026, month, 1), deposit_income_fen=15 * WAN,
            cost_fen=3 * WAN, **KNOWN,
        )  # fmt: skip
    await Contribution.create(
        customer_id=customer, month=date(2025, 10, 1), deposit_income_fen=900 * WAN, **KNOWN
    )
    await Account.create(
        customer_id=customer, number="9931", tail="9931", balance_fen=9 * WAN,
        year_average_fen=300 * WAN, **KNOWN,
    )  # fmt: skip
    for product in ("settlement", "payroll"):
        await Holding.create(customer_id=customer, product=product, **KNOWN)
    await Statement.create(
        customer_id=customer, period_end=date(2025, 12, 31), revenue_fen=1000 * WAN,
        profit_fen=60 * WAN, assets_fen=800 * WAN, liabilities_fen=400 * WAN, **KNOWN,
    )  # fmt: skip


async def test_what_the_scorecard_says_is_shown_by_factor_and_taken_over_by_a_tap(
    town: Town,
) -> None:
    await figures(town)
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("🏭 企业")
    await li.presses("🏅 等级")
    shown = await li.sees("评分卡: 68 分(满分 100)→ B")
    for said in ("22/30 贡献度(近 12 个月) ¥24万", "15/20 日均存款 ¥300万", " 7/15 持有产品 2",
                 " 7/10 净利率 6%", " 7/10 资产负债率 50%", "10/10 经营年限 12",
                 " 0/5  营收增长 未知"):  # fmt: skip
        assert said in shown.text, said
    assert "✏️ 另定…" not in li.buttons()
    await li.presses("✓ 采用 B")
    await li.sees("🏅 B级")
    assert (await Customer.get(id=town.bank.customers["C001"])).grade == "B"
    kept = await Grading.get()
    assert (kept.points, kept.grade, kept.decided, kept.version) == (68, "B", "B", 1)
    assert kept.factors["years"] == [12, 10]
    assert await Audit.filter(action="grade").count() == 1


async def test_a_leader_decides_otherwise_with_a_reason_in_english(english_town: Town) -> None:
    town = english_town
    await figures(town)
    await CreditLine.create(
        customer_id=town.bank.customers["C001"], number="H", limit_fen=WAN, overdue_fen=1, **KNOWN
    )
    wang = town.phone("1003")
    await wang.says("Huaxing Machinery")
    await wang.presses("🏭 Firm")
    await wang.presses("🏅 Grade")
    await wang.sees("⚠️ Overdue: C at most")
    await wang.presses("✏️ Decide…")
    await wang.presses("B")
    await wang.says("Paid <yesterday>, booked tomorrow")
    await wang.presses("Save")
    await wang.sees("is graded B")
    await wang.presses("🏅 Grade")
    await wang.sees("B (scorecard C) · Wang Fang: Paid <yesterday>, booked tomorrow")
    li = town.phone("1001")
    await li.says("Huaxing Machinery")
    await li.presses("🏭 Firm")
    await li.presses("🏅 Grade")
    stale = await li.presses_raw(
        li.last.message_id, f"r:take_grade:{town.bank.customers['C001']}:A"
    )
    assert "Only a leader decides" in stale.text
    assert await Grading.all().count() == 1


async def test_the_change_of_a_grade_is_news_to_who_looks_next(town: Town) -> None:
    await figures(town)
    li, wang = town.phone("1001"), town.phone("1003")
    await li.says("华兴机械")
    await town.passes(hours=1)
    await wang.says("华兴机械")
    await wang.presses("🏭 企业")
    await wang.presses("🏅 等级")
    await wang.presses("✓ 采用 B")
    await li.says("华兴机械")
    await li.sees("等级 A → B")
