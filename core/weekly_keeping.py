"""Plan and actual compared: what became of a weekly plan, from what was logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.rules.access import visible_customers
from core.rules.weekly import became_of
from core.weekly_candidates import bounds
from core.weekly_plans import week_over
from storage.models import Activity, WeeklyItem, WeeklyPlan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class ItemView:
    """Something of the plan, with what became of it: kept, moved, missed, open."""

    item: WeeklyItem
    became: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Plan against actual; planned is the sum of the others."""

    planned: int = 0
    kept: int = 0
    moved: int = 0
    missed: int = 0
    open: int = 0

    @property
    def percent(self) -> int:
        """Share that was kept, in whole percent; 0 of nothing."""
        return round(100 * self.kept / self.planned) if self.planned else 0


def counted(items: Sequence[ItemView]) -> Kept:
    """The figures of a plan."""
    became = [one.became for one in items]
    return Kept(len(became), *(became.count(word) for word in ("kept", "moved", "missed", "open")))


async def items_of(acting: Acting, plan: WeeklyPlan, zone: str) -> list[ItemView]:
    """What is in a plan that the acting person may see, day by day, at customers in their scope.

    The week is that of the clock of whose plan it is.
    """
    clock = ZoneInfo(zone)
    start, end = bounds(plan.monday, clock)
    items = (
        await WeeklyItem.filter(
            visible_customers(acting.person).through("customer__"), plan_id=plan.id,
            dropped=False,
        )
        .order_by("day", "id")
        .select_related("customer", "follow_up")
    )  # fmt: skip
    met = await Activity.filter(
        customer_id__in=[one.customer_id for one in items] or [0], occurred_at__gte=start,
        occurred_at__lt=end, reverses=None, reversed_at=None,
    ).values_list("customer_id", flat=True)  # fmt: skip
    contacted = {int(str(one)) for one in met}
    over = week_over(acting.now.astimezone(clock), plan.monday)
    sunday = plan.monday + timedelta(days=6)

    def became(one: WeeklyItem) -> str:
        planned = one.follow_up if one.follow_up_id is not None else None
        due = None if planned is None else planned.due_at.astimezone(clock).date()
        return became_of(
            contacted=one.customer_id in contacted,
            status="" if planned is None else planned.status, due=due, sunday=sunday, over=over,
        )  # fmt: skip

    return [ItemView(one, became(one)) for one in items]


async def left_to_the_week(follow_up_ids: Sequence[int]) -> set[int]:
    """Those of these follow-ups that a week's plan made, and that are still to be done in it.

    They count for the week, not for the day: what is missed of it is told when it is over.
    """
    found = await WeeklyItem.filter(
        follow_up_id__in=list(follow_up_ids) or [0], dropped=False,
        plan__state__in=["accepted", "approved"],
    ).exclude(reason="planned").select_related("plan__staff", "follow_up")  # fmt: skip
    left = set()
    for one in found:
        assert one.follow_up is not None
        clock = ZoneInfo(one.plan.staff.zone)
        due = one.follow_up.due_at.astimezone(clock).date()
        if due <= one.plan.monday + timedelta(days=6):
            left.add(int(one.follow_up.id))
    return left


async def kept_of(acting: Acting, plan: WeeklyPlan, zone: str) -> Kept:
    """The figures of a plan that the acting person may see."""
    return counted(await items_of(acting, plan, zone))


async def plans_of(staff_ids: Sequence[int], monday: date) -> dict[int, WeeklyPlan]:
    """The plans of these people for a week, by person."""
    found = await WeeklyPlan.filter(staff_id__in=list(staff_ids) or [0], monday=monday)
    return {one.staff_id: one for one in found}
