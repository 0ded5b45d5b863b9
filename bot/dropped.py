"""Watches the drop folder: what is put there is loaded, and who keeps it in order hears of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from core.acting import Acting
from core.enrolment import SYSTEM
from core.loads.folder import DropFolder
from notifications.loads import tell_of_load
from storage.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.clock import Clock

log = structlog.get_logger(__name__)
#: seconds between two looks: a file that was written to meanwhile waits for the next
EVERY = 20.0


class DropWatch:
    """The watch over one folder."""

    def __init__(self, folder: Path, clock: Clock, told: Callable[[], None]) -> None:
        self._folder, self._clock, self._told = DropFolder(folder), clock, told

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> int:
        """Load what is ready; returns how many files that were."""
        with self._folder.locked() as ours:
            files = await asyncio.to_thread(self._folder.ready) if ours else []
            for file in files:
                acting = Acting(SYSTEM, self._clock.now(), f"folder:{file.name}"[:60])
                try:
                    dropped = await self._folder.load(acting, file, self._clock)
                except OSError as error:
                    # The folder is not ours to change, or gone: nothing is lost, we look again.
                    log.warning("drop_folder", error=type(error).__name__, file=file.name)
                    continue
                stamp = f"{acting.cause}:{int(acting.now.timestamp())}"
                async with transaction():
                    await tell_of_load(Acting(SYSTEM, acting.now, stamp), dropped)
                self._told()
                log.info("dropped_file", file=file.name, well=dropped.went_well)
        return len(files)
