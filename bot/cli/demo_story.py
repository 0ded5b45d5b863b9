"""What is going on in the demo when it begins: a weekly plan, a joint visit, a leader's plan.

Played by the commands that the phones themselves use, so the people concerned are told of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.acting import Acting
from core.bus import perform
from core.joint_visits import InviteCompanion
from core.leader_plans import PlanForStaff
from core.people import person_reading
from core.rules.workdays import add_workdays
from core.ways import MEETINGS
from core.weekly_plans import AcceptWeek, ProposeWeek, coming
from storage.db import transaction
from storage.demo.organization import LEADER, LI_WEI
from storage.models import Customer, FollowUp, Staff

if TYPE_CHECKING:
    from core.clock import Clock

#: hour at which the leader wants somebody to go
AT = 14


async def play(clock: Clock) -> None:
    """Li Wei's week is agreed but for the leader, who comes along once and asks for a visit."""
    async with transaction():
        li, leader = await _as(LI_WEI, clock), await _as(LEADER, clock)
        plan = await perform(li, ProposeWeek(coming(li.local_now)), "demo:week")
        await perform(li, AcceptWeek(plan), "demo:accept")
        visit = (
            await FollowUp.filter(
                owner_id=li.person.id, status="open", kind__in=list(MEETINGS),
                due_at__gt=li.now + timedelta(hours=1),
            ).order_by("due_at", "id").first()
        )  # fmt: skip
        if visit is not None:
            await perform(li, InviteCompanion(visit.id, leader.person.id), "demo:along")
        busy = await FollowUp.filter(owner_id=li.person.id, status="open").values_list(
            "customer_id", flat=True
        )  # fmt: skip
        firm = (
            await Customer.filter(owner_id=li.person.id, merged_into_id=None)
            .exclude(id__in=list(busy)).order_by("grade", "id").first()
        )  # fmt: skip
        if firm is not None:
            day = add_workdays(li.local_now.date(), 1)
            at = datetime(day.year, day.month, day.day, AT, tzinfo=li.zone)
            wanted = PlanForStaff(li.person.id, firm.id, at, purpose="年底授信续作")
            await perform(leader, wanted, "demo:for")


async def _as(number: str, clock: Clock) -> Acting:
    staff = await Staff.get(number=number)
    now = clock.now()
    person = await person_reading(staff.id, now)
    assert person is not None
    return Acting(person, now, f"demo:{number}")
