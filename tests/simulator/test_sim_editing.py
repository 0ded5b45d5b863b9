"""Editing and deleting, with Telegram's reasons to refuse."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from simulator_support import refused
from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    ReplyKeyboardMarkup,
)

if TYPE_CHECKING:
    from telegram import Bot

    from bot.simulator import Phone, Simulator
    from core.clock import MovableClock

GO = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
STOP = InlineKeyboardMarkup([[InlineKeyboardButton("Stop", callback_data="stop")]])


async def test_an_edit_changes_the_message_in_place(
    bot: Bot, li: Phone, clock: MovableClock
) -> None:
    sent = await bot.send_message(101, "one", reply_markup=GO)
    clock.advance(timedelta(minutes=1))
    edited = await bot.edit_message_text("<b>two</b>", 101, sent.message_id, parse_mode="HTML")
    assert not isinstance(edited, bool)
    assert edited.date == sent.date
    assert edited.edit_date == clock.now()
    assert (li.last.html, li.last.edited, li.buttons()) == ("<b>two</b>", True, [])


async def test_an_edit_that_changes_nothing_is_refused_but_no_violation(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    sent = await bot.send_message(101, "one", reply_markup=GO)
    with refused(
        "Message is not modified: specified new message content and reply markup are exactly the"
        " same as a current content and reply markup of the message"
    ):
        await bot.edit_message_text("one", 101, sent.message_id, reply_markup=GO)
    assert sim.violations == []


async def test_buttons_change_without_marking_the_message_as_edited(bot: Bot, li: Phone) -> None:
    sent = await bot.send_message(101, "one", reply_markup=GO)
    await bot.edit_message_reply_markup(101, sent.message_id, reply_markup=STOP)
    assert (li.buttons(), li.last.edited) == (["Stop"], False)
    with refused("Message is not modified"):
        await bot.edit_message_reply_markup(101, sent.message_id, reply_markup=STOP)
    await bot.edit_message_reply_markup(101, sent.message_id)
    assert li.buttons() == []


async def test_only_the_bots_own_messages_can_be_edited(bot: Bot, li: Phone) -> None:
    theirs = await li.says("mine")
    with refused("Message can't be edited"):
        await bot.edit_message_text("x", 101, theirs)
    with refused("Message to edit not found"):
        await bot.edit_message_text("x", 101, 999)
    with refused("Message identifier is not specified"):
        await bot.edit_message_text("x", 101)


async def test_a_message_with_a_reply_keyboard_can_never_be_edited(bot: Bot, li: Phone) -> None:
    sent = await bot.send_message(101, "x", reply_markup=ReplyKeyboardMarkup([["a"]]))
    with refused("Message can't be edited"):
        await bot.edit_message_text("y", 101, sent.message_id)
    plain = await bot.send_message(101, "x")
    with refused("Inline keyboard expected"):
        await bot.edit_message_text(
            "y",
            101,
            plain.message_id,
            reply_markup=ForceReply(),  # type: ignore[arg-type]
        )


async def test_text_and_caption_are_edited_by_different_methods(
    bot: Bot, li: Phone, png: bytes
) -> None:
    text = await bot.send_message(101, "x")
    photo = await bot.send_photo(101, png, caption="one")
    with refused("There is no text in the message to edit"):
        await bot.edit_message_text("y", 101, photo.message_id)
    with refused("There is no caption in the message to edit"):
        await bot.edit_message_caption(101, text.message_id, caption="y")
    await bot.edit_message_caption(101, photo.message_id, caption="<i>two</i>", parse_mode="HTML")
    assert li.last.html == "<i>two</i>"
    with refused("Message caption is too long"):
        await bot.edit_message_caption(101, photo.message_id, caption="x" * 1025)


async def test_a_photo_is_replaced_by_a_document_or_added_to_a_text(
    bot: Bot, li: Phone, png: bytes
) -> None:
    photo = await bot.send_photo(101, png)
    await bot.edit_message_media(
        InputMediaDocument(b"a;b", filename="a.csv", caption="c"), 101, photo.message_id
    )
    assert (li.last.media_kind, li.last.data, li.last.text) == ("document", b"a;b", "c")
    text = await bot.send_message(101, "x")
    await bot.edit_message_media(InputMediaPhoto(png), 101, text.message_id)
    assert (li.last.media_kind, li.last.text) == ("photo", "")


async def test_a_place_has_no_media_to_edit(bot: Bot, li: Phone, png: bytes) -> None:
    place = await bot.send_location(101, 1, 2)
    with refused("There is no media in the message to edit"):
        await bot.edit_message_media(InputMediaPhoto(png), 101, place.message_id)


async def test_messages_are_deleted_within_48_hours_and_not_later(
    bot: Bot, li: Phone, clock: MovableClock
) -> None:
    old = await bot.send_message(101, "old")
    theirs = await li.says("theirs")
    await bot.delete_message(101, theirs)
    clock.advance(timedelta(hours=48, seconds=1))
    with refused("Message can't be deleted for everyone"):
        await bot.delete_message(101, old.message_id)
    new = await bot.send_message(101, "new")
    assert await bot.delete_message(101, new.message_id)
    assert [m.text for m in li.messages] == ["/start", "old"]


async def test_what_a_person_deleted_is_gone_and_that_is_not_the_bots_fault(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    sent = await bot.send_message(101, "x")
    await li.deletes(sent.message_id)
    with refused("Message to edit not found"):
        await bot.edit_message_text("y", 101, sent.message_id)
    with refused("Message to delete not found"):
        await bot.delete_message(101, sent.message_id)
    assert sim.violations == []
    with refused("Message to delete not found"):
        await bot.delete_message(101, 999)
    assert len(sim.violations) == 1


async def test_many_messages_are_deleted_at_once(bot: Bot, li: Phone) -> None:
    ids = [(await bot.send_message(101, str(n))).message_id for n in range(3)]
    assert await bot.delete_messages(101, [*ids, 999])
    assert [m.text for m in li.messages] == ["/start"]
    with refused("Too many message identifiers specified"):
        await bot.delete_messages(101, list(range(1, 102)))
    with refused("Message identifiers are not specified"):
        await bot.delete_messages(101, [])
