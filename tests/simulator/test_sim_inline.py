"""Inline mode: what is offered, its limits, its cache, and what a chosen result becomes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from simulator_support import both, next_update, refused
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultContact,
    InlineQueryResultsButton,
    InlineQueryResultVenue,
    InputTextMessageContent,
)

from bot.simulator import NotSeen

if TYPE_CHECKING:
    from telegram import Bot

    from bot.simulator import InlineAnswer, Phone, Simulator
    from core.clock import MovableClock


def article(number: int = 1, **more: Any) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        str(number),
        f"华兴 {number}",
        InputTextMessageContent(f"<b>华兴</b> {number}", parse_mode="HTML"),
        description="A 级",
        **more,
    )


async def offer(bot: Bot, phone: Phone, results: list[Any], **how: Any) -> InlineAnswer:
    async def answer() -> None:
        update = await next_update(bot)
        assert update.inline_query is not None
        await update.inline_query.answer(results, **how)
        await bot.get_updates(offset=update.update_id + 1)

    answered, _ = await both(phone.inline("华兴"), answer())
    return answered  # type: ignore[return-value]


async def test_a_query_reaches_the_bot_and_its_results_the_phone(bot: Bot, li: Phone) -> None:
    answer = await offer(bot, li, [article(1), article(2)], next_offset="2", is_personal=True)
    assert [(r.title, r.description, r.text) for r in answer] == [
        ("华兴 1", "A 级", "华兴 1"),
        ("华兴 2", "A 级", "华兴 2"),
    ]
    assert (len(answer), answer[0].id, answer.next_offset) == (2, "1", "2")


async def test_a_chosen_result_becomes_a_message_via_the_bot(bot: Bot, li: Phone) -> None:
    answer = await offer(bot, li, [article()])
    await li.chooses(answer[0])
    assert li.last.html == "<b>华兴</b> 1"
    chosen, message = await bot.get_updates()
    assert chosen.chosen_inline_result is not None
    assert chosen.chosen_inline_result.result_id == "1"
    assert chosen.chosen_inline_result.query == "华兴"
    assert message.message is not None
    assert message.message.via_bot is not None
    assert message.message.via_bot.username == "roundsman_bot"


async def test_a_chosen_result_with_buttons_can_be_pressed_and_edited(bot: Bot, li: Phone) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    answer = await offer(bot, li, [article(reply_markup=keys)])
    await li.chooses(answer[0])
    await li.presses("Go", wait=0)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.inline_message_id
    assert await bot.edit_message_text("done", inline_message_id=query.inline_message_id) is True
    assert li.last.text == "done"
    with refused("Invalid inline message identifier specified"):
        await bot.edit_message_text("done", inline_message_id="nonsense")


async def test_contacts_and_venues_can_be_offered(bot: Bot, li: Phone) -> None:
    answer = await offer(
        bot,
        li,
        [
            InlineQueryResultContact("c", "+8613900000000", "王总"),
            InlineQueryResultVenue("v", 31.2, 121.5, "华兴机械", "浦东大道1号"),
        ],
    )
    await li.chooses(answer[0])
    assert (li.last.media_kind, li.last.words) == (
        "contact",
        "王总 \n+8613900000000".replace(" ", ""),
    )
    await li.chooses(answer[1])
    assert (li.last.media_kind, li.last.words) == ("venue", "华兴机械\n浦东大道1号")


async def test_an_answer_that_is_not_personal_is_shown_to_everybody(
    bot: Bot, li: Phone, ann: Phone, clock: MovableClock
) -> None:
    await offer(bot, li, [article(7)])
    assert [r.id for r in await ann.inline("华兴")] == ["7"]
    clock.advance(timedelta(seconds=301))
    assert [r.id for r in await offer(bot, ann, [article(8)])] == ["8"]


async def test_a_personal_answer_is_cached_for_its_asker_only(
    bot: Bot, li: Phone, ann: Phone
) -> None:
    await offer(bot, li, [article(7)], is_personal=True)
    assert [r.id for r in await li.inline("华兴")] == ["7"]
    assert [r.id for r in await offer(bot, ann, [article(8)], is_personal=True)] == ["8"]


async def test_without_cache_time_the_bot_is_asked_again(bot: Bot, li: Phone) -> None:
    await offer(bot, li, [article(7)], cache_time=0)
    assert [r.id for r in await offer(bot, li, [article(8)], cache_time=0)] == ["8"]


async def test_a_bot_that_does_not_answer_is_noticed(sim: Simulator, bot: Bot, li: Phone) -> None:
    sim.inline_wait = 0
    with pytest.raises(NotSeen, match="did not answer the inline query"):
        await li.inline("华兴")


@pytest.mark.parametrize(
    ("results", "how", "sentence"),
    [
        ([article(n) for n in range(51)], {}, "Results_too_much"),
        ([article(1), article(1)], {}, "Result_id_duplicate"),
        ([article(10**64)], {}, "Result_id_invalid"),
        ([article(1)], {"next_offset": "华" * 22}, "Next_offset_invalid"),
        (
            [article(1)],
            {"button": InlineQueryResultsButton("x", start_parameter="no spaces")},
            "Start_param_invalid",
        ),
        (
            [InlineQueryResultArticle("1", "x", InputTextMessageContent("<b>", "HTML"))],
            {},
            "Can't parse entities",
        ),
        (
            [InlineQueryResultArticle("1", "x", InputTextMessageContent("x" * 4097))],
            {},
            "Message is too long",
        ),
    ],
)
async def test_wrong_answers_are_refused(
    sim: Simulator, bot: Bot, li: Phone, results: list[Any], how: dict[str, Any], sentence: str
) -> None:
    sim.inline_wait = 0
    with pytest.raises(NotSeen):
        await li.inline("华兴")
    query = (await next_update(bot)).inline_query
    assert query is not None
    with refused(sentence):
        await bot.answer_inline_query(query.id, results, **how)


async def test_a_late_inline_answer_is_too_old(
    sim: Simulator, bot: Bot, li: Phone, clock: MovableClock
) -> None:
    sim.inline_wait = 0
    with pytest.raises(NotSeen):
        await li.inline("华兴")
    query = (await next_update(bot)).inline_query
    assert query is not None
    clock.advance(timedelta(seconds=11))
    with refused("Query is too old"):
        await query.answer([article()])
    assert sim.violations == []


async def test_results_may_lead_back_to_the_bot(bot: Bot, li: Phone) -> None:
    button = InlineQueryResultsButton("绑定", start_parameter="enrol")
    answer = await offer(bot, li, [], button=button)
    assert answer.button == {"text": "绑定", "start_parameter": "enrol"}
