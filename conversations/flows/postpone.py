"""Move a follow-up to a moment of one's choice: one question, then it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.wording import lines
from conversations.words import whole
from core import follow_ups
from core.follow_ups import PostponeFollowUp
from core.screens import Button, Screen
from core.ways import BesidePlan, beside_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conversations.engine.talk import Talk
    from conversations.questions.when import Moment
    from core.acting import Acting


async def start(acting: Acting, follow_up_id: str) -> Start:
    """From the button of a follow-up.

    Raises:
        Refused: if it is not this person's to move, or settled.
    """
    found = await follow_ups.workable(acting, whole(follow_up_id))
    return Start({"follow_up": found.id})


@flow("postpone", version=1)
async def postpone(talk: Talk) -> None:
    """Ask when, and move it."""
    when = await talk.ask(asking.due())
    follow_up = int(talk.args["follow_up"])
    await talk.do("save", PostponeFollowUp(follow_up, when.at, when.all_day, when.minutes))
    beside = await talk.read("tight", BesidePlan(follow_up))
    await talk.say(lambda ctx: _moved(ctx, follow_up, when, beside))


def _moved(
    ctx: Acting, follow_up: int, when: Moment, beside: Sequence[Mapping[str, Any]]
) -> Screen:
    t = ctx.texts
    return Screen(
        lines(
            t("⏰ Moved to {moment}", moment=asking.planned_at(ctx, when)),
            *beside_lines(ctx, beside),
        ),
        ((Button.open(t("Open"), "follow_up", follow_up),),),
    )
