"""Announcements → the systems that subscribed: signed, tried again, given up in the end.

What is to be told is claimed for a while, so several processes tell it once; who dies in between
leaves it to the next. A system may hear of something twice, with the same `Roundsman-Delivery`.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING

import aiohttp
import structlog

from storage import announcements
from storage.queues import millis

if TYPE_CHECKING:
    from core.clock import Clock
    from storage.announcements import Due

log = structlog.get_logger(__name__)
AT_ONCE = 20
SECONDS = 10
CLAIMED_FOR = timedelta(minutes=1)
FIRST_BACKOFF = timedelta(seconds=10)
LONGEST_BACKOFF = timedelta(hours=1)
#: the waits add up to some eight hours
GIVE_UP_AFTER = 16
LOOK_EVERY = 1.0


def signature(secret: str, timestamp: int, body: str) -> str:
    """What a system can check to know that it is us, and that it is new."""
    signed = hmac.new(secret.encode(), f"{timestamp}.{body}".encode(), hashlib.sha256)
    return f"t={timestamp},v1={signed.hexdigest()}"


class Announcer:
    """Tells subscribed systems what happened."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something to tell."""
        self._wake.set()

    async def run(self) -> None:
        """Tell until cancelled."""
        async with aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=SECONDS), cookie_jar=aiohttp.DummyCookieJar()
        ) as http:
            while True:
                self._wake.clear()
                if await self.tell_due(http):
                    continue
                try:
                    async with asyncio.timeout(LOOK_EVERY):
                        await self._wake.wait()
                except TimeoutError:
                    pass

    async def tell_due(self, http: aiohttp.ClientSession) -> int:
        """Tell what is due now; returns how much was tried."""
        now = self._clock.now()
        due = await announcements.claim(millis(now), millis(now + CLAIMED_FOR), AT_ONCE)
        await asyncio.gather(*(self._tell(http, one) for one in due))
        return len(due)

    async def _tell(self, http: aiohttp.ClientSession, one: Due) -> None:
        error = await self._post(http, one)
        now = self._clock.now()
        if error is None:
            await announcements.mark_told(one.id, millis(now))
        elif one.attempts >= GIVE_UP_AFTER:
            log.warning("announcement_given_up", id=one.id, error=error)
            await announcements.give_up(one.id, error)
        else:
            wait = min(FIRST_BACKOFF * 2 ** (one.attempts - 1), LONGEST_BACKOFF)
            await announcements.mark_untold(one.id, error, millis(now + wait))

    async def _post(self, http: aiohttp.ClientSession, one: Due) -> str | None:
        """What went wrong, in a word; None where the system has it."""
        timestamp = int(self._clock.now().timestamp())
        try:
            async with http.post(
                one.url,
                data=one.body.encode(),
                headers={
                    "Content-Type": "application/json",
                    "Roundsman-Event": one.event,
                    "Roundsman-Delivery": str(one.id),
                    "Roundsman-Signature": signature(one.secret, timestamp, one.body),
                },
                allow_redirects=False,
            ) as answer:
                return None if 200 <= answer.status < 300 else f"status {answer.status}"
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            return type(error).__name__[:80]
