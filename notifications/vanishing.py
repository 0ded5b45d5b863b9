"""Messages that showed what not everybody may see leave the chat again.

When, is kept with the message's card, so it survives a restart. A number that was shown for a
reason stays for minutes (`ROUNDSMAN_SHOWN_SECONDS`); other messages with sensitive data go long
before Telegram's 48 hours are over, after which a bot can't delete what it sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import deliveries
from storage.queues import millis

if TYPE_CHECKING:
    from core.acting import Acting

#: how many messages are taken away in one transaction
BATCH = 500


async def remove_shown(acting: Acting) -> int:
    """Take away a batch of the messages whose time is over."""
    now = millis(acting.now)
    gone = await deliveries.cards_to_remove(now, BATCH)
    for card_id, chat_id in gone:
        await deliveries.put_outbox(
            cause=f"gone:{card_id}:{now}",
            chat_id=chat_id,
            op="remove",
            content="",
            card_id=card_id,
            now=now,
        )
    return len(gone)
