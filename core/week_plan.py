"""A week's plan, day by day: what is open, what was kept, what collides, what is too far apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from core.cancellations import called_off
from core.joint_visits import Invitation, invitations
from core.profile import FollowUpView, follow_up_view
from core.rules.access import OWN, visible_customers
from core.rules.workdays import is_workday
from core.ways import colliding, ways
from storage.models import FollowUp

if TYPE_CHECKING:
    from core.acting import Acting
    from core.rules.travel import Way

#: far into the past and the future
MOST_WEEKS = 104
MOST = 200
_DAYS = 7


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing of a day."""

    view: FollowUpView
    #: done; else open
    done: bool
    #: another one of the same person begins before it ends, or ends after it begins
    collides: bool
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week."""

    on: date
    works: bool
    planned: tuple[Planned, ...]
    #: visits of others that the person goes along with
    joint: tuple[Invitation, ...] = ()


async def called_off_in(acting: Acting, weeks: int = 0) -> list[tuple[str, int]]:
    """What was called off in that week: how often for which reason."""
    _, start = _monday(acting, weeks)
    return await called_off(acting, start, start + timedelta(days=_DAYS))


def _monday(acting: Acting, weeks: int) -> tuple[date, datetime]:
    weeks = max(-MOST_WEEKS, min(MOST_WEEKS, weeks))
    today = acting.local_now.date()
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    return monday, datetime.combine(monday, time(), acting.zone)


async def week_plan(acting: Acting, weeks: int = 0) -> tuple[Day, ...]:
    """Monday to Sunday, so many weeks from this one; for leaders their people's."""
    monday, start = _monday(acting, weeks)
    found = FollowUp.filter(
        visible_customers(acting.person).through("customer__"),
        status__in=["open", "done"], due_at__gte=start, due_at__lt=start + timedelta(days=_DAYS),
    )  # fmt: skip
    if acting.person.role in OWN:
        found = found.filter(owner_id__in=acting.person.keeps)
    rows = await found.order_by("due_at", "id").limit(MOST).select_related("customer", "owner")
    both, tight = colliding(rows), ways(rows)
    days: dict[date, list[Planned]] = {monday + timedelta(days=n): [] for n in range(_DAYS)}
    for one in rows:
        on = one.due_at.astimezone(acting.zone).date()
        view = follow_up_view(one, acting)
        days[on].append(Planned(view, one.status == "done", one.id in both, tight.get(one.id)))
    joint = await invitations(acting, start, start + timedelta(days=_DAYS))
    return tuple(
        Day(
            on, is_workday(on), tuple(planned),
            tuple(one for one in joint if one.due_at.astimezone(acting.zone).date() == on),
        )
        for on, planned in days.items()
    )  # fmt: skip
