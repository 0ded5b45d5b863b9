"""What an RM calls a customer: learnt from a correction, used, taken away by a tap."""

from __future__ import annotations

from core.assignments import AssignCustomer
from core.bus import perform
from core.customers import find
from core.merging import MergeCustomers, UndoMerge
from core.nicknames import RememberNickname
from storage.models import Activity, Customer, Merge, Nickname
from tests.support.town import Town


async def learns(town: Town) -> None:
    """Li Wei writes of 老厂子, which nobody knows, and picks the firm."""
    li = town.phone("1001")
    await li.says("刚拜访了大拇指,老板想续贷300万")
    await li.sees("哪位客户?")
    await li.presses("百维物流")
    await li.presses("保存")
    await li.sees("🏷 记住了:“大拇指”就是这位客户。")


async def test_a_word_that_was_not_understood_works_from_then_on(town: Town) -> None:
    li = town.phone("1001")
    await learns(town)
    await li.says("大拇指来电话,想贴现200万")
    await li.sees("客户: 百维物流")
    await li.presses("保存")
    assert await Activity.filter(customer_id=town.bank.customers["C002"]).count() == 2
    await li.says("大拇指")
    await li.sees("上海百维物流有限公司")
    await li.says("/find 大拇指")
    await li.sees("上海百维物流有限公司")
    await li.says("周五下午3点拜访大拇指")
    await li.sees("客户: 百维物流")


async def test_which_one_is_asked_once_in_english(english_town: Town) -> None:
    li = english_town.phone("1001")
    await li.says("visited Huaxing this morning, they want a loan of 3m")
    await li.sees("Which customer?")
    await li.presses("Shanghai Huaxing Electronics")
    await li.presses("Save")
    await li.sees("🏷 Learnt: “Huaxing” is this customer.")
    await li.says("called Huaxing, they want a loan of 5m")
    await li.sees("Customer: Shanghai Huaxing Electronics")
    await li.presses("Cancel")
    await li.says("visited Huaxing Machinery today, they want a loan")
    await li.sees("Customer: Shanghai Huaxing Machinery")


async def test_a_wrong_customer_that_was_changed_on_the_card_is_learnt(town: Town) -> None:
    li = town.phone("1001")
    await li.says("刚拜访了老华兴,想续贷500万")
    await li.presses("客户")
    await li.says("华星电子")
    await li.presses("保存")
    await li.sees("🏷 记住了:“老华兴”就是这位客户。")
    await li.says("老华兴来电话,想贴现")
    await li.sees("客户: 华星电子")
    await li.presses("取消")
    await li.says("华兴机械来电话,想贴现")
    await li.sees("客户: 华兴机械")


async def test_it_is_seen_and_taken_away(town: Town) -> None:
    li = town.phone("1001")
    await learns(town)
    await li.says("/names")
    await li.sees("“大拇指” → 百维物流")
    await li.presses("✕ 大拇指")
    await li.sees("还没有您自己的叫法")
    await li.says("刚拜访了大拇指,老板想续贷300万")
    await li.sees("哪位客户?")


async def test_it_is_nobody_elses_and_ends_when_the_customer_leaves(town: Town) -> None:
    await learns(town)
    chen, wang = town.phone("1002"), town.phone("1003")
    for other in (chen, wang):
        await other.says("/find 大拇指")
        assert not other.contains("百维物流")
    now = town.clock.now()
    leader = await town.bank.acting("1003", now)
    customer = town.bank.customers["C002"]
    await perform(leader, AssignCustomer(customer, town.bank.staff["1002"], "workload"), "away")
    assert (await Nickname.get()).ended_at is not None
    await perform(leader, AssignCustomer(customer, town.bank.staff["1001"], "workload"), "back")
    assert (await find(await town.bank.acting("1001", now), "大拇指")).items == ()


async def test_it_follows_a_merge_and_its_undoing(town: Town) -> None:
    now = town.clock.now()
    await Customer.filter(external_id="C003").update(credit_code=None)
    kept, merged = town.bank.customers["C001"], town.bank.customers["C003"]
    li, leader = await town.bank.acting("1001", now), await town.bank.acting("1003", now)
    await perform(li, RememberNickname(merged, "大拇指"), "word")
    await perform(leader, MergeCustomers(kept, merged), "merge")
    assert [one.id for one in (await find(li, "大拇指")).items] == [kept]
    await perform(leader, UndoMerge((await Merge.get()).id), "part")
    assert [one.id for one in (await find(li, "大拇指")).items] == [merged]


async def test_what_means_something_else_is_not_learnt(town: Town) -> None:
    li = town.phone("1001")
    for line in ("刚拜访了客户,老板想续贷300万", "刚拜访了王总,想续贷300万"):
        await li.says(line)
        if li.contains("哪位客户?"):
            await li.presses("百维物流")
        await li.presses("保存")
    assert await Nickname.all().count() == 0
