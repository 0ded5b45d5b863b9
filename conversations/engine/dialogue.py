"""Dialogues, one step at a time: begin, feed an event, draw again.

A step replays the journal, takes one event, goes on as far as it can, and says what changed: the
worker writes that down in the same transaction as everything that commands did. A step never
changes the dialogue it was given; it returns another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.journal import Entry, offered
from conversations.engine.ops import CANCEL
from conversations.engine.registry import latest_version, missing_flows
from conversations.engine.replay import ANY_KEY, Host, plain
from conversations.engine.session import Session
from conversations.engine.state import Dialogue, Step
from conversations.inputs import Pressed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conversations.engine.questions import Json
    from conversations.inputs import Input

__all__ = [
    "Dialogue",
    "Entry",
    "Host",
    "Step",
    "begin",
    "feed",
    "latest_version",
    "missing_flows",
    "prefill_of",
    "redraw",
]


async def begin(
    flow_name: str,
    args: Mapping[str, Json],
    host: Host,
    *,
    prefill: Mapping[str, Json] | None = None,
    insist: str | None = None,
    collected: Sequence[dict[str, Json]] = (),
) -> Step:
    """Start the newest version of a flow.

    Raises:
        UnknownFlow: if there is none of this name.
    """
    dialogue = Dialogue(
        flow=flow_name,
        version=latest_version(flow_name),
        args=plain(dict(args)),
        prefill=plain(dict(prefill or {})),
        insist=insist,
        collected=list(collected),
    )
    session = Session(dialogue, host)
    return await session.finish(await session.go_on())


async def feed(dialogue: Dialogue, event: Input, host: Host) -> Step:
    """Give the pending question an event, and go on.

    Raises:
        EngineError: if the dialogue cannot go on; an error of ours.
    """
    session = Session(dialogue, host)
    if isinstance(event, Pressed) and event.choice == CANCEL:
        return session.cancelled()  # needs no replay: it works even if the flow no longer runs
    outcome = await session.stand(dialogue.pending_key or ANY_KEY)
    return await session.finish(await session.take(outcome, event))


async def redraw(dialogue: Dialogue, host: Host) -> Step:
    """Show the pending question again: in another language, after parking, or by newer code.

    Raises:
        EngineError: if the dialogue cannot go on; an error of ours.
    """
    session = Session(dialogue, host)
    return await session.finish(await session.stand(dialogue.pending_key))


def prefill_of(dialogue: Dialogue) -> dict[str, Json]:
    """All its answers by key, to begin another dialogue with: after expiry or undo."""
    return offered(dialogue.prefill, dialogue.journal)
