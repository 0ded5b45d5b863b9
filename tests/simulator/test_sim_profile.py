"""The bot's own face: menus by scope and language, names, the menu button, chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from simulator_support import refused
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)

if TYPE_CHECKING:
    from telegram import Bot

    from bot.simulator import Phone, Simulator


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (1, "roundsman_bot", True)
    assert me.supports_inline_queries


async def test_a_menu_is_found_by_scope_before_language(bot: Bot, li: Phone, ann: Phone) -> None:
    await bot.set_my_commands([("start", "Start")])
    await bot.set_my_commands([("start", "开始")], language_code="zh")
    assert (li.commands, ann.commands) == ({"start": "开始"}, {"start": "Start"})
    await bot.set_my_commands([("today", "Today")], BotCommandScopeAllPrivateChats())
    assert li.commands == {"today": "Today"}
    await bot.set_my_commands([("team", "团队")], BotCommandScopeChat(101), language_code="zh")
    assert (li.commands, ann.commands) == ({"team": "团队"}, {"today": "Today"})
    await li.speaks("en")
    assert li.commands == {"today": "Today"}


async def test_a_menu_can_be_read_and_deleted(bot: Bot, li: Phone) -> None:
    await bot.set_my_commands([("start", "Start")])
    assert await bot.get_my_commands() == (BotCommand("start", "Start"),)
    assert await bot.get_my_commands(language_code="zh") == ()
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    assert li.commands == {}


@pytest.mark.parametrize(
    ("commands", "sentence"),
    [
        ([("Start", "x")], "Bot_command_invalid"),
        ([("x" * 33, "x")], "Bot_command_invalid"),
        ([("start", "x" * 257)], "Bot_command_description_invalid"),
        ([("start", " ")], "Bot_command_description_invalid"),
        ([("start", "x")] * 101, "Bot_commands_too_much"),
    ],
)
async def test_wrong_menus_are_refused(
    bot: Bot, commands: list[tuple[str, str]], sentence: str
) -> None:
    with refused(sentence):
        await bot.set_my_commands(commands)


async def test_a_menu_for_a_chat_needs_that_chat_and_a_language_two_letters(bot: Bot) -> None:
    with refused("Chat not found"):
        await bot.set_my_commands([("start", "x")], BotCommandScopeChat(404))
    with refused("Invalid language code specified"):
        await bot.set_my_commands([("start", "x")], language_code="zh-hans")


async def test_names_and_descriptions_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_name("Roundsman")
    await bot.set_my_name("巡访", language_code="zh")
    await bot.set_my_description("long")
    await bot.set_my_short_description("short")
    assert (await bot.get_my_name("zh")).name == "巡访"
    assert (await bot.get_my_name("fr")).name == "Roundsman"
    assert (await bot.get_my_description()).description == "long"
    assert (await bot.get_my_short_description()).short_description == "short"
    with refused("Bot short description is too long"):
        await bot.set_my_short_description("x" * 121)
    with refused("Bot description is too long"):
        await bot.set_my_description("x" * 513)
    with refused("Bot name is too long"):
        await bot.set_my_name("x" * 65)


async def test_the_menu_button_is_the_commands(bot: Bot, li: Phone) -> None:
    await bot.set_chat_menu_button(101, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(101)).type == "commands"
    assert (await bot.get_chat_menu_button()).type == "commands"
    with refused("unsupported type specified"):
        await bot.set_chat_menu_button(
            101, MenuButtonWebApp("x", WebAppInfo("https://example.com"))
        )


async def test_a_chat_can_be_asked_for(sim: Simulator, bot: Bot, li: Phone) -> None:
    chat = await bot.get_chat(101)
    assert (chat.first_name, chat.username, chat.type) == ("李伟", "liwei", "private")
    sim.phone(555, "Stranger")
    with refused("Chat not found"):
        await bot.get_chat(555)
