"""Moves what is settled and old out of the tables that every update passes through.

So these stay as large as a month of work, however long the bank uses them. Nothing is lost:
updates, messages and dialogues with their journals go into tables of the same columns, which
nothing asks but people. Only finished slots of jobs, which say nothing, and cards nobody will
change any more are forgotten. Moments are milliseconds since 1970 in UTC.
"""

from __future__ import annotations

from storage.db import execute, rows

#: how many of a kind at once: one transaction moves no more
BATCH = 2_000

_INBOX = "key, lane, position, body, status, attempts, not_before, received_at, done_at, error"
_OUTBOX = (
    "id, cause, chat_id, priority, op, content, card_id, subject, status, attempts, not_before,"
    " created_at, sent_at, error"
)
_TALK = (
    "id, lane, staff_id, flow, version, args, status, turn, pending_key, view, prefill, insist,"
    " collected, card_id, cause, started_at, touched_at, expires_at, reminded"
)
_ANSWER = "id, talk_id, seq, kind, key, fingerprint, value"


async def archive_settled(before: int) -> int:
    """Move up to `BATCH` of each kind that were settled before a moment; returns how many went.

    To be called in a transaction, again and again until it returns 0.
    """
    moved = await _updates(before)
    moved += await _oldest(
        "outbox", _OUTBOX, "status IN ('sent', 'cancelled', 'dismissed') AND created_at < $1",
        before,
    )  # fmt: skip
    moved += await _dialogues(before)
    return moved + await _cards(before)


async def _updates(before: int) -> int:
    found = await rows(
        "SELECT key FROM inbox WHERE status IN ('done', 'dismissed') AND done_at < $1"
        " ORDER BY status, done_at LIMIT $2",
        before, BATCH,
    )  # fmt: skip
    for row in found:
        key = row["key"]
        if not key.startswith("t:"):
            await _copy("inbox", _INBOX, "key = $1", key)
        await execute("DELETE FROM inbox WHERE key = $1", key)
    return len(found)


async def _oldest(table: str, columns: str, settled: str, before: int) -> int:
    """Move the settled ones among a table's first rows."""
    head = f"SELECT * FROM {table} ORDER BY id LIMIT {BATCH}"  # noqa: S608 - constants of this file
    found = await rows(
        f"SELECT id FROM ({head}) AS head WHERE {settled} ORDER BY id",  # noqa: S608 - as above
        before,
    )
    if not found:
        return 0
    wanted = f"{settled} AND id >= $2 AND id <= $3"
    span = (before, found[0]["id"], found[-1]["id"])
    await _copy(table, columns, wanted, *span)
    return await execute(f"DELETE FROM {table} WHERE {wanted}", *span)  # noqa: S608 - as above


async def _dialogues(before: int) -> int:
    settled = "status IN ('done', 'cancelled', 'expired') AND touched_at < $1"
    found = await rows(
        f"SELECT id FROM (SELECT * FROM talk ORDER BY id LIMIT {BATCH}) AS head WHERE {settled}",  # noqa: S608 - constants of this file
        before,
    )
    for row in found:
        await _copy("answer", _ANSWER, "talk_id = $1", row["id"])
        await execute("DELETE FROM answer WHERE talk_id = $1", row["id"])
        await _copy("talk", _TALK, "id = $1", row["id"])
        await execute("DELETE FROM talk WHERE id = $1", row["id"])
    return len(found)


async def _cards(before: int) -> int:
    """Forget old cards that no open dialogue and no waiting message stands on."""
    return await execute(
        "DELETE FROM card WHERE created_at < $1 AND id IN"  # noqa: S608 - constants of this file
        f" (SELECT id FROM card ORDER BY id LIMIT {BATCH})"
        " AND NOT EXISTS (SELECT 1 FROM talk t WHERE t.card_id = card.id"
        "   AND t.status IN ('open', 'parked'))"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.card_id = card.id"
        "   AND o.status IN ('pending', 'dead'))",
        before,
    )


async def _copy(table: str, columns: str, condition: str, *args: object) -> None:
    await execute(
        f"INSERT INTO archived_{table} ({columns}) SELECT {columns} FROM {table}"  # noqa: S608 - constants of this file
        f" WHERE {condition}",
        *args,
    )
