"""Numbers of contacts: in full for who works there, for a reason and a while for others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.models import Answer, Audit, Contact, Outbox, Talk
from tests.support.town import Town, another_process, running_town

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.town import Hand

NUMBER, MASKED = "139 0000 0001", "139****0001"
#: how a number may stand anywhere
SPELLINGS = ("139 0000 0001", "13900000001")


def shown(hand: Hand) -> list[str]:
    """The messages in the chat that show the number."""
    return [
        message.words
        for message in hand.messages
        if any(spelling in message.words for spelling in SPELLINGS)
    ]


async def contact_of(town: Town) -> int:
    return (await Contact.get(customer_id=town.bank.customers["C001"])).id


async def reads(town: Town) -> list[tuple[int | None, dict[str, object]]]:
    """Who was shown the number, and what was noted."""
    found = await Audit.filter(action="read", subject_id=await contact_of(town)).order_by("id")
    return [(row.actor_id, row.detail) for row in found]


async def test_the_owner_sees_it_and_each_look_is_written_down(town: Town) -> None:
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("👥 联系人")
    page = await li.sees("王建国 总经理")
    assert NUMBER in page.text
    await li.presses("📞 王建国")
    assert li.last.media_kind == "contact"
    assert li.last.protected
    assert "+8613900000001" in li.last.words
    row = (town.bank.staff["1001"], {"customer": town.bank.customers["C001"], "field": "phone"})
    assert await reads(town) == [row, row]


async def test_what_showed_a_number_leaves_the_chat_long_before_two_days(town: Town) -> None:
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("👥 联系人")
    await li.presses("📞 王建国")
    assert len(shown(li)) == 2
    await town.passes(hours=35)
    assert len(shown(li)) == 2
    await town.passes(hours=1, minutes=1)
    assert shown(li) == []
    assert "客户经理:李伟" not in li.transcript()


async def test_a_page_that_shows_something_else_by_then_stays(town: Town) -> None:
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("👥 联系人")
    await li.presses("‹ 客户")
    assert shown(li) == []
    await town.passes(hours=37)
    await li.sees("客户经理:李伟")


async def test_an_old_message_is_not_made_to_show_a_number(town: Town) -> None:
    """Telegram deletes for 48 hours from the sending, however late the message was changed."""
    li = town.phone("1001")
    await li.says("华兴机械")
    old = li.last.message_id
    await town.passes(hours=40)
    await li.presses("👥 联系人", old)
    assert NUMBER in li.last.text
    assert li.last.message_id != old
    await town.passes(hours=36, minutes=1)
    assert shown(li) == []


async def test_an_auditor_says_why_and_the_number_goes_away(town: Town) -> None:
    he = town.phone("1010")
    await he.says("华兴机械")
    await he.presses("👥 联系人")
    page = await he.sees("号码对您已隐藏")
    assert MASKED in page.text
    await he.presses("👁 王建国")
    await he.sees("为什么需要这个号码?")
    assert await reads(town) == []
    assert shown(he) == []
    await he.presses("核对资料")
    await he.sees("2分钟后消失")
    await he.sees("原因已记录")
    assert len(shown(he)) == 1
    noted = {"customer": town.bank.customers["C001"], "field": "phone", "reason": "verify"}
    assert await reads(town) == [(town.bank.staff["1010"], noted)]
    await town.passes(seconds=100)
    assert len(shown(he)) == 1
    await town.passes(seconds=50)
    assert shown(he) == []
    kept = [*await Answer.all().values(), *await Talk.all().values(), *await Outbox.all().values()]
    assert not [row for row in kept if any(spelling in str(row) for spelling in SPELLINGS)]


async def test_another_reason_needs_words(town: Town) -> None:
    zheng = town.phone("1008")
    await zheng.says("华兴机械")
    await zheng.presses("👁 查看号码")
    await zheng.presses("其他原因")
    await zheng.sees("请简单说明原因")
    assert shown(zheng) == []
    await zheng.says("客户来电要求核对")
    await zheng.sees("分钟后消失")
    assert [detail["note"] for _, detail in await reads(town)] == ["客户来电要求核对"]


async def test_it_goes_away_although_the_bot_was_started_anew(town: Town) -> None:
    he = town.phone("1010")
    await he.says("华兴机械")
    await he.presses("👁 查看号码")
    await he.presses("投诉")
    assert len(shown(he)) == 1
    await town.app.__aexit__()
    town.clock.advance(timedelta(minutes=5))
    async with another_process(town):
        await town.passes(seconds=1)
        assert shown(he) == []


async def test_how_long_it_stays_is_a_setting(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUNDSMAN_SHOWN_SECONDS", "30")
    async with running_town(database_url, tmp_path) as town:
        he = town.phone("1010")
        await he.says("华兴机械")
        await he.presses("👁 查看号码")
        await he.presses("投诉")
        await he.sees("30秒后消失")
        await town.passes(seconds=29)
        assert len(shown(he)) == 1
        await town.passes(seconds=31)
        assert shown(he) == []


async def test_in_english(english_town: Town) -> None:
    he = english_town.phone("1010")
    await he.says("Huaxing Machinery")
    await he.presses("Contacts")
    await he.sees("Numbers are masked for you")
    await he.presses("👁 王建国")
    await he.sees("Why do you need the number?")
    await he.presses("Return a call")
    await he.sees("Goes away in 2 minutes")
    await english_town.passes(seconds=150)
    assert shown(he) == []


@pytest.mark.parametrize("number", ["1004", "1007", "1008", "1010"])
async def test_a_made_up_button_gets_no_number(town: Town, number: str) -> None:
    hand = town.phone(number)
    await hand.says("/today")
    contact = await contact_of(town)
    await hand.presses_raw(hand.last.message_id, f"r:call:{contact}")
    assert shown(hand) == []
    sentence = "没有找到" if number == "1004" else "该号码对您已隐藏"
    assert sentence in hand.notices[-1].text
    assert await reads(town) == []


async def test_one_who_may_not_see_the_customer_is_not_even_asked(town: Town) -> None:
    zhao = town.phone("1004")
    await zhao.says("/today")
    await zhao.presses_raw(zhao.last.message_id, f"s:reveal:{await contact_of(town)}")
    seen = zhao.notices[-1].text
    await zhao.presses_raw(zhao.last.message_id, "s:reveal:999999")
    assert zhao.notices[-1].text == seen
    assert not await Talk.exists()


async def test_a_group_gets_a_code_and_a_band(town: Town) -> None:
    li = town.phone("1001")
    found = await li.inline("华兴机械")
    assert found[0].title == "上海华兴机械制造有限公司"
    await li.chooses(found[0])
    assert li.last.text == "C001 · A级 · 制造业 · 小型"
    assert "华兴" not in li.last.words
    await li.presses("👤 客户", li.last.message_id)
    await li.sees("客户经理:李伟")


async def test_everything_that_names_a_customer_is_protected(town: Town) -> None:
    li = town.phone("1001")
    await li.says("/find 华")
    await li.says("/today")
    await li.says("华兴机械")
    await li.presses("🗺 导航")
    await li.presses("📝 记录")
    await li.sends_photo(b"\xff\xd8\xff\xe0x")
    await li.says("/plan")
    sent = [message for message in li.messages if message.from_bot]
    assert len(sent) > 4
    assert [message.words for message in sent if not message.protected] == []
