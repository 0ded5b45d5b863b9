"""What no careful library sends: the words Telegram has for it all the same."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.simulator.events import MOST_WAITING, _Listener

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.simulator import Phone, Simulator

ENTITY = "can't parse MessageEntity: "
RESULT = "can't parse inline query result: "


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize(
    ("method", "params", "sentence"),
    [
        ("sendMessage", {"text": "x", "entities": 5}, "expected an Array of MessageEntity"),
        ("sendMessage", {"text": "x", "entities": "{"}, "can't parse entities JSON object"),
        ("sendMessage", {"text": "x", "entities": [{"type": "?"}]},
         ENTITY + "Unsupported type specified"),
        ("sendMessage", {"text": "x", "entities": [{"type": "bold", "offset": -1}]},
         "receive an entity with incorrect offset -1"),
        ("sendMessage", {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 9}]},
         "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9"),
        ("sendMessage", {"text": "x", "entities": [{"type": "text_link", "length": 1}]},
         ENTITY + 'Can\'t find field "url"'),
        ("sendMessage", {"text": "x", "entities": [
            {"type": "text_link", "length": 1, "url": "not-a-url"}]},
         "entity URL 'not-a-url' is invalid: Wrong HTTP URL"),
        ("sendMessage", {"text": "x", "link_preview_options": {"is_disabled": "yes"}},
         'field "is_disabled" must be of type Boolean'),
        ("sendMessage", {"text": "x", "link_preview_options": "5"},
         "object expected as link preview options"),
        ("sendMessage", {"text": "x", "reply_parameters": {"quote": "y"}},
         'can\'t find field "message_id"'),
        ("sendContact", {"first_name": "x"}, 'parameter "phone_number" is required'),
        ("sendContact", {"phone_number": "1"}, 'parameter "first_name" is required'),
        ("sendContact", {"phone_number": "1", "first_name": "x", "vcard": "v" * 2049},
         "contact vCard is too long"),
        ("sendVenue", {"latitude": 1, "longitude": 2, "address": "x"},
         'parameter "title" is required'),
        ("sendVenue", {"latitude": 1, "longitude": 2, "title": "x"},
         'parameter "address" is required'),
        ("sendLocation", {"longitude": 2}, "latitude is empty"),
        ("sendLocation", {"latitude": "x"}, "latitude is empty"),
        ("sendLocation", {"latitude": 1}, "longitude is empty"),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "attach://lost"}, "can't find lost among the files"),
        ("sendMediaGroup", {"media": "x"}, "can't parse media JSON object"),
        ("sendMediaGroup", {"media": 5}, "expected an Array of InputMedia"),
        ("sendMediaGroup", {"media": [{"type": "video", "media": "x"}] * 2},
         'can\'t parse InputMedia: type "video" can\'t be used in sendMediaGroup'),
        ("sendMediaGroup", {"media": [5, 6]}, "can't parse InputMedia: expected an Object"),
        ("sendMediaGroup", {"media": [{"type": "photo"}] * 2},
         "can't parse InputMedia: media not found"),
        ("getFile", {}, "file_id is empty"),
        ("editMessageMedia", {"message_id": 1}, 'parameter "media" is required'),
        ("deleteMessage", {}, "message identifier is not specified"),
        ("deleteMessages", {"message_ids": "x"}, "can't parse message identifiers JSON object"),
        ("deleteMessages", {"message_ids": ["1"]}, "expected an Array of message identifiers"),
        ("answerCallbackQuery", {}, "query ID is empty"),
        ("answerInlineQuery", {"results": 5}, "expected an Array of InlineQueryResult"),
        ("answerInlineQuery", {"results": [5]}, RESULT + "InlineQueryResult must be an Object"),
        ("answerInlineQuery", {"results": [{"type": "gif", "id": "1"}]},
         RESULT + 'type "gif" is unsupported for the inline query result'),
        ("answerInlineQuery", {"results": [{"type": "article"}]}, "RESULT_ID_EMPTY"),
        ("answerInlineQuery", {"results": [{"type": "article", "id": "1"}]},
         "article title is empty"),
        ("answerInlineQuery", {"results": [{"type": "article", "id": "1", "title": "x"}]},
         RESULT + "input message content is not specified"),
        ("answerInlineQuery", {"results": [
            {"type": "article", "id": "1", "title": "x", "input_message_content": 5}]},
         RESULT + "InputMessageContent must be an Object"),
        ("answerInlineQuery", {"results": [
            {"type": "article", "id": "1", "title": "x", "input_message_content": {}}]},
         RESULT + "input message content is not specified"),
        ("answerInlineQuery", {"results": [], "button": {"text": "x"}},
         "can't parse inline query results button: exactly one field must be used"),
        ("answerInlineQuery", {"results": [], "button": {"start_parameter": "x"}},
         'can\'t parse inline query results button: field "text" is required'),
        ("setMyCommands", {"commands": 5}, "expected an Array of BotCommand"),
        ("setMyCommands", {"commands": [5]}, "can't parse BotCommand: expected an Object"),
        ("setMyCommands", {"commands": [], "scope": {"type": "planet"}},
         "can't parse BotCommandScope: unsupported type specified"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": "@x"}},
         "chat not found"),
        ("getUpdates", {"allowed_updates": 5},
         "expected an Array of String as allowed_updates"),
        ("setChatMenuButton", {"chat_id": -7}, "the chat must be a private chat"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [5]}},
         'field "inline_keyboard" must be an Array of Arrays'),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[5]]}},
         "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": 5}]]}},
         'can\'t parse inline keyboard button: Field "text" must be of type String'),
        ("sendMessage", {"text": "x", "reply_markup": {
            "inline_keyboard": [[{"text": "x", "callback_data": 5}]]}},
         'can\'t parse inline keyboard button: Field "callback_data" must be of type String'),
        ("sendMessage", {"text": "x", "reply_markup": {
            "inline_keyboard": [[{"text": "x", "copy_text": "x"}]]}},
         'can\'t parse inline keyboard button: Field "text" must be of type String'),
        ("sendMessage", {"text": "x", "reply_markup": {
            "inline_keyboard": [[{"text": "x", "url": "https://"}]]}},
         "inline keyboard button URL 'https://' is invalid: URL host is empty"),
        ("sendMessage", {"text": "x", "reply_markup": {"keyboard": [[5]]}},
         "can't parse keyboard button: KeyboardButton must be a String or an Object"),
        ("sendMessage", {"text": "x", "reply_markup": {"keyboard": [[{}]]}},
         'can\'t parse keyboard button: Can\'t find field "text"'),
        ("sendMessage", {"text": "x", "reply_markup": {"keyboard": [[{"text": " "}]]}},
         "keyboard button text is empty"),
        ("sendMessage", {"text": "x", "reply_markup": {
            "keyboard": [[{"text": "x", "request_poll": {"type": "quiz"}}]]}},
         "BUTTON_TYPE_INVALID"),
    ],
)  # fmt: skip
async def test_malformed_requests_are_told_apart(
    sim: Simulator,
    session: aiohttp.ClientSession,
    li: Phone,
    method: str,
    params: dict[str, Any],
    sentence: str,
) -> None:
    sim.group(-7, "Team", [101])
    body = {"chat_id": 101, **params} if not method.startswith(("answer", "get")) else params
    async with session.post(f"{sim.api_base}1:TEST/{method}", json=body) as reply:
        answer = await reply.json()
    assert answer["description"] == f"Bad Request: {sentence}"
    assert len(li.messages) == 1


@pytest.mark.parametrize(
    ("mime", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/x-www-form-urlencoded", b"text=\xff"),
    ],
)
async def test_a_body_that_cannot_be_read_is_a_bad_request(
    sim: Simulator, session: aiohttp.ClientSession, mime: str, body: bytes
) -> None:
    url = f"{sim.api_base}1:TEST/sendMessage"
    async with session.post(url, data=body, headers={"Content-Type": mime}) as reply:
        assert reply.status == 400
        assert (await reply.json())["ok"] is False
    assert len(sim.violations) == 1


async def test_a_body_beyond_all_measure_is_too_large(
    sim: Simulator, session: aiohttp.ClientSession
) -> None:
    form = aiohttp.FormData({"chat_id": "101"})
    form.add_field("document", io.BytesIO(bytes((50 << 20) + 1)), filename="x")
    async with session.post(f"{sim.api_base}1:TEST/sendDocument", data=form) as reply:
        assert (reply.status, (await reply.json())["description"]) == (
            413,
            "Request Entity Too Large",
        )


async def test_booleans_may_be_words_and_ids_names(
    sim: Simulator, session: aiohttp.ClientSession, li: Phone
) -> None:
    sim.channel(-1009, "News").chat.username = "bank_news"
    form = {"chat_id": "@bank_news", "text": "x", "protect_content": "True"}
    async with session.post(f"{sim.api_base}1:TEST/sendMessage", data=form) as reply:
        result = (await reply.json())["result"]
    assert result["has_protected_content"] is True
    assert result["sender_chat"]["username"] == "bank_news"
    assert "from" not in result


def test_a_page_that_does_not_keep_up_is_told_each_change_once_and_then_cut_off() -> None:
    listener = _Listener()
    for _ in range(3):
        listener.tell({"type": "chat", "user_id": 1})
    assert len(listener.waiting) == 1
    assert json.loads(listener.next()) == {"type": "chat", "user_id": 1}
    listener.tell({"type": "chat", "user_id": 1})
    assert len(listener.waiting) == 1
    for n in range(MOST_WAITING):
        listener.tell({"type": "toast", "text": str(n)})
    assert listener.overrun
