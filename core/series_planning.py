"""From a series to its plans: ordinary follow-ups, four weeks ahead, each once for its day.

A plan's key is `series:<id>:<day of the rule>`, so that whatever runs twice, late, or with a
clock that jumped makes none twice. What is past is passed over.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core.acting import Acting
from core.follow_ups import MORNING, OfSeries, PlanFollowUp, create
from core.people import person_by_id
from core.rules.recurrence import Recurrence, days_of, read
from storage.models import Customer, FollowUp, Series

if TYPE_CHECKING:
    from datetime import date

AHEAD = timedelta(weeks=4)
HOUR = 60


def recurrence_of(series: Series) -> Recurrence:
    """Its rule with its end."""
    return Recurrence(read(series.rule), series.ends_on, series.times)


def clock_of(at_minute: int | None) -> time | None:
    """The hour that is kept; None for the whole day."""
    return None if at_minute is None else time(at_minute // HOUR, at_minute % HOUR)


async def keeper_of(acting: Acting, series: Series) -> Acting:
    """By whose clock it is planned: the owner's, or else the acting person's."""
    owner = await person_by_id(series.owner_id)
    return Acting(owner, acting.now, acting.cause) if owner else acting


async def plan_ahead(acting: Acting, series: Series, keeper: Acting, *, least: int = 0) -> int:
    """Plan its days of the next four weeks, and of those after them until there are `least`.

    Returns how many plans were made. Raises their events in `acting`.
    """
    if series.next_on is None:
        return 0
    customer = await Customer.get(id=series.customer_id)
    until = acting.now.astimezone(keeper.zone).date() + AHEAD
    made, following = 0, None
    for one in days_of(recurrence_of(series), series.begins):
        if one.on < series.next_on:
            continue
        if one.on > until and made >= least:
            following = one.on
            break
        made += await _plan(acting, series, customer, keeper, one.on, one.day)
    series.next_on = following
    await series.save(update_fields=["next_on"])
    return made


async def _plan(
    acting: Acting, series: Series, customer: Customer, keeper: Acting, on: date, day: date
) -> int:
    """Plan one day of it; nothing where it is past, or planned already."""
    of = OfSeries(series.id, on, series.created_by_id)
    at = clock_of(series.at_minute)
    due_at = datetime.combine(day, at or MORNING, keeper.zone)
    today = acting.now.astimezone(keeper.zone).date()
    past = day < today if at is None else due_at <= acting.now
    if past or await FollowUp.exists(key=of.key):
        return 0
    command = PlanFollowUp(
        series.customer_id, due_at, at is None, series.kind, series.purpose, series.lead_minutes,
        series.activity_id, minutes=series.minutes,
    )  # fmt: skip
    await create(acting, command, customer, keeper=keeper, owner_id=series.owner_id, of=of)
    return 1
