"""State to the JSON of the Bot API: users, chats, messages and the parts inside them.

Pure functions of the state; the only place that knows the field names of outgoing objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .state import Button, Chat, Entity, InlineKeyboard, Json, Media, Message, StoredFile, User
    from .world import World


def user_json(user: User) -> Json:
    """A `User`."""
    body: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.last_name:
        body["last_name"] = user.last_name
    if user.username:
        body["username"] = user.username
    if user.language_code:
        body["language_code"] = user.language_code
    return body


def chat_json(world: World, chat: Chat) -> Json:
    """A `Chat`; a private one bears the person's name."""
    body: Json = {"id": chat.id, "type": chat.type}
    if chat.type != "private":
        body["title"] = chat.title
        if chat.username:
            body["username"] = chat.username
        return body
    person = world.users.get(chat.id)
    if person is not None:
        body["first_name"] = person.first_name
        if person.last_name:
            body["last_name"] = person.last_name
        if person.username:
            body["username"] = person.username
    return body


def entity_json(world: World, entity: Entity) -> Json:
    """A `MessageEntity`."""
    body: Json = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    if entity.url is not None:
        body["url"] = entity.url
    if entity.language is not None:
        body["language"] = entity.language
    if entity.custom_emoji_id is not None:
        body["custom_emoji_id"] = entity.custom_emoji_id
    if entity.user_id is not None:
        user = world.users.get(entity.user_id)
        body["user"] = (
            user_json(user)
            if user is not None
            else {"id": entity.user_id, "is_bot": False, "first_name": ""}
        )
    return body


def button_json(button: Button) -> Json:
    """An `InlineKeyboardButton`."""
    body: Json = {"text": button.text}
    if button.data is not None:
        body["callback_data"] = button.data
    elif button.url is not None:
        body["url"] = button.url
    elif button.copy_text is not None:
        body["copy_text"] = {"text": button.copy_text}
    elif button.switch_inline is not None:
        body["switch_inline_query"] = button.switch_inline
    else:
        body["switch_inline_query_current_chat"] = button.switch_inline_current or ""
    return body


def keyboard_json(keyboard: InlineKeyboard) -> Json:
    """An `InlineKeyboardMarkup`."""
    return {"inline_keyboard": [[button_json(b) for b in row] for row in keyboard]}


def file_json(file: StoredFile) -> Json:
    """What `photo`, `document` and `voice` have in common."""
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
    }


def _media_json(media: Media) -> Json:
    file = media.file
    if file is None:
        body: Json = {media.kind: dict(media.fields)}
        if media.kind == "venue":
            body["location"] = media.fields["location"]
        return body
    common = file_json(file)
    if media.kind == "photo":
        return {"photo": [{**common, "width": file.width, "height": file.height}]}
    if media.kind == "voice":
        return {"voice": {**common, "duration": file.duration, "mime_type": file.mime}}
    return {"document": {**common, "file_name": file.name, "mime_type": file.mime}}


def message_json(world: World, message: Message, *, quoted: bool = False) -> Json:
    """A `Message`; a quoted one is without what it replied to itself."""
    chat = world.chats[message.chat_id]
    body: Json = {
        "message_id": message.message_id,
        "date": message.date,
        "chat": chat_json(world, chat),
    }
    if message.sender is not None:
        body["from"] = user_json(message.sender)
    elif chat.type == "channel":
        body["sender_chat"] = body["chat"]
    name = "text"
    if message.media is not None:
        body.update(_media_json(message.media))
        name = "caption"
    if message.text:
        body[name] = message.text
    if message.entities:
        key = "entities" if name == "text" else "caption_entities"
        body[key] = [entity_json(world, e) for e in message.entities]
    if message.keyboard:
        body["reply_markup"] = keyboard_json(message.keyboard)
    replied = None if quoted else chat.messages.get(message.reply_to or 0)
    if replied is not None:
        body["reply_to_message"] = message_json(world, replied, quoted=True)
    _add_marks(world, message, body)
    return body


def _add_marks(world: World, message: Message, body: Json) -> None:
    """What a message may bear besides its content."""
    if message.edit_date is not None:
        body["edit_date"] = message.edit_date
    if message.protected:
        body["has_protected_content"] = True
    if message.via_bot:
        body["via_bot"] = user_json(world.bot)
    if message.media_group is not None:
        body["media_group_id"] = message.media_group
