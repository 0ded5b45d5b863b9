"""A promise was kept, or broken, by one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.promises import promise
from conversations.words import whole
from core.promises import SettlePromise

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def promise_kept(acting: Acting, perform: Perform, promise_id: str) -> Outcome:
    """It was kept; after its day, late."""
    await perform(SettlePromise(whole(promise_id), "kept"))
    return Outcome(await promise(acting, promise_id), toast=str(acting.texts("Noted")))


async def promise_broken(acting: Acting, perform: Perform, promise_id: str) -> Outcome:
    """It was broken."""
    await perform(SettlePromise(whole(promise_id), "broken"))
    return Outcome(await promise(acting, promise_id), toast=str(acting.texts("Noted")))
