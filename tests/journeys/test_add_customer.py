"""A firm that the search does not know is added from there, and not twice."""

from __future__ import annotations

from storage.models import Change, Customer
from tests.support.town import Town


async def test_what_was_not_found_is_added_under_the_name_that_was_typed(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/find 上海远德包装有限公司")
    await li.presses("➕ 新建客户")
    await li.says("跳过")
    await li.says("13812345678")
    await li.sees("新客户")
    await li.presses("城市")
    await li.says("上海")
    await li.presses("保存")
    await li.sees("已新建客户上海远德包装有限公司")
    added = await Customer.get(name_zh="上海远德包装有限公司")
    assert (added.phone, added.city, added.owner_id) == (
        "13812345678", "上海", town.bank.staff["1001"],
    )  # fmt: skip
    assert await Change.filter(customer_id=added.id).count() == 1
    await li.presses("👤 客户")
    await li.sees("上海远德包装有限公司")


async def test_who_types_a_firm_that_is_there_is_shown_it(town: Town) -> None:
    li = town.phone("1001")
    before = await Customer.all().count()
    await li.says("/add 上海花星机械制造有限公司")
    await li.sees("是其中之一吗")
    await li.presses("读音相同")
    await li.sees("没有重复新建")
    await li.presses("👤 客户")
    await li.sees("华兴机械")
    assert await Customer.all().count() == before


async def test_another_firm_of_a_like_name_is_added_in_english(english_town: Town) -> None:
    li = english_town.phone("1001")
    await li.says("/add 苏州华兴机械制造有限公司")
    await li.sees("Is it one of these?")
    await li.presses("None of these")
    await li.says("skip")
    await li.says("skip")
    await li.presses("Save")
    await li.sees("was added")
    assert await Customer.filter(name_zh="苏州华兴机械制造有限公司").count() == 1


async def test_another_teams_firm_is_not_added_and_not_named(town: Town) -> None:
    li = town.phone("1001")
    before = await Customer.all().count()
    await li.says("/add 杭州绿源食品有限公司")
    await li.sees("其他团队可能已有这家企业")
    await li.presses("都不是")
    await li.says("跳过")
    await li.says("跳过")
    await li.presses("保存")
    await li.sees("归其他团队管理")
    assert await Customer.all().count() == before


async def test_an_auditor_is_not_offered_it(town: Town) -> None:
    he = town.phone("1010")
    await he.says("/find 没有这家公司")
    assert "新建" not in str(he.last.buttons)
