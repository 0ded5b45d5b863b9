"""What subscribed systems are still to be told: kept, claimed when due, given up in the end.

All moments are milliseconds since 1970 in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from storage import news
from storage.db import dialect, execute, rows


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a system is to be told now."""

    id: int
    event: str
    body: str
    #: this one included
    attempts: int
    url: str
    secret: str


async def put(subscription_id: int, event: str, body: str, now: int) -> None:
    """Have a system told."""
    news.raised()
    await rows(
        "INSERT INTO announcement (subscription_id, event, body, status, attempts, not_before,"
        " created_at, error) VALUES ($1, $2, $3, 'pending', 0, $4, $4, '') RETURNING id",
        subscription_id, event, body, now,
    )  # fmt: skip


async def claim(now: int, until: int, limit: int) -> list[Due]:
    """What is due, the oldest first; nobody else gets it before `until`."""
    if not await rows(
        "SELECT 1 AS due FROM announcement WHERE status = 'pending' AND not_before <= $1 LIMIT 1",
        now,
    ):
        return []  # asked once a second, and not worth a write lock
    skip = " FOR UPDATE OF a SKIP LOCKED" if dialect() == "postgres" else ""
    found = await rows(
        "WITH due AS MATERIALIZED (SELECT a.id FROM announcement a"  # noqa: S608 - `skip` is one of two constants
        "   WHERE a.status = 'pending' AND a.not_before <= $1"
        f"   ORDER BY a.not_before, a.id LIMIT $3{skip})"
        " UPDATE announcement SET not_before = $2, attempts = attempts + 1"
        " WHERE id IN (SELECT id FROM due)"
        " RETURNING id, event, body, attempts,"
        " (SELECT url FROM subscription s WHERE s.id = subscription_id) AS url,"
        " (SELECT secret FROM subscription s WHERE s.id = subscription_id) AS secret",
        now, until, limit,
    )  # fmt: skip
    return [Due(**row) for row in sorted(found, key=lambda row: int(row["id"]))]


async def mark_told(announcement_id: int, now: int) -> None:
    """The system has it; what was said is kept no longer."""
    await execute(
        "UPDATE announcement SET status = 'sent', sent_at = $2, body = '', error = ''"
        " WHERE id = $1",
        announcement_id, now,
    )  # fmt: skip


async def mark_untold(announcement_id: int, error: str, not_before: int) -> None:
    """The system could not be told, and is tried again."""
    await execute(
        "UPDATE announcement SET error = $2, not_before = $3 WHERE id = $1",
        announcement_id, error, not_before,
    )  # fmt: skip


async def give_up(announcement_id: int, error: str) -> None:
    """The system is told no more of this; `doctor` shows it."""
    await execute(
        "UPDATE announcement SET status = 'dead', error = $2 WHERE id = $1",
        announcement_id, error,
    )  # fmt: skip


async def withdraw(subscription_id: int) -> None:
    """Nobody listens any more to what is still to be said."""
    await execute(
        "UPDATE announcement SET status = 'withdrawn' WHERE subscription_id = $1"
        " AND status = 'pending'",
        subscription_id,
    )


async def given_up() -> list[dict[str, Any]]:
    """How many announcements of each subscription were given up, and why the last one was."""
    return await rows(
        "SELECT a.subscription_id AS id, s.url AS url, COUNT(*) AS n, MAX(a.error) AS error"
        " FROM announcement a JOIN subscription s ON s.id = a.subscription_id"
        " WHERE a.status = 'dead' AND s.ended_at IS NULL"
        " GROUP BY a.subscription_id, s.url ORDER BY a.subscription_id"
    )
