"""A leader's plan: accepted by one tap; another time agreed to, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.follow_up import follow_up
from conversations.words import whole
from core.leader_plans import AcceptPlan, RuleTime

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def accept_plan(acting: Acting, perform: Perform, leader_plan_id: str) -> Outcome:
    """I do it."""
    return await _done(acting, await perform(AcceptPlan(whole(leader_plan_id))))


async def agree_time(acting: Acting, perform: Perform, leader_plan_id: str) -> Outcome:
    """The leader agrees to the other time."""
    return await _done(acting, await perform(RuleTime(whole(leader_plan_id), agrees=True)))


async def keep_time(acting: Acting, perform: Perform, leader_plan_id: str) -> Outcome:
    """The leader stays with the first time."""
    return await _done(acting, await perform(RuleTime(whole(leader_plan_id), agrees=False)))


async def _done(acting: Acting, planned: int) -> Outcome:
    return Outcome(await follow_up(acting, str(planned)), toast=str(acting.texts("Noted")))
