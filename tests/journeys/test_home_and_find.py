"""Home, finding a customer, the profile, and changing the language, as chats in both languages."""

from __future__ import annotations

import pytest

from tests.support.town import Town


async def test_home_shows_the_day_and_three_things_to_do(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/start")
    await li.sees("早上好,李伟")
    await li.sees("今天没有待办了")
    assert len(li.buttons()) == 3
    await li.presses("找客户")
    await li.sees("最近联系的客户")


async def test_home_in_english(english_town: Town) -> None:
    li = english_town.phone("1001")
    await li.says("/today")
    await li.sees("Good morning, Li Wei")
    await li.presses("Find")
    await li.sees("Last in touch")


@pytest.mark.parametrize(
    "typed",
    ["华兴机械", "上海华兴机械制造有限公司", "huaxingjixie", "hxjx", "Huaxing Machinery", "王建国",
     "13900000001", "91310000MA1000010"],
)  # fmt: skip
async def test_typing_a_name_number_or_code_opens_the_profile(town: Town, typed: str) -> None:
    li = town.phone("1001")
    await li.says(typed)
    shown = await li.sees("上海华兴机械制造有限公司")
    assert "A级" in shown.text
    assert "客户经理:李伟" in shown.text
    assert shown.protected


async def test_several_hits_are_a_short_list_and_one_tap_opens_one(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/find 华")
    await li.sees("“华”")
    await li.presses("上海华星电子科技有限公司")
    await li.sees("客户经理:李伟")


async def test_the_profile_calls_navigates_and_shows_contacts_and_history(town: Town) -> None:
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.sees("上海华兴机械制造有限公司")
    await li.presses("📞 王建国")
    await town.settles()
    assert li.last.media is not None
    assert li.last.media.kind == "contact"
    await li.presses("🗺 导航")
    await town.settles()
    assert li.last.media is not None
    assert li.last.media.kind == "venue"
    await li.presses("👥 联系人")
    await li.sees("总经理")
    await li.presses("‹ 客户")
    await li.presses("🕘 历史")
    await li.sees("还没有联系记录")
    await li.presses("‹ 客户")
    await li.presses("🏭 企业")
    await li.presses("🏢 基本信息")
    await li.presses("📋 统一社会信用代码")
    assert li.clipboard == "91310000MA10000101"


async def test_markup_in_names_is_shown_as_text(town: Town) -> None:
    li = town.phone("1001")
    await li.says("优品")
    shown = await li.sees("上海<b>&优品</b>贸易有限公司")
    assert "孙<i>" in shown.text


async def test_the_language_can_be_changed_and_the_menu_follows(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/language")
    await li.presses("English")
    await li.sees("I speak English with you now")
    await town.settles()
    assert li.commands["today"] == "What is due"
    await li.says("/menu")
    await li.sees("Good morning, Li Wei")
    await li.says("/language")
    await li.presses("中文")
    await li.sees("现在起用中文")


async def test_inline_mode_shows_only_what_this_person_may_see(town: Town) -> None:
    li, zhao = town.phone("1001"), town.phone("1004")
    mine = await li.inline("华兴")
    assert "上海华兴机械制造有限公司" in [result.title for result in mine.results]
    theirs = await zhao.inline("华兴")
    assert theirs.results == ()
    stranger = town.simulator.phone(999, "路人", phone="8613999999999")
    assert (await stranger.inline("华兴")).results == ()


async def test_help_and_unknown_commands_answer_kindly(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/help")
    await li.sees("您可以这样用")
    await li.says("/nonsense")
    await li.sees("没有这个命令")
    await li.says("/cancel")
    await li.sees("没有进行中的内容")
    await li.sends_unsupported("sticker")
    await li.sees("这个我用不了")
