"""Contents → Bot API calls: the only place that knows how a screen looks on Telegram.

A call is a method of the library's `Bot` and its arguments. Texts are HTML; what would exceed the
platform's limits is cut at the end of a line rather than refused, because a lost message is worse
than a shortened one.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram import (
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import MessageLimit

from bot.buttons import encode_answer, encode_verb
from core.screens import Commands, ContactCard, Screen, StoredFile, Venue

if TYPE_CHECKING:
    from core.screens import Button, Content

_TAG = re.compile(r"<[^>]*>")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_LABEL_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Call:
    """A method of the Bot API client and its arguments."""

    method: str
    arguments: dict[str, Any]


def post(content: Content, chat_id: int, *, protect: bool = True) -> Call:
    """The call that sends a content as a new message (or sets the chat's commands).

    With `protect`, customer data can't be forwarded or saved.
    """
    match content:
        case Screen():
            return Call(
                "send_message",
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
                "send_contact",
                {
                    "chat_id": chat_id,
                    "phone_number": content.phone,
                    "first_name": content.name,
                    "last_name": content.company[:60] or None,
                },
            )
        case Venue():
            return Call(
                "send_venue",
                {
                    "chat_id": chat_id,
                    "latitude": content.latitude,
                    "longitude": content.longitude,
                    "title": content.title,
                    "address": content.address or "-",
                },
            )
        case StoredFile():
            return Call(
                f"send_{content.kind}",
                {"chat_id": chat_id, content.kind: content.file_id, "caption": content.caption},
            )
        case Commands():
            return Call(
                "set_my_commands",
                {
                    "commands": [BotCommand(name, text) for name, text in content.commands],
                    "scope": BotCommandScopeChat(chat_id),
                },
            )


def edit(screen: Screen, chat_id: int, message_id: int) -> Call:
    """The call that changes a message into this screen."""
    return Call(
        "edit_message_text",
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


def inline_keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The buttons below the screen."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in screen.rows])


def _markup(screen: Screen) -> Any:
    if screen.request is not None:
        button = KeyboardButton(
            screen.request_label,
            request_contact=screen.request == "contact",
            request_location=screen.request == "location",
        )
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    if screen.clear_request:
        return ReplyKeyboardRemove()
    return inline_keyboard(screen)


def _button(button: Button) -> InlineKeyboardButton:
    label = str(button.label)[:_LABEL_LENGTH]
    match button.action:
        case "answer":
            talk_id, turn, choice = button.args
            return InlineKeyboardButton(
                label, callback_data=encode_answer(int(talk_id), int(turn), choice)
            )
        case "copy":
            return InlineKeyboardButton(label, copy_text=CopyTextButton(button.args[0]))
        case "link":
            return InlineKeyboardButton(label, url=button.args[0])
        case "inline":
            return InlineKeyboardButton(label, switch_inline_query=button.args[0])
        case "inline_here":
            return InlineKeyboardButton(label, switch_inline_query_current_chat=button.args[0])
        case verb:
            return InlineKeyboardButton(label, callback_data=encode_verb(verb, button.args))
