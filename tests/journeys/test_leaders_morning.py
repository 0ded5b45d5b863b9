"""A leader's morning also says what nobody has in charge, and who gives no sign."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.models import CreditLine, Customer, Outbox, Staff
from tests.support.bank import MONDAY
from tests.support.town import Town

WAN = 10_000 * 100


async def overdue(town: Town, firm: str) -> None:
    await CreditLine.create(
        customer_id=town.bank.customers[firm], number=firm, limit_fen=900 * WAN,
        overdue_fen=8 * WAN, drawn_fen=9 * WAN, source="warehouse", as_of=MONDAY.date(),
        recorded_at=MONDAY, matures=date(2029, 1, 1),
    )  # fmt: skip


async def test_what_nobody_has_in_charge_is_one_line_a_day_for_the_nearest_leader(
    town: Town,
) -> None:
    wang, zhou = town.phone("1003"), town.phone("1006")
    branch = town.bank.units["branch_a"]
    await Customer.filter(external_id="C001").update(owner_id=None, unit_id=branch)
    await Customer.filter(external_id="C002").update(owner_id=town.bank.staff["1011"])
    await Staff.filter(number="1011").update(active=False)
    await overdue(town, "C001")
    await overdue(town, "C002")
    await town.at(7, days=1)
    await town.at(8, 26)
    assert "♻️ 无人管户:1 条提醒" in (await zhou.sees("☀️ 11月24日")).text
    assert "♻️ 无人管户:1 条提醒" in (await wang.sees("☀️ 11月24日")).text
    await wang.presses("♻️ 无人管户 (1)")
    await wang.sees("1. 🔴 百维物流 · 还款逾期 · ¥8万")
    await zhou.presses("♻️ 无人管户 (1)")
    await zhou.sees("♻️ 无人管户:2 条待看")
    await zhou.presses("1")
    await zhou.sees("上海华兴机械制造有限公司")
    assert await Outbox.filter(cause__startswith="alert").count() == 0


async def mornings(town: Town, days: int) -> None:
    """Digests of so many working days, one after the other."""
    await overdue(town, "C001")
    await overdue(town, "C004")
    await town.at(7, days=1)
    await town.at(8, 26)
    for _ in range(days - 1):
        await town.at(8, 26, days=1)


async def test_who_gives_no_sign_for_three_days_is_told_and_asked_in_english(
    english_town: Town,
) -> None:
    town = english_town
    li, chen, wang, zhou = (town.phone(one) for one in ("1001", "1002", "1003", "1006"))
    await mornings(town, 3)
    await chen.says("/menu")
    assert not wang.contains("No sign of")
    await town.at(8, 26, days=1)
    assert "📭 No sign of: Li Wei\n" in f"{(await wang.sees('No sign')).text}\n"
    assert "No sign of: Wang Fang" in (await zhou.sees("No sign")).text
    await wang.presses("📭 No sign (1)")
    await wang.sees("Li Wei · 3 working days, no tap and no message")
    await wang.presses("👉 1")
    await li.sees("👉 Wang Fang asks you to look at what waits for you.")
    refused = await wang.presses("👉 1")
    assert refused.text == "You can ask about the same thing once a day."
    await wang.presses("1")
    await wang.sees("Li Wei · Relationship manager")
    assert "📦 Hand over…" in wang.buttons()
    await li.presses("🔔 Alerts")
    await town.moves_to(town.clock.now() + timedelta(days=3))
    assert "No sign of" not in wang.last.text


async def test_who_blocked_the_bot_stands_there_too(town: Town) -> None:
    wang = town.phone("1003")
    await Staff.filter(number="1001").update(unreachable_since=MONDAY)
    await town.at(8, 26, days=1)
    assert "📭 没有动静:李伟" in (await wang.sees("☀️ 11月24日")).text
    await wang.presses("📭 无动静 (1)")
    await wang.sees("李伟 · 📵 自昨天起联系不上")
    refused = await wang.presses_raw(
        wang.last.message_id, f"r:nudge_person:{town.bank.staff['1001']}"
    )
    assert refused.text == "机器人联系不上 李伟,请打电话。"


async def test_the_week_is_told_on_friday_afternoon_of_the_own_zone(town: Town) -> None:
    await Staff.filter(number="1001").update(zone="Asia/Dubai")
    li, chen = town.phone("1001"), town.phone("1002")
    friday = MONDAY + timedelta(days=4)
    await li.says("刚拜访了华兴机械王总,想续贷")
    await li.presses("保存")
    await chen.says("刚拜访了恒达模具张敏,想续贷")
    await chen.presses("保存")
    await town.moves_to(friday.replace(hour=16, minute=31))
    await chen.sees("📊 您的一周")
    assert not li.contains("📊")
    dubai = datetime(2026, 11, 27, 16, 31, tzinfo=ZoneInfo("Asia/Dubai"))
    await town.moves_to(dubai)
    await li.sees("📊 您的一周")
    assert await Outbox.filter(cause__startswith="week:").count() >= 2
