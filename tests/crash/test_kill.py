"""Processes are killed at random instants while people work: nothing is lost, nothing doubled."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.simulator import Phone, Simulator
from core.clock import SystemClock
from storage import db
from storage.models import Activity, Answer, Inbox, Outbox, Talk
from tests.support.bank import PEOPLE, build_bank

if TYPE_CHECKING:
    from asyncio.subprocess import Process

ROUNDS = 3
KILLS = 4
WRITERS = ("1001", "1002", "1004", "1009")


async def start(url: str, simulator: Simulator, roles: str) -> Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.crash.process", url, simulator.api_base,
        simulator.file_base, roles, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def kill(process: Process) -> None:
    process.kill()
    await process.communicate()


async def logs_visits(phone: Phone, rounds: int) -> None:
    """One dialogue after another, each step when its screen is there."""
    for number in range(rounds):
        await phone.says("/visit")
        await phone.sees("哪位客户?", timeout=60, fresh=True)
        await tap(phone, "i", "怎么联系的?")
        await tap(phone, "call", "结果如何?")
        await tap(phone, "interested", "谈了什么?")
        await phone.says(f"{phone.user_id} note {number}")
        await phone.sees("下一步什么时候?", timeout=60, fresh=True)
        await tap(phone, "-", "请核对")
        await tap(phone, "ok", "已保存")


async def tap(phone: Phone, choice: str, then: str) -> None:
    """Tap the button of the newest card whose data ends in a choice, until it has worked."""
    data = next(
        button.data
        for message in reversed(phone.messages)
        for row in message.buttons
        for button in row
        if button.data and button.data.startswith("a:")
        and button.data.split(".", 2)[2].startswith(choice)
    )  # fmt: skip
    message_id = next(
        message.message_id
        for message in reversed(phone.messages)
        if any(button.data == data for row in message.buttons for button in row)
    )
    await phone.presses_raw(message_id, data, wait=0)
    await phone.sees(then, timeout=60, fresh=True)


@pytest.mark.timeout(180)
async def test_killed_processes_lose_nothing_and_double_nothing(database_url: str) -> None:
    many = "postgres" in database_url
    await db.connect(database_url)
    await build_bank()
    async with Simulator(clock=SystemClock(), token="1:TEST") as simulator:
        roles = ('["intake", "worker", "sender"]', '["worker", "sender"]')
        running = [await start(database_url, simulator, roles[0])]
        if many:
            running.append(await start(database_url, simulator, roles[1]))
        phones = []
        for number in WRITERS:
            chat = next(person[5] for person in PEOPLE if person[0] == number)
            assert chat is not None
            phones.append(simulator.phone(chat, number, language_code="zh-hans", started=True))
        work = asyncio.gather(*(logs_visits(phone, ROUNDS) for phone in phones))
        chance = random.Random(4)
        kills = 0
        while not work.done():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(work), chance.uniform(0.3, 1.5))
            if work.done() or kills >= KILLS:
                continue
            victim = chance.randrange(len(running))
            await kill(running[victim])
            kills += 1
            running[victim] = await start(database_url, simulator, roles[victim])
        await work
        assert not simulator.violations
        for process in running:
            await kill(process)
    notes = Counter(
        str(note) for note in await Activity.filter(reverses=None).values_list("note", flat=True)
    )
    sends = Counter(
        (request.chat_id, str(request.params.get("text")))
        for request in simulator.sent("sendMessage")
        if "已保存" in str(request.params.get("text"))
    )
    assert len(notes) == len(WRITERS) * ROUNDS
    assert set(notes.values()) == {1}
    assert not await Inbox.exclude(status="done").exists()
    assert not await Outbox.filter(status="dead").exists()
    assert not await Talk.exclude(status="done").exists()
    for talk in await Talk.all():
        entries = await Answer.filter(talk_id=talk.id).order_by("seq")
        assert [entry.seq for entry in entries] == list(range(len(entries)))
    assert kills > 0
    assert sum(count - 1 for count in sends.values() if count > ROUNDS) <= kills
    await db.disconnect()
