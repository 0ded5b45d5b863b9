"""Contents → Bot API calls: the only place that knows how a screen looks on Telegram.

A call is a method of the Bot API and its arguments, as plain values: to build the library's
objects only to have it take them apart again cost a tenth of an update (docs/adr/0015). Texts are
HTML; what would exceed the platform's limits is cut at the end of a line rather than refused,
because a lost message is worse than a shortened one.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.constants import MessageLimit

from bot.buttons import encode_answer, encode_verb
from core.screens import Commands, ContactCard, Paper, Picture, Screen, StoredFile, Venue

if TYPE_CHECKING:
    from core.screens import Button, Content

_TAG = re.compile(r"<[^>]*>")
_NO_PREVIEW = {"is_disabled": True}
_LABEL_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Call:
    """A method of the Bot API and its arguments; None leaves one out."""

    method: str
    arguments: dict[str, Any]


def post(content: Content, chat_id: int, *, protect: bool = True) -> Call:
    """The call that sends a content as a new message (or sets the chat's commands).

    With `protect`, customer data can't be forwarded or saved.
    """
    match content:
        case Screen():
            return Call(
                "sendMessage",
                {
                    "chat_id": chat_id,
                    "text": fitting(content.text),
                    "parse_mode": "HTML",
                    "reply_markup": _markup(content),
                    "protect_content": protect and content.protected,
                    "link_preview_options": _NO_PREVIEW,
                },
            )
        case ContactCard():
            return Call(
                "sendContact",
                {
                    "chat_id": chat_id,
                    "phone_number": content.phone,
                    "first_name": content.name,
                    "last_name": content.company[:60] or None,
                    "protect_content": protect,
                },
            )
        case Venue():
            return Call(
                "sendVenue",
                {
                    "chat_id": chat_id,
                    "latitude": content.latitude,
                    "longitude": content.longitude,
                    "title": content.title,
                    "address": content.address or "-",
                    "protect_content": protect,
                },
            )
        case StoredFile():
            return Call(
                f"send{content.kind.title()}",
                {
                    "chat_id": chat_id,
                    content.kind: content.file_id,
                    "caption": content.caption,
                    "protect_content": protect,
                },
            )
        case Picture() | Paper():
            # bot/pictures.py and bot/papers.py send them; this is what stays where they can't.
            figures = f"\n{content.figures}" if isinstance(content, Picture) else ""
            return post(Screen(content.caption + figures), chat_id, protect=protect)
        case Commands():
            return Call(
                "setMyCommands",
                {
                    "commands": [
                        {"command": name, "description": text} for name, text in content.commands
                    ],
                    "scope": {"type": "chat", "chat_id": chat_id},
                },
            )


def edit(screen: Screen, chat_id: int, message_id: int) -> Call:
    """The call that changes a message into this screen."""
    return Call(
        "editMessageText",
        {
            "chat_id": chat_id,
            "message_id": message_id,
            "text": fitting(screen.text),
            "parse_mode": "HTML",
            "reply_markup": inline_keyboard(screen),
            "link_preview_options": _NO_PREVIEW,
        },
    )


def fitting(text: str) -> str:
    """The HTML text, shortened at a line's end where it would exceed the platform's limit."""
    if visible_length(text) <= MessageLimit.MAX_TEXT_LENGTH:
        return text
    plain = html.unescape(_TAG.sub("", text))
    cut = plain.encode("utf-16-le")[: 2 * (MessageLimit.MAX_TEXT_LENGTH - 1)]
    return html.escape(cut.decode("utf-16-le", errors="ignore").rsplit("\n", 1)[0]) + "…"


def visible_length(text: str) -> int:
    """The length that the platform counts: UTF-16 units after the markup is taken out."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def inline_keyboard(screen: Screen) -> dict[str, Any] | None:
    """The buttons below the screen."""
    if not screen.rows:
        return None
    return {"inline_keyboard": [[_button(button) for button in row] for row in screen.rows]}


def _markup(screen: Screen) -> dict[str, Any] | None:
    if screen.request is not None:
        key = {"text": screen.request_label, f"request_{screen.request}": True}
        return {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}
    if screen.clear_request:
        return {"remove_keyboard": True}
    return inline_keyboard(screen)


def _button(button: Button) -> dict[str, Any]:
    label = str(button.label)[:_LABEL_LENGTH]
    match button.action:
        case "answer":
            talk_id, turn, choice = button.args
            data = encode_answer(int(talk_id), int(turn), choice)
            return {"text": label, "callback_data": data}
        case "copy":
            return {"text": label, "copy_text": {"text": button.args[0]}}
        case "link":
            return {"text": label, "url": button.args[0]}
        case "inline":
            return {"text": label, "switch_inline_query": button.args[0]}
        case "inline_here":
            return {"text": label, "switch_inline_query_current_chat": button.args[0]}
        case verb:
            return {"text": label, "callback_data": encode_verb(verb, button.args)}
