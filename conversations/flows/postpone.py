"""Move a follow-up to a moment of one's choice: one question, then it is done.

Of a plan that repeats it is asked whether all that follow move along.
"""

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
from core.series import MoveFollowing
from core.series_reading import running_series
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
    return Start({"follow_up": found.id, **asking.of_series(running_series(found))})


@flow("postpone", version=1)
async def postpone(talk: Talk) -> None:
    """Ask when, and move it."""
    following = talk.args.get("series") and await talk.ask(asking.scope()) == "all"
    when = await talk.ask(asking.due())
    follow_up = int(talk.args["follow_up"])
    if following:
        series = await talk.do("save", MoveFollowing(follow_up, when.at, when.all_day))
        await talk.say(lambda ctx: _all_moved(ctx, series, when))
        return
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


def _all_moved(ctx: Acting, series: int, when: Moment) -> Screen:
    t = ctx.texts
    at = asking.planned_at(ctx, when)
    return Screen(
        lines(t("⏰ Moved to {moment}, with all that follow", moment=at)),
        ((Button.open(t("🔁 Open"), "series", series),),),
    )
