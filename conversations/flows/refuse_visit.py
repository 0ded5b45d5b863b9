"""Say that one was not at a visit as the second officer: one question, then it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows.starting import Start
from conversations.questions.text import Note
from conversations.words import whole
from core.i18n import N_, Text
from core.screens import Button, Screen
from core.second_officers import WHY_LENGTH, RefuseVisit, request

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, companion_id: str) -> Start:
    """From the message that asks.

    Raises:
        NotFound: if the acting person is not asked.
    """
    return Start({"companion": (await request(acting, whole(companion_id))).id})


@flow("refuse_visit", version=1)
async def refuse_visit(talk: Talk) -> None:
    """Ask why, and tell the first officer."""
    why = await talk.ask(
        Note("why", Text(N_("What is not so? A few words.")), max_length=WHY_LENGTH)
    )
    await talk.do("save", RefuseVisit(int(talk.args["companion"]), why))
    await talk.say(_refused)


def _refused(ctx: Acting) -> Screen:
    t = ctx.texts
    text = t("✋ Noted. The record counts for one officer only.")
    return Screen(text, ((Button.open(t("⌂ Home"), "home"),),))
