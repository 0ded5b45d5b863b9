"""The home screen's facts: what is due, what is overdue, what is next, what was done.

For a person who keeps customers these are the own follow-ups; for a leader, the team's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core.profile import FollowUpView, follow_up_view
from core.rules.access import OWN, visible_customers
from core.ways import ways
from storage.db import lookup
from storage.models import Activity, Customer, FollowUp, Staff
from storage.statements import found, moment, of_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tortoise.queryset import QuerySet

    from core.acting import Acting
    from core.rules.travel import Way

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is to be done today, and what should have been done."""

    due: tuple[FollowUpView, ...]
    due_count: int
    overdue: tuple[FollowUpView, ...]
    overdue_count: int
    #: whether the list is the person's own or a team's
    own: bool
    #: by follow-up of the own day, what can't be reached in time from the visit before
    ways: Mapping[int, Way] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today(Due):
    """What matters now."""

    next_visit: FollowUpView | None
    #: records of this Monday-to-Sunday week, taken-back ones not counted
    week_visits: int
    week_calls: int
    customers: int


async def due_today(acting: Acting) -> Due:
    """What is due and what is overdue: of the home screen, what a morning's digest needs."""
    now, tomorrow = moment(acting.now), moment(_midnight(acting, 1))
    due, due_count = await _first(acting, _DUE, now, tomorrow)
    overdue, overdue_count = await _first(acting, _OVERDUE, now)
    own = acting.person.role in OWN
    return Due(
        due=_shown(acting, due), due_count=due_count, overdue=_shown(acting, overdue),
        overdue_count=overdue_count, own=own, ways=ways(due) if own else {},
    )  # fmt: skip


def _shown(acting: Acting, found: list[FollowUp]) -> tuple[FollowUpView, ...]:
    return tuple([follow_up_view(one, acting) for one in found])


async def today(acting: Acting) -> Today:
    """The facts for the acting person's home screen."""
    facts = await due_today(acting)
    upcoming = (
        await open_follow_ups(acting)
        .filter(kind="visit", all_day=False, due_at__gte=acting.now)
        .order_by("due_at", "id")
        .first()
    )
    scope = visible_customers(acting.person)
    done = Activity.filter(
        scope.through("customer__"),
        occurred_at__gte=_midnight(acting, -acting.local_now.weekday()),
        occurred_at__lt=_midnight(acting, 1),
        reverses=None,
        reversed_at=None,
    )
    if facts.own:
        done = done.filter(author_id=acting.person.id)
    return Today(
        due=facts.due,
        due_count=facts.due_count,
        overdue=facts.overdue,
        overdue_count=facts.overdue_count,
        next_visit=follow_up_view(upcoming, acting) if upcoming else None,
        week_visits=await done.filter(kind="visit").count(),
        week_calls=await done.filter(kind="call").count(),
        customers=await Customer.filter(scope.q).count(),
        own=facts.own,
        ways=facts.ways,
    )


def _midnight(acting: Acting, days: int) -> datetime:
    """The beginning of the day that is so many days from today."""
    day = acting.local_now.date() + timedelta(days=days)
    return datetime.combine(day, time(), acting.zone)


#: by hand: everybody's home screen and morning digest read these (docs/adr/0024)
_DUE = "f.overdue_at > {0} AND f.due_at < {1}"
_OVERDUE = "f.overdue_at <= {0}"


async def _first(acting: Acting, wanted: str, *values: object) -> tuple[list[FollowUp], int]:
    """The first open follow-ups of a kind, and how many there are; counted only if they are more.

    Args:
        acting: Whose, as `open_follow_ups` says it.
        wanted: A condition, with places for the marks of its values.
        values: Moments, as the engine compares them.
    """
    seen, args = visible_customers(acting.person).where("c")

    def marks(more: Collection[object]) -> list[str]:
        args.extend(more)
        return [f"${n}" for n in range(len(args) - len(more) + 1, len(args) + 1)]

    where = f"f.status = 'open' AND {seen} AND {wanted.format(*marks(values))}"
    if acting.person.role in OWN:
        where += f" AND f.owner_id IN ({', '.join(marks(acting.person.keeps))})"
    table = f"follow_up f JOIN customer c ON c.id = f.customer_id WHERE {where}"
    first = await found(
        FollowUp,
        f"SELECT f.* FROM {table} ORDER BY f.due_at, f.id LIMIT {SHOWN}",  # noqa: S608 - values are parameters
        *args,
    )
    await _fetch_related(first)
    if len(first) < SHOWN:
        return first, len(first)
    [counted] = await lookup(f"SELECT COUNT(*) AS n FROM {table}", *args)  # noqa: S608 - as above
    return first, int(counted["n"])


async def _fetch_related(follow_ups: list[FollowUp]) -> None:
    """Fetch their customers and owners."""
    if not follow_ups:
        return
    customers = {
        one.id: one for one in await of_ids(Customer, {f.customer_id for f in follow_ups})
    }
    owners = {one.id: one for one in await of_ids(Staff, {f.owner_id for f in follow_ups})}
    for one in follow_ups:
        one.customer, one.owner = customers[one.customer_id], owners[one.owner_id]


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
