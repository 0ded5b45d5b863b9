"""Alerts are told once, acted on where they stand, settled by whoever, and reach the leader."""

from __future__ import annotations

from datetime import date, timedelta

from core.assignments import AssignCustomer
from core.bus import perform
from storage.models import Account, Alert, AlertRule, Balance, CreditLine, Crossing, Customer
from tests.support.bank import MONDAY
from tests.support.town import Town

WAN = 10_000 * 100
KNOWN = {"source": "warehouse", "as_of": MONDAY.date(), "recorded_at": MONDAY}


async def deposits_fell(town: Town, firm: str = "C001") -> None:
    """From ¥3m to ¥1.98m within the week."""
    account = await Account.create(
        customer_id=town.bank.customers[firm], number=f"9931{firm}", tail="0001", **KNOWN
    )
    today = town.clock.now().date()
    for back, wan in ((8, 300), (0, 198)):
        await Balance.create(
            account_id=account.id, day=today - timedelta(days=back), balance_fen=wan * WAN
        )


async def a_loan_matures(town: Town, firm: str = "C001", days: int = 45) -> CreditLine:
    return await CreditLine.create(
        customer_id=town.bank.customers[firm], number=f"HT{firm}", limit_fen=2000 * WAN,
        drawn_fen=1600 * WAN, matures=MONDAY.date() + timedelta(days=days), **KNOWN,
    )  # fmt: skip


async def looked_at(town: Town) -> None:
    """One tick of the clock finds what crossed a line, the next tells it."""
    await town.passes(minutes=1)
    await town.passes(minutes=1)


async def test_deposits_that_fell_reach_the_owner_who_acts_where_it_stands(town: Town) -> None:
    await deposits_fell(town)
    li = town.phone("1001")
    await looked_at(town)
    shown = await li.sees("📉 华兴机械 · 存款大幅下降 · ¥300万 → ¥198万")
    await town.passes(minutes=30)
    assert [m.text for m in li.messages].count(shown.text) == 1
    await li.presses("✅ 完成", shown.message_id)
    await li.sees("✅ 📉 华兴机械")
    settled = await Alert.get()
    assert (settled.how, settled.settled_by_id) == ("done", town.bank.staff["1001"])
    await town.passes(days=1)
    assert await Alert.all().count() == 1


async def test_several_at_once_are_one_digest_and_a_list_in_english(english_town: Town) -> None:
    town = english_town
    await deposits_fell(town)
    await a_loan_matures(town)
    await a_loan_matures(town, "C002", days=20)
    li = town.phone("1001")
    await looked_at(town)
    shown = await li.sees("🔔 3 to act on")
    assert "Deposits fell · ¥3m → ¥1.98m" in shown.text
    assert "Loan of ours matures · ¥16m" in shown.text
    await li.presses("🔔 To act on (3)")
    await li.presses("2")
    await li.presses("✕ Not relevant")
    await li.presses("The data is wrong")
    await li.sees("Li Wei · The data is wrong")
    assert await Alert.filter(how="dismissed", reason="wrong").count() == 1
    await li.says("/alerts")
    await li.sees("🔔 2 to act on")


async def test_what_is_true_no_longer_settles_itself_and_changes_its_message(town: Town) -> None:
    loan = await a_loan_matures(town)
    li = town.phone("1001")
    await looked_at(town)
    shown = await li.sees("⏳ 华兴机械 · 我行贷款到期 · ¥1,600万")
    loan.matures = date(2028, 1, 1)
    await loan.save()
    await town.at(9, days=1)
    await town.passes(minutes=1)
    assert li.message(shown.message_id).text.startswith("✔️ ⏳ 华兴机械")
    assert (await Alert.get()).how == "gone"


async def test_nobody_acts_and_the_leader_hears_of_it_after_two_working_days(town: Town) -> None:
    await deposits_fell(town)
    li, wang = town.phone("1001"), town.phone("1003")
    await looked_at(town)
    await li.sees("存款大幅下降")
    await town.at(11, days=1)
    assert not wang.contains("还没有处理")
    # Half a year of balances comes in between: the fall still stands.
    today = MONDAY.date()
    await Balance.create(
        account_id=(await Account.get()).id, day=today + timedelta(days=2), balance_fen=190 * WAN
    )
    await town.at(11, days=1)
    await wang.sees("⏫ 李伟 还没有处理")
    await wang.presses("✅ 完成")
    assert li.contains("✅ 📉 华兴机械")
    await town.at(11, days=1)
    assert (await Alert.get()).settled_by_id == town.bank.staff["1003"]


async def test_at_night_and_at_the_weekend_nothing_is_told(town: Town) -> None:
    await town.moves_to(MONDAY + timedelta(days=4, hours=11))
    await deposits_fell(town)
    li = town.phone("1001")
    await looked_at(town)
    await town.at(12, days=1)
    await town.at(12, days=1)
    assert not li.contains("存款大幅下降")
    await town.at(8, 26, days=1)
    await li.sees("存款大幅下降")


async def test_put_off_it_comes_again_the_next_working_morning(town: Town) -> None:
    await a_loan_matures(town)
    li = town.phone("1001")
    await looked_at(town)
    await li.presses("💤 明天")
    await li.sees("💤 下个工作日早上")
    await town.at(8, 26, days=1)
    await li.sees("☀️ 11月24日")
    assert "⏳ 华兴机械 · 我行贷款到期" in li.last.text
    await town.at(8, 31)
    assert li.last.text.startswith("☀️")


async def test_an_alert_follows_its_customer_to_the_new_owner(town: Town) -> None:
    await a_loan_matures(town)
    li, chen = town.phone("1001"), town.phone("1002")
    await looked_at(town)
    await li.sees("我行贷款到期")
    leader = await town.bank.acting("1003", town.clock.now())
    command = AssignCustomer(town.bank.customers["C001"], town.bank.staff["1002"], "workload")
    await perform(leader, command, "give")
    await looked_at(town)
    await chen.sees("⏳ 华兴机械 · 我行贷款到期")


async def test_who_was_silent_for_long_is_told_with_the_digest_until_somebody_calls(
    town: Town,
) -> None:
    await Customer.exclude(external_id="C001").update(status="lost")
    await town.at(7, days=31)
    await town.at(8, 26)
    li = town.phone("1001")
    await li.sees("🔕 华兴机械 · 长期未联系")
    await li.says("刚给华兴机械王总打了电话，没接")
    await li.presses("保存")
    await town.settles()
    assert (await Alert.get(rule="silent")).how == "done"


async def test_a_day_has_five_messages_and_grave_ones(town: Town) -> None:
    customer, now = town.bank.customers["C001"], town.clock.now()
    for number in range(5):
        await Alert.create(
            rule="silent", key=f"before{number}", staff_id=town.bank.staff["1001"],
            customer_id=customer, importance=2, made_at=now, not_before=now,
            told_at=now - timedelta(minutes=number),
        )  # fmt: skip
    await a_loan_matures(town)
    await deposits_fell(town, "C002")
    li = town.phone("1001")
    await looked_at(town)
    await li.sees("📉 百维物流")
    assert not li.contains("我行贷款到期")
    await town.at(8, 26, days=1)
    await li.presses("🔔 待处理 (7)")
    await li.presses("更多 ›")
    await li.sees("我行贷款到期")


async def test_head_office_tries_a_rule_and_switches_it_off(town: Town) -> None:
    wu = town.phone("1007")
    await a_loan_matures(town)
    await looked_at(town)
    await wu.says("/alerts")
    await wu.presses("⚙️ 规则")
    await wu.sees("⏳ 我行贷款到期 · 立即 (1)")
    await wu.presses("5")
    await wu.sees("最近一周产生(或本会产生)1 条提醒")
    await wu.presses("⏹ 关闭")
    assert (await AlertRule.get(code="loan_matures")).on is False
    await a_loan_matures(town, "C002")
    await town.at(11, days=1)
    assert await Crossing.filter(kind="loan_matures").count() == 2
    assert await Alert.filter(rule="loan_matures").count() == 1
    li = town.phone("1001")
    await li.says("/alerts")
    assert "⚙️ 规则" not in li.buttons()
    refused = await li.presses_raw(li.last.message_id, "r:alert_switch:overdue:off:now")
    assert refused.text == "您没有这个权限。"
