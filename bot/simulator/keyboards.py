"""Checks `reply_markup` as Telegram does and turns it into typed keyboards.

Owns the limits of keyboards and buttons (64 bytes of data, 256 characters to copy, 100 buttons)
with Telegram's error texts. What Telegram tolerates but a phone shows badly comes back as a
remark.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar
from urllib.parse import urlsplit

from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, ReplyLimit

from .errors import ApiError, bad_request
from .state import (
    Button,
    ForceReply,
    InlineKeyboard,
    KeyboardKey,
    Markup,
    RemoveKeyboard,
    ReplyKeyboard,
)

_T = TypeVar("_T", str, bool, list)  # type: ignore[type-arg]  # a bare list is what JSON gives
_NAMES = {str: "String", bool: "Boolean", list: "Array"}
_ACTIONS = (
    "callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat",
)  # fmt: skip
_ELSEWHERE = (
    "login_url", "web_app", "switch_inline_query_chosen_chat", "callback_game", "pay",
)  # fmt: skip


def parse_markup(value: object, remarks: list[str]) -> tuple[InlineKeyboard, Markup | None]:
    """The inline keyboard and the other markup that `value` asks for; one of them at most is set.

    Raises:
        ApiError: with the sentence that Telegram has for the mistake.
    """
    value = _decoded(value)
    if value is None:
        return (), None
    if "inline_keyboard" in value:
        return _inline(value, remarks), None
    if "keyboard" in value:
        return (), _reply_keyboard(value, remarks)
    if _field(value, "remove_keyboard", bool):
        return (), RemoveKeyboard()
    if _field(value, "force_reply", bool):
        return (), ForceReply(_placeholder(value))
    return (), None


def _decoded(value: object) -> dict[str, Any] | None:
    if isinstance(value, str) and value:
        try:
            value = json.loads(value)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if value is None or value == "":
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    return value


def inline_only(value: object, remarks: list[str]) -> InlineKeyboard:
    """The keyboard for an edit or an inline result, where only an inline one is allowed.

    Raises:
        ApiError: "inline keyboard expected", or as `parse_markup`.
    """
    keyboard, markup = parse_markup(value, remarks)
    if markup is not None:
        raise bad_request("inline keyboard expected")
    return keyboard


def _field(value: dict[str, Any], name: str, kind: type[_T]) -> _T | None:
    found = value.get(name)
    if found is None:
        return None
    if not isinstance(found, kind):
        raise bad_request(f'field "{name}" must be of type {_NAMES[kind]}')
    return found


def _rows(value: dict[str, Any], name: str) -> list[list[Any]]:
    rows = _field(value, name, list) or []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f'field "{name}" must be an Array of Arrays')
    return [row for row in rows if row]


def _count(rows: list[list[Any]], remarks: list[str]) -> None:
    if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise bad_request("reply markup is too long")
    if any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows):
        remarks.append("a keyboard row has more than 8 buttons")


def _inline(value: dict[str, Any], remarks: list[str]) -> InlineKeyboard:
    rows = _rows(value, "inline_keyboard")
    _count(rows, remarks)
    return tuple(tuple(_button(item) for item in row) for row in rows)


def _wrong_button(sentence: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {sentence}")


def _button(item: Any) -> Button:
    if not isinstance(item, dict):
        raise _wrong_button("InlineKeyboardButton must be an Object")
    text = _label(item)
    name = _action(item)
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    action = item[name]
    if name == "copy_text":
        return Button(text, copy_text=_copied(action))
    if not isinstance(action, str):
        raise _wrong_button(f'Field "{name}" must be of type String')
    if name == "callback_data":
        if len(action.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        return Button(text, data=action)
    if name == "url":
        return Button(text, url=_checked_url(action))
    if name == "switch_inline_query":
        return Button(text, switch_inline=action)
    return Button(text, switch_inline_current=action)


def _label(item: dict[str, Any]) -> str:
    if "text" not in item:
        raise _wrong_button('Can\'t find field "text"')
    text = item["text"]
    if not isinstance(text, str):
        raise _wrong_button('Field "text" must be of type String')
    return text


def _action(item: dict[str, Any]) -> str:
    """The one field that says what the button does."""
    if any(item.get(name) for name in _ELSEWHERE):
        raise bad_request("BUTTON_TYPE_INVALID")
    # An empty query is a query all the same: it opens the inline mode with nothing typed.
    actions = [
        name
        for name in _ACTIONS
        if item.get(name) not in (None, "")
        or (name.startswith("switch_inline") and item.get(name) == "")
    ]
    if not actions:
        raise _wrong_button("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    return actions[0]


def _copied(value: Any) -> str:
    words = value.get("text") if isinstance(value, dict) else None
    if not isinstance(words, str):
        raise _wrong_button('Field "text" must be of type String')
    if not 1 <= len(words) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return words


def _checked_url(url: str) -> str:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    complaint = None
    if parts.scheme.lower() not in ("http", "https", "tg", "ton", "tonsite"):
        complaint = "Unsupported URL protocol"
    elif not parts.netloc:
        complaint = "URL host is empty"
    elif parts.scheme.lower() in ("http", "https") and "." not in (parts.hostname or ""):
        complaint = "Wrong HTTP URL"
    if complaint is not None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {complaint}")
    return url


def _reply_keyboard(value: dict[str, Any], remarks: list[str]) -> ReplyKeyboard | None:
    rows = _rows(value, "keyboard")
    _count(rows, remarks)
    _field(value, "selective", bool)
    if not rows:
        return None  # An empty keyboard is none at all.
    return ReplyKeyboard(
        tuple(tuple(_key(item) for item in row) for row in rows),
        one_time=bool(_field(value, "one_time_keyboard", bool)),
        resize=bool(_field(value, "resize_keyboard", bool)),
        persistent=bool(_field(value, "is_persistent", bool)),
        placeholder=_placeholder(value),
    )


def _key(item: Any) -> KeyboardKey:
    if isinstance(item, str):
        return KeyboardKey(item)
    if not isinstance(item, dict):
        raise bad_request(
            "can't parse keyboard button: KeyboardButton must be a String or an Object"
        )
    text = item.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("keyboard button text is empty")
    others = ("request_users", "request_chat", "request_poll", "web_app", "request_managed_bot")
    if any(item.get(name) for name in others):
        raise bad_request("BUTTON_TYPE_INVALID")
    if item.get("request_contact"):
        return KeyboardKey(text, "contact")
    return KeyboardKey(text, "location" if item.get("request_location") else None)


def _placeholder(value: dict[str, Any]) -> str | None:
    words = _field(value, "input_field_placeholder", str)
    if words is not None and len(words) > ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER:
        raise bad_request("PLACEHOLDER_INVALID")
    return words or None
