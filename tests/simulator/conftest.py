"""A simulator with a movable clock, a real python-telegram-bot client, and two people."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from telegram import Bot

from bot.simulator import Simulator
from core.clock import MovableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.simulator import Phone

TOKEN = "1:TEST"
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


@pytest.fixture(autouse=True)
def time_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's future way of giving durations; the old one warns, and warnings are errors."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(MORNING)


@pytest.fixture
async def sim(clock: MovableClock) -> AsyncIterator[Simulator]:
    async with Simulator(clock, token=TOKEN) as simulator:
        yield simulator


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=sim.api_base, base_file_url=sim.file_base) as client:
        yield client


@pytest.fixture
async def li(sim: Simulator) -> Phone:
    """A relationship manager who has started the bot; the update of that is taken away."""
    phone = sim.phone(101, "李伟", "liwei", "zh-hans", "+8613800000001", label="RM")
    await phone.start()
    sim.world.updates.drop_all()
    return phone


@pytest.fixture
async def ann(sim: Simulator) -> Phone:
    """A head of office with an English phone."""
    phone = sim.phone(102, "Ann", None, "en", "+441")
    await phone.start()
    sim.world.updates.drop_all()
    return phone


@pytest.fixture(scope="session")
def png() -> bytes:
    """A picture of 300 by 200 points, as far as anybody looks."""
    return (
        b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + struct.pack(">II", 300, 200) + b"\x08\x02"
    )
