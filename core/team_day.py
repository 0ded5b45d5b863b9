"""A team's day or week, person by person, and one person's day, for who leads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from tortoise.expressions import Q

from core import team
from core.profile import follow_up_view
from core.rules.access import visible_customers
from storage.db import rows
from storage.models import FollowUp, StandIn
from storage.statements import moment

if TYPE_CHECKING:
    from core.acting import Acting
    from core.profile import FollowUpView
    from core.team import Member

SPANS = {"day": 1, "week": 7}
#: of one person's day
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One person's day or week in figures."""

    id: int
    name: str
    #: follow-ups of the span that were not called off, and those of them that are done
    planned: int = 0
    done: int = 0
    #: contacts logged in the span
    logged: int = 0
    #: follow-ups that are overdue now
    overdue: int = 0
    #: somebody stands in at some time of the span
    away: bool = False


def span_of(acting: Acting, which: str) -> tuple[datetime, datetime]:
    """Today, or this Monday to Sunday, on the acting person's clock."""
    today = acting.local_now.date()
    first = today - timedelta(days=today.weekday()) if which == "week" else today
    start = datetime.combine(first, time(), acting.zone)
    end = datetime.combine(first + timedelta(days=SPANS.get(which, 1)), time(), acting.zone)
    return start, end


_PLANNED = """
SELECT owner_id AS staff_id,
       SUM(CASE WHEN due_at >= $1 AND due_at < $2 AND status <> 'cancelled' THEN 1 ELSE 0 END)
           AS planned,
       SUM(CASE WHEN due_at >= $1 AND due_at < $2 AND status = 'done' THEN 1 ELSE 0 END) AS done,
       SUM(CASE WHEN status = 'open' AND overdue_at <= $3 THEN 1 ELSE 0 END) AS overdue
  FROM follow_up WHERE owner_id IN ({marks}) AND (status = 'open' OR due_at >= $1)
 GROUP BY owner_id
"""
_LOGGED = """
SELECT author_id AS staff_id, COUNT(*) AS logged FROM activity
 WHERE occurred_at >= $1 AND occurred_at < $2 AND reverses_id IS NULL AND reversed_at IS NULL
   AND author_id IN ({marks}) GROUP BY author_id
"""


async def team_lines(
    acting: Acting, which: str, *, limit: int, offset: int = 0
) -> tuple[Line, ...]:
    """A page of the people that the acting person leads, with their figures."""
    people = await team.team(acting, limit=limit, offset=offset)
    ids = [one.id for one in people]
    if not ids:
        return ()
    start, end = span_of(acting, which)
    since, until, now = moment(start), moment(end), moment(acting.now)
    planned = {
        int(row["staff_id"]): row
        for row in await rows(_PLANNED.format(marks=_marks(ids, 3)), since, until, now, *ids)
    }
    logged = {
        int(row["staff_id"]): int(row["logged"])
        for row in await rows(_LOGGED.format(marks=_marks(ids, 2)), since, until, *ids)
    }
    away = await StandIn.filter(
        absent_id__in=ids, ended_at=None, from_at__lt=end, until_at__gt=max(start, acting.now)
    ).values_list("absent_id", flat=True)
    absent = {int(str(one)) for one in away}
    return tuple(
        Line(
            one.id, one.name, logged=logged.get(one.id, 0), away=one.id in absent,
            **{
                part: int(planned[one.id][part]) if one.id in planned else 0
                for part in ("planned", "done", "overdue")
            },
        )
        for one in people
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """Something of a person's day."""

    view: FollowUpView
    done: bool


async def day_of(acting: Acting, staff_id: int) -> tuple[Member, tuple[Task, ...]]:
    """One of the people led, with what is overdue and what today has, as far as it may be seen.

    Raises:
        NotFound: if it is none of the units led.
    """
    one = await team.member(acting, staff_id)
    start, end = span_of(acting, "day")
    late = Q(status="open", overdue_at__lte=acting.now)
    today = Q(due_at__gte=start, due_at__lt=end, status__in=["open", "done"])
    found = (
        await FollowUp.filter(
            visible_customers(acting.person).through("customer__"),
            Q(late, today, join_type="OR"), owner_id=staff_id,
        )
        .order_by("due_at", "id").limit(SHOWN).select_related("customer", "owner")
    )  # fmt: skip
    return one, tuple(Task(follow_up_view(row, acting), row.status == "done") for row in found)


def _marks(ids: list[int], after: int) -> str:
    return ", ".join(f"${n}" for n in range(after + 1, after + len(ids) + 1))
