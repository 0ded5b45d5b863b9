"""What always fails is given up aloud: an apology, a notice with buttons, and the lane goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot import giving_up
from bot.cli.doctor import examine
from conversations import pages
from core.bus import perform
from core.dead_letters import DismissDeadLetter, DismissOldDeadLetters, RetryDeadLetter
from core.errors import AlreadySettled, NotAllowed, NotFound, Overtaken
from core.screens import Screen, content_to_json
from notifications.schedule import JOBS, Job
from storage import db, deliveries
from storage.models import Audit, Inbox, Outbox
from storage.queues import millis
from tests.support.town import Town, running_town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


async def broken(*_words: object) -> Any:
    """Something with a fault in it."""
    raise RuntimeError


@pytest.fixture
async def english_town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The town, in English."""
    async with running_town(database_url, tmp_path, locale="en") as running:
        yield running


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The help page is broken; call it to mend the page."""
    whole = pages.PAGES["help"]
    monkeypatch.setitem(pages.PAGES, "help", broken)
    return lambda: monkeypatch.setitem(pages.PAGES, "help", whole)


async def all_attempts_pass(town: Town) -> None:
    for _ in range(6):
        await town.passes(minutes=6)


async def test_it_is_given_up_with_an_apology_while_the_lane_goes_on(
    town: Town, poison: object
) -> None:
    li, admin = town.phone("1001"), town.phone("1008")
    await li.says("/help")
    await li.says("/today")
    await all_attempts_pass(town)
    await li.sees("抱歉,系统出错了")
    await li.sees("早上好")
    notice = await admin.sees("试了5次仍失败,已放弃:命令 /help")
    assert [button.text for row in notice.buttons for button in row] == ["↻ 重试", "✕ 忽略"]
    dead = await Inbox.get(status="dead")
    findings = await examine(town.app.settings)
    assert any(dead.key in finding.text and "/help" in finding.text for finding in findings)
    await db.connect(town.app.settings.database_url)  # the doctor closed this process's


async def test_the_administrator_tries_it_again_with_a_tap(
    town: Town, poison: Callable[[], None]
) -> None:
    li, admin = town.phone("1001"), town.phone("1008")
    await li.says("/help")
    await all_attempts_pass(town)
    key = (await Inbox.get(status="dead")).key
    poison()
    await admin.presses("↻ 重试")
    await li.sees("您可以这样用")
    assert admin.last.text == f"↻ 正在重试 {key}。"
    entry = await Audit.get(action="retry")
    assert entry.actor_id == town.bank.staff["1008"]


async def test_the_administrator_dismisses_it_in_english(
    english_town: Town, poison: object
) -> None:
    town = english_town
    li, admin = town.phone("1001"), town.phone("1008")
    await li.says("/help")
    await all_attempts_pass(town)
    await li.sees("Sorry, that went wrong on our side. Nothing was saved")
    await admin.sees("Given up after 5 attempts: the command /help")
    key = (await Inbox.get(status="dead")).key
    await admin.presses("✕ Dismiss")
    assert (await Inbox.get(key=key)).status == "dismissed"
    assert admin.last.text == f"✕ {key} was dismissed."


async def test_nobody_else_may_try_it_again(town: Town, poison: object) -> None:
    li = town.phone("1001")
    await li.says("/help")
    await all_attempts_pass(town)
    dead = await Inbox.get(status="dead")
    await li.presses_raw(li.last.message_id, f"r:retry:{dead.key.replace(':', '.')}")
    assert (await Inbox.get(key=dead.key)).status == "dead"
    with pytest.raises(NotAllowed):
        await perform(await town.bank.acting("1006"), DismissDeadLetter(dead.key), "test")


async def test_the_second_administrator_to_tap_is_told_that_it_is_settled(
    town: Town, poison: object
) -> None:
    await town.phone("1001").says("/help")
    await all_attempts_pass(town)
    key = (await Inbox.get(status="dead")).key
    admin = town.phone("1008")
    card, data = admin.last.message_id, admin.last.buttons[0][1].data
    await admin.presses_raw(card, data)
    answer = await admin.presses_raw(card, data)
    assert answer.text == "这件事已经处理过了。"
    assert (await Inbox.get(key=key)).status == "dismissed"


async def test_a_job_that_always_fails_is_named_and_apologised_for_to_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(JOBS, "poison", Job(timedelta(days=40_000), broken))
    await all_attempts_pass(town)
    admin = town.phone("1008")
    await admin.sees("定时任务 poison(t:poison:0,RuntimeError)")
    told = {row.chat_id for row in await Outbox.filter(subject__startswith="dead_letter")}
    assert told == {108}


async def test_a_flood_of_poison_is_told_of_so_often_and_no_more(
    town: Town, poison: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving_up, "MOST_NOTICES", 2)
    for number in ("1001", "1002", "1003", "1004", "1005"):
        await town.phone(number).says("/help")
    await all_attempts_pass(town)
    admin = town.phone("1008")
    texts = [message.text for message in admin.messages if message.from_bot]
    assert [text[:4] for text in texts] == ["⚠️ 试", "⚠️ 试", "⚠️ 还"]
    assert await Inbox.filter(status="dead").count() == 5


async def test_an_apology_that_fails_too_keeps_nothing_from_being_given_up(
    town: Town, poison: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving_up, "_apologise", broken)
    monkeypatch.setattr(giving_up, "_notify", broken)
    await town.phone("1001").says("/help")
    await all_attempts_pass(town)
    assert await Inbox.filter(status="dead").count() == 1


async def undeliverable(town: Town, cause: str, card_id: int | None = None) -> str:
    """A message that Telegram refused for good; returns its key."""
    await deliveries.put_outbox(
        cause=cause,
        chat_id=101,
        op="post",
        content=content_to_json(Screen("hello")),
        card_id=card_id,
        now=millis(town.clock.now()),
        not_before=millis(town.clock.now()) + 1,
    )
    row = await Outbox.get(cause=cause)
    row.status, row.error = "dead", "Bad Request"
    await row.save()
    return f"o:{row.id}"


async def test_a_message_that_was_refused_is_sent_when_tried_again(town: Town) -> None:
    key = await undeliverable(town, "refused")
    acting = await town.bank.acting("1008", town.clock.now())
    await perform(acting, RetryDeadLetter(key), "test")
    await town.settles()
    await town.phone("1001").sees("hello")
    with pytest.raises(AlreadySettled):
        await perform(acting, DismissDeadLetter(key), "test")
    with pytest.raises(NotFound):
        await perform(acting, RetryDeadLetter("o:999999"), "test")


async def test_a_message_whose_card_shows_something_newer_is_not_sent_any_more(
    town: Town,
) -> None:
    card = await deliveries.new_card(101, "x", millis(town.clock.now()))
    key = await undeliverable(town, "older", card)
    await deliveries.put_outbox(
        cause="newer", chat_id=101, op="post", content=content_to_json(Screen("newer")),
        card_id=card, now=millis(town.clock.now()),
    )  # fmt: skip
    await town.settles()
    acting = await town.bank.acting("1008", town.clock.now())
    with pytest.raises(Overtaken):
        await perform(acting, RetryDeadLetter(key), "test")
    await perform(acting, DismissOldDeadLetters(acting.now.replace(year=2027)), "test")
    assert (await Outbox.get(cause="older")).status == "dismissed"
