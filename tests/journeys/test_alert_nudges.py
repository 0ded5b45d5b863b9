"""A leader who gets what nobody acted on asks the person in charge: one tap, once a day."""

from __future__ import annotations

from datetime import date, timedelta

from storage.models import Alert, Audit, CreditLine
from tests.support.bank import MONDAY
from tests.support.town import Town

WAN = 10_000 * 100


async def two_days_late(town: Town, *firms: str) -> None:
    for firm in firms:
        await CreditLine.create(
            customer_id=town.bank.customers[firm], number=firm, limit_fen=900 * WAN,
            overdue_fen=8 * WAN, drawn_fen=9 * WAN, source="warehouse", as_of=MONDAY.date(),
            recorded_at=MONDAY, matures=date(2029, 1, 1),
        )  # fmt: skip
    await town.passes(minutes=1)
    await town.passes(minutes=1)
    await town.at(11, days=2)


async def test_who_is_in_charge_is_asked_with_the_same_card_once_a_day(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await two_days_late(town, "C001")
    await wang.sees("⏫ 李伟 还没有处理")
    await wang.presses("👉 催办")
    await wang.sees("👉 已催办 1 次")
    shown = await li.sees("👉 王芳催办:\n🔴 华兴机械")
    refused = await wang.presses("👉 催办")
    assert refused.text == "同一件事一天只能催办一次。"
    await town.at(11, days=1)
    await wang.presses("👉 催办")
    await wang.sees("👉 已催办 2 次")
    await li.presses("✅ 完成", shown.message_id)
    await wang.sees("✅ 🔴 华兴机械")
    assert (await Alert.get()).nudges == 2
    assert await Audit.filter(action="nudge", subject="alert").count() == 2


async def test_one_of_several_is_asked_about_in_its_message_in_english(
    english_town: Town,
) -> None:
    town = english_town
    li, wang = town.phone("1001"), town.phone("1003")
    await two_days_late(town, "C001", "C002")
    await wang.sees("⏫ Nobody has acted on these 2")
    await wang.presses("2")
    await wang.presses("👉 Nudge")
    await li.sees("👉 Wang Fang asks about this:")
    assert sorted(await Alert.all().values_list("nudges", flat=True)) == [0, 1]


async def test_nobody_asks_themselves_or_a_colleague(town: Town) -> None:
    li, chen = town.phone("1001"), town.phone("1002")
    await two_days_late(town, "C001")
    alert = (await Alert.get()).id
    for phone, said in ((li, "您没有这个权限。"), (chen, "没有找到")):
        await phone.says("/alerts")
        refused = await phone.presses_raw(phone.last.message_id, f"r:alert_nudge:{alert}")
        assert said in refused.text
    assert (await Alert.get()).made_at + timedelta(days=3) > town.clock.now()
    assert (await Alert.get()).nudges == 0
