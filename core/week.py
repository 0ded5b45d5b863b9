"""A working week in numbers: what was done, kept and missed; for oneself, and person by person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core.people import staff_name
from core.rules.access import KEEPERS, leads_anybody, led_customers
from core.rules.workdays import is_workday
from storage.db import rows
from storage.models import Staff
from storage.statements import moment

if TYPE_CHECKING:
    from datetime import date

    from core.acting import Acting

_DAYS = 7


@dataclass(frozen=True, slots=True)
class Week:
    """One person's week, Monday to now."""

    staff_id: int
    name: str
    visits: int = 0
    calls: int = 0
    #: visits of others that the person came along with
    joint: int = 0
    #: follow-ups that were done, and that are overdue now
    kept: int = 0
    overdue: int = 0
    #: follow-ups of the next seven days
    planned: int = 0


def ends_today(day: date) -> bool:
    """Whether this is the last working day of its Monday-to-Sunday week."""
    rest = (day + timedelta(days=n) for n in range(1, _DAYS - day.weekday()))
    return is_workday(day) and not any(is_workday(one) for one in rest)


async def own_week(acting: Acting) -> Week:
    """The acting person's own week."""
    found = await _weeks(acting, {acting.person.id: acting.person.name})
    return found[0]


async def team_weeks(acting: Acting) -> list[Week]:
    """The weeks of the people that keep customers in the units led, the most visits first."""
    if not leads_anybody(acting.person):
        return []
    scope = led_customers(acting.person)
    led = Staff.filter(active=True, role__in=sorted(KEEPERS)).exclude(id=acting.person.id)
    staff = await led.select_related("unit")
    names = {
        one.id: staff_name(one, acting.locale)
        for one in staff
        if scope.bank or any(one.unit.path.startswith(path) for path in scope.subtrees)
    }
    found = await _weeks(acting, names)
    return sorted(found, key=lambda one: (-one.visits, -one.calls, one.staff_id))


_DONE = """
SELECT author_id AS staff_id, kind, COUNT(*) AS n FROM activity
 WHERE occurred_at >= $1 AND occurred_at <= $2 AND reverses_id IS NULL AND reversed_at IS NULL
   AND author_id IN ({marks}) GROUP BY author_id, kind
"""
_JOINT = """
SELECT m.staff_id, COUNT(*) AS n FROM companion m JOIN activity a ON a.id = m.activity_id
 WHERE m.duty = 'joint' AND a.occurred_at >= $1 AND a.occurred_at <= $2
   AND a.reversed_at IS NULL AND m.staff_id IN ({marks}) GROUP BY m.staff_id
"""
_PROMISED = """
SELECT owner_id AS staff_id,
       SUM(CASE WHEN status = 'done' AND settled_at >= $1 THEN 1 ELSE 0 END) AS kept,
       SUM(CASE WHEN status = 'open' AND overdue_at <= $2 THEN 1 ELSE 0 END) AS overdue,
       SUM(CASE WHEN status = 'open' AND due_at > $2 AND due_at <= $3 THEN 1 ELSE 0 END)
           AS planned
  FROM follow_up WHERE owner_id IN ({marks}) GROUP BY owner_id
"""


async def _weeks(acting: Acting, names: dict[int, str]) -> list[Week]:
    if not names:
        return []
    local = acting.local_now
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), time(), acting.zone)
    since, now = moment(monday), moment(acting.now)
    ahead = moment(acting.now + timedelta(days=_DAYS))
    ids = sorted(names)
    done: dict[tuple[int, str], int] = {
        (row["staff_id"], row["kind"]): int(row["n"])
        for row in await rows(_DONE.format(marks=_marks(ids, 2)), since, now, *ids)
    }
    joint = {
        row["staff_id"]: int(row["n"])
        for row in await rows(_JOINT.format(marks=_marks(ids, 2)), since, now, *ids)
    }
    promised = {
        row["staff_id"]: row
        for row in await rows(_PROMISED.format(marks=_marks(ids, 3)), since, now, ahead, *ids)
    }
    return [
        Week(
            staff_id=one, name=names[one], visits=done.get((one, "visit"), 0),
            calls=done.get((one, "call"), 0), joint=joint.get(one, 0),
            **{
                part: int(promised[one][part]) if one in promised else 0
                for part in ("kept", "overdue", "planned")
            },
        )
        for one in ids
    ]  # fmt: skip


def _marks(ids: list[int], after: int) -> str:
    return ", ".join(f"${n}" for n in range(after + 1, after + len(ids) + 1))
