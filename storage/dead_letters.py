"""What was given up: updates and jobs of the inbox, and messages that can't be delivered.

A letter is named by its key: `u:…` and `t:…` are rows of the inbox, `o:<id>` one of the outbox.
What is dead keeps its content, so it can be put back; what is dismissed is only kept.
"""

from __future__ import annotations

from typing import Any

from storage.db import execute, rows
from storage.queues import retry_dead

#: what a database can hold as a row's id
_LARGEST = 2**63 - 1
#: A message whose card has shown something newer since: to send it would turn the card back.
_OVERTAKEN = (
    "EXISTS (SELECT 1 FROM outbox l WHERE l.chat_id = outbox.chat_id AND l.status = 'sent'"
    " AND l.card_id = outbox.card_id AND l.id > outbox.id)"
)


async def state(key: str) -> str | None:
    """How a row stands: pending, done, sent, dead, dismissed, …; None where there is none.

    `overtaken` is a dead message whose card has shown something newer since.
    """
    number = _number(key)
    if number is None:
        found = await rows("SELECT status FROM inbox WHERE key = $1", key)
    else:
        found = await rows(
            f"SELECT CASE WHEN status = 'dead' AND {_OVERTAKEN} THEN 'overtaken'"  # noqa: S608 - a constant
            " ELSE status END AS status FROM outbox WHERE id = $1",
            number,
        )
    return str(found[0]["status"]) if found else None


async def put_back(key: str) -> bool:
    """Have a dead letter tried again; false where it is none."""
    number = _number(key)
    if number is None:
        return await retry_dead(key)
    return (
        await execute(
            "UPDATE outbox SET status = 'pending', attempts = 0, not_before = 0"  # noqa: S608 - a constant
            f" WHERE id = $1 AND status = 'dead' AND NOT {_OVERTAKEN}",
            number,
        )
        > 0
    )


async def dismiss(key: str) -> bool:
    """Set a dead letter aside for good; false where it is none."""
    number = _number(key)
    if number is None:
        return await execute(
            "UPDATE inbox SET status = 'dismissed' WHERE key = $1 AND status = 'dead'", key
        ) > 0  # fmt: skip
    return await execute(
        "UPDATE outbox SET status = 'dismissed' WHERE id = $1 AND status = 'dead'", number
    ) > 0  # fmt: skip


async def dismiss_older(before: int) -> list[str]:
    """Set aside what was given up (or, a message, written) before a moment; returns the keys."""
    letters = await rows(
        "UPDATE inbox SET status = 'dismissed' WHERE status = 'dead' AND done_at < $1"
        " RETURNING key",
        before,
    )
    messages = await rows(
        "UPDATE outbox SET status = 'dismissed' WHERE status = 'dead' AND created_at < $1"
        " RETURNING id",
        before,
    )
    return [str(row["key"]) for row in letters] + [f"o:{row['id']}" for row in messages]


async def letters(limit: int) -> tuple[list[dict[str, Any]], int]:
    """The newest dead rows of the inbox (key, body, attempts, error), and how many there are."""
    found = await rows(
        "SELECT key, body, attempts, error FROM inbox WHERE status = 'dead'"
        " ORDER BY done_at DESC, key LIMIT $1",
        limit,
    )
    count = await rows("SELECT COUNT(*) AS n FROM inbox WHERE status = 'dead'")
    return found, int(count[0]["n"])


async def messages(limit: int) -> tuple[list[dict[str, Any]], int]:
    """The newest dead rows of the outbox (id, cause, op, error), and how many there are."""
    found = await rows(
        "SELECT id, cause, op, error FROM outbox WHERE status = 'dead' ORDER BY id DESC LIMIT $1",
        limit,
    )
    count = await rows("SELECT COUNT(*) AS n FROM outbox WHERE status = 'dead'")
    return found, int(count[0]["n"])


def _number(key: str) -> int | None:
    """The id of an outbox row; None for a key of the inbox."""
    kind, _, number = key.partition(":")
    if kind != "o" or not (number.isascii() and number.isdigit() and len(number) < 20):
        return None
    return min(int(number), _LARGEST)
