"""Say that a customer can't be taken over, and why: one question, then it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows.starting import Start
from conversations.questions.text import Note
from conversations.words import whole
from core.assignments import DeclineAssignment
from core.i18n import N_, Text
from core.ownership import NOTE_LENGTH
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, assignment_id: str) -> Start:
    """From the notice of the new owner."""
    del acting
    return Start({"assignment": whole(assignment_id)})


@flow("decline", version=1)
async def decline(talk: Talk) -> None:
    """Ask why, and tell whoever gave it."""
    note = await talk.ask(Note("note", Text(N_("Why can't you take it?")), max_length=NOTE_LENGTH))
    await talk.do("save", DeclineAssignment(int(talk.args["assignment"]), note))
    await talk.say(_declined)


def _declined(ctx: Acting) -> Screen:
    t = ctx.texts
    text = t("✋ Your leader knows. It stays with you until it is given on.")
    return Screen(text, ((Button.open(t("⌂ Home"), "home"),),))
