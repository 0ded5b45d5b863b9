"""What all methods that send or edit have in common: the chat, the reply, the keyboard, the pace.

`compose` checks everything a new message may get wrong, in the order in which Telegram complains,
and posts it; `editable` finds the message that an edit means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import bad_request, forbidden
from .keyboards import parse_markup
from .state import Chat, Entity, Media, Message
from .texts import caption_text

if TYPE_CHECKING:
    from .call import Call
    from .world import World

COMMON = frozenset({
    "chat_id", "disable_notification", "protect_content", "reply_parameters",
    "reply_to_message_id", "allow_sending_without_reply", "reply_markup",
})  # fmt: skip
CAPTION = frozenset({
    "caption", "parse_mode", "caption_entities", "show_caption_above_media",
})  # fmt: skip


def chat_of(world: World, call: Call, name: str = "chat_id") -> Chat:
    """The chat that the call names, open to the bot.

    Raises:
        ApiError: 400 no such chat, or 403 the bot was blocked or thrown out.
    """
    raw = call.params.get(name)
    if raw is None or raw == "":
        raise bad_request(f"{name} is empty")
    chat: Chat | None = None
    if isinstance(raw, str) and raw.startswith("@"):
        chat = next((c for c in world.chats.values() if c.username == raw[1:]), None)
    else:
        try:
            chat = world.chats.get(int(raw))
        except (TypeError, ValueError):
            chat = None
    if chat is None or not chat.open:
        raise bad_request("chat not found")
    if chat.closed_because is not None:
        raise forbidden(chat.closed_because)
    return chat


def caption_of(call: Call) -> tuple[str, tuple[Entity, ...]]:
    """The caption that came with a file."""
    given = call.json("caption_entities")
    return caption_text(call.text("caption"), call.text("parse_mode"), given)


def replied_to(world: World, call: Call, chat: Chat) -> int | None:
    """The message that the new one answers.

    Raises:
        ApiError: "message to be replied not found".
    """
    wanted = call.json("reply_parameters")
    tolerant = call.flag("allow_sending_without_reply")
    if isinstance(wanted, dict):
        if "message_id" not in wanted:
            raise bad_request('can\'t find field "message_id"')
        message_id = int(wanted["message_id"])
        tolerant = tolerant or bool(wanted.get("allow_sending_without_reply"))
    else:
        message_id = call.integer("reply_to_message_id")
    if not message_id:
        return None
    if message_id in chat.messages:
        return message_id
    if tolerant:
        return None
    known = world.knew(chat, message_id)
    raise bad_request("message to be replied not found", innocent=known)


def compose(
    world: World,
    call: Call,
    *,
    text: str = "",
    entities: tuple[Entity, ...] = (),
    media: Media | None = None,
) -> Message:
    """Check the rest of a sending call and put the message into its chat.

    Raises:
        ApiError: whatever Telegram would refuse.
    """
    keyboard, markup = parse_markup(call.params.get("reply_markup"), call.remarks)
    chat = chat_of(world, call)
    if markup is not None and chat.type == "channel":
        raise bad_request("inline keyboard expected")
    reply_to = replied_to(world, call, chat)
    world.pace.take(chat)
    return world.post(
        chat,
        Message(
            message_id=0,
            chat_id=chat.id,
            sender=None if chat.type == "channel" else world.bot,
            date=world.now(),
            text=text,
            entities=entities,
            media=media,
            keyboard=keyboard,
            markup=markup,
            protected=call.flag("protect_content"),
            reply_to=reply_to,
            silent=call.flag("disable_notification"),
        ),
    )


def editable(world: World, call: Call) -> tuple[Chat, Message]:
    """The message that an edit means: the bot's own, or one sent through its inline mode.

    Raises:
        ApiError: 400 not found, or not the bot's to edit.
    """
    inline_id = call.text("inline_message_id")
    if inline_id:
        place = world.inline_messages.get(inline_id)
        if place is None:
            raise bad_request("invalid inline message identifier specified")
        chat = world.chats[place[0]]
        message = chat.messages.get(place[1])
        if message is None:
            raise bad_request("MESSAGE_ID_INVALID", innocent=True)
        return chat, message
    chat = chat_of(world, call)
    message_id = call.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found", innocent=world.knew(chat, message_id))
    own = message.sender is world.bot or (chat.type == "channel" and message.sender is None)
    if not own or message.markup is not None:
        # A message that brought a reply keyboard can never be edited.
        raise bad_request("message can't be edited")
    return chat, message
