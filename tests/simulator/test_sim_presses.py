"""Presses of buttons and what the bot answers to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from simulator_support import both, next_update, refused
from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.simulator import CallbackAnswer, NoSuchButton

if TYPE_CHECKING:
    from telegram import Bot

    from bot.simulator import Phone, Simulator
    from core.clock import MovableClock


def row(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([list(buttons)])


SAVE = row(
    InlineKeyboardButton("💾 Save", callback_data="save:1"),
    InlineKeyboardButton("Back", callback_data="back:1"),
)


async def test_a_press_is_answered_with_a_notice(bot: Bot, li: Phone) -> None:
    sent = await bot.send_message(101, "x", reply_markup=SAVE)

    async def answer() -> None:
        update = await next_update(bot)
        query = update.callback_query
        assert query is not None
        assert query.message is not None
        assert (query.data, query.message.message_id) == ("save:1", sent.message_id)
        await query.answer("Saved", show_alert=True)

    answered, _ = await both(li.presses("Save"), answer())
    assert answered == CallbackAnswer("Saved", alert=True)
    assert li.notices == [answered]


async def test_a_press_without_an_answer_returns_nothing_and_is_remembered(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    await bot.send_message(101, "x", reply_markup=SAVE)
    assert await li.presses("back:1", wait=0) is None
    assert [q.user_id for q in sim.unanswered_presses()] == [101]


async def test_the_newest_message_with_the_button_counts(bot: Bot, li: Phone) -> None:
    await bot.send_message(101, "old", reply_markup=SAVE)
    new = await bot.send_message(101, "new", reply_markup=SAVE)
    await bot.send_message(101, "no buttons")
    await li.presses("Back", wait=0)
    query = (await next_update(bot)).callback_query
    assert query is not None
    assert query.message is not None
    assert query.message.message_id == new.message_id


async def test_a_button_that_is_not_there_is_named_with_the_whole_screen(
    bot: Bot, li: Phone
) -> None:
    await bot.send_message(101, "Which?", reply_markup=SAVE)
    with pytest.raises(NoSuchButton) as caught:
        await li.presses("Delete")
    assert "no button 'Delete'" in str(caught.value)
    assert "[💾 Save] [Back]" in str(caught.value)


async def test_a_late_answer_is_too_old_but_no_violation(
    sim: Simulator, bot: Bot, li: Phone, clock: MovableClock
) -> None:
    await bot.send_message(101, "x", reply_markup=SAVE)
    await li.presses("Save", wait=0)
    query = (await next_update(bot)).callback_query
    assert query is not None
    clock.advance(timedelta(seconds=16))
    with refused("Query is too old and response timeout expired or query ID is invalid"):
        await query.answer()
    assert sim.violations == []


async def test_an_unknown_query_and_a_long_answer_are_violations(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    with refused("query ID is invalid"):
        await bot.answer_callback_query("12345")
    with refused("Message_too_long"):
        await bot.answer_callback_query("12345", "x" * 201)
    with refused("Url_invalid"):
        await bot.answer_callback_query("12345", url="https://example.com")
    assert len(sim.violations) == 3


async def test_a_second_answer_is_noted(sim: Simulator, bot: Bot, li: Phone) -> None:
    await bot.send_message(101, "x", reply_markup=SAVE)
    await li.presses("Save", wait=0)
    query = (await next_update(bot)).callback_query
    assert query is not None
    await query.answer()
    await query.answer()
    assert [v.description for v in sim.violations] == ["the press was answered before"]


async def test_a_tampered_app_may_send_any_data_even_for_a_message_that_is_gone(
    bot: Bot, li: Phone
) -> None:
    sent = await bot.send_message(101, "x", reply_markup=SAVE)
    await li.presses_raw(sent.message_id, "save:2", wait=0)
    await bot.delete_message(101, sent.message_id)
    await li.presses_raw(sent.message_id, "save:3", wait=0)
    queries = [u.callback_query for u in await bot.get_updates()]
    assert [(q.data, bool(q.message and q.message.is_accessible)) for q in queries if q] == [
        ("save:2", True),
        ("save:3", False),
    ]


async def test_copying_linking_and_inline_buttons_stay_on_the_phone(bot: Bot, li: Phone) -> None:
    await bot.send_message(
        101,
        "x",
        reply_markup=row(
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("9131")),
            InlineKeyboardButton("Map", url="https://example.com/map"),
            InlineKeyboardButton("Me", url="https://t.me/roundsman_bot?start=p_1"),
        ),
    )
    await li.presses("Copy")
    await li.presses("Map")
    assert (li.clipboard, li.opened) == ("9131", ["https://example.com/map"])
    await li.presses("Me")
    assert li.last.text == "/start p_1"


async def test_an_answer_may_open_the_bots_own_deep_link(bot: Bot, li: Phone) -> None:
    await bot.send_message(101, "x", reply_markup=SAVE)

    async def answer() -> None:
        query = (await next_update(bot)).callback_query
        assert query is not None
        await query.answer(url="https://t.me/roundsman_bot?start=go")

    await both(li.presses("Save"), answer())
    assert li.last.text == "/start go"


async def test_keys_of_the_reply_keyboard_are_pressed_too(bot: Bot, li: Phone) -> None:
    keys = ReplyKeyboardMarkup(
        [["Today", KeyboardButton("Where", request_location=True)]], one_time_keyboard=True
    )
    await bot.send_message(101, "x", reply_markup=keys)
    await li.presses("Where")
    assert li.last.media_kind == "location"
    assert li.reply_keyboard is None
    await bot.send_message(101, "x", reply_markup=keys)
    await li.presses("Today")
    assert li.last.text == "Today"
