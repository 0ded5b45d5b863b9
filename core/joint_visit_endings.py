"""What becomes of those who come along when a plan is settled, moved, or its record taken back.

Runs in the transaction of what happened. One record stands for the visit; who came along stands
with it (core/joint_visits.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import bus
from core.events import ActivityUndone
from core.joint_visits import DUTY, STANDS
from core.plan_events import FollowUpSettled, VisitInvitationEnded, VisitInvited
from storage.models import Companion, FollowUp

if TYPE_CHECKING:
    from core.acting import Acting


async def follow_the_plan(acting: Acting, event: FollowUpSettled) -> None:
    """With a record they stand with it; without one it is over; of a moved plan they are asked.

    Of one that was called off by mistake they are asked again, too: they were told it was over.
    """
    if event.how == "reopened":
        await _ask_again(acting, event.follow_up_id)
        return
    going = await Companion.filter(
        follow_up_id=event.follow_up_id, duty=DUTY, status__in=list(STANDS)
    )
    if not going:
        return
    planned = await FollowUp.get(id=event.follow_up_id)
    for one in going:
        if event.how == "postponed":
            one.status, one.asked_at, one.answered_at = "waiting", acting.now, None
        elif one.status == "confirmed" and planned.settled_by_id is not None:
            one.activity_id = planned.settled_by_id
        else:
            one.status = "withdrawn"
        await one.save()
        moved = event.how == "postponed"
        await bus.tell(
            acting, VisitInvited(one.id, moved=True) if moved else VisitInvitationEnded(one.id)
        )


async def _ask_again(acting: Acting, follow_up_id: int) -> None:
    over = await Companion.filter(follow_up_id=follow_up_id, duty=DUTY, status="withdrawn")
    for one in over:
        one.status, one.asked_at, one.answered_at = "waiting", acting.now, None
        await one.save()
        await bus.tell(acting, VisitInvited(one.id))


async def follow_the_record(acting: Acting, event: ActivityUndone) -> None:
    """A record that was taken back has nobody with it; its plan is open again, with them."""
    del acting
    await Companion.filter(activity_id=event.activity_id, duty=DUTY).update(activity_id=None)


def subscribe() -> None:
    """Have those who come along follow the plan."""
    bus.subscribe(FollowUpSettled, follow_the_plan)
    bus.subscribe(ActivityUndone, follow_the_record)
