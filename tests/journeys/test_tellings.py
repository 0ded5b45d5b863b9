"""A message that tells several alerts: each is acted on in its place, and struck when settled."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.alerts import SettleAlert
from core.assignments import AssignCustomer
from core.bus import perform
from storage.models import Alert, Staff
from tests.support.bank import MONDAY
from tests.support.town import Hand, Town


async def alerts_of(town: Town, *firms: str, owner: str = "1001", at: datetime = MONDAY) -> None:
    """One for each firm, due at the moment."""
    for firm in firms:
        await Alert.create(
            rule="silent", key=f"{firm}:{at}", staff_id=town.bank.staff[owner],
            customer_id=town.bank.customers[firm], importance=2, made_at=at, not_before=at,
        )  # fmt: skip


async def settled_by(town: Town, number: str, firm: str) -> None:
    acting = await town.bank.acting(number, town.clock.now())
    found = await Alert.get(customer_id=town.bank.customers[firm], settled_at=None)
    await perform(acting, SettleAlert(found.id), f"settle:{firm}:{number}")
    await town.passes(seconds=30)


def rows_of(hand: Hand, message_id: int) -> int:
    return len(hand.message(message_id).buttons)


async def test_each_of_several_is_acted_on_in_its_message_until_all_is_done(town: Town) -> None:
    await alerts_of(town, "C001", "C002")
    li, wang = town.phone("1001"), town.phone("1003")
    await town.passes(minutes=1)
    shown = await li.sees("🔔 2 件待处理")
    number = shown.message_id
    assert "1. 🔕 华兴机械" in shown.text
    await li.presses("1", number)
    assert "📝 记录" in li.buttons()
    assert rows_of(li, number) == 3
    await li.presses("✕ 不相关", number)
    assert rows_of(li, number) == 3
    await li.presses("‹ 返回", number)
    await li.presses("✅ 完成", number)
    changed = li.message(number).text
    assert changed.startswith("🔔 1 件待处理\n1. ✅ 🔕 华兴机械")
    assert changed.splitlines()[1].endswith("· 李伟")
    assert "1" not in li.buttons()
    assert await Alert.filter(how="done").count() == 1
    # The leader settles the other one: the message says so without a tap.
    await settled_by(town, "1003", "C002")
    assert li.message(number).text.startswith("✅ 全部处理完毕")
    assert li.message(number).text.endswith("· 王芳")
    assert not rows_of(li, number)
    assert not wang.contains("待处理")


async def test_of_several_one_is_put_off_and_one_goes_to_somebody_else_in_english(
    english_town: Town,
) -> None:
    town = english_town
    await alerts_of(town, "C001", "C002")
    li = town.phone("1001")
    await town.passes(minutes=1)
    number = (await li.sees("🔔 2 to act on")).message_id
    await li.presses("2", number)
    await li.presses("💤 Tomorrow", number)
    assert "💤 2. 🔕 " in li.message(number).text
    leader = await town.bank.acting("1003", town.clock.now())
    given = AssignCustomer(town.bank.customers["C001"], town.bank.staff["1002"], "workload")
    await perform(leader, given, "give")
    await settled_by(town, "1001", "C002")
    assert li.message(number).text.startswith("✅ All done\n1. in other hands now\n2. ✅ 🔕")


async def test_the_alerts_of_a_morning_are_acted_on_in_the_digest(town: Town) -> None:
    await town.at(7, days=1)
    await alerts_of(town, "C001", "C002", at=town.clock.now() + timedelta(hours=1, minutes=30))
    li = town.phone("1001")
    await Alert.all().update(made_at=town.clock.now())
    await town.at(8, 26)
    number = (await li.sees("☀️ 11月24日")).message_id
    await li.presses("2", number)
    await li.presses("✕ 不相关", number)
    await li.presses("数据有误", number)
    text = li.message(number).text
    assert text.startswith("☀️ 11月24日")
    assert "2. ✕ 🔕" in text
    assert "李伟 · 数据有误" in text
    await settled_by(town, "1003", "C001")
    assert "✅ 全部处理完毕" in li.message(number).text
    # Another day, the message still opens, and says no more of what was due then.
    await town.at(10, days=1)
    await li.presses_raw(number, "o:telling:1")
    assert "1. ✅" in li.message(number).text


async def test_more_than_fit_come_five_at_a_time(town: Town) -> None:
    for hour in range(3):
        await alerts_of(town, "C001", "C002", at=MONDAY - timedelta(hours=hour))
    li = town.phone("1001")
    await town.passes(minutes=1)
    shown = await li.sees("🔔 6 件待处理")
    assert "…… 另有 1 项" in shown.text
    assert [one.text for one in shown.buttons[0]] == ["1", "2", "3", "4", "5"]
    for number in range(1, 6):
        await li.presses(str(number), shown.message_id)
        await li.presses("✅ 完成", shown.message_id)
    assert li.message(shown.message_id).text.startswith("🔔 1 件待处理\n6. 🔕")


async def test_what_nobody_acted_on_reaches_the_leader_in_one_message(town: Town) -> None:
    await alerts_of(town, "C001", "C002")
    li, wang = town.phone("1001"), town.phone("1003")
    await town.passes(minutes=1)
    await li.sees("🔔 2 件待处理")
    await Alert.all().update(escalate_at=town.clock.now() + timedelta(minutes=5))
    await town.passes(minutes=10)
    shown = await wang.sees("⏫ 这 2 件无人处理")
    assert "(李伟)" in shown.text
    await wang.presses("1", shown.message_id)
    await wang.presses("✅ 完成", shown.message_id)
    assert li.contains("1. ✅ 🔕")


async def test_what_nobody_acts_on_climbs_the_tree_past_whoever_cannot_be_told(
    town: Town,
) -> None:
    await alerts_of(town, "C001")
    await Alert.all().update(rule="loan_matures", told_at=MONDAY, escalate_at=MONDAY)
    wang, zhou, wu = (town.phone(number) for number in ("1003", "1006", "1007"))
    await town.passes(minutes=1)
    await wang.sees("⏫ 李伟 还没有处理")
    assert not zhou.messages
    # The clock of the rule runs anew: five working days.
    await town.at(11, days=7)
    await zhou.sees("⏫ 李伟 还没有处理")
    await town.at(11, days=7)
    assert not wu.contains("⏫")
    assert (await Alert.get()).escalated_at is not None
    await alerts_of(town, "C002", at=town.clock.now())
    await Staff.filter(number="1003").update(unreachable_since=MONDAY)
    await Alert.filter(settled_at=None, escalated_at=None).update(
        rule="loan_matures", told_at=MONDAY, escalate_at=MONDAY
    )
    await town.passes(minutes=1)
    assert sum("百维物流" in one.text for one in zhou.messages) == 1
    assert not any("百维物流" in one.text for one in wang.messages)


async def test_one_that_is_settled_before_it_is_told_is_not_told(town: Town) -> None:
    await town.at(19, 58)
    await alerts_of(town, "C001", "C002")
    li = town.phone("1001")
    faults = town.simulator.faults
    away = faults.server_error(None, method="sendMessage")
    await town.at(19, 59)
    await settled_by(town, "1003", "C001")
    assert away.hits
    faults.clear()
    await town.at(9, days=1)
    await li.sees("1. ✅")


async def test_what_is_read_in_the_message_stays_when_somebody_else_settles_an_alert_of_it(
    town: Town,
) -> None:
    await alerts_of(town, "C001", "C002", "C003")
    li = town.phone("1001")
    await town.passes(minutes=1)
    number = (await li.sees("🔔 3 件待处理")).message_id
    await li.presses("1", number)
    await li.presses("👤 客户", number)
    profile = li.message(number).text
    assert "华兴机械" in profile
    await settled_by(town, "1003", "C002")
    assert li.message(number).text == profile
    # The own act leads back, and the message knows by then what was settled.
    await settled_by(town, "1001", "C001")
    assert li.message(number).text.startswith("🔔 1 件待处理\n1. ✅ 🔕 华兴机械")
    assert "2. ✅" in li.message(number).text
    await settled_by(town, "1003", "C003")
    assert li.message(number).text.startswith("✅ 全部处理完毕")


async def test_the_alert_that_is_read_changes_when_it_is_settled_not_with_another_in_english(
    english_town: Town,
) -> None:
    town = english_town
    await alerts_of(town, "C001", "C002")
    li = town.phone("1001")
    await town.passes(minutes=1)
    number = (await li.sees("🔔 2 to act on")).message_id
    await li.presses("1", number)
    one = li.message(number).text
    await settled_by(town, "1003", "C002")
    assert li.message(number).text == one
    await settled_by(town, "1003", "C001")
    assert li.message(number).text.startswith("✅ All done")
