"""What comes twice, late, from two phones or in the moment of an expiry: done once, said once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.intake import Intake
from bot.worker import Worker
from storage import queues
from storage.models import Activity, Answer, Inbox, Talk
from tests.support.taps import choice
from tests.support.town import Town, running_town
from tests.support.wholeness import nothing_is_wrong

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.simulator import Phone

HOURS_OF_A_DIALOGUE, HOUR = 24, timedelta(hours=1)


async def to_the_review(town: Town, number: str = "1001", note: str = "备注") -> Phone:
    """A dialogue up to its review card."""
    phone: Any = town.phone(number)
    await phone.says("/visit")
    await phone.presses_raw(*choice(phone, "i"))
    await phone.presses_raw(*choice(phone, "call"))
    await phone.presses_raw(*choice(phone, "interested"))
    await phone.says(note)
    await phone.presses_raw(*choice(phone, "-"))
    await phone.sees("请核对")
    return town.simulator.phone(phone.user_id)


# -- everything comes twice, and out of order ----------------------------------------------------


@pytest.fixture
async def echoing_town(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """Whatever Telegram brings, it brings again, later, the other way round."""
    keep, heard, chance = Intake.keep, [], random.Random(7)

    async def keep_again(
        intake: Intake, updates: list[dict[str, Any]], *, cursor: int | None = None
    ) -> int:
        new = await keep(intake, updates, cursor=cursor)
        heard.extend(updates)
        await keep(intake, [*reversed(updates), *chance.sample(heard, min(5, len(heard)))])
        return new

    monkeypatch.setattr(Intake, "keep", keep_again)
    async with running_town(database_url, tmp_path) as running:
        yield running


async def test_every_update_twice_and_out_of_order_is_every_update_once(
    echoing_town: Town,
) -> None:
    town = echoing_town
    for number, note in (("1001", "一"), ("1004", "二"), ("1001", "三")):
        phone = await to_the_review(town, number, note)
        await phone.presses_raw(*choice(phone, "ok"))
        await town.settles()
        await phone.sees("✅ 已保存")
    notes = await Activity.all().order_by("id").values_list("note", flat=True)
    assert notes == ["一", "二", "三"]
    said = [str(request.params.get("text")) for request in town.simulator.sent("sendMessage")]
    assert sum("哪位客户?" in text for text in said) == 3
    await nothing_is_wrong()


async def test_texts_that_overtook_each_other_on_the_way_are_all_handled(town: Town) -> None:
    await town.phone("1001").says("/today")
    first = json.loads((await Inbox.get(key__startswith="u:")).body)
    now = queues.millis(town.clock.now())
    for number in (4, 2, 5, 3):
        update = json.loads(json.dumps(first))
        update["update_id"] += number
        update["message"] |= {"message_id": 100 + number, "text": f"华兴{number}", "entities": []}
        arrival = queues.Arrival(
            f"u:{update['update_id']}", "c:101", update["update_id"], json.dumps(update)
        )
        await queues.put_inbox([arrival], now)
        town.app.worker.wake(["c:101"])
    await town.settles()
    assert await Inbox.filter(key__startswith="u:", status="done").count() == 5
    await nothing_is_wrong()


# -- two phones of one person, two workers --------------------------------------------------------


@contextlib.asynccontextmanager
async def a_second_worker(town: Town) -> AsyncIterator[None]:
    """Another worker on the same database, that looks all the time."""
    app = town.app
    worker = Worker(town.clock, committed=app._committed, acknowledge=app._acknowledge)

    async def looks() -> None:
        while True:
            worker.wake()
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(worker.run()), asyncio.create_task(looks())]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_two_phones_and_two_workers_save_once_however_often_both_press(town: Town) -> None:
    async with a_second_worker(town):
        for number in range(5):
            phone = await to_the_review(town, note=f"第{number}次")
            other = town.simulator.phone(phone.user_id, label="second")
            message_id, save = choice(phone, "ok")
            answers = await asyncio.gather(
                *(device.presses_raw(message_id, save) for device in (phone, other) * 2)
            )
            await town.settles()
            late = [answer.text for answer in answers if answer.text == "这个按钮已失效。"]
            assert len(late) == 3
    assert await Activity.all().count() == 5
    assert await Talk.filter(status="done").count() == 5
    await nothing_is_wrong()


async def test_two_phones_that_answer_differently_leave_one_journal(town: Town) -> None:
    async with a_second_worker(town):
        for _ in range(5):
            phone: Any = town.phone("1001")
            await phone.says("/visit")
            await phone.presses_raw(*choice(phone, "i"))
            one, two = choice(phone, "call"), choice(phone, "visit")
            first = town.simulator.phone(phone.user_id)
            second = town.simulator.phone(phone.user_id, label="second")
            await asyncio.gather(first.presses_raw(*one), second.presses_raw(*two))
            await town.settles()
            talk = await Talk.all().order_by("-id").first()
            assert talk is not None
            assert talk.pending_key == "outcome"
            kinds = await Answer.filter(talk_id=talk.id, key="kind").values_list(
                "value", flat=True
            )
            assert len(kinds) == 1
            await phone.says("/cancel")
    await nothing_is_wrong()


# -- an expiry that races a press -----------------------------------------------------------------


async def reminded(town: Town) -> Phone:
    """A dialogue whose person was reminded of it once; next time it is closed."""
    phone = await to_the_review(town)
    await town.passes(hours=HOURS_OF_A_DIALOGUE, minutes=1)
    await phone.sees("您还有未完成的")
    return phone


async def test_a_press_just_before_the_expiry_keeps_the_dialogue_open(town: Town) -> None:
    phone = await reminded(town)
    town.clock.move_to(town.clock.now().replace(day=25, hour=2, minute=0))
    await town.app.tick()  # nothing is due yet
    await phone.presses_raw(*choice(phone, "=note"))
    await town.settles()
    await town.passes(hours=1)
    assert (await Talk.get()).status == "open"
    await nothing_is_wrong()


async def test_an_expiry_that_was_ordered_before_the_press_finds_the_dialogue_moved_on(
    town: Town,
) -> None:
    phone = await reminded(town)
    talk = await Talk.get()
    late = queues.Arrival(
        "t:expire:late", talk.lane, 2**50, json.dumps(
            {"job": "expire", "talk": talk.id, "turn": talk.turn}
        ),
    )  # fmt: skip
    await phone.presses_raw(*choice(phone, "ok"))
    await queues.put_inbox([late], queues.millis(town.clock.now()))
    await town.passes(hours=HOURS_OF_A_DIALOGUE + 1)
    assert (await Talk.get()).status == "done"
    assert await Activity.all().count() == 1
    await nothing_is_wrong()


@pytest.mark.parametrize("round_number", range(4))
async def test_a_press_in_the_moment_of_the_expiry_either_saves_or_can_be_resumed(
    town: Town, round_number: int
) -> None:
    phone = await reminded(town)
    message_id, save = choice(phone, "ok")
    async with a_second_worker(town):
        town.clock.advance(HOURS_OF_A_DIALOGUE * HOUR)
        orders = [town.app.tick(), phone.presses_raw(message_id, save, wait=0)]
        await asyncio.gather(*(orders if round_number % 2 else reversed(orders)))
        await town.settles()
    talk = await Talk.get()
    saved = await Activity.all().count()
    if talk.status == "done":
        assert saved == 1
    else:
        assert (talk.status, saved) == ("expired", 0)
        resume = next(
            (message.message_id, button.data)
            for message in reversed(phone.messages)
            for row in message.buttons
            for button in row
            if (button.data or "").startswith("r:resume")
        )
        await phone.presses_raw(*resume)
        await phone.presses_raw(*choice(phone, "ok"))
        await town.settles()
        assert await Activity.all().count() == 1
    await nothing_is_wrong()
