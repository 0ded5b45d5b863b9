"""Who of a person's customers most needs a contact in a week, and how many the week holds."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from core.consents import declining
from core.rules.consents import OFFERS
from core.rules.weekly import A_DAY, COMPLAINT_DAYS, WEIGHTS, Candidate, ranked, rhythm
from core.rules.workdays import is_workday
from storage.db import rows
from storage.models import FollowUp, StandIn
from storage.statements import moment, moment_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
_KEPT = """
SELECT id, grade, last_contact_at, latitude, longitude FROM customer
 WHERE owner_id = $1 AND merged_into_id IS NULL AND status NOT IN ('lost', 'exited') ORDER BY id
"""
_CROSSED = """
SELECT x.customer_id, x.kind, x.day FROM crossing x JOIN customer c ON c.id = x.customer_id
 WHERE c.owner_id = $1 AND x.ended_at IS NULL ORDER BY x.id
"""
_COMPLAINED = """
SELECT a.customer_id, MAX(a.occurred_at) AS at
  FROM activity a JOIN customer c ON c.id = a.customer_id
 WHERE c.owner_id = $1 AND a.outcome = 'complaint' AND a.occurred_at >= $2
   AND a.reverses_id IS NULL AND a.reversed_at IS NULL
 GROUP BY a.customer_id
"""
_PLANNED = """
SELECT f.customer_id FROM follow_up f JOIN customer c ON c.id = f.customer_id
 WHERE c.owner_id = $1 AND f.status = 'open' AND f.due_at >= $2 AND f.due_at < $3
"""


def bounds(monday: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of the week and that of the next one, on a person's clock."""
    start = datetime.combine(monday, time(), zone)
    return start, datetime.combine(monday + WEEK, time(), zone)


async def candidates(
    staff_id: int, monday: date, now: datetime, zone: ZoneInfo, *, without: Collection[int] = ()
) -> list[Candidate]:
    """The person's own customers for whom something speaks, the most first.

    Left out are those that have something planned from now to the end of that week. An offer does
    not speak for a customer that declined marketing.
    """
    sunday = monday + WEEK - timedelta(days=1)
    reasons: dict[int, dict[str, int | None]] = defaultdict(dict)
    no_offers = await declining(staff_id)
    for row in await rows(_CROSSED, staff_id):
        if row["kind"] in OFFERS and int(row["customer_id"]) in no_offers:
            continue
        if row["kind"] in WEIGHTS and row["kind"] != "silent":
            day = row["day"]
            on = None if day is None else datetime.fromisoformat(str(day)[:10]).date()
            reasons[int(row["customer_id"])][row["kind"]] = (
                None if on is None else abs((on - now.astimezone(zone).date()).days)
            )
    since = datetime.combine(
        now.astimezone(zone).date() - timedelta(days=COMPLAINT_DAYS), time(), UTC
    )
    for row in await rows(_COMPLAINED, staff_id, moment(since)):
        reasons[int(row["customer_id"])]["complaint"] = None
    start, end = min(bounds(monday, zone)[0], now), bounds(monday, zone)[1]
    planned = {
        int(row["customer_id"])
        for row in await rows(_PLANNED, staff_id, moment(min(start, now)), moment(end))
    }
    found = []
    for row in await rows(_KEPT, staff_id):
        one = int(row["id"])
        if one in planned or one in without:
            continue
        speaks = reasons[one]
        last = row["last_contact_at"]
        if last is None:
            speaks["never"] = None
        else:
            on = moment_of(last).astimezone(zone).date()
            if (sunday - on).days >= rhythm(row["grade"]):
                speaks["silent"] = (now.astimezone(zone).date() - on).days
        place = None
        if row["latitude"] is not None and row["longitude"] is not None:
            place = (float(row["latitude"]), float(row["longitude"]))
        found.append(Candidate(one, row["grade"], dict(speaks), place))
    return ranked(found)


async def planned_in(staff_id: int, monday: date, zone: ZoneInfo) -> list[FollowUp]:
    """What the person has open in that week already, the first first."""
    start, end = bounds(monday, zone)
    return await FollowUp.filter(
        owner_id=staff_id, status="open", due_at__gte=start, due_at__lt=end,
        customer__merged_into_id=None,
    ).order_by("due_at", "id")  # fmt: skip


async def workdays(
    staff_id: int, monday: date, now: datetime, zone: ZoneInfo, *, also_on_leave: bool = False
) -> list[date]:
    """The days of the week on which the person works: holidays, leave and what is past not.

    With `also_on_leave` those of the leave, too: somebody stands in.
    """
    start, end = bounds(monday, zone)
    leave = (
        []
        if also_on_leave
        else await StandIn.filter(
            absent_id=staff_id, ended_at=None, from_at__lt=end, until_at__gt=start
        )
    )
    local = now.astimezone(zone)
    found = []
    for n in range(7):
        day = monday + timedelta(days=n)
        noon = datetime.combine(day, time(12), zone)
        if (
            is_workday(day) and noon > local
            and not any(one.from_at <= noon < one.until_at for one in leave)
        ):  # fmt: skip
            found.append(day)
    return found


def free_places(days: list[date], taken: Collection[date]) -> dict[date, int]:
    """How many more contacts each of the days holds."""
    counted = list(taken)
    return {day: max(0, A_DAY - counted.count(day)) for day in days}
