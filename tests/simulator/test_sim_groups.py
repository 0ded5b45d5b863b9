"""Groups and channels: who is heard, and coming and going."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from simulator_support import refused
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import Forbidden

from bot.simulator import PhoneError

if TYPE_CHECKING:
    from telegram import Bot

    from bot.simulator import Phone, Simulator


async def heard(bot: Bot) -> list[str | None]:
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [u.effective_message.text for u in updates if u.effective_message]


async def test_privacy_mode_shows_the_bot_only_what_is_meant_for_it(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    group = sim.group(-1001234567890, "Branch", [101])
    await li.says("among ourselves", chat=group.id)
    await li.says("/today", chat=group.id)
    await li.says("/today@roundsman_bot", chat=group.id)
    await li.says("/today@other_bot", chat=group.id)
    asked = await bot.send_message(group.id, "Which?")
    await li.says("this", reply_to=asked.message_id, chat=group.id)
    assert await heard(bot) == ["/today", "/today@roundsman_bot", "this"]
    sim.world.read_all_group_messages = True
    await li.says("now you hear", chat=group.id)
    assert await heard(bot) == ["now you hear"]
    assert group.messages[-1].text == "now you hear"
    assert "Which?" in group.transcript()


async def test_buttons_in_a_group_are_pressed_by_its_members(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    group = sim.group(-5, "Team", [101])
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    sent = await bot.send_message(group.id, "x", reply_markup=keys)
    await li.presses("Go", chat=group.id, wait=0)
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == sent.message_id
    assert update.callback_query.message.chat.title == "Team"


async def test_a_bot_deletes_only_its_own_messages_in_a_group(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    group = sim.group(-5, "Team", [101])
    theirs = await li.says("/x", chat=group.id)
    with refused("Message can't be deleted for everyone"):
        await bot.delete_message(group.id, theirs)
    own = await bot.send_message(group.id, "x")
    await bot.delete_message(group.id, own.message_id)


async def test_a_bot_that_was_thrown_out_is_forbidden(sim: Simulator, bot: Bot, li: Phone) -> None:
    group = sim.group(-5, "Team", [101], with_bot=False)
    with refused("Chat not found"):
        await bot.send_message(group.id, "x")
    group.adds_bot(by=101)
    await bot.send_message(group.id, "x")
    group.removes_bot(by=101)
    with refused("bot was kicked from the group chat", Forbidden):
        await bot.send_message(group.id, "x")
    group.adds_bot(by=101)
    await bot.send_message(group.id, "x")
    changes = [u.my_chat_member for u in await bot.get_updates()]
    assert [c.new_chat_member.status for c in changes if c] == ["member", "kicked", "member"]


async def test_only_members_write_in_a_group(sim: Simulator, ann: Phone) -> None:
    group = sim.group(-5, "Team", [101])
    with pytest.raises(PhoneError, match="is not in chat -5"):
        await ann.says("x", chat=group.id)


async def test_a_channel_posts_without_a_sender(sim: Simulator, bot: Bot) -> None:
    channel = sim.channel(-1009, "News")
    channel.posts("hello")
    (update,) = await bot.get_updates()
    assert update.channel_post is not None
    assert (update.channel_post.text, update.channel_post.from_user) == ("hello", None)
    sent = await bot.send_message(channel.id, "x")
    await bot.edit_message_text("y", channel.id, sent.message_id)
    assert channel.messages[-1].text == "y"
    with refused("Inline keyboard expected"):
        await bot.send_message(channel.id, "x", reply_markup=ReplyKeyboardMarkup([["a"]]))
