"""Methods about the bot itself and about chats: who it is, its menus, its texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from telegram.constants import BotCommandLimit, BotDescriptionLimit, BotNameLimit

from .errors import bad_request
from .profile import Command
from .sending import chat_of
from .wire import chat_json, user_json

if TYPE_CHECKING:
    from .call import Call
    from .profile import Scope
    from .state import Json
    from .world import World

_COMMAND = re.compile(r"^[a-z0-9_]{1,32}$")
_LANGUAGE = re.compile(r"^[a-z]{2}$")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
_PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_TEXT_LIMITS = {
    "name": int(BotNameLimit.MAX_NAME_LENGTH),
    "description": int(BotDescriptionLimit.MAX_DESCRIPTION_LENGTH),
    "short_description": int(BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH),
}


def get_me(world: World, _call: Call) -> Json:
    """`getMe`."""
    return {
        **user_json(world.bot),
        "can_join_groups": True,
        "can_read_all_group_messages": world.read_all_group_messages,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def get_chat(world: World, call: Call) -> Json:
    """`getChat`."""
    chat = chat_of(world, call)
    return {
        **chat_json(world, chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def _scope(world: World, call: Call) -> Scope:
    given = call.json("scope", "BotCommandScope")
    if not given:
        return ("default", 0, 0)
    kind = given.get("type") if isinstance(given, dict) else None
    if kind in _PLAIN_SCOPES:
        return (kind, 0, 0)
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    try:
        chat_id = int(given.get("chat_id") or 0)
    except ValueError:
        chat_id = 0
    chat = world.chats.get(chat_id)
    if chat is None or not chat.open:
        raise bad_request("chat not found")
    user_id = int(given.get("user_id") or 0) if kind == "chat_member" else 0
    return (kind, chat_id, user_id)


def _language(call: Call) -> str:
    code = call.text("language_code")
    if code and not _LANGUAGE.match(code):
        raise bad_request("invalid language code specified")
    return code


def set_my_commands(world: World, call: Call) -> bool:
    """`setMyCommands`."""
    wanted = call.json("commands", "commands")
    if not isinstance(wanted, list):
        raise bad_request("expected an Array of BotCommand")
    if len(wanted) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = []
    for item in wanted:
        if not isinstance(item, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        name = str(item.get("command") or "").removeprefix("/")
        description = str(item.get("description") or "").strip()
        if not _COMMAND.match(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= BotCommandLimit.MAX_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append(Command(name, description))
    key = (_scope(world, call), _language(call))
    if commands:
        world.profile.commands[key] = tuple(commands)
    else:
        world.profile.commands.pop(key, None)
    _menus_changed(world)
    return True


def get_my_commands(world: World, call: Call) -> list[Json]:
    """`getMyCommands`: exactly of this scope and language, nothing inherited."""
    commands = world.profile.commands.get((_scope(world, call), _language(call)), ())
    return [{"command": c.command, "description": c.description} for c in commands]


def delete_my_commands(world: World, call: Call) -> bool:
    """`deleteMyCommands`."""
    world.profile.commands.pop((_scope(world, call), _language(call)), None)
    _menus_changed(world)
    return True


def _menus_changed(world: World) -> None:
    for chat in world.chats.values():
        if chat.type == "private" and chat.open:
            world.tell({"type": "chat", "user_id": chat.id})


def _set_text(world: World, call: Call, name: str) -> bool:
    text = call.text(name)
    if len(text) > _TEXT_LIMITS[name]:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    world.profile.texts[name, _language(call)] = text
    return True


def set_my_name(world: World, call: Call) -> bool:
    """`setMyName`."""
    return _set_text(world, call, "name")


def set_my_description(world: World, call: Call) -> bool:
    """`setMyDescription`."""
    return _set_text(world, call, "description")


def set_my_short_description(world: World, call: Call) -> bool:
    """`setMyShortDescription`."""
    return _set_text(world, call, "short_description")


def get_my_name(world: World, call: Call) -> Json:
    """`getMyName`."""
    return {"name": world.profile.text("name", _language(call)) or world.bot.first_name}


def get_my_description(world: World, call: Call) -> Json:
    """`getMyDescription`."""
    return {"description": world.profile.text("description", _language(call))}


def get_my_short_description(world: World, call: Call) -> Json:
    """`getMyShortDescription`."""
    return {"short_description": world.profile.text("short_description", _language(call))}


def set_chat_menu_button(world: World, call: Call) -> bool:
    """`setChatMenuButton`: of one private chat, or of all that have none of their own."""
    button = call.json("menu_button", "menu button") or {"type": "default"}
    kind = button.get("type") if isinstance(button, dict) else None
    if kind not in ("default", "commands"):
        raise bad_request("can't parse menu button: unsupported type specified")
    chat_id = 0
    if call.text("chat_id"):
        chat = chat_of(world, call)
        if chat.type != "private":
            raise bad_request("the chat must be a private chat")
        chat_id = chat.id
    world.profile.menu_buttons[chat_id] = {"type": kind}
    return True


def get_chat_menu_button(world: World, call: Call) -> Json:
    """`getChatMenuButton`."""
    buttons = world.profile.menu_buttons
    chat_id = chat_of(world, call).id if call.text("chat_id") else 0
    return buttons.get(chat_id) or buttons.get(0) or {"type": "commands"}
