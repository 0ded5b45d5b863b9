"""Deliveries: what people are to be shown, claimed a chat at a time and sent in order.

The mailbox of a chat says who is sending to it, until when it has to wait, and how fast it was
sent to; a card is a place in a chat that later messages may change. Hand-written SQL that is the
same on both engines. All moments are milliseconds since 1970 in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from storage import news
from storage.db import at_once, dialect, execute, rows, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.db import Statement

Op = Literal["post", "edit", "remove", "strip"]


REPLY, ALERT, DIGEST = 0, 1, 2


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
    paced_until: int


async def new_card(chat_id: int, subject: str, now: int, gone_after: int = 0) -> int:
    """A card whose message is still to be sent, perhaps to leave the chat so much (ms) later."""
    made = await rows(
        "INSERT INTO card (chat_id, subject, created_at, gone_at) VALUES ($1, $2, $3, $4)"
        " RETURNING id",
        chat_id, subject, now, now + gone_after if gone_after else None,
    )  # fmt: skip
    return int(made[0]["id"])


async def card_of(chat_id: int, message_id: int) -> int:
    """The card that stands on a message; a message we did not know becomes one, of any age."""
    card_id, _ = await card_on(chat_id, message_id)
    return card_id


async def card_on(chat_id: int, message_id: int) -> tuple[int, str]:
    """The card that stands on a message, and what it is about."""
    found = await rows(
        "SELECT id, subject FROM card WHERE chat_id = $1 AND message_id = $2"
        " ORDER BY id DESC LIMIT 1",
        chat_id, message_id,
    )  # fmt: skip
    if found:
        return int(found[0]["id"]), str(found[0]["subject"])
    made = await rows(
        "INSERT INTO card (chat_id, message_id, subject, created_at) VALUES ($1, $2, '', 0)"
        " RETURNING id",
        chat_id, message_id,
    )  # fmt: skip
    return int(made[0]["id"]), ""


async def name_card(card_id: int, subject: str) -> None:
    """Say what a card is about from now on."""
    await execute("UPDATE card SET subject = $2 WHERE id = $1", card_id, subject)


async def rename_cards(subject: str, to: str) -> None:
    """Say what the cards about a subject are about from now on."""
    await execute("UPDATE card SET subject = $2 WHERE subject = $1", subject, to)


async def card_made_at(card_id: int) -> int:
    """When a card was made: its message can be deleted for 48 hours from then."""
    found = await rows("SELECT created_at FROM card WHERE id = $1", card_id)
    return int(found[0]["created_at"]) if found else 0


async def cards_to_remove(now: int, limit: int) -> list[tuple[int, int]]:
    """Cards whose message must leave the chat by now, and their chats; each is told once.

    What was still to be shown on them, also what was given up, is forgotten.
    """
    found = await rows(
        "UPDATE card SET gone_at = NULL WHERE id IN (SELECT id FROM card"
        " WHERE gone_at IS NOT NULL AND gone_at <= $1 ORDER BY gone_at LIMIT $2)"
        " RETURNING id, chat_id",
        now, limit,
    )  # fmt: skip
    for row in found:
        await execute(
            "UPDATE outbox SET status = 'cancelled', content = '' WHERE card_id = $1"
            " AND status IN ('pending', 'dead') AND op IN ('post', 'edit')",
            row["id"],
        )
    return [(int(row["id"]), int(row["chat_id"])) for row in found]


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
    gone_after: int = 0,
) -> bool:
    """Keep a message for delivery; false when this cause made it before.

    An edited card stays in the chat from then on, or leaves it `gone_after` (ms) later.
    """
    news.raised()
    edited: tuple[Statement, ...] = ()
    if op == "edit":
        edited = (
            statement(
                "UPDATE card SET gone_at = CAST($2 AS BIGINT) WHERE id = $1"
                " AND (gone_at IS NOT NULL OR CAST($2 AS BIGINT) IS NOT NULL)",
                card_id, now + gone_after if gone_after else None,
            ),
        )  # fmt: skip
    made = await at_once(
        *edited,
        statement(
            "INSERT INTO mailbox (chat_id, claimed_until, claimed_by, not_before, paced_until)"
            " VALUES ($1, 0, '', 0, 0) ON CONFLICT DO NOTHING",
            chat_id,
        ),
        statement(
            "INSERT INTO outbox (cause, chat_id, priority, op, content, card_id, subject, status,"
            " attempts, not_before, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', 0, $8, $9) ON CONFLICT DO NOTHING"
            " RETURNING id",
            cause, chat_id, priority, op, content, card_id, subject, not_before, now,
        ),
    )  # fmt: skip
    return bool(made)


async def cancel_unsent(subject: str) -> int:
    """Take back what was to be said about a matter that is settled now."""
    return await execute(
        "UPDATE outbox SET status = 'cancelled' WHERE subject = $1 AND status = 'pending'"
        " AND priority > 0",
        subject,
    )


async def cancel_unsent_of(subjects: Sequence[str]) -> int:
    """Take back what was to be said about many matters."""
    if not subjects:
        return 0
    marks = ", ".join(f"${number}" for number in range(1, len(subjects) + 1))
    return await execute(
        "UPDATE outbox SET status = 'cancelled' WHERE status = 'pending' AND priority > 0"  # noqa: S608 - only placeholders are put in
        f" AND subject IN ({marks})",
        *subjects,
    )


async def renew_unsent(row_id: int, content: str | None, now: int) -> None:
    """Say something else instead, in the same place; nothing at all without content."""
    await execute(
        "UPDATE outbox SET content = COALESCE($2, ''), created_at = $3,"
        " status = CASE WHEN $2 IS NULL THEN 'cancelled' ELSE status END"
        " WHERE id = $1 AND status = 'pending'",
        row_id, content, now,
    )  # fmt: skip


async def renew_unsent_of(subject: str, content: str | None, now: int) -> None:
    """Say something else of a matter instead, in the same place; nothing without content."""
    waiting = await rows(
        "SELECT id FROM outbox WHERE subject = $1 AND status = 'pending' AND op = 'post'", subject
    )
    for row in waiting:
        await renew_unsent(int(row["id"]), content, now)


async def give_card(row_id: int, chat_id: int, subject: str, now: int) -> None:
    """Have an unsent message change later, about this matter."""
    await execute(
        "UPDATE outbox SET subject = $2, card_id = $3 WHERE id = $1 AND status = 'pending'",
        row_id, subject, await new_card(chat_id, subject, now),
    )  # fmt: skip


async def cancel_chat(chat_id: int) -> int:
    """Send nothing of what waits for a chat: the phone is in other hands."""
    return await execute(
        "UPDATE outbox SET status = 'cancelled', content = ''"
        " WHERE chat_id = $1 AND status IN ('pending', 'dead')",
        chat_id,
    )


async def claim_mailboxes(
    sender: str, now: int, until: int, limit: int, *, least: int = REPLY, most: int = DIGEST
) -> list[int]:
    """Chats with something due that nobody else is sending to; they are ours until `until`.

    Most urgent first; with `least` and `most`, only what is of these priorities counts.
    """
    skip = " FOR UPDATE OF m, o SKIP LOCKED" if dialect() == "postgres" else ""
    # A plain subquery may be planned as a loop, and its limit would then hold for each round.
    claimed = await rows(
        "WITH due AS MATERIALIZED (SELECT m.chat_id"  # noqa: S608 - `skip` is one of two constants
        "   FROM outbox o JOIN mailbox m ON m.chat_id = o.chat_id"
        "   WHERE o.status = 'pending' AND o.priority >= $5 AND o.priority <= $6"
        "   AND o.not_before <= $3 AND m.claimed_until <= $3 AND m.not_before <= $3"
        f"   ORDER BY o.priority, o.id LIMIT $4{skip})"
        " UPDATE mailbox SET claimed_until = $1, claimed_by = $2 WHERE claimed_until <= $3"
        " AND chat_id IN (SELECT chat_id FROM due) RETURNING chat_id",
        until, sender, now, limit, least, most,
    )  # fmt: skip
    return [int(row["chat_id"]) for row in claimed]


_NEXT = (
    "SELECT o.id, o.cause, o.chat_id, o.priority, o.op, o.content, o.card_id, c.message_id,"
    " o.attempts, o.created_at, o.subject, m.paced_until FROM outbox o"
    " JOIN mailbox m ON m.chat_id = o.chat_id LEFT JOIN card c ON c.id = o.card_id"
    " WHERE o.status = 'pending' AND o.chat_id = $1 AND o.not_before <= $2{also}"
    " ORDER BY o.priority, o.id LIMIT 1"
)


async def claim_chat(chat_id: int, sender: str, now: int, until: int) -> OutboxRow | None:
    """Take one chat and return what it gets first; one that is the sender's already, again.

    None when somebody else has it, when it must wait, or when there is nothing for it.
    """
    # A statement's parts don't see each other's writes on a server, but their results.
    mine = (
        " AND o.chat_id IN (SELECT chat_id FROM s0) AND $3 <> ''"
        if dialect() == "postgres"
        else " AND EXISTS (SELECT 1 FROM mailbox WHERE chat_id = $1 AND claimed_by = $3)"
    )
    found = await at_once(
        statement(
            "UPDATE mailbox SET claimed_until = $4, claimed_by = $2 WHERE chat_id = $1"
            " AND (claimed_until <= $3 OR claimed_by = $2) AND not_before <= $3"
            " AND EXISTS (SELECT 1 FROM outbox"
            "   WHERE status = 'pending' AND chat_id = $1 AND not_before <= $3) RETURNING chat_id",
            chat_id, sender, now, until,
        ),
        statement(_NEXT.format(also=mine), chat_id, now, sender),
    )  # fmt: skip
    return OutboxRow(**found[0]) if found else None


async def next_for(chat_id: int, now: int) -> OutboxRow | None:
    """What this chat gets next: replies before alerts before digests, each in order."""
    found = await rows(_NEXT.format(also=""), chat_id, now)
    return OutboxRow(**found[0]) if found else None


async def mark_sent(
    row: OutboxRow, message_id: int | None, now: int, sender: str = "", *, paced_until: int = 0
) -> bool:
    """The message is out; a new message becomes its card's. What it said is kept no longer.

    `paced_until` is how fast the chat was sent to. Returns whether more waits to be sent to the
    chat now. Where nothing does, `sender` has let go of the chat.
    """
    card: tuple[Statement, ...] = ()
    if row.card_id is not None and (message_id is not None or row.op == "remove"):
        card = (
            statement("UPDATE card SET message_id = $2 WHERE id = $1", row.card_id, message_id),
        )
    more = (
        "EXISTS (SELECT 1 FROM outbox WHERE status = 'pending' AND chat_id = $1 AND id <> $2"
        " AND not_before <= $3)"
    )
    left = await at_once(
        *card,
        statement(
            "UPDATE outbox SET status = 'sent', sent_at = $2, error = NULL, content = ''"
            " WHERE id = $1",
            row.id, now,
        ),
        statement(
            "UPDATE mailbox SET paced_until = $5,"  # noqa: S608 - a constant
            f" claimed_until = CASE WHEN {more} THEN claimed_until ELSE 0 END,"
            f" claimed_by = CASE WHEN {more} THEN claimed_by ELSE '' END"
            " WHERE chat_id = $1 AND claimed_by = $4",
            row.chat_id, row.id, now, sender, paced_until,
        ),
        statement(f"SELECT 1 AS more WHERE {more}", row.chat_id, row.id, now),
    )  # fmt: skip
    return bool(left)


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


#: the longest that a chat waits after a failure (ms), unless Telegram asks for more
LONGEST_WAIT = 60_000


async def forget_the_future(now: int) -> None:
    """The clock was set back: no chat waits for a moment that was, nor is anybody's until then."""
    await execute(
        "UPDATE mailbox SET claimed_until = CASE WHEN claimed_until > $1 THEN $1"
        " ELSE claimed_until END, not_before = CASE WHEN not_before > $1 THEN $1"
        " ELSE not_before END WHERE claimed_until > $1 OR not_before > $1",
        now + LONGEST_WAIT,
    )


async def hold_unsent(row_id: int, until: int) -> None:
    """Deliver it later: it was to have been out before its receiver's quiet hours."""
    await execute("UPDATE outbox SET not_before = $2 WHERE id = $1", row_id, until)


async def release_untouched(chats: Sequence[int], sender: str) -> None:
    """Let chats go to which nothing was sent."""
    marks = ", ".join(f"${number}" for number in range(2, len(chats) + 2))
    await execute(
        "UPDATE mailbox SET claimed_until = 0, claimed_by = ''"  # noqa: S608 - only placeholders are put in
        f" WHERE claimed_by = $1 AND chat_id IN ({marks})",
        sender, *chats,
    )  # fmt: skip


async def release_claims(sender: str, busy: Sequence[int]) -> None:
    """Let every chat go that this sender holds and is not at work on."""
    held = await rows("SELECT chat_id FROM mailbox WHERE claimed_by = $1", sender)
    for row in held:
        if row["chat_id"] not in busy:
            await release_mailbox(int(row["chat_id"]), sender)
