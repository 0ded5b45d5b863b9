"""The weekly plan by taps: proposed, changed, accepted, approved; and why something was missed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.weekly import monday_named, weekly, weekly_miss, weekly_team
from conversations.words import whole
from core.weekly_items import DropItem, ExplainMiss, MoveItem, SwapItem, item_of
from core.weekly_plans import AcceptWeek, AnswerWeek, ApproveWeeks, NudgePlans, ProposeWeek

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def weekly_propose(
    acting: Acting, perform: Perform, number: str, staff_id: str = ""
) -> Outcome:
    """Propose the week, the own or that of whom one stands in for, or show what was proposed."""
    whose = whole(staff_id) if staff_id else None
    plan = await perform(ProposeWeek(monday_named(acting, number), whose))
    return await _shown(acting, plan)


async def weekly_drop(acting: Acting, perform: Perform, item_id: str) -> Outcome:
    """Leave it out."""
    plan = await perform(DropItem(whole(item_id)))
    return await _shown(acting, plan, str(acting.texts("Left out")))


async def weekly_swap(acting: Acting, perform: Perform, item_id: str) -> Outcome:
    """The next best instead."""
    plan = await perform(SwapItem(whole(item_id)))
    return await _shown(acting, plan, str(acting.texts("Changed")))


async def weekly_move(acting: Acting, perform: Perform, item_id: str, offset: str) -> Outcome:
    """Another day, so many days after the Monday."""
    item = await item_of(acting, whole(item_id))
    day = item.plan.monday + timedelta(days=min(whole(offset), 7))
    plan = await perform(MoveItem(item.id, day))
    return await _shown(acting, plan, str(acting.texts("Moved")))


async def weekly_accept(acting: Acting, perform: Perform, plan_id: str) -> Outcome:
    """The plan holds."""
    made = await perform(AcceptWeek(whole(plan_id)))
    t = acting.texts
    said = t.plural("{n} follow-up planned", "{n} follow-ups planned", made)
    return await _shown(acting, whole(plan_id), str(said))


async def weekly_approve(acting: Acting, perform: Perform, plan_id: str) -> Outcome:
    """The leader agrees."""
    plan = await perform(AnswerWeek(whole(plan_id)))
    return await _shown(acting, plan, str(acting.texts("Approved")))


async def weekly_approve_all(acting: Acting, perform: Perform, number: str) -> Outcome:
    """The leader agrees to all that wait."""
    count = await perform(ApproveWeeks(monday_named(acting, number)))
    screen = await weekly_team(acting, number)
    return Outcome(screen, toast=str(acting.texts("{n} approved", n=count)))


async def weekly_nudge(acting: Acting, perform: Perform, number: str) -> Outcome:
    """Those without a plan are reminded."""
    count = await perform(NudgePlans(monday_named(acting, number)))
    screen = await weekly_team(acting, number)
    return Outcome(screen, toast=str(acting.texts("{n} reminded", n=count)))


async def weekly_why(acting: Acting, perform: Perform, item_id: str, why: str) -> Outcome:
    """Why it was missed; then the next one."""
    plan = await perform(ExplainMiss(whole(item_id), why))
    screen = await weekly_miss(acting, str(plan))
    return Outcome(screen, toast=str(acting.texts("Noted")))


async def _shown(acting: Acting, plan_id: int, toast: str = "") -> Outcome:
    return Outcome(await weekly(acting, str(plan_id)), toast=toast)
