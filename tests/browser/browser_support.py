"""A small scripted bot for the page's tests: it polls, echoes, and shows every kind of button."""

from __future__ import annotations

import asyncio
import json
import struct
import zlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import aiohttp
from playwright.async_api import Page

if TYPE_CHECKING:
    from bot.simulator import Simulator

TOKEN = "1:TEST"
ALONE = "/?theme=light&lang=en&phones=101"  # one phone, in English

Opens = Callable[..., Awaitable[Page]]

BUTTONS = [
    [{"text": "Change it", "callback_data": "edit"}, {"text": "Alert", "callback_data": "alert"}],
    [{"text": "Toast", "callback_data": "toast"}, {"text": "Never", "callback_data": "never"}],
    [{"text": "Copy", "copy_text": {"text": "ICBC-42"}},
     {"text": "Look up", "switch_inline_query_current_chat": "hua"}],
]  # fmt: skip
KEYBOARD = [[{"text": "My number", "request_contact": True}], [{"text": "Plain key"}]]
RESULTS = 7
PAGE = 5


def picture(width: int = 320, height: int = 200) -> bytes:
    """A PNG with a sunset of sorts, so that a browser really draws it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(
        b"\0"
        + bytes(
            channel
            for x in range(width)
            for channel in (250 - y // 3, 120 + 90 * y // height, 60 + 160 * x // width)
        )
        for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class EchoBot:
    """Answers whatever a phone does in one predictable sentence."""

    def __init__(self, sim: Simulator, session: aiohttp.ClientSession) -> None:
        self._sim, self._session = sim, session
        self.heard: list[str] = []

    async def call(self, method: str, **params: object) -> Any:
        """Call the simulated Bot API."""
        url = f"{self._sim.api_base}{TOKEN}/{method}"
        async with self._session.post(url, json=params) as reply:
            body = await reply.json()
        if not body["ok"]:
            raise RuntimeError(f"{method}: {body['description']}")
        return body["result"]

    async def run(self) -> None:
        """Poll and answer until cancelled or the simulator has gone."""
        commands = [
            {"command": "today", "description": "What is due today"},
            {"command": "buttons", "description": "Every kind of button"},
        ]
        await self.call("setMyCommands", commands=commands)
        offset = 0
        while True:
            try:
                updates = await self.call("getUpdates", offset=offset, timeout=20)
            except (aiohttp.ClientError, asyncio.CancelledError):
                return
            for update in updates:
                offset = update.pop("update_id") + 1
                [(kind, value)] = update.items()
                self.heard.append(kind)
                handler = getattr(self, f"on_{kind}", None)
                if handler is not None:
                    await handler(value)

    async def say(self, chat_id: int, text: str, **more: object) -> None:
        await self.call("sendMessage", chat_id=chat_id, text=text, **more)

    async def on_message(self, message: dict[str, Any]) -> None:
        chat_id, text = message["chat"]["id"], message.get("text", "")
        if "contact" in message:
            await self.say(chat_id, f"Your number is {message['contact']['phone_number']}")
        elif "photo" in message:
            size = message["photo"][-1]
            caption = message.get("caption", "nothing")
            await self.say(chat_id, f"A photo {size['width']}x{size['height']}, saying {caption}")
        elif "location" in message:
            place = message["location"]
            await self.say(chat_id, f"You are at {place['latitude']:.2f}")
        elif "document" in message:
            await self.say(chat_id, f"A file called {message['document']['file_name']}")
        elif "via_bot" in message:
            return
        elif text == "/buttons":
            await self.say(chat_id, "Press one", reply_markup={"inline_keyboard": BUTTONS})
        elif text.startswith("/start"):
            words = f"Welcome with {text[7:] or 'nothing'}"
            await self.say(chat_id, words, reply_markup={"keyboard": KEYBOARD})
        elif text:
            await self.say(chat_id, f"You said: {text}")

    async def on_edited_message(self, message: dict[str, Any]) -> None:
        await self.say(message["chat"]["id"], f"Now you say: {message['text']}")

    async def on_callback_query(self, query: dict[str, Any]) -> None:
        data, shown = query["data"], query["message"]
        if data == "never":
            return
        if data == "edit":
            where = {"chat_id": shown["chat"]["id"], "message_id": shown["message_id"]}
            await self.call("editMessageText", text="It was <b>changed</b>", parse_mode="HTML",
                            **where)  # fmt: skip
        answer = {"edit": "", "alert": "Mind the gap", "toast": "Noted"}[data]
        await self.call(
            "answerCallbackQuery",
            callback_query_id=query["id"],
            text=answer,
            show_alert=data == "alert",
        )

    async def on_inline_query(self, query: dict[str, Any]) -> None:
        first = int(query["offset"] or 0)
        last = min(first + PAGE, RESULTS)
        results = [
            {
                "type": "article",
                "id": str(number),
                "title": f"Company {number} {query['query']}",
                "description": f"Line {number}",
                "input_message_content": {"message_text": f"Card of company {number}"},
            }
            for number in range(first, last)
        ]
        await self.call(
            "answerInlineQuery",
            inline_query_id=query["id"],
            results=json.dumps(results),
            next_offset=str(last) if last < RESULTS else "",
            cache_time=0,
        )
