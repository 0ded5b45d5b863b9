"""Methods that change or take away messages: the four edits and the two deletes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram.constants import BulkRequestLimit

from .errors import NOT_MODIFIED, bad_request
from .keyboards import inline_only
from .media import input_media
from .sending import caption_of, chat_of, editable
from .texts import message_text
from .wire import message_json

if TYPE_CHECKING:
    from .call import Call
    from .state import Chat, Json, Message
    from .world import World

DELETABLE_SECONDS = 48 * 3600


def edit_message_text(world: World, call: Call) -> Json | bool:
    """`editMessageText`."""
    text, entities = message_text(
        call.text("text"), call.text("parse_mode"), call.json("entities")
    )
    keyboard = inline_only(call.params.get("reply_markup"), call.remarks)
    chat, old = editable(world, call)
    if old.media is not None:
        raise bad_request("there is no text in the message to edit")
    new = replace(old, text=text, entities=entities, keyboard=keyboard)
    return _replace(world, call, chat, old, new)


def edit_message_caption(world: World, call: Call) -> Json | bool:
    """`editMessageCaption`."""
    text, entities = caption_of(call)
    keyboard = inline_only(call.params.get("reply_markup"), call.remarks)
    chat, old = editable(world, call)
    if old.media is None or old.media.file is None:
        raise bad_request("there is no caption in the message to edit")
    new = replace(old, text=text, entities=entities, keyboard=keyboard)
    return _replace(world, call, chat, old, new)


def edit_message_reply_markup(world: World, call: Call) -> Json | bool:
    """`editMessageReplyMarkup`."""
    keyboard = inline_only(call.params.get("reply_markup"), call.remarks)
    chat, old = editable(world, call)
    return _replace(world, call, chat, old, replace(old, keyboard=keyboard))


def edit_message_media(world: World, call: Call) -> Json | bool:
    """`editMessageMedia`: another photo or document, or one added to a text message."""
    wanted = call.json("media", "input media")
    if not wanted:
        raise bad_request('parameter "media" is required')
    item = input_media(world, call, wanted)
    keyboard = inline_only(call.params.get("reply_markup"), call.remarks)
    chat, old = editable(world, call)
    if old.media is not None and old.media.file is None:
        raise bad_request("there is no media in the message to edit")
    if old.media_group is not None and old.media is not None and old.media.kind != item.media.kind:
        raise bad_request("message can't be edited: an album stays of one kind")
    new = replace(old, media=item.media, text=item.text, entities=item.entities, keyboard=keyboard)
    return _replace(world, call, chat, old, new)


def _replace(world: World, call: Call, chat: Chat, old: Message, new: Message) -> Json | bool:
    if old == new:
        # To repeat an edit is harmless and how a crash is repaired; it is no broken rule.
        raise bad_request(NOT_MODIFIED, innocent=True)
    world.pace.take(chat)
    only_buttons = replace(new, keyboard=old.keyboard) == old
    if not only_buttons:
        # Telegram marks a message as edited for its words, not for its buttons.
        new = replace(new, edit_date=world.now())
    message = world.change(chat, new)
    return True if call.text("inline_message_id") else message_json(world, message)


def delete_message(world: World, call: Call) -> bool:
    """`deleteMessage`."""
    message_id = call.integer("message_id")
    chat = chat_of(world, call)
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        known = world.knew(chat, message_id)
        raise bad_request("message to delete not found", innocent=known)
    if not _deletable(world, chat, message):
        raise bad_request("message can't be deleted for everyone")
    world.remove(chat, message_id)
    return True


def delete_messages(world: World, call: Call) -> bool:
    """`deleteMessages`: those not found are passed over."""
    ids = call.json("message_ids", "message identifiers")
    if not isinstance(ids, list) or not all(isinstance(i, int) for i in ids):
        raise bad_request("expected an Array of message identifiers")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > BulkRequestLimit.MAX_LIMIT:
        raise bad_request("too many message identifiers specified")
    chat = chat_of(world, call)
    found = [chat.messages[i] for i in ids if i in chat.messages]
    if not all(_deletable(world, chat, message) for message in found):
        raise bad_request("message can't be deleted for everyone")
    for message in found:
        world.remove(chat, message.message_id)
    return True


def _deletable(world: World, chat: Chat, message: Message) -> bool:
    if world.now() - message.date > DELETABLE_SECONDS:
        return False
    # In a group the bot is no administrator here, so it may take away only what it wrote.
    return chat.type == "private" or message.sender is world.bot or message.sender is None
