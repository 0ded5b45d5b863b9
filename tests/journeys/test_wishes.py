"""What people wish of their alerts: topics, quiet hours, mornings, how many; and other zones."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.bus import perform
from core.wishes import SetWishes
from storage.models import Alert, AlertWish, Audit, FollowUp, Staff, StandIn
from tests.support.bank import MONDAY, ZONE
from tests.support.town import Town


async def an_alert(
    town: Town, firm: str = "C001", rule: str = "silent", importance: int = 2
) -> Alert:
    """Due at the moment."""
    now = town.clock.now()
    return await Alert.create(
        rule=rule, key=f"{firm}:{rule}:{now}", staff_id=town.bank.staff["1001"],
        customer_id=town.bank.customers[firm], importance=importance, made_at=now, not_before=now,
    )  # fmt: skip


async def wished(town: Town, number: str = "1001", **wishes: object) -> None:
    acting = await town.bank.acting(number, town.clock.now())
    await perform(acting, SetWishes(**wishes), f"wish:{wishes}")  # type: ignore[arg-type]


async def test_a_topic_is_turned_down_as_far_as_the_bank_allows(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/settings")
    shown = await li.sees("⚙️ 提醒设置")
    assert "1. 逾期和分类下调 · 立即\n" in shown.text
    assert "3. 贷款和产品到期 · 立即 / 早报\n" in shown.text
    assert "🌙 免打扰 20:00 至 8:00" in shown.text
    await li.presses("1")
    await li.sees("🔴 还款逾期 · 立即 🔒")
    assert li.buttons() == ["⚡ 立即", "🏦 按行里设置", "‹ 返回"]
    refused = await li.presses_raw(li.last.message_id, "r:wish_topic:danger:off")
    assert refused.text
    assert not await AlertWish.all()
    await li.presses("‹ 返回")
    await li.presses("5")
    await li.presses("🔕 不发消息")
    await li.sees("需要联系的客户 · 仅列在清单")
    await li.presses("‹ 返回")
    await li.sees("5. 需要联系的客户 · 早报 / 仅列在清单(自定)")
    assert (await Audit.get(action="set", subject="wishes")).actor_id == town.bank.staff["1001"]
    # No message, but a line of the list; what is overdue comes all the same.
    await an_alert(town)
    await an_alert(town, "C002", "overdue", 3)
    await town.passes(minutes=1)
    await li.sees("🔴 百维物流")
    assert not li.contains("🔕 华兴机械")
    await town.at(8, 26, days=1)
    digest = await li.sees("☀️ 11月24日")
    assert "🔔 1 件待处理" in digest.text
    assert "长期未联系" not in digest.text
    await li.says("/alerts")
    await li.sees("长期未联系")


async def test_the_settings_in_english(english_town: Town) -> None:
    li = english_town.phone("1001")
    await li.says("/alerts")
    await li.presses("⚙️ How I tell you")
    await li.presses("🌙 Quiet")
    await li.presses("to 9:00")
    await li.presses("from 18:00")
    await li.sees("🌙 Quiet from 18:00 to 9:00")
    await li.presses("‹ Back")
    await li.sees("🌅 Morning digest at 9:00")
    await li.presses("🔢 A day")
    await li.presses("2")
    await li.sees("🔢 At most 2 messages with alerts a day, and what is grave")
    await li.presses("2")
    await li.presses("🌅 With the digest")
    await li.sees("Money that leaves · digest\n📉 Deposits fell · digest")
    staff = await Staff.get(number="1001")
    assert (staff.quiet_from, staff.quiet_until, staff.digest_at, staff.daily_alerts) == (
        18, 9, 540, 2,
    )  # fmt: skip


async def test_own_quiet_hours_and_an_own_morning_hold_things_back(town: Town) -> None:
    await wished(town, quiet=(18, 9), digest_at=570)
    li, chen = town.phone("1001"), town.phone("1002")
    await town.at(18, 30)
    await an_alert(town)
    await town.passes(minutes=1)
    await town.at(8, 59, days=1)
    assert not li.contains("长期未联系")
    await town.at(9)
    await li.sees("长期未联系")
    assert not li.contains("☀️")
    await town.at(9, 31)
    await li.sees("☀️ 11月24日")
    await town.at(9, 40)
    assert sum("长期未联系" in one.text for one in li.messages) == 2
    assert not chen.contains("长期未联系")


async def test_the_day_s_limit_is_the_person_s(town: Town) -> None:
    await wished(town, daily=2)
    li = town.phone("1001")
    for firm in ("C001", "C002", "C003"):
        await an_alert(town, firm, "loan_matures")
        await town.passes(minutes=5)
    told = [one for one in li.messages if "到期" in one.text]
    assert len(told) == 2
    await town.at(8, 26, days=1)
    await li.sees("🔔 3 件待处理")


async def test_in_another_zone_the_morning_is_the_person_s_own(town: Town) -> None:
    await Staff.filter(number="1001").update(zone="Europe/London")
    await an_alert(town)
    li = town.phone("1001")
    # Ten in Shanghai is two at night in London.
    await town.passes(minutes=1)
    await town.at(8, 26, days=1)
    assert not li.contains("长期未联系")
    await town.moves_to(datetime(2026, 11, 24, 16, 26, tzinfo=ZONE))
    digest = await li.sees("☀️ 11月24日")
    assert "长期未联系" in digest.text
    await an_alert(town, "C002")
    # Half past eight in the evening in Shanghai, half past twelve in London.
    await town.at(20, 30)
    await li.sees("百维物流")


async def test_who_stands_in_hears_as_the_other_wished_in_the_own_hours(town: Town) -> None:
    now = town.clock.now()
    await StandIn.create(
        absent_id=town.bank.staff["1001"], substitute_id=town.bank.staff["1002"], from_at=now,
        until_at=now + timedelta(days=3), created_at=now,
    )  # fmt: skip
    await wished(town, topics=(("contact", "off"),))
    await wished(town, "1002", quiet=(18, 8))
    li, chen = town.phone("1001"), town.phone("1002")
    await an_alert(town)
    await town.at(18, 30)
    await an_alert(town, "C002", "loan_matures")
    await town.passes(minutes=1)
    assert not chen.contains("到期")
    await town.at(8, 31, days=1)
    await chen.sees("到期")
    assert not chen.contains("长期未联系")
    assert not li.messages


async def test_nothing_is_told_on_a_day_off_though_it_was_due_before(town: Town) -> None:
    await town.moves_to(MONDAY + timedelta(days=5))
    alert = await an_alert(town)
    await Alert.filter(id=alert.id).update(not_before=MONDAY, escalate_at=MONDAY, told_at=MONDAY)
    await an_alert(town, "C002")
    li, wang = town.phone("1001"), town.phone("1003")
    await town.passes(minutes=1)
    assert not li.messages
    assert not wang.messages
    await town.at(8, 31, days=2)
    await li.sees("百维物流")
    await wang.sees("⏫ 李伟 还没有处理")
    assert await FollowUp.all().count() == 0
