"""What becomes of a leader's plan that nobody answered when its follow-up is settled or moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import bus
from core.events import CustomersMoved
from core.leader_plans import OPEN
from core.plan_events import FollowUpSettled, LeaderPlanAnswered, LeaderPlanEnded, LeaderPlanned
from storage.models import LeaderPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.acting import Acting


async def follow_the_plan(acting: Acting, event: FollowUpSettled) -> None:
    """Done or moved is an answer; called off, there is nothing to answer."""
    if event.how == "reopened":
        await _open_again(acting, event.follow_up_id)
        return
    status = "withdrawn" if event.how == "cancelled" else "accepted"
    await _end(acting, [event.follow_up_id], status)


async def _open_again(acting: Acting, follow_up_id: int) -> None:
    """Who takes back that it is off has said yes; of a leader's slip they are asked anew."""
    for one in await LeaderPlan.filter(
        follow_up_id=follow_up_id, status__in=["declined", "withdrawn"]
    ).order_by("id"):
        anew = one.by_id == acting.person.id
        one.status, one.answered_at = ("waiting", None) if anew else ("accepted", acting.now)
        one.reason = one.note = ""
        await one.save()
        await bus.tell(acting, LeaderPlanned(one.id) if anew else LeaderPlanAnswered(one.id))


async def follow_the_customer(acting: Acting, event: CustomersMoved) -> None:
    """Somebody else keeps the customer: who was asked has nothing to answer."""
    await _end(acting, (*event.follow_ups, *event.left_out), "withdrawn")


async def _end(acting: Acting, ids: Sequence[int], status: str) -> None:
    for one in await LeaderPlan.filter(
        follow_up_id__in=list(ids) or [0], status__in=list(OPEN)
    ).order_by("id"):
        one.status, one.answered_at = status, acting.now
        await one.save(update_fields=["status", "answered_at"])
        await bus.tell(acting, LeaderPlanEnded(one.id))


def subscribe() -> None:
    """Have open questions follow the follow-up."""
    bus.subscribe(FollowUpSettled, follow_the_plan)
    bus.subscribe(CustomersMoved, follow_the_customer)
