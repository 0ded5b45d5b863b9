"""Credit visits: the record stays single until the second officer confirms it themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.bus import perform
from core.errors import NotFound
from core.exports.dossier import dossier
from core.second_officers import ConfirmVisit
from storage.models import Activity, Alert, Audit, CheckIn, Companion, StandIn
from tests.support.town import Town


async def logged(
    town: Town, line: str = "今天上午和陈静双人调查了华兴机械,厂房正常,设备在用"
) -> int:
    """Li Wei writes a credit visit down; the note names Chen Jing."""
    li = town.phone("1001")
    await li.says(line)
    await li.presses("保存")
    return int((await Companion.all().order_by("-id").first()).id)


async def test_the_second_officer_is_read_from_the_note_and_confirms_on_their_own_phone(
    town: Town,
) -> None:
    li, chen = town.phone("1001"), town.phone("1002")
    await li.says("今天上午和陈静双人调查了华兴机械,厂房正常,设备在用")
    card = await li.sees("请核对")
    assert "双人: 陈静" in card.text
    await li.presses("保存")
    asked = await chen.sees("李伟 请您确认一次双人调查")
    assert "上海华兴机械制造有限公司" in asked.text
    assert "厂房正常" in asked.text
    await li.says("华兴机械")
    await li.sees("👥 双人 1/2 – 待陈静确认")
    await li.presses("🕘 历史")
    await li.sees("👥 双人 1/2 – 待陈静确认")
    await li.presses("1")
    await li.sees("👥 双人 1/2 – 待陈静确认")
    await chen.presses("✅ 确认")
    await chen.sees("👥 双人 2/2 – 陈静已确认")
    await li.sees("👥 陈静已确认您对华兴机械的拜访:双人 2/2。")
    await li.presses("打开")
    await li.sees("👥 双人 2/2 – 陈静已确认")
    row = await Audit.get(action="confirm_second")
    assert (row.actor_id, row.subject) == (town.bank.staff["1002"], "activity")


async def test_the_button_on_the_card_names_the_second_officer_in_english(
    english_town: Town,
) -> None:
    li, chen = english_town.phone("1001"), english_town.phone("1002")
    await li.says("visited Huaxing Machinery this morning, workshop fine")
    await li.presses("2nd officer")
    await li.says("Chen Jing")
    await li.sees("2nd officer: Chen Jing")
    await li.presses("Save")
    await chen.sees("Li Wei asks you to confirm a visit of two officers.")
    await chen.presses("✋ I was not there")
    await chen.says("I was at the branch")
    await chen.sees("✋ Noted. The record counts for one officer only.")
    await li.sees("✋ Chen Jing was not at Shanghai Huaxing Machinery Manufacturing: I was at")
    await li.presses("👥 Name another")
    await li.says("Feng Tao")
    await li.sees("👥 1 of 2 – waits for Feng Tao")
    await english_town.phone("1009").sees("Li Wei asks you to confirm")
    assert [one.status for one in await Companion.all().order_by("id")] == [
        "withdrawn", "waiting",
    ]  # fmt: skip


async def test_a_credit_visit_without_a_name_asks_who_else_was_there_in_english(
    english_town: Town,
) -> None:
    li = english_town.phone("1001")
    await li.says("did a credit visit at Huaxing Machinery today, stock as reported")
    await li.sees("Who was the second officer?")
    await li.presses("Chen Jing")
    await li.sees("2nd officer: Chen Jing")
    await li.presses("Save")
    assert (await Companion.get()).status == "waiting"


async def test_nobody_else_confirms_it_neither_the_first_officer_nor_a_stand_in(
    town: Town,
) -> None:
    companion, now = await logged(town), town.clock.now()
    for absent, substitute in (("1002", "1001"), ("1002", "1009")):
        await StandIn.create(
            absent_id=town.bank.staff[absent], substitute_id=town.bank.staff[substitute],
            from_at=now, until_at=now + timedelta(days=3), created_at=now,
        )  # fmt: skip
    for number in ("1001", "1003", "1004", "1006", "1007", "1008", "1009", "1010"):
        acting = await town.bank.acting(number, now)
        with pytest.raises(NotFound):
            await perform(acting, ConfirmVisit(companion), f"no:{number}")
        phone = town.phone(number)
        await phone.says("/today")
        await phone.presses_raw(phone.last.message_id, f"r:confirm_visit:{companion}:1")
    assert (await Companion.get()).status == "waiting"


async def test_the_second_officer_sees_this_record_and_nothing_else_of_the_customer(
    town: Town,
) -> None:
    await logged(town)
    chen = town.phone("1002")
    await chen.sees("李伟 请您确认一次双人调查")
    asked = chen.last.message_id
    customer = town.bank.customers["C001"]
    record = (await Activity.get()).id
    for button in (f"o:profile:{customer}", f"o:activity:{record}", f"o:history:{customer}:0"):
        answer = await chen.presses_raw(asked, button)
        assert "没有找到" in answer.text
    await chen.says("/today")
    await chen.presses("👥 待确认 (1)")
    await chen.sees("上海华兴机械制造有限公司")
    await chen.presses("1")
    await chen.sees("厂房正常")


async def test_a_correction_after_the_confirmation_asks_again(town: Town) -> None:
    await logged(town)
    li, chen = town.phone("1001"), town.phone("1002")
    await chen.presses("✅ 确认")
    await li.says("华兴机械")
    await li.presses("🕘 历史")
    await li.presses("1")
    await li.presses("✏️ 更正")
    await li.presses("备注")
    await li.says("厂房停工")
    await li.presses("保存")
    again = await chen.sees("李伟 更正了一次双人调查,请再次确认。")
    assert "厂房停工" in again.text
    assert (await Companion.get()).status == "waiting"
    await chen.presses("✅ 确认")
    assert (await Companion.get()).status == "confirmed"
    assert await Audit.filter(action="confirm_second").count() == 2


async def test_what_was_corrected_since_it_was_read_is_not_confirmed_unread(town: Town) -> None:
    companion = await logged(town)
    chen = town.phone("1002")
    await chen.sees("李伟 请您确认一次双人调查")
    await chen.presses_raw(chen.last.message_id, f"r:confirm_visit:{companion}:7")
    assert (await Companion.get()).status == "waiting"


async def test_unanswered_it_is_reminded_once_then_the_leader_hears(town: Town) -> None:
    await logged(town)
    chen, wang = town.phone("1002"), town.phone("1003")
    await town.at(9, 0, days=3)
    await town.passes(minutes=1)
    await town.passes(minutes=1)
    reminded = await chen.sees("⏰ 李伟 还在等您确认。")
    await town.at(9, 0, days=1)
    await town.passes(minutes=2)
    await town.phone("1001").sees("第二人未确认")
    assert chen.transcript().count("⏰ 李伟 还在等您确认。") == 1
    for _ in range(5):
        await town.at(9, 0, days=1)
        await town.passes(minutes=2)
    await wang.sees("第二人未确认")
    await chen.presses_raw(reminded.message_id, "o:confirmations:0")
    await chen.presses("1")
    await chen.presses("✅ 确认")
    assert (await Alert.get(rule="unconfirmed")).how == "gone"


async def test_a_record_that_is_taken_back_needs_no_confirmation(town: Town) -> None:
    await logged(town)
    li, chen = town.phone("1001"), town.phone("1002")
    await li.says("/undo")
    await chen.sees("👥 这次双人调查无需再确认。")
    assert (await Companion.get()).status == "withdrawn"


async def test_who_checked_in_at_the_door_is_shown(town: Town) -> None:
    now = town.clock.now()
    for key in ("1001", "1002"):
        await CheckIn.create(
            key=key, customer_id=town.bank.customers["C001"], staff_id=town.bank.staff[key],
            at=now - timedelta(minutes=30), latitude=31.2, longitude=121.5, distance_m=20,
        )  # fmt: skip
    await logged(town)
    asked = await town.phone("1002").sees("李伟 请您确认一次双人调查")
    assert "📍 李伟 到场签到" in asked.text
    assert "📍 陈静 到场签到" in asked.text


async def test_the_dossier_says_that_it_waits(town: Town) -> None:
    await logged(town)
    acting = await town.bank.acting("1001", town.clock.now())
    document = await dossier(acting, town.bank.customers["C001"])
    assert "👥 双人 1/2 – 待陈静确认" in document.blocks[-1].rows[0]
