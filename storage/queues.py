"""Inbox, lanes, mailboxes and outbox: insert once, claim, retry, give up.

Hand-written SQL that is the same on both engines, because every update passes here twice. Whoever
works on a lane first writes the lane's row: that write is the lock on both engines. All moments
are milliseconds since 1970 in UTC. Nothing here knows what a body means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from storage.db import dialect, execute, rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Op = Literal["post", "edit", "remove", "strip"]
REPLY, ALERT, DIGEST = 0, 1, 2


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


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """Something to be delivered."""

    id: int
    cause: str
    chat_id: int
    priority: int
    op: Op
    content: str
    card_id: int | None
    message_id: int | None
    attempts: int
    created_at: int
    subject: str


async def put_inbox(arrivals: Sequence[Arrival], now: int) -> int:
    """Keep arrivals; one that is there already is left alone. Returns how many were new."""
    new = 0
    for lane in {arrival.lane for arrival in arrivals}:
        await execute("INSERT INTO lane (id, tick) VALUES ($1, 0) ON CONFLICT DO NOTHING", lane)
    for a in arrivals:
        made = await rows(
            "INSERT INTO inbox (key, lane, position, body, status, attempts, not_before,"
            " received_at) VALUES ($1, $2, $3, $4, 'pending', 0, $5, $6) ON CONFLICT DO NOTHING"
            " RETURNING key",
            a.key, a.lane, a.position, a.body, a.not_before, now,
        )  # fmt: skip
        new += len(made)
    return new


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
    if dialect() == "postgres":
        free = await rows("SELECT id FROM lane WHERE id = $1 FOR UPDATE SKIP LOCKED", lane)
        if not free:
            return False
    return await execute("UPDATE lane SET tick = tick + 1 WHERE id = $1", lane) == 1


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


async def mark_done(key: str, now: int) -> None:
    """The row was handled."""
    await execute(
        "UPDATE inbox SET status = 'done', done_at = $2, error = NULL WHERE key = $1", key, now
    )


async def mark_failed(key: str, error: str, not_before: int) -> None:
    """The row failed and is tried again later."""
    await execute(
        "UPDATE inbox SET attempts = attempts + 1, error = $2, not_before = $3 WHERE key = $1",
        key, error, not_before,
    )  # fmt: skip


async def mark_dead(key: str, error: str, now: int) -> None:
    """The row is given up; `doctor` shows it and `retry_dead` tries it again."""
    await execute(
        "UPDATE inbox SET status = 'dead', attempts = attempts + 1, error = $2, done_at = $3"
        " WHERE key = $1",
        key, error, now,
    )  # fmt: skip


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


async def new_card(chat_id: int, subject: str, now: int) -> int:
    """A card whose message is still to be sent."""
    made = await rows(
        "INSERT INTO card (chat_id, subject, created_at) VALUES ($1, $2, $3) RETURNING id",
        chat_id, subject, now,
    )  # fmt: skip
    return int(made[0]["id"])


async def card_of(chat_id: int, message_id: int, now: int) -> int:
    """The card that stands on a message; a message we did not know becomes one."""
    found = await rows(
        "SELECT id FROM card WHERE chat_id = $1 AND message_id = $2 ORDER BY id DESC LIMIT 1",
        chat_id, message_id,
    )  # fmt: skip
    if found:
        return int(found[0]["id"])
    made = await rows(
        "INSERT INTO card (chat_id, message_id, subject, created_at) VALUES ($1, $2, '', $3)"
        " RETURNING id",
        chat_id, message_id, now,
    )  # fmt: skip
    return int(made[0]["id"])


async def put_outbox(  # noqa: PLR0913 - one row, its columns
    *,
    cause: str,
    chat_id: int,
    op: Op,
    content: str,
    now: int,
    card_id: int | None = None,
    priority: int = REPLY,
    subject: str = "",
    not_before: int = 0,
) -> bool:
    """Keep a message for delivery; false when this cause made it before."""
    await execute("INSERT INTO mailbox (chat_id, claimed_until, claimed_by, not_before)"
                  " VALUES ($1, 0, '', 0) ON CONFLICT DO NOTHING", chat_id)  # fmt: skip
    made = await rows(
        "INSERT INTO outbox (cause, chat_id, priority, op, content, card_id, subject, status,"
        " attempts, not_before, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', 0, $8, $9) ON CONFLICT DO NOTHING"
        " RETURNING id",
        cause, chat_id, priority, op, content, card_id, subject, not_before, now,
    )  # fmt: skip
    return bool(made)


async def cancel_unsent(subject: str) -> int:
    """Take back what was to be said about a matter that is settled now."""
    return await execute(
        "UPDATE outbox SET status = 'cancelled' WHERE subject = $1 AND status = 'pending'"
        " AND priority > 0",
        subject,
    )


async def claim_mailboxes(sender: str, now: int, until: int, limit: int) -> list[int]:
    """Chats with something due that nobody else is sending to; they are ours until `until`."""
    skip = " FOR UPDATE OF m SKIP LOCKED" if dialect() == "postgres" else ""
    claimed = await rows(
        "UPDATE mailbox SET claimed_until = $1, claimed_by = $2 WHERE claimed_until <= $3 AND"  # noqa: S608 - `skip` is one of two constants
        " chat_id IN (SELECT m.chat_id FROM outbox o JOIN mailbox m ON m.chat_id = o.chat_id"
        "   WHERE o.status = 'pending' AND o.not_before <= $3 AND m.claimed_until <= $3"
        f"   AND m.not_before <= $3 ORDER BY o.priority, o.id LIMIT $4{skip}) RETURNING chat_id",
        until, sender, now, limit,
    )  # fmt: skip
    return [int(row["chat_id"]) for row in claimed]


async def next_for(chat_id: int, now: int) -> OutboxRow | None:
    """What this chat gets next: replies before alerts before digests, each in order."""
    found = await rows(
        "SELECT o.id, o.cause, o.chat_id, o.priority, o.op, o.content, o.card_id, c.message_id,"
        " o.attempts, o.created_at, o.subject FROM outbox o LEFT JOIN card c ON c.id = o.card_id"
        " WHERE o.status = 'pending' AND o.chat_id = $1 AND o.not_before <= $2"
        " ORDER BY o.priority, o.id LIMIT 1",
        chat_id, now,
    )  # fmt: skip
    return OutboxRow(**found[0]) if found else None


async def mark_sent(row: OutboxRow, message_id: int | None, now: int) -> None:
    """The message is out; a new message becomes its card's. What it said is kept no longer."""
    await execute(
        "UPDATE outbox SET status = 'sent', sent_at = $2, error = NULL, content = ''"
        " WHERE id = $1",
        row.id, now,
    )  # fmt: skip
    if row.card_id is not None and (message_id is not None or row.op == "remove"):
        await execute("UPDATE card SET message_id = $2 WHERE id = $1", row.card_id, message_id)


async def mark_unsent(row: OutboxRow, error: str, *, counts: bool = True) -> None:
    """Delivery failed and is tried again; `counts` is false when the platform only said wait.

    The chat as a whole waits (`release_mailbox`), so that what follows does not overtake.
    """
    await execute(
        "UPDATE outbox SET attempts = attempts + $2, error = $3 WHERE id = $1",
        row.id, int(counts), error,
    )  # fmt: skip


async def mark_undeliverable(row: OutboxRow, error: str) -> None:
    """Delivery is given up; `doctor` shows it."""
    await execute("UPDATE outbox SET status = 'dead', attempts = attempts + 1, error = $2"
                  " WHERE id = $1", row.id, error)  # fmt: skip


async def extend_claim(chat_id: int, sender: str, until: int) -> bool:
    """Keep a chat for longer; false when it was taken for abandoned and is somebody else's."""
    kept = await execute(
        "UPDATE mailbox SET claimed_until = $3 WHERE chat_id = $1 AND claimed_by = $2",
        chat_id, sender, until,
    )  # fmt: skip
    return kept > 0


async def release_mailbox(chat_id: int, sender: str, not_before: int = 0) -> None:
    """Let a chat go; with `not_before`, it has to wait as long as the platform said."""
    await execute(
        "UPDATE mailbox SET claimed_until = 0, claimed_by = '',"
        " not_before = CASE WHEN not_before > $3 THEN not_before ELSE $3 END"
        " WHERE chat_id = $1 AND claimed_by = $2",
        chat_id, sender, not_before,
    )  # fmt: skip


async def next_due(now: int) -> int | None:
    """When the next unsent message or waiting inbox row becomes due, if any is."""
    found = await rows(
        "SELECT MIN(due) AS due FROM (SELECT MIN(not_before) AS due FROM outbox"
        " WHERE status = 'pending' AND not_before > $1 UNION ALL SELECT MIN(not_before) FROM inbox"
        " WHERE status = 'pending' AND not_before > $1) AS waiting",
        now,
    )
    due: int | None = found[0]["due"]
    return due


async def get_cursor(name: str) -> int:
    """A reader's place; 0 where it never read."""
    found = await rows("SELECT value FROM cursor WHERE name = $1", name)
    return int(found[0]["value"]) if found else 0


async def set_cursor(name: str, value: int) -> None:
    """Remember a reader's place."""
    await execute(
        "INSERT INTO cursor (name, value) VALUES ($1, $2)"
        " ON CONFLICT (name) DO UPDATE SET value = $2",
        name, value,
    )  # fmt: skip
