"""The connection breaks in the middle of transactions, before and after the server's commit."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from bot.sender import CLAIM_FOR
from storage import deliveries
from storage.unavailable import UnavailableError
from tests.faults.visits import working_day
from tests.faults.wire import Wire, commit, every, never, statement

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.faults.server import Server

CUTS = 8


@pytest.mark.parametrize("number", [7, 41])
@pytest.mark.parametrize("when", ["cut_before", "cut_after"])
async def test_a_commit_of_which_nobody_knows_is_found_out(
    server: Server, tmp_path: Path, when: str, number: int
) -> None:
    kind = commit if number < 10 else statement
    url = await server.fresh()
    async with (
        Wire(url) as wire,
        working_day(url, tmp_path, seen_as=wire.url) as day,
    ):
        day.begin()
        setattr(wire, when, every(number, kind))
        await day.reaches(lambda: wire.cuts >= CUTS)
        setattr(wire, when, never)
        await day.end()
        await day.nothing_is_lost_or_doubled()
        assert await day.doubled_sends() == 0


async def test_a_claim_of_which_the_sender_was_never_told_holds_nobody_up(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = []

    def claims_and_says_nothing(claim: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
        async def claim_once(*args: Any, **named: Any) -> Any:
            claimed = await claim(*args, **named)
            if claimed and not lost:
                lost.append(claimed)
                raise UnavailableError("the connection was closed")
            return claimed

        return claim_once

    for name in ("claim_chat", "claim_mailboxes"):
        monkeypatch.setattr(deliveries, name, claims_and_says_nothing(getattr(deliveries, name)))
    async with working_day(database_url, tmp_path) as day:
        began = time.monotonic()
        await day.reader.says("/today")
        await day.has_answered(day.simulator.world.updates.next_id - 1)
        assert len(lost) == 1
        assert time.monotonic() - began < CLAIM_FOR.total_seconds() / 2
        assert await day.doubled_sends() == 0
