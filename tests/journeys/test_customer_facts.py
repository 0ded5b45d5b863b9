"""What is known of a customer, on the phone: read, added, changed, ended; both languages."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from storage.models import (
    Account,
    Audit,
    Change,
    Contact,
    CreditLine,
    Customer,
    OtherBank,
    Relation,
)
from tests.support.town import Town

WAN = 10_000 * 100


async def dealings(town: Town) -> None:
    """An account, a credit line and a loan elsewhere, as the warehouse delivered them."""
    customer, now = town.bank.customers["C001"], town.clock.now()
    known = {"customer_id": customer, "source": "warehouse", "recorded_at": now,
             "as_of": date(2026, 11, 22)}  # fmt: skip
    await Account.create(
        number="9931000000167670", tail="7670", kind="basic", balance_fen=320 * WAN, **known
    )
    await CreditLine.create(
        number="HT2025000001", product="working_capital", limit_fen=2000 * WAN,
        drawn_fen=1600 * WAN, matures=date(2027, 1, 7), **known,
    )  # fmt: skip
    await OtherBank.create(
        bank="宁波银行", product="working_capital", balance_fen=500 * WAN,
        matures=date(2027, 1, 22), **known,
    )  # fmt: skip


async def test_ten_minutes_before_the_meeting(town: Town) -> None:
    await dealings(town)
    li = town.phone("1001")
    await li.says("华兴机械")
    shown = await li.sees("上海华兴机械制造有限公司")
    for fact in ("王建国", "尚无下次安排", "存款 ¥320万", "授信 ¥2,000万 已用 ¥1,600万",
                 "我行 ¥1,600万，45 天后到期", "宁波银行 ¥500万，60 天后到期"):  # fmt: skip
        assert fact in shown.text, fact
    await li.presses("🏦 我行")
    await li.sees("授信: 流动资金贷款 · 额度 ¥2,000万 · 已用 ¥1,600万 · 到期日 2027-01-07")
    await li.presses("‹ 客户")
    await li.presses("📞 王建国")
    await town.settles()
    assert li.last.media is not None
    assert li.last.media.kind == "contact"


async def test_ten_minutes_before_the_meeting_in_english(english_town: Town) -> None:
    town = english_town
    await dealings(town)
    li = town.phone("1001")
    await li.says("Huaxing Machinery")
    shown = await li.sees("Shanghai Huaxing Machinery")
    for fact in ("deposits ¥3.2m", "credit ¥16m of ¥20m", "Our ¥16m matures in 45 days",
                 "宁波银行: ¥5m matures in 60 days"):  # fmt: skip
        assert fact in shown.text, fact
    await li.presses("🔗 Ties")
    await li.sees("Other banks: 宁波银行 · Working capital loan · Balance ¥5m")
    await li.presses("🏛 Banks")
    await li.presses("1")
    await li.sees("Matures: 2027-01-22")
    await li.sees("from the bank's systems, 2026-11-22")


async def test_an_account_number_is_shown_in_full_to_who_works_there_and_that_is_written_down(
    town: Town,
) -> None:
    await dealings(town)
    li, head = town.phone("1001"), town.phone("1007")
    for phone in (li, head):
        await phone.says("华兴机械")
        await phone.presses("🏦 我行")
        assert "****7670" in (await phone.sees("账户: 基本户")).text
        await phone.presses("💰 账户")
        await phone.presses("1")
    await li.sees("9931 0000 0016 7670")
    assert "9931 0000" not in head.transcript()
    await li.presses("📋 账号")
    assert li.clipboard == "9931000000167670"
    assert "📋 账号" not in head.buttons()
    read = await Audit.filter(action="read", subject="accounts").values("actor_id", "detail")
    assert [one["actor_id"] for one in read] == [town.bank.staff["1001"]]
    assert read[0]["detail"]["field"] == "number"


async def test_a_loan_at_another_bank_is_written_down_and_changed_and_ended(town: Town) -> None:
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("🔗 关系")
    await li.presses("🏛 往来银行")
    await li.sees("暂无信息")
    await li.presses("➕ 登记")
    await li.says("宁波银行")
    await li.presses("流动资金贷款")
    await li.says("500万")
    await li.says("明年3月底")
    card = await li.sees("到期日: 2027-03-31")
    assert "余额: ¥500万" in card.text
    await li.presses("✓ 保存")
    await li.sees("往来银行已更新")
    row = await OtherBank.get(customer_id=town.bank.customers["C001"])
    assert (row.bank, row.balance_fen, row.matures) == ("宁波银行", 500 * WAN, date(2027, 3, 31))
    assert (row.source, row.as_of, row.recorded_by_id) == (
        "customer", date(2026, 11, 23), town.bank.staff["1001"],
    )  # fmt: skip
    await li.presses("🏛 往来银行")
    await li.presses("1")
    await li.presses("✏️ 修改")
    await li.presses("余额")
    await li.says("300万")
    card = await li.sees("原为: ¥500万")
    assert "现为: ¥300万" in card.text
    await li.presses("✓ 保存")
    await li.presses("🏛 往来银行")
    await li.presses("1")
    await li.sees("余额 · ¥500万 → ¥300万 · 李伟")
    await li.presses("🗑 不再有效")
    await li.presses("✓ 确认失效")
    await li.presses("🏛 往来银行")
    await li.sees("暂无信息")
    await row.refresh_from_db()
    assert row.ended_at is not None
    trail = (
        await Change.filter(section="other_banks")
        .order_by("id")
        .values_list("field", "was", "now")
    )
    assert list(trail) == [
        ("", "", "宁波银行 · working_capital"),
        ("balance_fen", "5000000.00", "3000000.00"),
        ("", "宁波银行 · working_capital", ""),
    ]


async def test_a_fact_is_written_down_in_english_and_a_bad_value_says_what_would_be_right(
    english_town: Town,
) -> None:
    li = english_town.phone("1001")
    await li.says("Huaxing Machinery")
    await li.presses("🏭 Firm")
    await li.presses("🧩 Owners")
    await li.presses("➕ Add")
    await li.says("王建国")
    await li.says("a lot")
    await li.sees("A percentage reads like 12.5, at most 100.")
    await li.says("62.5%")
    await li.presses("Actual controller")
    await li.presses("Yes")
    card = await li.sees("Share: 62.5%")
    assert "Actual controller: Yes" in card.text
    await li.presses("✓ Save")
    await li.presses("🧩 Owners")
    await li.sees("1. 王建国 · Share 62.5% · Actual controller")


async def test_a_new_telephone_of_the_firm_is_found_at_once(town: Town) -> None:
    li, customer = town.phone("1001"), town.bank.customers["C001"]
    await li.says("华兴机械")
    await li.presses("🏭 企业")
    await li.presses("🏢 基本信息")
    await li.presses("✏️ 修改")
    await li.presses("电话")
    await li.says("021-6688 7799")
    await li.presses("✓ 保存")
    await li.says("02166887799")
    await li.sees("上海华兴机械制造有限公司")
    assert (await Customer.get(id=customer)).phone == "02166887799"


async def test_what_others_changed_is_news_until_it_was_looked_at(town: Town) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    await li.says("华兴机械")
    await town.passes(hours=2)
    await wang.says("华兴机械")
    await wang.presses("🏭 企业")
    await wang.presses("🏢 基本信息")
    await wang.presses("✏️ 修改")
    await wang.presses("注册资本")
    await wang.says("3000万")
    await wang.presses("✓ 保存")
    await town.passes(hours=2)
    await li.says("华兴机械")
    await li.sees("🆕 自 今天 起有 1 项变化")
    await li.sees("注册资本 — → ¥3,000万")
    await town.passes(hours=2)
    await li.says("华兴机械")
    await li.sees("🆕 自 今天 起无变化")


async def test_a_contact_who_left_is_no_longer_offered_to_call(town: Town) -> None:
    customer = town.bank.customers["C001"]
    await Contact.create(
        customer_id=customer, name="周会计", phone="8613911112222", role="handler",
        recorded_at=town.clock.now().astimezone(UTC) - timedelta(days=9),
    )  # fmt: skip
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("🔗 关系")
    await li.presses("👥 联系人")
    await li.presses("2")
    await li.sees("周会计")
    await li.presses("🗑 不再有效")
    await li.presses("✓ 确认失效")
    await li.presses("‹ 客户")
    await li.presses("👥 联系人")
    assert not li.contains("📞 周会计")


async def test_after_a_visit_one_question_a_day_asks_for_what_is_worth_most(town: Town) -> None:
    li = town.phone("1001")
    await li.says("上午拜访了华兴机械王总,有意向")
    await li.presses("✓ 保存")
    assert not li.contains("资料完整度")
    await town.passes(minutes=1)
    asked = await li.sees("华兴机械 资料完整度 14%")
    assert "他们在哪家银行有贷款，何时到期？" in asked.text
    await li.presses("➕ 登记")
    await li.says("宁波银行")
    await li.presses("流动资金贷款")
    await li.says("500万")
    await li.says("2027-03-31")
    await li.presses("✓ 保存")
    await li.sees("往来银行已更新")
    await li.says("下午拜访了百维物流林总,有意向")
    await li.presses("✓ 保存")
    await town.passes(hours=1)
    assert not li.contains("百维物流 资料完整度")
    await town.at(10, 0, days=1)
    await li.says("刚拜访了华兴机械王总,有意向")
    await li.presses("✓ 保存")
    await town.passes(minutes=1)
    asked = await li.sees("华兴机械 资料完整度 32%")
    assert "去年营业收入是多少？" in asked.text
    await li.presses("他们没有")
    await li.sees("已记下，三个月内不再问")
    await town.at(10, 0, days=1)
    await li.says("刚拜访了华兴机械王总,有意向")
    await li.presses("✓ 保存")
    await town.passes(minutes=1)
    asked = await li.sees("华兴机械 资料完整度 46%")
    assert "主要供应商和采购商是谁？" in asked.text


async def test_the_question_of_the_day_in_english_can_be_put_off(english_town: Town) -> None:
    town = english_town
    li = town.phone("1001")
    await li.says("visited Huaxing Machinery this morning, interested")
    await li.presses("✓ Save")
    await town.passes(minutes=1)
    asked = await li.sees("is known to 14%")
    assert "Which other bank do they borrow from" in asked.text
    await li.presses("Not now")
    await li.sees("another time")
    await town.at(10, 0, days=1)
    await li.says("just visited Huaxing Machinery, interested")
    await li.presses("✓ Save")
    await town.passes(minutes=1)
    asked = await li.sees("What was their revenue last year?")


async def two_of_a_ring(town: Town) -> None:
    """Huaxing guarantees Huaxing Electronics, which guarantees Brightway; both owe us."""
    known = {"source": "document", "recorded_at": town.clock.now()}
    for giver, taker in (("C001", "C003"), ("C003", "C002")):
        firm = await Customer.get(external_id=taker)
        await Relation.create(
            customer_id=town.bank.customers[giver], kind="guarantees", name=firm.name_zh,
            other_id=firm.id, amount_fen=500 * WAN, **known,
        )  # fmt: skip
    for firm, limit in (("C001", 2000), ("C002", 800)):
        await CreditLine.create(
            customer_id=town.bank.customers[firm], number=f"HT{firm}", limit_fen=limit * WAN,
            drawn_fen=limit * WAN // 2, margin_fen=100 * WAN, **known,
        )  # fmt: skip


async def test_a_guarantee_that_closes_a_circle_says_so_before_it_is_saved(town: Town) -> None:
    await two_of_a_ring(town)
    li = town.phone("1001")
    await li.says("百维物流")
    await li.presses("🔗 关系")
    await li.presses("🕸 集团与担保")
    await li.presses("➕ 登记")
    await li.presses("担保")
    await li.says("上海华兴机械制造有限公司")
    await li.says("800万")
    card = await li.sees("登记后")
    assert "形成担保圈：华兴机械 → 华星电子 → 百维物流 → 华兴机械" in card.text
    assert "敞口合计 ¥2,600万" in card.text
    await li.presses("✓ 保存")
    await li.presses("🕸 集团与担保")
    await li.presses("🕸 集团")
    shown = await li.sees("共 3 户，敞口合计 ¥2,600万，已用 ¥1,400万")
    assert "⭕ 担保圈：华兴机械 → 华星电子 → 百维物流 → 华兴机械" in shown.text
    assert "华兴机械 · ¥1,900万 · 李伟" in shown.text
    await li.presses("› 华兴机械")
    await li.sees("上海华兴机械制造有限公司")


async def test_the_group_in_english_names_no_firm_beyond_the_scope(english_town: Town) -> None:
    town = english_town
    await two_of_a_ring(town)
    await Customer.filter(external_id="C003").update(owner_id=town.bank.staff["1004"])
    li = town.phone("1001")
    await li.says("Huaxing Machinery")
    await li.presses("🔗 Ties")
    await li.presses("🕸 Groups")
    await li.presses("🕸 Group")
    shown = await li.sees("Exposure ¥19m, drawn ¥10m, of one customer")
    assert "Zhao Lei" not in shown.text
    assert "Brightway" not in shown.text
    assert not [label for label in li.buttons() if label.startswith("› ")]


async def test_the_customer_asks_and_three_look_ups_answer(town: Town) -> None:
    await dealings(town)
    li = town.phone("1001")
    await li.says("7670")
    await li.sees("上海华兴机械制造有限公司")
    await li.presses("🏦 我行")
    await li.sees("账户: 基本户 · ****7670 · 余额 ¥320万")
    await li.says("王建国")
    await li.sees("👤 王建国 总经理")
    await li.says("华兴机械")
    await li.presses("🔗 关系")
    await li.sees("往来银行: 宁波银行 · 流动资金贷款 · 余额 ¥500万 · 到期日 2027-01-22")


async def test_the_customer_asks_in_english_and_nobody_else_finds_the_account(
    english_town: Town,
) -> None:
    town = english_town
    await dealings(town)
    li, zhao = town.phone("1001"), town.phone("1004")
    await li.says("9931000000167670")
    await li.sees("Shanghai Huaxing Machinery")
    await li.presses("🏦 Ours")
    await li.sees("Accounts: Basic account · ****7670 · Balance ¥3.2m")
    await li.says("167670")
    await li.presses("🏦 Ours")
    await li.sees("Credit lines: Working capital loan · Limit ¥20m · Drawn ¥16m")
    await zhao.says("7670")
    assert not zhao.contains("Huaxing")
