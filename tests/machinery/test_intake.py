"""From Telegram to the inbox: kept before it is confirmed, in any order, as often as it comes."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.intake import CURSOR, Intake
from core.clock import MovableClock
from storage import queues
from storage.models import Inbox
from tests.support.bank import MONDAY
from tests.support.town import Town


def said(update_id: int, text: str = "hello", chat: int = 101) -> dict[str, Any]:
    message = {"message_id": 1, "date": 0, "chat": {"id": chat}, "text": text}
    return {"update_id": update_id, "message": message}


class Polls:
    """Answers one poll after the other from a script, then holds the line."""

    def __init__(self, *script: list[dict[str, Any]] | Exception | bytes) -> None:
        self._script = list(script)
        self.offsets: list[int] = []
        self.over = asyncio.Event()

    async def retrieve(self, url: str, read_timeout: float) -> bytes:
        assert read_timeout > 25
        self.offsets.append(int(parse_qs(urlsplit(url).query)["offset"][0]))
        if not self._script:
            self.over.set()
            await asyncio.Event().wait()
        answer = self._script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, bytes) else json.dumps({"result": answer}).encode()


class Nobody:
    base_url = "http://127.0.0.1/bot1:TEST"


def intake(polls: Polls, stored: list[int], inline: list[dict[str, Any]]) -> Intake:
    async def answer(update: dict[str, Any]) -> None:
        inline.append(update)

    return Intake(
        cast("Any", Nobody()), cast("Any", polls), MovableClock(MONDAY),
        stored=lambda _lanes: stored.append(1), inline=answer,
    )  # fmt: skip


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the intake would have waited; it doesn't."""
    waited: list[float] = []
    really = asyncio.sleep

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        await really(0)

    monkeypatch.setattr("bot.intake.asyncio.sleep", sleep)
    return waited


async def play(*script: list[dict[str, Any]] | Exception | bytes) -> tuple[list[int], int]:
    """Poll through a script; returns the offsets that were asked for, and how often it woke."""
    polls, stored = Polls(*script), list[int]()
    polling = asyncio.create_task(intake(polls, stored, []).poll())
    await asyncio.wait_for(polls.over.wait(), 10)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    return polls.offsets, len(stored)


async def keys() -> list[str]:
    found = await Inbox.filter(status="pending").order_by("position").values_list("key", flat=True)
    return [str(key) for key in found]


async def test_the_same_update_twice_is_kept_once(database: str) -> None:
    stored: list[int] = []
    take = intake(Polls(), stored, [])
    assert await take.keep([said(5)]) == 1
    assert await take.keep([said(5), said(6), said(5)]) == 1
    assert await take.keep([said(6)]) == 0
    assert await keys() == ["u:5", "u:6"]
    assert len(stored) == 2


async def test_updates_out_of_order_stand_in_order(database: str) -> None:
    take = intake(Polls(), [], [])
    for number in (9, 3, 6):
        await take.keep([said(number)])
    assert await keys() == ["u:3", "u:6", "u:9"]


async def test_the_offset_moves_with_what_is_kept_and_survives_a_restart(database: str) -> None:
    assert (await play([said(7), said(8)], []))[0] == [0, 9, 9]
    assert await queues.get_cursor(CURSOR) == 9
    assert (await play([said(9)]))[0] == [9, 10]
    assert await keys() == ["u:7", "u:8", "u:9"]


async def test_a_poll_that_failed_is_repeated_from_the_same_place(
    database: str, waits: list[float]
) -> None:
    offsets, woken = await play(
        [said(1)], NetworkError("x"), TimedOut(), Conflict("x"), TelegramError("x"), [said(2)],
        NetworkError("x"),
    )  # fmt: skip
    assert offsets == [0, 2, 2, 2, 2, 2, 3, 3]
    assert waits == [1, 2, 4, 8, 1]
    assert woken == 2


async def test_the_wait_between_failures_has_an_end(database: str, waits: list[float]) -> None:
    await play(*[NetworkError("x")] * 12)
    assert waits[-1] == max(waits) == 30


async def test_told_to_wait_it_waits(database: str, waits: list[float]) -> None:
    assert (await play(RetryAfter(3), [said(1)]))[0] == [0, 0, 2]
    assert waits


async def test_a_crash_before_the_commit_takes_in_the_same_updates_again(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = intake(Polls(), [], [])

    async def fails(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(queues, "at_once", fails)
        with pytest.raises(ZeroDivisionError):
            await take.keep([said(1)], cursor=2)
    assert await keys() == []
    assert await take.keep([said(1)], cursor=2) == 1


async def test_inline_queries_are_answered_at_once_and_kept_nowhere(database: str) -> None:
    heard: list[dict[str, Any]] = []
    query = {"update_id": 3, "inline_query": {"id": "1", "from": {"id": 101}, "query": "x"}}
    assert await intake(Polls(), [], heard).keep([query], cursor=4) == 0
    await asyncio.sleep(0)
    assert heard == [query]
    assert await keys() == []
    assert await queues.get_cursor(CURSOR) == 4


async def test_half_a_character_and_nothing_at_all_are_kept_as_they_came(database: str) -> None:
    text = "\ud83d and \x00"
    await intake(Polls(), [], []).keep([said(1, text)])
    assert json.loads((await Inbox.get()).body)["message"]["text"] == text


async def test_an_inline_query_finds_what_its_asker_may_see(town: Town) -> None:
    own = await town.phone("1001").inline("华")
    assert {result.title for result in own} == {
        "上海华兴机械制造有限公司", "上海华星电子科技有限公司",
    }  # fmt: skip
    assert not list(await town.phone("1004").inline("华兴机械"))
    nobody = town.simulator.phone(999, "路人", language_code="zh-hans")
    assert not list(await nobody.inline("华兴机械"))
    assert not list(await nobody.inline(""))
    assert not await Inbox.exists()


async def test_what_broke_on_the_way_is_asked_for_again(town: Town) -> None:
    fault = town.simulator.faults.nonsense(method="getUpdates", executed=True)
    li = town.phone("1001")
    await li.says("/help")
    await li.says("/today")
    await li.sees("早上好")
    assert fault.hits == 1
    assert await Inbox.filter(status="done").count() == 2
    assert len(town.simulator.sent("sendMessage", li.user_id)) == 2
