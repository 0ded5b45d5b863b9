"""Inbox and lanes: insert once, handle in order, retry, give up.

Hand-written SQL that is the same on both engines, because every update passes here. Whoever
works on a lane first writes the lane's row: that write is the lock on both engines. All moments
are milliseconds since 1970 in UTC. Nothing here knows what a body means.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from storage.db import at_once, dialect, execute, rows, statement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.db import Statement


def millis(at: datetime) -> int:
    """A moment as the machinery keeps it."""
    return int(at.timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something to be handled once."""

    key: str
    lane: str
    position: int
    body: str
    not_before: int = 0


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An arrival that is being handled."""

    key: str
    lane: str
    body: str
    attempts: int
    received_at: int


async def put_inbox(
    arrivals: Sequence[Arrival], now: int, *, cursor: tuple[str, int] | None = None
) -> int:
    """Keep arrivals; one that is there already is left alone. Returns how many were new.

    With a cursor, its reader's place moves along with them.
    """
    moved = (_cursor_at(*cursor),) if cursor is not None else ()
    if not arrivals:
        await at_once(*moved)
        return 0
    known = {arrival.key: arrival for arrival in arrivals}  # one batch may bring a key twice
    lanes = sorted({arrival.lane for arrival in arrivals})
    new = await at_once(
        *moved,
        statement(
            "INSERT INTO lane (id, tick) VALUES "  # noqa: S608 - only placeholders are put in
            f"{_tuples(len(lanes), '({}, 0)')} ON CONFLICT DO NOTHING",
            *lanes,
        ),
        statement(
            "INSERT INTO inbox (key, lane, position, body, not_before, received_at, status,"  # noqa: S608 - only placeholders are put in
            f" attempts) VALUES {_tuples(len(known), '({}, {}, {}, {}, {}, {}, {}, 0)')}"
            " ON CONFLICT DO NOTHING RETURNING key",
            *(
                value
                for a in known.values()
                for value in (a.key, a.lane, a.position, a.body, a.not_before, now, "pending")
            ),
        ),
    )
    return len(new)


@lru_cache(maxsize=512)
def _tuples(count: int, pattern: str) -> str:
    """So many tuples of a VALUES list, their placeholders numbered on."""
    numbers = itertools.count(1)
    return ", ".join(
        pattern.format(*(f"${next(numbers)}" for _ in range(pattern.count("{}"))))
        for _ in range(count)
    )


async def ready_lanes(now: int, limit: int, busy: Sequence[str] = ()) -> list[str]:
    """Lanes whose oldest pending row may be handled now, in the order of their arrival."""
    found = await rows(
        "SELECT i.lane AS lane, MIN(i.received_at) AS since FROM inbox i"
        " WHERE i.status = 'pending'"
        " AND NOT EXISTS (SELECT 1 FROM inbox w WHERE w.lane = i.lane AND w.status = 'pending'"
        "   AND w.not_before > $1 AND w.position <= i.position)"
        " GROUP BY i.lane ORDER BY since LIMIT $2",
        now, limit + len(busy),
    )  # fmt: skip
    return [row["lane"] for row in found if row["lane"] not in busy][:limit]


async def lock_lane(lane: str) -> bool:
    """Take the lane for this transaction; false when another process has it."""
    free = "(SELECT id FROM lane WHERE id = $1 FOR UPDATE SKIP LOCKED)"
    mine = f"= {free}" if dialect() == "postgres" else "= $1"
    return await execute(f"UPDATE lane SET tick = tick + 1 WHERE id {mine}", lane) == 1  # noqa: S608 - one of two constants


async def oldest_pending(lane: str, now: int) -> InboxRow | None:
    """The row of the lane that is next, unless it (or nothing) has to wait."""
    found = await rows(
        "SELECT key, lane, body, attempts, received_at, not_before FROM inbox"
        " WHERE status = 'pending' AND lane = $1 ORDER BY position, key LIMIT 1",
        lane,
    )
    if not found or found[0].pop("not_before") > now:
        return None
    return InboxRow(**found[0])


async def mark_done(row: InboxRow, now: int) -> bool:
    """The row was handled; returns whether its lane has more that waits."""
    left = await at_once(
        statement(
            "UPDATE inbox SET status = 'done', done_at = $2, error = NULL WHERE key = $1",
            row.key, now,
        ),
        statement(
            "SELECT 1 AS more FROM inbox WHERE status = 'pending' AND lane = $1 AND key <> $2"
            " LIMIT 1",
            row.lane, row.key,
        ),
    )  # fmt: skip
    return bool(left)


async def mark_failed(key: str, error: str, not_before: int) -> None:
    """The row failed and is tried again later."""
    await execute(
        "UPDATE inbox SET attempts = attempts + 1, error = $2, not_before = $3 WHERE key = $1"
        " AND status = 'pending'",
        key, error, not_before,
    )  # fmt: skip


async def mark_dead(key: str, error: str, now: int) -> bool:
    """Give the row up; false when another process has handled it meanwhile.

    `doctor` shows it and `retry_dead` tries it again.
    """
    return await execute(
        "UPDATE inbox SET status = 'dead', attempts = attempts + 1, error = $2, done_at = $3"
        " WHERE key = $1 AND status = 'pending'",
        key, error, now,
    ) > 0  # fmt: skip


async def retry_dead(key: str) -> bool:
    """Put a given-up row back in its lane; false when there is none."""
    return (
        await execute(
            "UPDATE inbox SET status = 'pending', attempts = 0, not_before = 0"
            " WHERE key = $1 AND status = 'dead'",
            key,
        )
        > 0
    )


async def get_cursor(name: str) -> int:
    """A reader's place; 0 where it never read."""
    found = await rows("SELECT value FROM cursor WHERE name = $1", name)
    return int(found[0]["value"]) if found else 0


async def set_cursor(name: str, value: int) -> None:
    """Remember a reader's place."""
    await at_once(_cursor_at(name, value))


def _cursor_at(name: str, value: int) -> Statement:
    return statement(
        "INSERT INTO cursor (name, value) VALUES ($1, $2)"
        " ON CONFLICT (name) DO UPDATE SET value = $2",
        name, value,
    )  # fmt: skip
