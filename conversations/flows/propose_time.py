"""Answer a leader's plan with another time: one question, then the leader decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.decline_plan import start
from core.leader_plans import ProposeTime
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from conversations.questions.when import Moment
    from core.acting import Acting

__all__ = ["propose_time", "start"]


@flow("propose_time", version=1)
async def propose_time(talk: Talk) -> None:
    """Ask when, and have the leader asked."""
    when = await talk.ask(asking.due())
    planned = await talk.do(
        "save", ProposeTime(int(talk.args["plan"]), when.at, when.all_day, when.minutes)
    )
    await talk.say(lambda ctx: _proposed(ctx, planned, when))


def _proposed(ctx: Acting, planned: int, when: Moment) -> Screen:
    t = ctx.texts
    text = t("⏰ Your leader is asked: {moment}", moment=asking.planned_at(ctx, when))
    return Screen(text, ((Button.open(t("Open"), "follow_up", planned),),))
