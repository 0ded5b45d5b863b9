"""Enrolment: an invitation, the own number, and a door that tells strangers nothing."""

from __future__ import annotations

import re

from storage.models import EnrolAttempt, Invitation
from tests.support.town import Hand, Town, staff_row

STRANGER = 999


async def invited(town: Town, number: str = "1011") -> str:
    """An invitation made by the administrator in the chat; returns the code."""
    admin = town.phone("1008")
    await admin.says("/invite")
    await admin.sees(re.compile("工号|staff number"))
    await admin.says(number)
    await town.settles()
    link = await admin.sees(re.compile(r"start=\S+"))
    found = re.search(r"start=([\w-]+)", link.text)
    assert found
    return found[1]


def stranger(town: Town, language: str = "zh-hans") -> Hand:
    return Hand(
        town, town.simulator.phone(STRANGER, "路人", language_code=language, phone="8613999999999")
    )


async def test_an_invited_colleague_shares_the_own_number_and_is_let_in(town: Town) -> None:
    code = await invited(town)
    newcomer = town.phone("1011")
    await newcomer.start(code)
    await newcomer.sees("分享您的手机号")
    await newcomer.presses("分享我的手机号")
    await newcomer.sees("欢迎加入")
    await newcomer.sees("新同事")
    await town.settles()
    assert (await staff_row("1011")).chat_id == newcomer.user_id
    assert "visit" in newcomer.commands
    assert newcomer.commands["today"] == "今日待办"
    await town.phone("1008").sees("新同事已加入")


async def test_the_same_in_english(english_town: Town) -> None:
    town = english_town
    code = await invited(town)
    newcomer = town.simulator.phone(2011, "Xin", language_code="en", phone="+8613800001011")
    await newcomer.start(code)
    await newcomer.sees("share your phone number")
    await newcomer.presses("Share my number")
    await newcomer.sees("Welcome aboard")
    await town.settles()
    assert newcomer.commands["today"] == "What is due"


async def test_a_stranger_gets_one_polite_sentence_and_learns_nothing(town: Town) -> None:
    phone = stranger(town)
    for text in ("/start", "你好", "华兴", "/find 华兴", "/start wrong-code"):
        await phone.says(text)
        await town.settles()
    answers = {message.text for message in phone.messages if message.from_bot}
    assert answers == {"这是银行内部助手,请向管理员索取邀请。"}


async def test_wrong_used_and_expired_codes_look_alike_and_are_counted(town: Town) -> None:
    code = await invited(town)
    newcomer, phone = town.phone("1011"), stranger(town)
    await newcomer.start(code)
    await newcomer.presses("分享我的手机号")
    await newcomer.sees("欢迎加入")
    await phone.start("wrong")
    await phone.start(code)
    second = await invited(town, "1002")
    await town.passes(days=4)
    await phone.start(second)
    await town.settles()
    answers = {message.text for message in phone.messages if message.from_bot}
    assert len(answers) == 1
    reasons = await EnrolAttempt.filter(chat_id=STRANGER).values_list("reason", flat=True)
    assert sorted(str(reason) for reason in reasons) == ["expired_code", "used_code", "wrong_code"]


async def test_guessing_is_slowed_down(town: Town) -> None:
    code = await invited(town)
    phone = stranger(town)
    for _ in range(4):
        await phone.start("guess")
        await town.settles()
    await phone.start(code)
    await town.settles()
    assert (await Invitation.filter(used_at=None).order_by("-id").first()).opened_chat is None  # type: ignore[union-attr]
    await town.passes(minutes=10)
    await phone.start(code)
    await phone.sees("分享您的手机号")


async def test_another_persons_number_does_not_open_the_door(town: Town) -> None:
    code = await invited(town)
    phone = stranger(town)
    await phone.start(code)
    await phone.sees("分享您的手机号")
    await phone.sends_contact("8613800001011", "新同事")
    await town.settles()
    await phone.shares_contact()
    await town.settles()
    assert (await staff_row("1011")).chat_id is None
    reasons = await EnrolAttempt.filter(chat_id=STRANGER).values_list("reason", flat=True)
    assert sorted(str(reason) for reason in reasons) == ["foreign_contact", "wrong_phone"]


async def test_an_invitation_is_made_by_administrators_only(town: Town) -> None:
    rm = town.phone("1001")
    await rm.says("/invite")
    await rm.sees("没有这个命令")
    assert not await Invitation.exists()
