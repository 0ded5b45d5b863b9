"""Methods that send files, and `getFile`, which hands them back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram.constants import MediaGroupLimit

from .errors import bad_request
from .media import check_thumbnail, file_argument, input_media
from .sending import caption_of, chat_of, compose, replied_to
from .state import Media, Message
from .wire import file_json, message_json

if TYPE_CHECKING:
    from .call import Call
    from .state import Json
    from .world import World

DOWNLOAD_BYTES = 20 << 20


def _send_file(world: World, call: Call, kind: str) -> Json:
    text, entities = caption_of(call)
    check_thumbnail(call)
    file = file_argument(world, call, kind, call.params.get(kind))
    media = Media(kind, file)
    return message_json(world, compose(world, call, text=text, entities=entities, media=media))


def send_photo(world: World, call: Call) -> Json:
    """`sendPhoto`."""
    return _send_file(world, call, "photo")


def send_document(world: World, call: Call) -> Json:
    """`sendDocument`."""
    return _send_file(world, call, "document")


def send_voice(world: World, call: Call) -> Json:
    """`sendVoice`."""
    return _send_file(world, call, "voice")


def send_media_group(world: World, call: Call) -> list[Json]:
    """`sendMediaGroup`: an album of photos or of documents, all of it or nothing."""
    wanted = call.json("media")
    if not isinstance(wanted, list):
        raise bad_request("expected an Array of InputMedia")
    low, high = MediaGroupLimit.MIN_MEDIA_LENGTH, MediaGroupLimit.MAX_MEDIA_LENGTH
    if not low <= len(wanted) <= high:
        raise bad_request(
            "album must contain at least 2 messages"
            if len(wanted) < low
            else "too many messages to send as an album"
        )
    items = [input_media(world, call, item, album=True) for item in wanted]
    if len({item.media.kind for item in items}) > 1:
        raise bad_request("document can't be mixed with other media types")
    chat = chat_of(world, call)
    reply_to = replied_to(world, call, chat)
    world.pace.take(chat, len(items))
    first = Message(
        message_id=0,
        chat_id=chat.id,
        sender=None if chat.type == "channel" else world.bot,
        date=world.now(),
        protected=call.flag("protect_content"),
        reply_to=reply_to,
        silent=call.flag("disable_notification"),
        media_group=str(world.files.next_number()),
    )
    sent = [
        world.post(chat, replace(first, text=item.text, entities=item.entities, media=item.media))
        for item in items
    ]
    return [message_json(world, message) for message in sent]


def get_file(world: World, call: Call) -> Json:
    """`getFile`: where the file can be downloaded."""
    file_id = call.text("file_id")
    if not file_id:
        raise bad_request("file_id is empty")
    file = world.files.by_id(file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file_json(file), "file_path": file.path}
