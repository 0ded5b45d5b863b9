"""What is in a weekly plan, changed one by one, and why something of it was missed.

Before the plan is accepted, anything that was proposed. Where the leader commented, also what the
plan has made already: its follow-up goes, or moves, with the item.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from core import audit
from core.errors import AlreadySettled, Invalid, NotFound
from core.follow_ups import (
    PostponeFollowUp,
    SettleFollowUp,
    postpone_follow_up,
    settle_follow_up,
)
from core.i18n import N_
from core.plan_events import MissExplained
from core.rules.access import visible_customers
from core.rules.weekly import MISSES
from core.weekly_candidates import candidates, workdays
from core.weekly_plans import CHANGING, stands_in
from storage.models import WeeklyItem

if TYPE_CHECKING:
    from core.acting import Acting
    from storage.models import WeeklyPlan


@dataclass(frozen=True, slots=True)
class DropItem:
    """Take a customer out of the plan."""

    item_id: int


@dataclass(frozen=True, slots=True)
class SwapItem:
    """Take the next best customer instead."""

    item_id: int


@dataclass(frozen=True, slots=True)
class MoveItem:
    """Another working day of the same week."""

    item_id: int
    day: date


@dataclass(frozen=True, slots=True)
class ExplainMiss:
    """Why something of the plan was missed."""

    item_id: int
    why: str


async def drop_item(acting: Acting, command: DropItem) -> int:
    """Take it out and return the plan's id.

    Raises:
        NotFound: if it is none of the acting person's.
        AlreadySettled: if it is agreed already.
    """
    item = await _changeable(acting, command.item_id)
    await _take_out(acting, item)
    await audit.record(acting, "drop", "weekly_plan", item.plan_id, customer=item.customer_id)
    return item.plan_id


async def swap_item(acting: Acting, command: SwapItem) -> int:
    """Take the next best customer instead and return the plan's id.

    Raises:
        NotFound, AlreadySettled: as `drop_item`.
        Invalid: if nothing speaks for any other.
    """
    item = await _changeable(acting, command.item_id)
    plan = item.plan
    used = await WeeklyItem.filter(plan_id=plan.id).values_list("customer_id", flat=True)
    order = await candidates(
        plan.staff_id, plan.monday, acting.now, acting.zone, without={int(str(o)) for o in used}
    )
    if not order:
        raise Invalid(N_("Nobody else needs a contact that week."))
    await _take_out(acting, item)
    best = order[0]
    await WeeklyItem.create(
        plan_id=plan.id, customer_id=best.customer_id, day=item.day, reason=best.reason,
        days=best.reasons[best.reason],
    )  # fmt: skip
    await audit.record(acting, "swap", "weekly_plan", plan.id, customer=item.customer_id,
                       other=best.customer_id)  # fmt: skip
    return int(plan.id)


async def move_item(acting: Acting, command: MoveItem) -> int:
    """Put it on another day and return the plan's id.

    Raises:
        NotFound, AlreadySettled: as `drop_item`.
        Invalid: if the person does not work on that day.
    """
    item = await _changeable(acting, command.item_id)
    if command.day not in await days_for(acting, item):
        raise Invalid
    item.day = command.day
    await item.save(update_fields=["day"])
    if item.follow_up is not None:
        noon = datetime.combine(command.day, time(12), acting.zone)
        await postpone_follow_up(acting, PostponeFollowUp(item.follow_up.id, noon, all_day=True))
    await audit.record(acting, "move", "weekly_plan", item.plan_id, customer=item.customer_id)
    return item.plan_id


async def explain_miss(acting: Acting, command: ExplainMiss) -> int:
    """Keep the reason and return the plan's id.

    Raises:
        NotFound: if it is none of the acting person's.
        Invalid: if the reason is none of the list.
    """
    if command.why not in MISSES:
        raise Invalid
    item = await _item(acting, command.item_id)
    item.miss = command.why
    await item.save(update_fields=["miss"])
    await audit.record(acting, "explain", "weekly_plan", item.plan_id, why=command.why)
    acting.emit(MissExplained(item.id, item.customer_id))
    return item.plan_id


async def item_of(acting: Acting, item_id: int) -> WeeklyItem:
    """An item that the acting person may change, with its plan and customer.

    Raises:
        NotFound, AlreadySettled: as `drop_item`.
    """
    return await _changeable(acting, item_id)


def may_change(plan: WeeklyPlan, item: WeeklyItem) -> bool:
    """Whether an item (with its follow-up fetched) may still be taken out or moved."""
    if plan.state not in CHANGING:
        return False
    if item.follow_up_id is None:
        return True
    planned = item.follow_up
    return item.reason != "planned" and planned is not None and planned.status == "open"


async def days_for(acting: Acting, item: WeeklyItem) -> list[date]:
    """The days to which it may be moved; who stands in works in the other's leave."""
    plan = item.plan
    return await workdays(
        plan.staff_id, plan.monday, acting.now, acting.zone,
        also_on_leave=stands_in(acting, plan.staff_id) is not None,
    )  # fmt: skip


async def _take_out(acting: Acting, item: WeeklyItem) -> None:
    """Out of the plan; what it made is closed with it, which is no calling off."""
    item.dropped = True
    await item.save(update_fields=["dropped"])
    if item.follow_up is not None:
        await settle_follow_up(acting, SettleFollowUp(item.follow_up.id, "cancelled"))


async def _item(acting: Acting, item_id: int) -> WeeklyItem:
    found = await WeeklyItem.filter(
        visible_customers(acting.person).through("customer__"),
        id=item_id, plan__staff_id__in=acting.person.keeps, dropped=False,
    ).select_related("plan", "customer", "follow_up").first()  # fmt: skip
    if found is None:
        raise NotFound
    return found


async def _changeable(acting: Acting, item_id: int) -> WeeklyItem:
    item = await _item(acting, item_id)
    if not may_change(item.plan, item):
        raise AlreadySettled
    return item
