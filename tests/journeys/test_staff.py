"""An administrator's chat: looking a colleague up, role, unit, leaving, a lost phone."""

from __future__ import annotations

import re

import pytest

from core.bus import perform
from core.stand_ins import AddStandIn
from storage.models import Customer, Staff, Talk
from tests.journeys.test_follow_ups import planned
from tests.support.town import Hand, Town, staff_row
from tests.support.wholeness import nothing_is_wrong


async def looked_up(town: Town, number: str) -> Hand:
    """The administrator's phone with a colleague's page on it."""
    admin = town.phone("1008")
    await admin.says(f"/staff {number}")
    return admin


@pytest.mark.parametrize("typed", ["李伟", "liwei", "lw", "1001"])
async def test_a_colleague_is_found_by_name_pinyin_or_number(town: Town, typed: str) -> None:
    admin = town.phone("1008")
    await admin.says("/staff")
    await admin.sees("哪位同事?")
    await admin.says(typed)
    if "•••• 1001" not in admin.last.text:
        await admin.presses("李伟 · team_a · 1001")
    page = await admin.sees("•••• 1001")
    assert page.text.splitlines() == [
        "李伟 · 1001", "客户经理", "head / branch_a / team_a", "手机:•••• 1001", "● 已加入",
        "客户:4户",
    ]  # fmt: skip
    assert admin.buttons() == [
        "✉️ 邀请", "🤝 代班", "👤 岗位", "👥 机构", "📵 停用手机", "✕ 离职",
    ]  # fmt: skip
    await nothing_is_wrong()


async def test_another_role_brings_another_menu(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/start")
    assert "leave" in li.commands
    admin = await looked_up(town, "1001")
    await admin.presses("👤 岗位")
    await admin.presses("拜访专员")
    await admin.presses("岗位")
    await admin.presses("团队主管")
    card = await admin.sees("请核对")
    assert "原来: 客户经理" in card.text
    assert "调整为: 团队主管" in card.text
    await admin.presses("保存")
    await admin.sees("✅ 李伟:团队主管")
    await li.sees("您的岗位现为:团队主管")
    assert (await staff_row("1001")).role == "team_leader"
    await admin.presses("打开")
    await admin.sees("团队主管")


async def test_who_becomes_an_auditor_loses_the_commands_of_a_manager(town: Town) -> None:
    newcomer = town.phone("1011")
    await Staff.filter(number="1011").update(chat_id=newcomer.user_id)
    await newcomer.says("/start")
    assert "visit" in newcomer.commands
    admin = await looked_up(town, "1011")
    await admin.presses("👤 岗位")
    await admin.presses("审计")
    await admin.presses("保存")
    await newcomer.sees("您的岗位现为")
    assert "visit" not in newcomer.commands


async def test_who_moves_takes_the_customers_along(town: Town) -> None:
    admin = await looked_up(town, "1001")
    await admin.presses("👥 机构")
    await admin.says("team_b")
    card = await admin.sees("请核对")
    assert "原来: head / branch_a / team_a" in card.text
    assert "调整为: head / branch_b / team_b" in card.text
    assert "随同的客户: 4" in card.text
    await admin.presses("保存")
    await admin.sees("✅ 李伟:head / branch_b / team_b")
    await town.phone("1001").sees("您现在属于team_b")
    await town.phone("1005").sees("李伟调入team_b,带来4户客户")
    await town.phone("1003").sees("李伟调往team_b,带走4户客户")
    unit = town.bank.units["team_b"]
    assert await Customer.filter(owner_id=town.bank.staff["1001"], unit_id=unit).count() == 4
    old, new = town.phone("1003"), town.phone("1005")
    await old.says("/find 华兴机械")
    await old.sees("没有找到")
    await new.says("华兴机械")
    await new.sees("客户经理:李伟")


async def test_who_leaves_takes_no_customer_along(town: Town) -> None:
    admin = await looked_up(town, "1009")
    await admin.presses("✕ 离职")
    await admin.sees("名下有1户客户,怎么办?")
    await admin.presses("先移交")
    await admin.sees("没有改动。请先移交冯涛的客户")
    assert (await staff_row("1009")).active
    await admin.presses("打开")
    await admin.presses("✕ 离职")
    await admin.presses("暂留名下")
    await admin.sees("待移交的客户: 1")
    await admin.presses("保存")
    await admin.sees("✅ 冯涛已离职")
    await town.phone("1003").sees("冯涛已离职,待移交客户1户")
    feng = town.phone("1009")
    await feng.says("新晨纺织")
    await feng.sees("银行内部助手")
    assert not feng.contains("上海新晨")
    await admin.presses("打开")
    await admin.sees("✕ 已离职")
    await admin.presses("↩️ 恢复在职")
    await admin.sees("○ 未加入")


async def test_a_lost_phone_gets_nothing_more_and_a_new_one_comes_in(town: Town) -> None:
    li = town.phone("1001")
    await planned(town)
    await li.says("/visit")
    admin = await looked_up(town, "1001")
    await admin.presses("📵 停用手机")
    await admin.sees("不再向这部手机发送任何内容")
    await admin.presses("保存")
    await admin.sees("李伟的手机已停用")
    await town.phone("1003").sees("李伟的手机已停用")
    assert await Talk.filter(staff_id=town.bank.staff["1001"], status="open").count() == 0
    shown = len(li.messages)
    await town.at(14, 30)
    await town.at(9, 0, days=1)
    assert len(li.messages) == shown
    await li.says("华兴机械")
    await li.presses("上海百维物流有限公司")
    await town.settles()
    news = [message.text for message in li.messages[shown:] if message.from_bot]
    assert news == ["这是银行内部助手,请向管理员索取邀请。"] * len(news)
    await admin.presses("打开")
    await admin.presses("✉️ 邀请")
    link = await admin.sees(re.compile(r"start=\S+"))
    code = link.text.partition("start=")[2].split()[0]
    new = Hand(
        town,
        town.simulator.phone(5001, "李伟", language_code="zh-hans", phone="8613800001001"),
    )
    await new.start(code)
    await new.presses("分享我的手机号")
    await new.sees("欢迎加入")
    await new.says("华兴机械")
    await new.sees("客户经理:李伟")
    assert (await staff_row("1001")).chat_id == 5001


async def test_the_same_in_english(english_town: Town) -> None:
    town = english_town
    admin = town.phone("1008")
    await admin.says("/staff")
    await admin.sees("Which colleague?")
    await admin.says("Li Wei")
    await admin.sees("Phone: •••• 1001")
    await admin.presses("👤 Role")
    await admin.presses("Team leader")
    await admin.presses("Save")
    await admin.sees("✅ Li Wei: Team leader")
    await town.phone("1001").sees("Your role from now on: Team leader")
    await admin.presses("Open")
    await admin.presses("👥 Unit")
    await admin.says("team_b")
    await admin.presses("Save")
    await town.phone("1001").sees("Your unit from now on: team_b")
    await town.phone("1005").sees("Li Wei is in team_b from now on, with 4 customers")
    await admin.presses("Open")
    await admin.presses("📵 Lost phone")
    await admin.presses("Save")
    await admin.sees("Li Wei's phone is cut off")
    await admin.presses("Open")
    await admin.sees("○ Not enrolled")
    await admin.presses("✕ Leaves")
    await admin.presses("Leave them for now")
    await admin.presses("Save")
    await admin.sees("✅ Li Wei has left.")
    await town.phone("1005").sees("Customers to hand over: 4")
    await nothing_is_wrong()


async def test_nobody_else_gets_at_it_by_command_or_by_crafted_button(town: Town) -> None:
    wang = town.phone("1003")
    await wang.says("/staff 1001")
    await wang.sees("没有这个命令")
    await wang.says("/today")
    li = town.bank.staff["1001"]
    for data in (
        f"o:staff_member:{li}", f"s:change_role:{li}", f"s:move_staff:{li}", "s:find_staff",
        f"s:deactivate_staff:{li}", f"s:revoke_phone:{li}", f"r:activate_staff:{li}",
        "s:change_role:x", "o:staff_member", "o:stand_in:1", "r:end_stand_in:1",
        f"s:leave:{town.bank.staff['1004']}",
    ):  # fmt: skip
        await wang.presses_raw(wang.last.message_id, data)
        assert not wang.contains("••••")
    assert not await Talk.exists()
    await nothing_is_wrong()


async def test_the_page_shows_who_stands_in(town: Town) -> None:
    bank, now = town.bank, town.clock.now()
    acting = await bank.acting("1008", now)
    until = now.replace(day=28, hour=16, minute=0)  # midnight in Shanghai
    await perform(acting, AddStandIn(bank.staff["1001"], bank.staff["1002"], now, until), "test")
    admin = await looked_up(town, "1001")
    await admin.sees("🤝 陈静为李伟代班:今天 10:00 – 11月28日 周六。")
