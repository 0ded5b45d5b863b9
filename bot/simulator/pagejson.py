"""What the web page is told, as JSON: phones, messages with safe HTML, keyboards, inline results.

The field names are a contract with `web/`; everything a person or the bot wrote is escaped here or
is plain text that the page must set as text.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .writing import BLOCKED

if TYPE_CHECKING:
    from .phones import Phone
    from .queries import CallbackAnswer, InlineAnswer
    from .shown import ShownMessage
    from .simulator import Simulator
    from .state import Button, Json, Media, ReplyKeyboard


def phone_json(phone: Phone) -> Json:
    """A phone in the row of phones."""
    user = phone.user
    return {
        "user_id": user.id,
        "name": user.name,
        "label": phone.label,
        "username": user.username,
        "language_code": user.language_code,
        "phone": user.phone,
        "blocked": phone.chat.closed_because == BLOCKED,
        "invite": phone.invite,
        "hint": phone.hint,
    }


def state_json(sim: Simulator, *, running: bool) -> Json:
    """The whole: the bot, the clock and every phone."""
    bot = sim.world.bot
    name = sim.world.profile.text("name", "") or bot.first_name
    return {
        "bot": {"username": bot.username, "name": name},
        "clock": clock_json(sim),
        "running": running,
        "zone": sim.zone.key,
        "phones": [phone_json(phone) for phone in sim.phones()],
    }


def clock_json(sim: Simulator) -> str:
    """The present moment in the zone's local time."""
    return sim.world.clock.now().astimezone(sim.zone).isoformat(timespec="seconds")


def chat_json(sim: Simulator, phone: Phone) -> Json:
    """One phone with all that its screen shows."""
    return {
        **phone_json(phone),
        "messages": [message_json(sim, message) for message in phone.messages],
        "commands": [
            {"command": command, "description": words} for command, words in phone.commands.items()
        ],
        "reply_keyboard": _keyboard_json(phone.reply_keyboard),
        "typing": phone.typing,
    }


def _keyboard_json(keyboard: ReplyKeyboard | None) -> Json | None:
    if keyboard is None:
        return None
    return {
        "rows": [[{"text": k.text, "request": k.request} for k in row] for row in keyboard.rows],
        "one_time": keyboard.one_time,
        "placeholder": keyboard.placeholder,
    }


def message_json(sim: Simulator, shown: ShownMessage) -> Json:
    """One message."""
    message, world = shown.raw, sim.world
    replied = world.chats[message.chat_id].messages.get(message.reply_to or 0)
    date = datetime.fromtimestamp(message.date, sim.zone)
    return {
        "message_id": message.message_id,
        "from_bot": shown.from_bot,
        "sender": message.sender.name if message.sender is not None else "",
        "date": date.isoformat(timespec="seconds"),
        "edited": shown.edited,
        "html": shown.html,
        "text": message.text,
        "via_bot": world.bot.username if message.via_bot else None,
        "protected": message.protected,
        "reply_to": None
        if replied is None
        else {"message_id": replied.message_id, "text": replied.text},
        "media": None if message.media is None else _media_json(message.media),
        "buttons": [[_button_json(button) for button in row] for row in message.keyboard],
    }


def _media_json(media: Media) -> Json:
    file, fields = media.file, media.fields
    place = fields.get("location", fields)
    name = file.name if file is not None else None
    if media.kind == "contact":
        name = f"{fields['first_name']} {fields.get('last_name', '')}".strip()
    known = file is not None or media.kind in ("contact", "venue", "location")
    return {
        "kind": media.kind if known else "unsupported",
        "url": None if file is None else f"/sim/files/{file.number}",
        "name": name if known else media.kind,
        "size": None if file is None else file.size,
        "mime": None if file is None else file.mime,
        "title": fields.get("title"),
        "address": fields.get("address"),
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "phone": fields.get("phone_number"),
        "duration": None if file is None else file.duration,
    }


def _button_json(button: Button) -> Json:
    return {
        "text": button.text,
        "kind": button.kind,
        "data": button.data,
        "url": button.url,
        "copy": button.copy_text,
        "query": button.query,
    }


def answer_json(answer: CallbackAnswer | None) -> Json | None:
    """What the bot answered to a press."""
    return None if answer is None else {"text": answer.text, "alert": answer.alert}


def inline_json(answer: InlineAnswer) -> Json:
    """What the bot offers for an inline query."""
    return {
        "results": [
            {
                "id": result.id,
                "title": result.title,
                "description": result.description,
                "thumb": result.thumb,
                "text": result.text,
            }
            for result in answer
        ],
        "next_offset": answer.next_offset,
        "button": answer.button,
    }
