"""Object to a recycling, once: why, then the leader rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows.starting import Start
from conversations.questions.text import Note
from conversations.words import whole
from core.i18n import N_, Text
from core.ownership import NOTE_LENGTH
from core.recycling import AppealRecycling, appealable
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, assignment_id: str) -> Start:
    """From the notice of a recycling.

    Raises:
        Refused: if it is not the acting person's to object to, or too late.
    """
    found = await appealable(acting, whole(assignment_id))
    return Start({"assignment": found.id})


@flow("appeal", version=1)
async def appeal(talk: Talk) -> None:
    """Ask why, and let the leader know."""
    note = await talk.ask(
        Note("note", Text(N_("Why should it come back to you?")), max_length=NOTE_LENGTH)
    )
    await talk.do("save", AppealRecycling(int(talk.args["assignment"]), note))
    await talk.say(_objected)


def _objected(ctx: Acting) -> Screen:
    t = ctx.texts
    text = t("🙋 Your leader decides. Until then nobody can claim it.")
    return Screen(text, ((Button.open(t("⌂ Home"), "home"),),))
