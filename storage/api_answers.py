"""First answers, kept for requests that come again with the same idempotency key.

A row is claimed at the beginning of the request's transaction and filled at its end, so it exists
exactly when the change does. On a server a second request with the key waits for the first one's
transaction; on SQLite there is only one at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage.db import dialect, execute, rows


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What the first request with a key was answered, and what it had asked for."""

    request_hash: str
    status: int
    body: str
    location: str


async def claim(
    token_id: int, key: str, request_hash: str, *, now: int, kept_since: int
) -> KeptAnswer | None:
    """Take the key for this request; the kept answer where it was taken before."""
    mine = await rows(
        "INSERT INTO api_answer (token_id, key, request_hash, status, body, location, created_at)"
        " VALUES ($1, $2, $3, 0, '', '', $4) ON CONFLICT (token_id, key)"
        " DO UPDATE SET request_hash = $3, status = 0, body = '', location = '', created_at = $4"
        " WHERE api_answer.created_at < $5 RETURNING id",
        token_id, key, request_hash, now, kept_since,
    )  # fmt: skip
    if mine:
        return None
    found = await rows(
        "SELECT request_hash, status, body, location FROM api_answer"
        " WHERE token_id = $1 AND key = $2",
        token_id, key,
    )  # fmt: skip
    return KeptAnswer(**found[0])


async def keep(token_id: int, key: str, *, status: int, body: str, location: str) -> None:
    """What the request was answered."""
    await execute(
        "UPDATE api_answer SET status = $3, body = $4, location = $5"
        " WHERE token_id = $1 AND key = $2",
        token_id, key, status, body, location,
    )  # fmt: skip


async def forget(before: int) -> int:
    """Drop the answers from before a moment; returns how many there were."""
    return await execute("DELETE FROM api_answer WHERE created_at < $1", before)


async def one_at_a_time(name: str) -> None:
    """Let no other transaction that asks for the same name go on before this one ends.

    SQLite has only one at a time anyhow.
    """
    if dialect() == "postgres":
        await rows("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text AS locked", name)
