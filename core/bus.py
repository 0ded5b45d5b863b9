"""Dispatch of commands inside the transaction, and of the events they raise.

A command runs in a savepoint: a refusal leaves nothing half-written. Subscribers run in the same
savepoint, so a notice exists exactly when its cause does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from core.commands import COMMANDS
from core.errors import Refused
from storage.db import transaction

if TYPE_CHECKING:
    from core.acting import Acting
    from core.events import Event

Subscriber = Callable[["Acting", Any], Awaitable[None]]
#: how often the rules said no in this process, by code
refusals: Counter[str] = Counter()
EVENTS: dict[type[Event], list[Subscriber]] = defaultdict(list)


def subscribe(kind: type[Event], subscriber: Subscriber) -> None:
    """Have `subscriber` called with every event of this kind; twice subscribed is once."""
    if subscriber not in EVENTS[kind]:
        EVENTS[kind].append(subscriber)


async def perform(acting: Acting, command: object, key: str) -> Any:
    """Run a command once; `key` names it, and a repeat of the same key does nothing new.

    Raises:
        Refused: what the rules said no to; the savepoint is rolled back.
    """
    heard = len(acting.events)
    acting.key = key
    try:
        async with transaction():
            result = await COMMANDS[type(command)](acting, command)
            await publish(acting, heard)
    except Refused as refused:
        refusals[refused.code] += 1
        raise
    return result


async def publish(acting: Acting, since: int = 0) -> None:
    """Tell the subscribers of what was raised from event number `since` on."""
    for event in acting.events[since:]:
        await tell(acting, event)


async def tell(acting: Acting, event: Event) -> None:
    """Tell the subscribers of one event; at once, where it is a subscriber that raises it."""
    for subscriber in EVENTS[type(event)]:
        await subscriber(acting, event)
