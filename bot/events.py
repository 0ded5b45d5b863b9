"""Telegram's updates → what a person did, in words that no chat platform owns.

Parsing happens when the update is handled, from the raw JSON that the inbox keeps, so an update
that this version cannot read is not lost: it becomes `Unsupported`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from conversations.inputs import Input, Said, SentFile, SharedContact, SharedPlace, Unsupported

_FILES = ("voice", "audio", "video", "video_note", "animation", "document")


@dataclass(frozen=True, slots=True)
class Did:
    """Somebody typed or sent something."""

    input: Input


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """A slash command with what follows it."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button below a message was tapped."""

    callback_id: str
    data: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that was handled before was changed."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was let in or shut out."""

    member: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update, read."""

    update_id: int
    chat_id: int
    chat_kind: str
    user_id: int
    language: str
    at: datetime
    what: Did | CommandGiven | Tapped | Edited | Membership
    message_id: int | None = None


def lane_of(update: dict[str, Any]) -> str:
    """The queue of strict order that an update belongs to: its chat, or else its person."""
    for part in update.values():
        if isinstance(part, dict):
            message = part.get("message") if "data" in part else part
            chat = (message or {}).get("chat") or part.get("chat") or part.get("from")
            if chat:
                return f"c:{chat['id']}"
    return "c:0"


def read_update(update: dict[str, Any]) -> Incoming | None:
    """What somebody did; None for a kind of update that we did not ask for."""
    update_id = int(update["update_id"])
    if (query := update.get("callback_query")) is not None:
        return _tapped(update_id, query)
    if (change := update.get("my_chat_member")) is not None:
        status = change["new_chat_member"]["status"]
        what = Membership(status not in {"kicked", "left"})
        return _incoming(update_id, change, what)
    if (message := update.get("edited_message")) is not None:
        return _incoming(update_id, message, Edited())
    if (message := update.get("message")) is not None:
        return _incoming(update_id, message, _message(message))
    return None


def clean(text: str) -> str:
    """The text without what no database can hold: NUL and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _incoming(update_id: int, message: dict[str, Any], what: Any) -> Incoming:
    sender = message.get("from") or {}
    return Incoming(
        update_id=update_id,
        chat_id=int(message["chat"]["id"]),
        chat_kind=str(message["chat"].get("type", "private")),
        user_id=int(sender.get("id", 0)),
        language=str(sender.get("language_code") or ""),
        at=_at(message),
        what=what,
        message_id=message.get("message_id"),
    )


def _tapped(update_id: int, query: dict[str, Any]) -> Incoming:
    message = query.get("message") or {}
    chat = message.get("chat") or {"id": query["from"]["id"], "type": "private"}
    return Incoming(
        update_id=update_id,
        chat_id=int(chat["id"]),
        chat_kind=str(chat.get("type", "private")),
        user_id=int(query["from"]["id"]),
        language=str(query["from"].get("language_code") or ""),
        at=_at(message),
        what=Tapped(
            str(query["id"]), clean(str(query.get("data", ""))), message.get("message_id")
        ),
        message_id=message.get("message_id"),
    )


def _message(message: dict[str, Any]) -> Did | CommandGiven:
    at = _at(message)
    if message.get("text") is not None:
        text = clean(str(message["text"]))
        if text.startswith("/") and len(text) > 1 and text[1].isascii() and text[1].isalpha():
            name, _, argument = text[1:].partition(" ")
            return CommandGiven(name.partition("@")[0].lower(), argument.strip())
        return Did(Said(text, at))
    if (contact := message.get("contact")) is not None:
        own = contact.get("user_id") == (message.get("from") or {}).get("id")
        forwarded = "forward_origin" in message or "forward_from" in message
        name = clean(" ".join(filter(None, (contact.get("first_name"), contact.get("last_name")))))
        return Did(SharedContact(contact["phone_number"], name, own and not forwarded, at))
    if (
        place := (message.get("venue") or {}).get("location") or message.get("location")
    ) is not None:
        return Did(SharedPlace(place["latitude"], place["longitude"], at))
    return Did(_file(message, at) or Unsupported(_kind(message), at))


def _file(message: dict[str, Any], at: datetime) -> SentFile | None:
    caption, album = clean(message.get("caption") or ""), message.get("media_group_id") or ""
    if message.get("photo"):
        largest = message["photo"][-1]
        return SentFile(
            "photo", largest["file_id"], largest["file_unique_id"], at,
            size=largest.get("file_size"), mime="image/jpeg", caption=caption, album=album,
        )  # fmt: skip
    for kind in _FILES:
        if (found := message.get(kind)) is not None:
            return SentFile(
                "voice" if kind == "voice" else "document",
                found["file_id"], found["file_unique_id"], at,
                size=found.get("file_size"), mime=found.get("mime_type") or "",
                name=clean(found.get("file_name") or "")[:200], caption=caption, album=album,
            )  # fmt: skip
    return None


def _kind(message: dict[str, Any]) -> str:
    known = ("sticker", "poll", "dice", "game", "story", "checklist")
    return next((kind for kind in known if kind in message), "other")


def _at(message: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(message.get("date") or 0), UTC)
