"""Methods that send words and places: messages, contacts, venues, locations, chat actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.constants import ChatAction, ContactLimit, LocationLimit

from .errors import bad_request
from .sending import chat_of, compose
from .state import Media
from .texts import message_text
from .wire import message_json
from .world import TYPING_SECONDS

if TYPE_CHECKING:
    from .call import Call
    from .state import Json
    from .world import World

_ACTIONS = frozenset(action.value for action in ChatAction)
_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def send_message(world: World, call: Call) -> Json:
    """`sendMessage`."""
    text, entities = message_text(
        call.text("text"), call.text("parse_mode"), call.json("entities")
    )
    _check_preview(call)
    return message_json(world, compose(world, call, text=text, entities=entities))


def _check_preview(call: Call) -> None:
    options = call.json("link_preview_options", "link preview options")
    if options is None:
        return
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    for name in _PREVIEW_FLAGS:
        if name in options and not isinstance(options[name], bool):
            raise bad_request(f'field "{name}" must be of type Boolean')


def send_contact(world: World, call: Call) -> Json:
    """`sendContact`."""
    phone, name = call.text("phone_number"), call.text("first_name")
    if not phone:
        raise bad_request('parameter "phone_number" is required')
    if not name:
        raise bad_request('parameter "first_name" is required')
    fields: dict[str, Any] = {"phone_number": phone, "first_name": name}
    if call.text("last_name"):
        fields["last_name"] = call.text("last_name")
    vcard = call.text("vcard")
    if vcard:
        if len(vcard.encode()) > ContactLimit.VCARD:
            raise bad_request("contact vCard is too long")
        fields["vcard"] = vcard
    owner = next((u for u in world.users.values() if u.phone == phone), None)
    if owner is not None:
        fields["user_id"] = owner.id
    return message_json(world, compose(world, call, media=Media("contact", fields=fields)))


def send_location(world: World, call: Call) -> Json:
    """`sendLocation`."""
    fields = _place(call)
    accuracy = call.number("horizontal_accuracy")
    if accuracy is not None:
        fields["horizontal_accuracy"] = max(0.0, min(accuracy, LocationLimit.HORIZONTAL_ACCURACY))
    return message_json(world, compose(world, call, media=Media("location", fields=fields)))


def send_venue(world: World, call: Call) -> Json:
    """`sendVenue`."""
    place = _place(call)
    title, address = call.text("title"), call.text("address")
    if not title:
        raise bad_request('parameter "title" is required')
    if not address:
        raise bad_request('parameter "address" is required')
    fields = {"location": place, "title": title, "address": address}
    return message_json(world, compose(world, call, media=Media("venue", fields=fields)))


def _place(call: Call) -> dict[str, Any]:
    latitude, longitude = call.number("latitude"), call.number("longitude")
    if latitude is None:
        raise bad_request("latitude is empty")
    if longitude is None:
        raise bad_request("longitude is empty")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("wrong latitude or longitude specified")
    return {"latitude": latitude, "longitude": longitude}


def send_chat_action(world: World, call: Call) -> bool:
    """`sendChatAction`: the phone shows it for five seconds or until the next message."""
    action = call.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_of(world, call)
    chat.typing_until = world.monotonic() + TYPING_SECONDS
    chat.typing_action = action
    if chat.type == "private":
        world.tell({"type": "typing", "user_id": chat.id})
    world.signal(chat.id).fire()
    return True
