"""The phones: what a person does, what they see, and how a test waits for it."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from simulator_support import both
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.simulator import NoSuchButton, NotSeen, PhoneError, Simulator

if TYPE_CHECKING:
    from telegram import Bot

    from bot.simulator import Phone
    from core.clock import MovableClock

CONTACT = ReplyKeyboardMarkup([[KeyboardButton("Share", request_contact=True)]])


async def test_a_deep_link_starts_the_chat_with_its_payload(sim: Simulator, bot: Bot) -> None:
    phone = sim.phone(7, "New", invite="abc_-1")
    await phone.start("abc_-1")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start abc_-1"
    assert update.message.entities[0].type == "bot_command"
    assert phone.invite is None
    with pytest.raises(PhoneError, match="1-64"):
        await phone.start("no spaces")


async def test_who_has_blocked_the_bot_cannot_write(li: Phone) -> None:
    await li.blocks()
    with pytest.raises(PhoneError, match="cannot write here: bot was blocked"):
        await li.says("x")
    await li.unblocks()
    await li.says("x")


async def test_an_old_message_may_arrive_late(bot: Bot, li: Phone) -> None:
    long_ago = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    await li.says("visited", date=long_ago)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.date == long_ago


async def test_an_edited_message_becomes_an_update(bot: Bot, li: Phone) -> None:
    sent = await li.says("500万")
    await li.edits(sent, "600万")
    _, edit = await bot.get_updates()
    assert edit.edited_message is not None
    assert (edit.edited_message.message_id, edit.edited_message.text) == (sent, "600万")
    assert li.last.edited
    with pytest.raises(PhoneError, match="has no message 999"):
        await li.edits(999, "x")


async def test_an_offline_phone_delivers_everything_later_with_its_own_dates(
    bot: Bot, li: Phone, clock: MovableClock, png: bytes
) -> None:
    li.offline()
    first = clock.now()
    await li.says("one")
    clock.advance(timedelta(hours=1))
    await li.sends_photo(png)
    assert await bot.get_updates() == ()
    clock.advance(timedelta(hours=1))
    li.online()
    one, two = [u.message for u in await bot.get_updates()]
    assert one is not None
    assert two is not None
    assert (one.date, two.date) == (first, first + timedelta(hours=1))


async def test_the_own_contact_is_shared_by_the_keyboards_button(bot: Bot, li: Phone) -> None:
    with pytest.raises(NoSuchButton, match="nothing asks for a contact"):
        await li.shares_contact()
    asked = await bot.send_message(101, "Your number?", reply_markup=CONTACT)
    await li.presses("Share")
    (update,) = await bot.get_updates()
    assert update.message is not None
    contact = update.message.contact
    assert contact is not None
    assert (contact.phone_number, contact.user_id) == ("8613800000001", 101)
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == asked.message_id


async def test_somebody_elses_contact_has_another_owner(bot: Bot, li: Phone) -> None:
    await li.sends_contact("+8613900000000", "王总", 102)
    await li.sends_contact("+8613900000000", "王总")
    owners = [u.message.contact.user_id for u in await bot.get_updates() if u.message.contact]
    assert owners == [102, None]
    await li.shares_contact(unasked=True)


@pytest.mark.parametrize("kind", ["poll", "sticker", "dice"])
async def test_what_the_bot_has_no_use_for_arrives_all_the_same(
    bot: Bot, li: Phone, kind: str
) -> None:
    await li.sends_unsupported(kind)
    (update,) = await bot.get_updates()
    assert getattr(update.message, kind) is not None


async def test_two_devices_of_one_person_share_the_chat(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    tablet = sim.phone(101, label="tablet")
    assert tablet is not li
    assert sim.phone(101) is li
    tablet.offline()
    await tablet.says("from the tablet")
    await li.says("from the phone")
    tablet.online()
    assert [u.message.text for u in await bot.get_updates()] == [
        "from the phone",
        "from the tablet",
    ]
    assert li.contains("from the tablet")
    assert len(sim.phones()) == 1


async def test_seeing_waits_for_the_message_and_returns_it(bot: Bot, li: Phone) -> None:
    async def late() -> None:
        await bot.get_me()
        await bot.send_message(101, "已保存 3 条")

    seen, _ = await both(li.sees(re.compile(r"保存 \d")), late())
    assert seen is not None
    assert li.last.text == "已保存 3 条"


async def test_what_is_not_seen_is_told_with_the_transcript(bot: Bot, li: Phone) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    await bot.send_message(101, "Hello", reply_markup=keys)
    await bot.send_message(101, "x", reply_markup=CONTACT)
    with pytest.raises(NotSeen) as caught:
        await li.sees("Goodbye", timeout=0)
    assert str(caught.value) == (
        "李伟 did not see 'Goodbye' within 0 s. The chat:\n"
        "09:00  李伟: /start\n"
        "09:00  Roundsman: Hello\n"
        "        [Go]\n"
        "09:00  Roundsman: x\n"
        "-- keyboard --\n"
        "[Share]"
    )


async def test_own_words_are_not_what_a_person_waits_for(li: Phone) -> None:
    await li.says("echo")
    with pytest.raises(NotSeen):
        await li.sees("echo", timeout=0)
    assert li.contains("echo")


async def test_fresh_means_since_the_person_last_did_something(bot: Bot, li: Phone) -> None:
    sent = await bot.send_message(101, "Saved")
    await li.says("again")
    assert li.find("Saved")
    with pytest.raises(NotSeen):
        await li.sees("Saved", timeout=0, fresh=True)
    await bot.edit_message_text("Saved twice", 101, sent.message_id)
    await li.sees("Saved", fresh=True)
    await both(li.sees_no_more("Saved"), bot.delete_message(101, sent.message_id))
    await bot.send_message(101, "Still")
    with pytest.raises(NotSeen, match="still sees"):
        await li.sees_no_more("Still", timeout=0)


async def test_settling_waits_until_the_bot_has_confirmed_and_is_idle(
    sim: Simulator, bot: Bot, li: Phone
) -> None:
    asked = []

    async def idle() -> None:
        asked.append(len(sim.world.updates))

    sim.idle_hook = idle
    await li.says("x")
    settled = asyncio.create_task(li.settles())
    (update,) = await bot.get_updates()
    assert not settled.done()
    await bot.get_updates(offset=update.update_id + 1)
    await settled
    assert asked == [0]


async def test_a_bot_that_does_not_listen_never_settles(li: Phone) -> None:
    await li.says("x")
    with pytest.raises(NotSeen, match="did not take the updates of 李伟"):
        await li.settles(timeout=0)


async def test_only_the_newest_messages_are_kept(sim: Simulator, li: Phone) -> None:
    sim.world.updates.allow(["callback_query"])
    for n in range(600):
        await li.says(str(n))
    assert (len(li.messages), li.messages[0].text) == (500, "100")


async def test_an_empty_chat_has_no_last_message(sim: Simulator) -> None:
    phone = sim.phone(8)
    with pytest.raises(NotSeen, match="empty"):
        _ = phone.last
    assert phone.transcript() == "(an empty chat)"
    with pytest.raises(NotSeen, match="no message 5"):
        phone.message(5)
    with pytest.raises(PhoneError, match="has no phone number"):
        await phone.shares_contact()


async def test_a_running_simulator_is_stopped_twice_without_harm(clock: MovableClock) -> None:
    async with Simulator(clock) as sim:
        await sim.stop()
