"""Small words that the tests of the simulator share."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest
from telegram.error import BadRequest, TelegramError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from telegram import Bot, Update


@contextlib.contextmanager
def refused(words: str, error: type[TelegramError] = BadRequest) -> Iterator[None]:
    """The call inside is refused with exactly this sentence."""
    with pytest.raises(error) as caught:
        yield
    # python-telegram-bot writes everything behind the first letter small.
    assert words.lower() in caught.value.message.lower()


async def both(*coroutines: Awaitable[object]) -> list[object]:
    """Run what a person and the bot do at the same time."""
    return list(await asyncio.gather(*coroutines))


async def next_update(bot: Bot, after: Update | None = None) -> Update:
    """The next update, waited for; the one before it is confirmed."""
    offset = None if after is None else after.update_id + 1
    return (await bot.get_updates(offset=offset, timeout=5, limit=1))[0]
