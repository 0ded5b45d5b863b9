"""Comment on somebody's weekly plan: one question, then it goes back to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows.starting import Start
from conversations.questions.text import Note
from conversations.words import whole
from core.i18n import N_, Text
from core.screens import Button, Screen
from core.weekly_plans import COMMENT_LENGTH, AnswerWeek, weekly_plan

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, plan_id: str) -> Start:
    """From the plan's card.

    Raises:
        NotFound: if it is of nobody that the acting person leads.
    """
    plan, _ = await weekly_plan(acting, whole(plan_id))
    return Start({"plan": plan.id})


@flow("weekly_comment", version=1)
async def weekly_comment(talk: Talk) -> None:
    """Ask what should be different, and tell whose plan it is."""
    comment = await talk.ask(
        Note("comment", Text(N_("What should be different?")), optional=False,
             max_length=COMMENT_LENGTH)
    )  # fmt: skip
    plan = int(talk.args["plan"])
    await talk.do("save", AnswerWeek(plan, comment))
    await talk.say(lambda ctx: _said(ctx, plan))


def _said(ctx: Acting, plan: int) -> Screen:
    t = ctx.texts
    return Screen(t("💬 Your comment was sent."), ((Button.open(t("Open"), "weekly", plan),),))
