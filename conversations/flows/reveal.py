"""Show a masked number: why → shown for a while, in a message of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.text import Note
from conversations.words import whole
from core.i18n import N_, Text
from core.reveal import NOTE_LENGTH, ShowNumber, revealable
from core.screens import Button, Screen
from core.vocabulary import REVEAL_REASONS

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, contact_id: str) -> Start:
    """From the button of a contact.

    Raises:
        NotFound: if there is no such contact to be seen, or it has no number.
    """
    contact, customer = await revealable(acting, whole(contact_id))
    return Start({"contact": contact.id, "customer": customer.id})


@flow("reveal", version=1)
async def reveal(talk: Talk) -> None:
    """Ask why and have it shown; the number is told by a notice, not kept here."""
    reason = await talk.ask(
        Choice.of("reason", Text(N_("Why do you need the number?")), REVEAL_REASONS)
    )
    note = ""
    if reason == "other":
        note = await talk.ask(
            Note("note", Text(N_("What is the reason, in a few words?")), max_length=NOTE_LENGTH)
        )
    await talk.do("show", ShowNumber(int(talk.args["contact"]), reason, note))
    customer = int(talk.args["customer"])
    await talk.say(lambda ctx: _shown(ctx, customer))


def _shown(ctx: Acting, customer: int) -> Screen:
    t = ctx.texts
    return Screen(
        t("👁 The number is shown in a message that goes away. Your reason was written down."),
        ((Button.open(t("‹ Contacts"), "contacts", customer),),),
    )
