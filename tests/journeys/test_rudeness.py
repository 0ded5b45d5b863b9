"""Rude, odd and broken input: a sensible answer each time, in both languages, and no failure.

What else is rude is tested beside what it disturbs: stale, foreign and crafted buttons, double
taps and two phones in tests/machinery, a webhook's callers in test_webhook, a blocked bot in
tests/faults, contacts at enrolment in test_enrol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from storage.models import Activity, Attachment, Talk
from tests.support.taps import choice
from tests.support.town import Town, running_town
from tests.support.wholeness import nothing_is_wrong

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

GROUP, CHANNEL = -1001234567890, -1009876543210
JPEG = b"\xff\xd8\xff\xe0rude"
TOO_MANY_BYTES = 25_000_000
ODD = "👨‍👩‍👧‍👦 \u202eمرحبا\u200b\u200d <b>x</b> &amp; & <"
SENTENCES = {
    "zh": {
        "edited": "系统以最初发送的内容为准",
        "hint": "没看明白",
        "nothing": "没有找到",
        "unknown": "没有这个命令",
        "useless": "这个我用不了",
        "not here": "这里用不了这个",
        "too big": "文件超过20MB",
        "private": "我只在私聊中工作",
        "which": "哪位客户?",
        "check": "请核对",
        "saved": "✅ 已保存",
        "save": "保存",
        "home": "早上好",
        "stale": "这个按钮已失效",
        "note": "谈了什么?",
        "none next": "没有下一步",
    },
    "en": {
        "edited": "I keep what you sent first",
        "hint": "I didn't catch that",
        "nothing": "Nothing found",
        "unknown": "I don't know that command",
        "useless": "I can't use that",
        "not here": "I can't use that here",
        "too big": "over 20 MB",
        "private": "I work in private chats only",
        "which": "Which customer?",
        "check": "Please check",
        "saved": "✅ Saved",
        "save": "Save",
        "home": "Good morning",
        "stale": "That button is out of date",
        "note": "What was said?",
        "none next": "No next step",
    },
}


class Guest:
    """李伟 in a bad mood, and the sentences of his language."""

    def __init__(self, town: Town, locale: str) -> None:
        self.town, self.hand = town, town.phone("1001")
        self._sentences = SENTENCES[locale]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.hand, name)

    async def hears(self, name: str) -> None:
        await self.hand.sees(self._sentences[name])

    async def taps(self, name: str) -> None:
        await self.hand.presses(self._sentences[name])

    def said(self, name: str) -> int:
        """How many messages say this now."""
        return sum(
            self._sentences[name] in message.text
            for message in self.hand.messages
            if message.from_bot
        )

    async def to_the_note(self) -> None:
        """A visit up to the question for the note."""
        await self.hand.says("/visit")
        for picked in ("i", "call", "interested"):
            await self.hand.presses_raw(*self.choice(picked))
        await self.hears("note")

    def choice(self, begins: str) -> tuple[int, str]:
        """The button of the newest dialogue card whose choice begins so."""
        return choice(self.hand, begins)


@pytest.fixture(params=["zh", "en"])
async def guest(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[Guest]:
    """Somebody rude; afterwards nothing must have failed."""
    async with running_town(database_url, tmp_path, locale=request.param) as town:
        yield Guest(town, request.param)
        # The question of the day comes a minute after a visit.
        await town.passes(minutes=2)
        await nothing_is_wrong()


async def test_an_edited_message_changes_nothing_and_is_answered(guest: Guest) -> None:
    line = await guest.says("今天上午拜访华兴机械王总,想续贷500万")
    await guest.hears("check")
    await guest.edits(line, "今天上午拜访华兴机械王总,想续贷900万")
    await guest.hears("edited")
    await guest.presses_raw(*guest.choice("ok"))
    await guest.hears("saved")
    assert (await Activity.get()).amount_fen == 500_0000_00


async def test_an_edited_command_is_not_given_again(guest: Guest) -> None:
    command = await guest.says("/visit")
    await guest.edits(command, "/plan")
    await guest.hears("edited")
    assert await Talk.all().count() == 1


async def test_a_deleted_card_comes_again_below(guest: Guest) -> None:
    await guest.says("/visit")
    card = guest.last.message_id
    old = guest.choice("i")
    await guest.deletes(card)
    await guest.presses_raw(*old)
    assert guest.last.message_id > card
    await guest.presses_raw(*guest.choice("call"))
    assert (await Talk.get()).pending_key == "outcome"


@pytest.mark.parametrize("before", ["", "/find ", "/visit "])
async def test_a_text_of_five_thousand_characters_is_answered_in_a_few_words(
    guest: Guest, before: str
) -> None:
    await guest.says(before + "很长" * 2500)
    await guest.town.settles()
    assert guest.last.from_bot
    assert len(guest.last.text) < 400


async def test_a_note_of_five_thousand_characters_is_kept_or_asked_for_again(guest: Guest) -> None:
    await guest.to_the_note()
    await guest.says("很长" * 2500)
    await guest.town.settles()
    assert len(guest.last.text) < 500
    if (await Talk.get()).pending_key == "note":
        await guest.says("短")
    await guest.presses_raw(*guest.choice("-"))
    await guest.presses_raw(*guest.choice("ok"))
    await guest.hears("saved")


async def test_a_hundred_messages_in_a_second_are_answered_in_order_and_hold_up_nobody(
    guest: Guest,
) -> None:
    phone = guest.town.simulator.phone(guest.user_id)
    other = guest.town.simulator.phone(102)
    for number in range(100):
        await phone.says("/today" if number % 2 else f"/find zz{number}")
    await other.says("/today")
    await other.sees(guest._sentences["home"], timeout=10)
    ahead = sum(message.from_bot for message in phone.messages)
    await guest.town.settles()
    assert ahead < 100
    said = [message.text for message in phone.messages if message.from_bot]
    assert len(said) == 100
    assert [number for number in range(0, 100, 2) if f"zz{number}" in said[number]] == list(
        range(0, 100, 2)
    )


async def test_odd_characters_are_kept_as_they_were_written(guest: Guest) -> None:
    await guest.to_the_note()
    await guest.says(ODD)
    await guest.presses_raw(*guest.choice("-"))
    await guest.hears("check")
    await guest.sees("<b>x</b> &amp; & <")
    await guest.presses_raw(*guest.choice("ok"))
    await guest.hears("saved")
    assert (await Activity.get()).note == ODD


@pytest.mark.parametrize(
    "text", ["\u202e\u200b🙂\u200f\u0645\u0631", "\u200b", "🙂", "&lt;script&gt;", "/", "\u0000"]
)
async def test_a_line_of_odd_characters_gets_a_hint(guest: Guest, text: str) -> None:
    await guest.says(text)
    await guest.hears("hint")


async def test_a_name_with_invisible_characters_is_found(guest: Guest) -> None:
    await guest.says("华\u200b兴\u200d机械")
    await guest.sees("王建国")


async def test_a_name_of_markup_is_shown_as_text(guest: Guest) -> None:
    await guest.says("优品")
    await guest.sees("<b>&优品</b>" if guest._sentences is SENTENCES["zh"] else "<Youpin> & Sons")
    await guest.sends_contact("8613900000000", "<b>& &amp; </i>")
    await guest.hears("which")


@pytest.mark.parametrize("kind", ["dice", "poll", "sticker"])
async def test_what_the_bot_has_no_use_for_is_told_so_and_disturbs_no_dialogue(
    guest: Guest, kind: str
) -> None:
    await guest.sends_unsupported(kind)
    await guest.hears("useless")
    await guest.says("/visit")
    await guest.sends_unsupported(kind)
    await guest.hears("not here")
    await guest.hears("which")


async def test_groups_and_channels_are_told_once_and_see_no_customer(guest: Guest) -> None:
    simulator, user = guest.town.simulator, guest.user_id
    group = simulator.group(GROUP, "Branch", [user], with_bot=False)
    channel = simulator.channel(CHANNEL, "News", with_bot=False)
    group.adds_bot(by=user)
    channel.adds_bot(by=user)
    await guest.says("/today", chat=GROUP)
    await guest.says("/find 华兴", chat=GROUP)
    answer = await guest.presses_raw(group.messages[-1].message_id, "o:profile:1", chat=GROUP)
    assert answer.text.strip("。.") in {each["private"] for each in SENTENCES.values()}
    group.removes_bot(by=user)
    await guest.town.settles()
    sent = [request for request in simulator.sent() if (request.chat_id or 0) < 0]
    assert [request.chat_id for request in sent] == [GROUP]
    assert not any("华兴" in str(request.params) for request in sent)


async def test_an_album_is_one_record_that_its_caption_fills_in(guest: Guest) -> None:
    await guest.sends_album(
        [JPEG + b"1", JPEG + b"2", ("合同.pdf", b"%PDF")],
        caption="今天上午拜访华兴机械王总,想续贷500万",
    )
    await guest.hears("check")
    await guest.presses_raw(*guest.choice("ok"))
    await guest.hears("saved")
    assert (await Activity.get()).amount_fen == 500_0000_00
    assert await Attachment.all().count() == 3
    assert await Talk.all().count() == 1


async def test_a_file_of_25_mb_is_refused_and_leaves_the_dialogue_as_it_was(guest: Guest) -> None:
    await guest.sends_document(b"x" * TOO_MANY_BYTES, "big.bin")
    await guest.hears("too big")
    assert not await Talk.exists()
    await guest.says("/visit")
    await guest.sends_document(b"y" * TOO_MANY_BYTES, "big.bin")
    await guest.hears("too big")
    await guest.hears("which")


async def test_a_bot_blocked_and_unblocked_goes_on_where_it_was(guest: Guest) -> None:
    await guest.to_the_note()
    await guest.blocks()
    await guest.unblocks()
    await guest.says("备注")
    await guest.presses_raw(*guest.choice("-"))
    await guest.presses_raw(*guest.choice("ok"))
    await guest.hears("saved")


@pytest.mark.parametrize("payload", ["c_²", "c_99999999999999999999", "c_", "x_1", "home"])
async def test_a_made_up_link_opens_nothing_of_anybody(guest: Guest, payload: str) -> None:
    phone = guest.town.simulator.phone(guest.user_id)
    await phone.says(f"/start {payload}")
    await guest.town.settles()
    assert guest.last.from_bot
    assert "王建国" not in guest.last.text
