"""A town: the bank, the bot and the local Telegram, running; its clock is moved by hand."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot.app import App
from bot.limits import unlimited
from bot.settings import Settings
from bot.simulator import Phone, Simulator
from core.clock import MovableClock
from storage import db
from storage.models import Staff
from tests.support.bank import MONDAY, PEOPLE, ZONE, Bank, build_bank

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TOKEN = "1:TEST"


class Hand:
    """A phone in the hand of somebody who waits for the bot before doing the next thing."""

    def __init__(self, town: Town, phone: Phone) -> None:
        self._town, self._phone = town, phone

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._phone, name)
        if name not in ACTS:
            return found

        async def act(*args: Any, **named: Any) -> Any:
            result = await found(*args, **named)
            await self._town.settles()
            return result

        return act


ACTS = frozenset(
    {"says", "presses", "presses_raw", "start", "edits", "deletes", "sends_photo", "blocks",
     "unblocks", "sends_document", "sends_voice", "sends_location", "sends_album",
     "shares_contact", "sends_contact", "sends_unsupported"}
)  # fmt: skip


@dataclass
class Town:
    """Everything of a journey."""

    simulator: Simulator
    app: App
    bank: Bank
    clock: MovableClock

    def phone(self, number: str) -> Hand:
        """The phone of the staff member with this number, in a patient hand."""
        _, zh, _, _, _, chat = next(person for person in PEOPLE if person[0] == number)
        user_id = chat or 1000 + int(number)
        return Hand(
            self,
            self.simulator.phone(user_id, zh, language_code="zh-hans", phone=f"861380000{number}"),
        )

    async def settles(self) -> None:
        """Wait until the bot has nothing left to do at this moment."""
        for phone in self.simulator.phones():
            if self.simulator.world.updates.holds(phone.user_id):
                await phone.settles()
        await self.app.settle()

    async def passes(self, **time: float) -> None:
        """Let time pass."""
        await self.moves_to(self.clock.now() + timedelta(**time))

    async def moves_to(self, moment: datetime) -> None:
        """Move the clock; the jobs of that moment run."""
        self.clock.move_to(moment)
        await self.app.tick()
        await self.settles()

    async def at(self, hour: int, minute: int = 0, *, days: int = 0) -> None:
        """Move to a time of the day that it is now, or of a later one."""
        day = self.clock.now().astimezone(ZONE).date() + timedelta(days=days)
        await self.moves_to(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE))


@contextlib.asynccontextmanager
async def running_town(
    url: str, folder: Path, *, locale: str = "zh", now: datetime = MONDAY
) -> AsyncIterator[Town]:
    """Build the bank in a fresh database and start everything."""
    clock = MovableClock(now)
    await db.connect(url)
    bank = await build_bank(locale=locale)
    await db.disconnect()
    async with Simulator(clock=clock, token=TOKEN) as simulator:
        settings = Settings(
            _env_file=None,
            token=SecretStr(TOKEN),
            api_base=simulator.api_base,
            file_base=simulator.file_base,
            database_url=url,
            data_dir=folder,
            log_level="ERROR",
            public_url="",
        )
        limits = unlimited()
        async with App(settings, clock, limits=limits, tick_seconds=3600) as app:
            simulator.idle_hook = app.settle
            for number, _, _, _, _, chat in PEOPLE:
                if chat is not None:
                    simulator.phone(
                        chat,
                        number,
                        language_code="zh-hans",
                        phone=f"861380000{number}",
                        started=True,
                    )
            yield Town(simulator, app, bank, clock)
    assert not simulator.violations, simulator.violations


@contextlib.asynccontextmanager
async def another_process(town: Town) -> AsyncIterator[App]:
    """The next process on the town's database, after the one before was stopped or killed."""
    limits = unlimited()
    async with App(town.app.settings, town.clock, limits=limits, tick_seconds=3600) as app:
        town.simulator.idle_hook, town.app = app.settle, app
        yield app
        town.simulator.idle_hook = None


async def staff_row(number: str) -> Staff:
    """A staff member as the database has it."""
    return await Staff.get(number=number)
