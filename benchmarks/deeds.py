"""What the crowd does: a whole dialogue with our bot, or a text and a press with a bare one."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from benchmarks.crowd import PATIENCE

if TYPE_CHECKING:
    from benchmarks.crowd import Crowd
    from bot.simulator import Phone


async def log_visit(crowd: Crowd, phone: Phone) -> None:
    """One visit, logged step by step: seven updates, one record, journal, audit and outbox."""
    await crowd.timed(phone, lambda: phone.says("/visit"))
    await _tap(crowd, phone, "i")
    await _tap(crowd, phone, "call")
    await _tap(crowd, phone, "interested")
    await crowd.timed(phone, lambda: phone.says("谈了续贷"))
    await _tap(crowd, phone, "-")
    await _tap(crowd, phone, "ok")


async def say_and_press(crowd: Crowd, phone: Phone) -> None:
    """Seven updates for a bare bot: two texts and five presses, as in `log_visit`."""
    await crowd.timed(phone, lambda: phone.says("hello"))
    for _ in range(3):
        await _press(crowd, phone)
    await crowd.timed(phone, lambda: phone.says("hello"))
    for _ in range(2):
        await _press(crowd, phone)


async def _tap(crowd: Crowd, phone: Phone, choice: str) -> None:
    """Tap the dialogue's button for a choice; the card may still be on its way.

    Raises:
        TimeoutError: if it never comes.
    """
    late = time.perf_counter() + PATIENCE
    while time.perf_counter() < late:
        for message in reversed(phone.messages[-3:]):
            for row in message.buttons:
                for button in row:
                    data = button.data or ""
                    if data.startswith("a:") and data.split(".", 2)[2].startswith(choice):
                        at = message.message_id
                        await crowd.timed(phone, lambda: phone.presses_raw(at, data, wait=0))  # noqa: B023 - awaited at once
                        return
        await asyncio.sleep(0)
    raise TimeoutError(choice)


async def _press(crowd: Crowd, phone: Phone) -> None:
    message = phone.messages[-1]
    await crowd.timed(phone, lambda: phone.presses_raw(message.message_id, "again", wait=0))
