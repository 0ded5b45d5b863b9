"""Messages about a matter that are on a screen already: changed when the matter is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.people import person_by_id
from core.screens import content_to_json
from storage import deliveries
from storage.db import rows
from storage.queues import millis

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.acting import Acting, Person
    from core.screens import Screen

_CARDS = (
    "SELECT c.id AS id, c.chat_id AS chat_id, s.id AS staff_id FROM card c"
    " JOIN staff s ON s.chat_id = c.chat_id WHERE c.subject = $1 AND c.message_id IS NOT NULL"
)


async def change_shown(acting: Acting, subject: str, made: Callable[[Person], Screen]) -> None:
    """Take back what is unsent about a subject, and change what is on a screen."""
    await deliveries.cancel_unsent(subject)
    await change_sent(acting, subject, made)


async def on_screen(subject: str) -> bool:
    """Whether a message about a subject is on somebody's screen."""
    return bool(await rows(_CARDS, subject))


async def change_sent(
    acting: Acting, subject: str, made: Callable[[Person], Screen] | Screen, step: str = "settled"
) -> None:
    """Change what is on a screen; `step` tells apart the changes of one transaction."""
    for card in await rows(_CARDS, subject):
        person = await person_by_id(int(card["staff_id"]))
        if person is None:
            continue
        await deliveries.put_outbox(
            cause=f"{acting.cause}:{step}:{card['id']}",
            chat_id=int(card["chat_id"]),
            op="edit",
            content=content_to_json(made(person) if callable(made) else made),
            card_id=int(card["id"]),
            now=millis(acting.now),
        )
