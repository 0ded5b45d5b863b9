"""Sending: what a phone shows then, and what Telegram refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from simulator_support import refused
from telegram import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import Forbidden, InvalidToken

if TYPE_CHECKING:
    from telegram import Bot

    from bot.simulator import Phone, Simulator


def one_button(**action: object) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("x", **action)]])  # type: ignore[arg-type]


async def test_a_message_appears_on_the_phone_as_it_was_formatted(bot: Bot, li: Phone) -> None:
    sent = await bot.send_message(
        101, "<b>华兴</b> &amp; 🏟<i>x</i>", parse_mode="HTML", protect_content=True
    )
    assert sent.text == "华兴 & 🏟x"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [
        ("bold", 0, 2),
        ("italic", 7, 1),
    ]
    shown = li.last
    assert (shown.message_id, shown.from_bot) == (sent.message_id, True)
    assert shown.html == "<b>华兴</b> &amp; 🏟<i>x</i>"
    assert shown.protected
    assert sent.has_protected_content


async def test_dates_come_from_the_movable_clock(sim: Simulator, bot: Bot, li: Phone) -> None:
    sent = await bot.send_message(101, "x")
    assert sent.date == sim.world.clock.now()


async def test_empty_and_oversized_texts_are_refused(bot: Bot, li: Phone) -> None:
    with refused("Message text is empty"):
        await bot.send_message(101, "")
    with refused("Text must be non-empty"):
        await bot.send_message(101, "  \n ")
    with refused("Message is too long"):
        await bot.send_message(101, "x" * 4097)
    with refused("Can't parse entities"):
        await bot.send_message(101, "<b>x", parse_mode="HTML")
    with refused("Unsupported parse_mode"):
        await bot.send_message(101, "*x*", parse_mode="MarkdownV2")
    assert len(li.messages) == 1


async def test_a_chat_that_was_never_started_is_not_found(sim: Simulator, bot: Bot) -> None:
    sim.phone(555, "Stranger")
    with refused("Chat not found"):
        await bot.send_message(555, "x")
    with refused("Chat not found"):
        await bot.send_message(404, "x")
    with refused("Chat_id is empty"):
        await bot.send_message("", "x")


async def test_who_blocks_the_bot_is_out_of_its_reach_until_they_come_back(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    await li.blocks()
    with refused("Forbidden: bot was blocked by the user", Forbidden):
        await bot.send_message(101, "x")
    assert sim.violations == []
    await li.start()
    await bot.send_message(101, "x")
    kinds = [u.my_chat_member for u in await bot.get_updates()][:2]
    statuses = [(m.old_chat_member.status, m.new_chat_member.status) for m in kinds if m]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_a_deleted_account_is_forbidden(bot: Bot, li: Phone) -> None:
    await li.deactivates()
    with refused("user is deactivated", Forbidden):
        await bot.send_message(101, "x")


@pytest.mark.parametrize(
    ("markup", "sentence"),
    [
        (one_button(callback_data="华" * 22), "Button_data_invalid"),
        (one_button(copy_text=CopyTextButton("x" * 257)), "Button_copy_text_invalid"),
        (one_button(url="not-a-url"), "'not-a-url' is invalid: Wrong HTTP URL"),
        (one_button(url="ftp://example.com"), "is invalid: Unsupported URL protocol"),
        (one_button(pay=True), "Button_type_invalid"),
        (
            InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")] * 5] * 21),
            "Reply markup is too long",
        ),
    ],
)
async def test_wrong_keyboards_are_refused(
    bot: Bot, li: Phone, markup: InlineKeyboardMarkup, sentence: str
) -> None:
    with refused(sentence):
        await bot.send_message(101, "x", reply_markup=markup)


@pytest.mark.parametrize(
    ("markup", "sentence"),
    [
        ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [[{"text": "x"}]]},
            (
                "can't parse inline keyboard button:"
                " Text buttons are unallowed in the inline keyboard"
            ),
        ),
        (
            {"inline_keyboard": [[{"callback_data": "x"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}, "BUTTON_TEXT_INVALID"),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "x", "url": "http://a.cn"}]]},
            "BUTTON_TYPE_INVALID",
        ),
        ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
        ({"keyboard": [["x"]], "selective": "yes"}, 'field "selective" must be of type Boolean'),
        ([1], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_raw_json_bodies_get_telegrams_words(
    sim: Simulator, li: Phone, markup: object, sentence: str
) -> None:
    body = {"chat_id": 101, "text": "x", "reply_markup": markup}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sim.api_base}1:TEST/sendMessage", json=body) as reply,
    ):
        answer = await reply.json()
    assert reply.status == 400
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {sentence}"}


async def test_data_of_exactly_64_bytes_and_256_copied_characters_pass(
    bot: Bot, li: Phone
) -> None:
    markup = InlineKeyboardMarkup([[
        InlineKeyboardButton("a", callback_data="华" * 21 + "x"),
        InlineKeyboardButton("b", copy_text=CopyTextButton("x" * 256)),
        InlineKeyboardButton("c", switch_inline_query=""),
        InlineKeyboardButton("d", switch_inline_query_current_chat="华兴"),
        InlineKeyboardButton("e", url="https://example.com/x"),
    ]])  # fmt: skip
    sent = await bot.send_message(101, "x", reply_markup=markup)
    assert sent.reply_markup == markup
    assert [b.kind for b in li.last.buttons[0]] == [
        "callback", "copy", "switch_inline", "switch_inline_current", "url",
    ]  # fmt: skip


async def test_nine_buttons_in_a_row_pass_but_are_noted(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    row = [InlineKeyboardButton("x", callback_data="x")] * 9
    await bot.send_message(101, "x", reply_markup=InlineKeyboardMarkup([row]))
    assert [v.description for v in sim.violations] == ["a keyboard row has more than 8 buttons"]


async def test_a_reply_shows_what_it_answers_and_a_missing_one_is_refused(
    bot: Bot, li: Phone
) -> None:
    first = await bot.send_message(101, "first")
    second = await bot.send_message(101, "second", reply_to_message_id=first.message_id)
    assert second.reply_to_message is not None
    assert second.reply_to_message.message_id == li.last.reply_to == first.message_id
    with refused("Message to be replied not found"):
        await bot.send_message(101, "x", reply_to_message_id=999)
    alone = await bot.send_message(
        101, "x", reply_to_message_id=999, allow_sending_without_reply=True
    )
    assert alone.reply_to_message is None


async def test_a_reply_keyboard_stays_until_it_is_taken_away(bot: Bot, li: Phone) -> None:
    keys = ReplyKeyboardMarkup(
        [[KeyboardButton("号码", request_contact=True)], ["Here"]],
        resize_keyboard=True,
        input_field_placeholder="…",
    )
    await bot.send_message(101, "x", reply_markup=keys)
    await bot.send_message(101, "y")
    assert li.reply_keyboard is not None
    assert li.reply_keyboard.placeholder == "…"
    assert [[k.request for k in row] for row in li.reply_keyboard.rows] == [["contact"], [None]]
    await bot.send_message(101, "z", reply_markup=ReplyKeyboardRemove())
    assert li.reply_keyboard is None


async def test_a_placeholder_has_at_most_64_characters(bot: Bot, li: Phone) -> None:
    with refused("Placeholder_invalid"):
        await bot.send_message(101, "x", reply_markup=ForceReply(input_field_placeholder="x" * 65))


async def test_a_forced_reply_makes_the_next_message_an_answer(bot: Bot, li: Phone) -> None:
    asked = await bot.send_message(101, "Which?", reply_markup=ForceReply())
    await li.says("this")
    await li.says("that")
    assert [m.reply_to for m in li.messages[-2:]] == [asked.message_id, None]


async def test_entities_may_be_given_instead_of_html(bot: Bot, li: Phone) -> None:
    sent = await bot.send_message(101, "hello", entities=[MessageEntity("bold", 0, 5)])
    assert li.last.html == "<b>hello</b>"
    assert sent.text == "hello"
    with refused("Entity begins after the end of the text at UTF-16 offset 9"):
        await bot.send_message(101, "hello", entities=[MessageEntity("bold", 9, 1)])


async def test_link_previews_may_be_switched_off(bot: Bot, li: Phone) -> None:
    sent = await bot.send_message(101, "https://example.com", disable_web_page_preview=True)
    await bot.send_message(101, "x", link_preview_options=LinkPreviewOptions(is_disabled=True))
    assert sent.entities[0].type == "url"


async def test_places_and_contacts_arrive_whole(bot: Bot, li: Phone) -> None:
    venue = await bot.send_venue(101, 31.2, 121.5, "华兴机械", "浦东大道1号")
    assert venue.venue is not None
    assert venue.venue.location.latitude == 31.2
    assert li.last.media_kind == "venue"
    assert li.last.shows("浦东大道1号")
    contact = await bot.send_contact(101, "+8613900000000", "王", last_name="总")
    assert contact.contact is not None
    assert li.last.words == "王 总\n+8613900000000"
    place = await bot.send_location(101, 31.2, 121.5)
    assert place.location is not None
    with refused("Wrong latitude or longitude specified"):
        await bot.send_location(101, 91, 0)


async def test_the_phone_shows_that_the_bot_is_writing(bot: Bot, li: Phone) -> None:
    await bot.send_chat_action(101, "typing")
    assert li.typing
    await bot.send_message(101, "x")
    assert not li.typing
    with refused("Wrong parameter action in request"):
        await bot.send_chat_action(101, "dancing")


async def test_an_unknown_method_does_not_exist(sim: Simulator, bot: Bot, li: Phone) -> None:
    with refused("method not found", InvalidToken):
        await bot.send_dice(101)
    assert [v.code for v in sim.violations] == [404]


async def test_a_wrong_token_is_unauthorized(sim: Simulator) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{sim.api_base}2:WRONG/getMe") as reply:
            assert (reply.status, (await reply.json())["description"]) == (401, "Unauthorized")
        async with session.get(f"{sim.api_base}wrong/getMe") as reply:
            assert reply.status == 404


async def test_queries_forms_and_any_case_of_a_method_are_understood(
    sim: Simulator, li: Phone
) -> None:
    async with aiohttp.ClientSession() as session:
        url = f"{sim.api_base}1:TEST/SENDmessage"
        async with session.get(url, params={"chat_id": "101", "text": "a b"}) as reply:
            assert (await reply.json())["ok"]
        async with session.post(url, data={"chat_id": "101", "text": "华"}) as reply:
            assert (await reply.json())["result"]["text"] == "华"
    assert [m.text for m in li.messages[-2:]] == ["a b", "华"]
    assert [r.method for r in sim.requests] == ["sendMessage", "sendMessage"]


async def test_what_is_not_simulated_is_refused_and_a_slip_is_noted(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    with refused("Message thread not found"):
        await bot.send_message(101, "x", message_thread_id=5)
    sim.violations.clear()
    await bot.send_message(101, "x", api_kwargs={"colour": "red"})
    assert [(v.code, v.description) for v in sim.violations] == [
        (0, "sendMessage has no parameter colour")
    ]


async def test_every_request_is_written_down(sim: Simulator, bot: Bot, li: Phone) -> None:
    sent = await bot.send_message(101, "x")
    with refused("Chat not found"):
        await bot.send_message(9, "y")
    good, bad = sim.sent("sendMessage")
    assert (good.chat_id, good.ok, good.message_id) == (101, True, sent.message_id)
    assert (bad.chat_id, bad.code, bad.params["text"]) == (9, 400, "y")
    assert [(v.method, v.description) for v in sim.violations] == [
        ("sendMessage", "Bad Request: chat not found")
    ]
