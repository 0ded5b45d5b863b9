"""What one tap does about how a person is told things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.wishes import wish, wishes
from conversations.words import whole
from core.wishes import SetWishes

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def wish_topic(acting: Acting, perform: Perform, topic: str, how: str) -> Outcome:
    """How a topic is heard of."""
    await perform(SetWishes(topics=((topic, how),)))
    return Outcome(await wish(acting, topic), toast=str(acting.texts("Saved")))


async def wish_quiet(acting: Acting, perform: Perform, start: str, end: str) -> Outcome:
    """The own quiet hours."""
    await perform(SetWishes(quiet=(whole(start), whole(end))))
    return Outcome(await wish(acting, "quiet"), toast=str(acting.texts("Saved")))


async def wish_morning(acting: Acting, perform: Perform, minutes: str) -> Outcome:
    """When the morning's digest comes."""
    await perform(SetWishes(digest_at=whole(minutes)))
    return Outcome(await wishes(acting), toast=str(acting.texts("Saved")))


async def wish_daily(acting: Acting, perform: Perform, count: str) -> Outcome:
    """How many messages with alerts a day."""
    await perform(SetWishes(daily=whole(count)))
    return Outcome(await wishes(acting), toast=str(acting.texts("Saved")))
