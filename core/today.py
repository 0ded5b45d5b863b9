"""The home screen's facts: what is due, what is overdue, what is next, what was done.

For a person who keeps customers these are the own follow-ups; for a leader, the team's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core.profile import FollowUpView, follow_up_view
from core.rules.access import OWN, visible_customers
from storage.models import Activity, Customer, FollowUp

if TYPE_CHECKING:
    from tortoise.queryset import QuerySet

    from core.acting import Acting

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Today:
    """What matters now."""

    due: tuple[FollowUpView, ...]
    due_count: int
    overdue: tuple[FollowUpView, ...]
    overdue_count: int
    next_visit: FollowUpView | None
    #: records of this Monday-to-Sunday week, taken-back ones not counted
    week_visits: int
    week_calls: int
    customers: int
    #: whether the list is the person's own or a team's
    own: bool


async def today(acting: Acting) -> Today:
    """The facts for the acting person's home screen."""
    local = acting.local_now
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), acting.zone)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), time(), acting.zone)
    overdue = open_follow_ups(acting).filter(overdue_at__lte=acting.now)
    due = open_follow_ups(acting).filter(overdue_at__gt=acting.now, due_at__lt=tomorrow)
    upcoming = (
        await open_follow_ups(acting)
        .filter(kind="visit", all_day=False, due_at__gte=acting.now)
        .order_by("due_at", "id")
        .first()
    )
    scope = visible_customers(acting.person)
    done = Activity.filter(
        scope.through("customer__"),
        occurred_at__gte=monday,
        occurred_at__lt=tomorrow,
        reverses=None,
        reversed_at=None,
    )
    own = acting.person.role in OWN
    if own:
        done = done.filter(author_id=acting.person.id)
    return Today(
        due=await _views(acting, due.order_by("due_at", "id").limit(SHOWN)),
        due_count=await due.count(),
        overdue=await _views(acting, overdue.order_by("due_at", "id").limit(SHOWN)),
        overdue_count=await overdue.count(),
        next_visit=follow_up_view(upcoming, acting) if upcoming else None,
        week_visits=await done.filter(kind="visit").count(),
        week_calls=await done.filter(kind="call").count(),
        customers=await Customer.filter(scope.q).count(),
        own=own,
    )


def open_follow_ups(acting: Acting) -> QuerySet[FollowUp]:
    """Open follow-ups of this person (or, for a leader, of the people below)."""
    found = FollowUp.filter(
        visible_customers(acting.person).through("customer__"), status="open"
    ).select_related("customer", "owner")
    return found.filter(owner_id__in=acting.person.keeps) if acting.person.role in OWN else found


async def agenda(
    acting: Acting, *, overdue: bool, limit: int, offset: int = 0
) -> list[FollowUpView]:
    """One page of what is overdue, or of what is still to come, the earliest first."""
    found = open_follow_ups(acting)
    found = (
        found.filter(overdue_at__lte=acting.now)
        if overdue
        else found.filter(overdue_at__gt=acting.now)
    )
    return list(await _views(acting, found.order_by("due_at", "id").offset(offset).limit(limit)))


async def _views(acting: Acting, found: QuerySet[FollowUp]) -> tuple[FollowUpView, ...]:
    return tuple([follow_up_view(follow_up, acting) for follow_up in await found])
