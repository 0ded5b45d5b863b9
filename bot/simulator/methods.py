"""The table of contents: every method of the Bot API that the simulator has, and its parameters.

A method that is not here does not exist, and the bot is told so with Telegram's 404. A parameter
that is not listed is unknown to Telegram, too (it would be ignored); `dispatch` makes a remark of
it.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import (
    methods_answers as answers,
)
from . import (
    methods_edit as edit,
)
from . import (
    methods_media as files,
)
from . import (
    methods_messages as messages,
)
from . import (
    methods_profile as profile,
)
from . import (
    methods_updates as updates,
)
from .errors import bad_request, method_not_found
from .sending import CAPTION, COMMON

if TYPE_CHECKING:
    from collections.abc import Callable

    from .call import Call
    from .webhooks import Webhook
    from .world import World


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its name as Telegram writes it, what carries it out, and what it may be given."""

    name: str
    run: Callable[..., Any]
    parameters: frozenset[str]
    needs_webhook: bool = False


def _method(name: str, run: Callable[..., Any], words: str = "", *more: frozenset[str]) -> Method:
    return Method(name, run, frozenset(words.split()).union(*more))


def _webhook_method(name: str, run: Callable[..., Any], words: str = "") -> Method:
    return Method(name, run, frozenset(words.split()), needs_webhook=True)


_TARGET = frozenset({"chat_id", "message_id", "inline_message_id", "reply_markup"})
_MENU = frozenset({"scope", "language_code"})

_ALL = (
    _method("getMe", profile.get_me),
    _method("getUpdates", updates.get_updates, "offset limit timeout allowed_updates"),
    _webhook_method(
        "setWebhook",
        updates.set_webhook,
        "url certificate ip_address max_connections allowed_updates drop_pending_updates"
        " secret_token",
    ),
    _webhook_method("deleteWebhook", updates.delete_webhook, "drop_pending_updates"),
    _webhook_method("getWebhookInfo", updates.get_webhook_info),
    _method(
        "sendMessage",
        messages.send_message,
        "text parse_mode entities link_preview_options disable_web_page_preview",
        COMMON,
    ),
    _method(
        "sendContact",
        messages.send_contact,
        "phone_number first_name last_name vcard",
        COMMON,
    ),
    _method(
        "sendLocation",
        messages.send_location,
        "latitude longitude horizontal_accuracy",
        COMMON,
    ),
    _method("sendVenue", messages.send_venue, "latitude longitude title address", COMMON),
    _method("sendChatAction", messages.send_chat_action, "chat_id action"),
    _method("sendPhoto", files.send_photo, "photo has_spoiler", COMMON, CAPTION),
    _method(
        "sendDocument",
        files.send_document,
        "document thumbnail disable_content_type_detection",
        COMMON,
        CAPTION,
    ),
    _method("sendVoice", files.send_voice, "voice duration", COMMON, CAPTION),
    _method("sendMediaGroup", files.send_media_group, "media", COMMON - {"reply_markup"}),
    _method("getFile", files.get_file, "file_id"),
    _method(
        "editMessageText",
        edit.edit_message_text,
        "text parse_mode entities link_preview_options disable_web_page_preview",
        _TARGET,
    ),
    _method("editMessageCaption", edit.edit_message_caption, "", _TARGET, CAPTION),
    _method("editMessageMedia", edit.edit_message_media, "media", _TARGET),
    _method("editMessageReplyMarkup", edit.edit_message_reply_markup, "", _TARGET),
    _method("deleteMessage", edit.delete_message, "chat_id message_id"),
    _method("deleteMessages", edit.delete_messages, "chat_id message_ids"),
    _method(
        "answerCallbackQuery",
        answers.answer_callback_query,
        "callback_query_id text show_alert url cache_time",
    ),
    _method(
        "answerInlineQuery",
        answers.answer_inline_query,
        "inline_query_id results cache_time is_personal next_offset button",
    ),
    _method("getChat", profile.get_chat, "chat_id"),
    _method("setMyCommands", profile.set_my_commands, "commands", _MENU),
    _method("getMyCommands", profile.get_my_commands, "", _MENU),
    _method("deleteMyCommands", profile.delete_my_commands, "", _MENU),
    _method("setMyName", profile.set_my_name, "name language_code"),
    _method("getMyName", profile.get_my_name, "language_code"),
    _method("setMyDescription", profile.set_my_description, "description language_code"),
    _method("getMyDescription", profile.get_my_description, "language_code"),
    _method(
        "setMyShortDescription",
        profile.set_my_short_description,
        "short_description language_code",
    ),
    _method("getMyShortDescription", profile.get_my_short_description, "language_code"),
    _method("setChatMenuButton", profile.set_chat_menu_button, "chat_id menu_button"),
    _method("getChatMenuButton", profile.get_chat_menu_button, "chat_id"),
)

# Telegram does not care about the case of a method's name.
METHODS: dict[str, Method] = {method.name.lower(): method for method in _ALL}

# What Telegram has and the simulator has not: refused, never silently ignored.
_ELSEWHERE = {
    "business_connection_id": "business connection not found",
    "message_thread_id": "message thread not found",
    "message_effect_id": "EFFECT_ID_INVALID",
    "allow_paid_broadcast": "FLOODSKIP_NOT_ALLOWED",
    "live_period": "live locations are not simulated",
    "direct_messages_topic_id": "topic not found",
    "suggested_post_parameters": "suggested posts can be sent only to channel direct messages",
}


async def dispatch(world: World, webhook: Webhook, call: Call) -> object:
    """Carry out a call and return its result, as JSON bytes or as what becomes JSON.

    Raises:
        ApiError: whatever Telegram would refuse, the unknown method included.
    """
    method = METHODS.get(call.method.lower())
    if method is None:
        raise method_not_found()
    if not method.parameters.issuperset(call.params):
        for name in call.params.keys() - method.parameters:
            if name in _ELSEWHERE and call.params[name]:
                raise bad_request(_ELSEWHERE[name])
            if name not in _ELSEWHERE:
                call.remarks.append(f"{method.name} has no parameter {name}")
    call.method = method.name
    if method.needs_webhook:
        return method.run(world, call, webhook)
    result = method.run(world, call)
    return await result if inspect.isawaitable(result) else result
