"""Plan and actual compared: what became of a weekly plan, from what was logged."""

from __future__ import annotations

from collections import defaultdict
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
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from core.acting import Acting
    from storage.models import Staff


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
    return (await _items(acting, [(plan, zone)]))[plan.id]


async def _items(
    acting: Acting, plans: Sequence[tuple[WeeklyPlan, str]]
) -> dict[int, list[ItemView]]:
    """What is in each of these plans, by plan; two statements, however many they are."""
    weeks = {
        plan.id: _Week(plan.monday, ZoneInfo(zone), acting.now) for plan, zone in plans
    }  # fmt: skip
    found: dict[int, list[ItemView]] = {plan.id: [] for plan, _ in plans}
    if not plans:
        return found
    items = (
        await WeeklyItem.filter(
            visible_customers(acting.person).through("customer__"), plan_id__in=list(weeks),
            dropped=False,
        )
        .order_by("day", "id")
        .select_related("customer", "follow_up")
    )  # fmt: skip
    met: dict[int, list[datetime]] = defaultdict(list)
    for customer_id, at in await Activity.filter(
        customer_id__in={one.customer_id for one in items} or [0],
        occurred_at__gte=min(week.start for week in weeks.values()),
        occurred_at__lt=max(week.end for week in weeks.values()),
        reverses=None, reversed_at=None,
    ).values_list("customer_id", "occurred_at"):  # fmt: skip
        met[int(customer_id)].append(at)
    for one in items:
        found[one.plan_id].append(ItemView(one, weeks[one.plan_id].became(one, met)))
    return found


class _Week:
    """A plan's week on the clock of whose plan it is."""

    def __init__(self, monday: date, clock: ZoneInfo, now: datetime) -> None:
        self.start, self.end = bounds(monday, clock)
        self._clock = clock
        self._sunday = monday + timedelta(days=6)
        self._over = week_over(now.astimezone(clock), monday)

    def became(self, one: WeeklyItem, met: Mapping[int, Sequence[datetime]]) -> str:
        """What became of an item, of the contacts by customer."""
        planned = one.follow_up if one.follow_up_id is not None else None
        due = None if planned is None else planned.due_at.astimezone(self._clock).date()
        return became_of(
            contacted=any(self.start <= at < self.end for at in met.get(one.customer_id, ())),
            status="" if planned is None else planned.status, due=due, sunday=self._sunday,
            over=self._over,
        )  # fmt: skip


async def kept_by(
    acting: Acting, people: Sequence[Staff], mondays: Sequence[date]
) -> dict[tuple[int, date], tuple[WeeklyPlan, list[ItemView]]]:
    """The plans of these people for these weeks, with what became of them, by person and week."""
    zones = {one.id: one.zone for one in people}
    plans = await WeeklyPlan.filter(
        staff_id__in=list(zones) or [0], monday__in=list(mondays)
    ).order_by("id")  # fmt: skip
    items = await _items(acting, [(one, zones[one.staff_id]) for one in plans])
    return {(one.staff_id, one.monday): (one, items[one.id]) for one in plans}


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
