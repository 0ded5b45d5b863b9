"""A leader merges two customers that are one firm, and parts them again."""

from __future__ import annotations

from core.bus import perform
from core.new_customers import AddCustomer
from storage.models import Customer
from tests.support.town import Town


async def a_twin(town: Town) -> int:
    """The same firm as C001, added by a colleague of the team."""
    command = AddCustomer({"name_zh": "苏州华兴机械制造有限公司"}, (town.bank.customers["C001"],))
    return int(await perform(await town.bank.acting("1002"), command, "twin"))


async def test_a_leader_merges_a_likely_pair_and_parts_it_again(town: Town) -> None:
    twin, first = await a_twin(town), town.bank.customers["C001"]
    wang = town.phone("1003")
    await wang.says("/duplicates")
    await wang.sees("上海华兴机械制造有限公司 = 苏州华兴机械制造有限公司")
    await wang.presses("🔗 合并 1")
    await wang.sees("保留哪一个")
    await wang.presses("上海华兴机械制造有限公司 · 李伟")
    await wang.sees("同一家企业")
    await wang.presses("保存")
    await wang.sees("已合并为一个客户")
    assert (await Customer.get(id=twin)).merged_into_id == first
    await wang.presses("↩️ 撤销合并")
    await wang.sees("已恢复为两个客户")
    assert (await Customer.get(id=twin)).merged_into_id is None


async def test_a_merge_is_parted_from_the_page_of_who_is_in_charge(english_town: Town) -> None:
    twin, first = await a_twin(english_town), english_town.bank.customers["C001"]
    await Customer.filter(id=twin).update(name_en="Suzhou Huaxing Machinery Co., Ltd.")
    wang = english_town.phone("1003")
    await wang.says("/duplicates")
    await wang.sees("Suzhou Huaxing Machinery Co., Ltd.")
    await wang.presses("🔗 Merge 1")
    await wang.presses("Suzhou Huaxing Machinery Co., Ltd. · Chen Jing")
    await wang.presses("Save")
    await wang.sees("Both are one firm now")
    assert (await Customer.get(id=first)).merged_into_id == twin
    await wang.presses("👤 Profile")
    await wang.presses("🏦 Ours")
    await wang.presses("🔑 In charge")
    await wang.presses("↩️ Part from")
    await wang.sees("two customers again")
    assert (await Customer.get(id=first)).merged_into_id is None


async def test_an_rm_has_no_pairs_to_merge(town: Town) -> None:
    await a_twin(town)
    li = town.phone("1001")
    await li.says("/find 华兴")
    await li.presses_raw(li.last.message_id, "o:duplicates")
    await li.sees("没有疑似重复的客户")
