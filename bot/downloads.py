"""Fetches the bytes of attachments and papers after the commit, outside every transaction.

The record is complete without them: it holds the platform's file id. What can't be fetched (too
old, too big) is marked so and not tried for ever; what can't be kept (the disk is full, the folder
is closed to us) is fetched again later.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog
from telegram.error import BadRequest, TelegramError

from storage.models import Attachment, Document

if TYPE_CHECKING:
    from telegram import Bot

    from storage.files import FileStore

log = structlog.get_logger(__name__)
IDLE_POLL = 5.0
BATCH = 10
UNAVAILABLE = "-"
FILES = ("photo", "voice", "document")


class Downloads:
    """Keeps the bytes of what was attached."""

    def __init__(self, bot: Bot, files: FileStore) -> None:
        self._bot, self._files = bot, files
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something new to fetch."""
        self._wake.set()

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            self._wake.clear()
            if await self.fetch_some() == 0:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(IDLE_POLL):
                        await self._wake.wait()

    async def fetch_some(self) -> int:
        """Fetch a batch; returns how many were settled one way or the other."""
        attached = Attachment.filter(sha256=None, kind__in=FILES).order_by("id").limit(BATCH)
        papers = Document.filter(sha256=None).order_by("id").limit(BATCH)
        waiting: list[Attachment | Document] = [*await attached, *await papers]
        settled = 0
        for one in waiting:
            sha256 = await self._kept(one.file_id)
            if sha256 is None:
                break
            await type(one).filter(id=one.id).update(sha256=sha256)
            settled += 1
        return settled

    async def _kept(self, file_id: str) -> str | None:
        """Fetch and keep a file; None where that is to be tried again later."""
        try:
            file = await self._bot.get_file(file_id)
            content = bytes(await file.download_as_bytearray())
        except BadRequest as error:
            log.warning("attachment_unavailable", reason=error.message)
            return UNAVAILABLE
        except TelegramError as error:
            log.warning("attachment_not_fetched", error=type(error).__name__)
            return None
        try:
            return await asyncio.to_thread(self._files.put, content)
        except OSError as error:
            log.warning("attachment_not_kept", reason=error.strerror)
            return None
