"""Reading of plans that repeat: one, one's own, those of a scope, and their next days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tortoise.expressions import Q

from core.errors import NotFound
from core.rules.access import visible_customers
from core.rules.recurrence import days_of
from core.series_planning import keeper_of, recurrence_of
from storage.models import FollowUp, Series

if TYPE_CHECKING:
    from datetime import date

    from core.acting import Acting

#: how many of its next days are shown
NEXT = 4


@dataclass(frozen=True, slots=True)
class SeriesFilter:
    """Which series are wanted; what is None does not matter."""

    customer_id: int | None = None
    state: str | None = None
    #: a staff number
    owner: str | None = None


async def visible(acting: Acting, series_id: int) -> Series:
    """The series with its customer and owner, if this person may see it.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    found = (
        await Series.filter(Q(id=series_id), _within(acting))
        .select_related("customer", "owner", "ended_by")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def running_series(plan: FollowUp) -> int | None:
    """The running series that a plan, with its series fetched, is of."""
    running = plan.series is not None and plan.series.state == "running"
    return plan.series_id if running else None


async def series_after(
    acting: Acting, wanted: SeriesFilter, *, after: int, limit: int
) -> list[Series]:
    """The series at this person's customers from an id on, with customer and owner."""
    asked = {
        "customer_id": wanted.customer_id, "state": wanted.state, "owner__number": wanted.owner,
    }  # fmt: skip
    return (
        await Series.filter(_within(acting), id__gt=after)
        .filter(**{name: value for name, value in asked.items() if value is not None})
        .order_by("id")
        .limit(limit)
        .select_related("customer", "owner")
    )


async def own_series(acting: Acting, *, limit: int, offset: int = 0) -> list[Series]:
    """The running series of who acts and of those they stand in for, with the customers."""
    return (
        await Series.filter(_within(acting), owner_id__in=acting.person.keeps, state="running")
        .order_by("id")
        .offset(offset)
        .limit(limit)
        .select_related("customer", "owner")
    )


async def count_own(acting: Acting) -> int:
    """How many series the acting person keeps."""
    return await Series.filter(
        _within(acting), owner_id__in=acting.person.keeps, state="running"
    ).count()


async def next_days(acting: Acting, series: Series, most: int = NEXT) -> list[date]:
    """Its next days, those that are planned and those that will be, on the owner's calendar."""
    if series.state != "running":
        return []
    keeper = await keeper_of(acting, series)
    planned = (
        await FollowUp.filter(series_id=series.id, status="open", due_at__gt=acting.now)
        .order_by("due_at")
        .limit(most)
    )
    found = [one.due_at.astimezone(keeper.zone).date() for one in planned]
    if series.next_on is not None:
        ahead = (one for one in days_of(recurrence_of(series), series.begins))
        for one in ahead:
            if len(found) >= most:
                break
            if one.on >= series.next_on:
                found.append(one.day)
    return found


def _within(acting: Acting) -> Q:
    return visible_customers(acting.person).through("customer__")


@dataclass(frozen=True, slots=True)
class DaysOf:
    """Reads the next days of a series; a read that a dialogue can ask."""

    series_id: int

    async def __call__(self, acting: Acting) -> list[str]:
        """The days as ISO has them.

        Raises:
            NotFound: if there is no such series to be seen.
        """
        found = await visible(acting, self.series_id)
        return [day.isoformat() for day in await next_days(acting, found)]
