"""Stops beside a planned visit: the own customers around a place that have waited longest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core import customers, follow_ups
from core.check_ins import short_name_in
from core.errors import NotFound
from core.rules.access import workable_customers
from core.rules.distance import box, metres
from core.rules.stops import worth
from storage.db import lookup
from storage.models import CheckIn
from storage.statements import moment, moment_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.acting import Acting

#: metres around, and how many are told
WITHIN, MOST = 5000, 5
#: who is visited so soon anyway is left out
SOON = timedelta(days=14)
#: whom one talked to so lately is no stop
LATELY = timedelta(days=7)
_LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class Stop:
    """A customer to look in on."""

    customer_id: int
    customer: str
    metres: int
    #: None where there never was one
    last_contact_at: datetime | None


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a place."""

    #: whose place it is; empty where it is only a place
    customer: str
    #: the day on which one is there
    on: date
    stops: tuple[Stop, ...]


async def around_plan(acting: Acting, follow_up_id: int) -> Around | None:
    """The stops around a planned visit; None where the customer has no position.

    Raises:
        NotFound: if there is no such plan or none to be seen.
    """
    planned = await follow_ups.visible(acting, follow_up_id)
    firm = planned.customer
    if firm.latitude is None or firm.longitude is None:
        return None
    stops = await _stops(acting, (firm.latitude, firm.longitude), firm.id)
    on = max(planned.due_at, acting.now).astimezone(acting.zone).date()
    return Around(customers.short_name_of(firm, acting.locale), on, stops)


async def around_door(acting: Acting, check_in_id: int) -> Around:
    """The stops around a place where the acting person checked in.

    Raises:
        NotFound: if it is not their own check-in.
    """
    there = CheckIn.filter(id=check_in_id, staff_id=acting.person.id)
    found = await there.select_related("customer").first()
    if found is None:
        raise NotFound
    stops = await _stops(acting, (found.latitude, found.longitude), found.customer_id)
    name = customers.short_name_of(found.customer, acting.locale)
    return Around(name, acting.local_now.date(), stops)


async def around_place(acting: Acting, latitude: float, longitude: float) -> Around:
    """The stops around a place, today."""
    stops = await _stops(acting, (latitude, longitude), 0)
    return Around("", acting.local_now.date(), stops)


async def _stops(acting: Acting, place: tuple[float, float], but: int) -> tuple[Stop, ...]:
    """The person's own customers around a place, by `worth`.

    Left out are the one whose place it is, those contacted lately, and those with a plan soon.
    The owner's index bounds what is read, however large the bank.
    """
    where, args = workable_customers(acting.person).where("c")
    keepers, n = acting.person.keeps, len(args)
    marks = ", ".join(f"${n + at}" for at in range(1, len(keepers) + 1))
    n += len(keepers)
    found = await lookup(
        "SELECT c.id, c.name_zh, c.name_en, c.short_name, c.latitude, c.longitude,"  # noqa: S608 - only placeholders
        f" c.last_contact_at FROM customer c WHERE {where} AND c.owner_id IN ({marks})"
        f" AND c.latitude >= ${n + 1} AND c.latitude <= ${n + 2}"
        f" AND c.longitude >= ${n + 3} AND c.longitude <= ${n + 4} AND c.id <> ${n + 5}"
        " AND c.status NOT IN ('lost', 'exited')"
        f" AND (c.last_contact_at IS NULL OR c.last_contact_at < ${n + 6})"
        " AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.customer_id = c.id"
        f" AND f.status = 'open' AND f.due_at >= ${n + 7} AND f.due_at < ${n + 8})"
        f" LIMIT {_LOOKED_AT}",
        *args, *keepers, *box(place, WITHIN), but, moment(acting.now - LATELY),
        moment(acting.now), moment(acting.now + SOON),
    )  # fmt: skip
    ranked = []
    for row in found:
        away = metres(place, (row["latitude"], row["longitude"]))
        if away > WITHIN:
            continue
        last = None if row["last_contact_at"] is None else moment_of(row["last_contact_at"])
        stop = Stop(int(row["id"]), short_name_in(row, acting.locale), round(away), last)
        silent = None if last is None else (acting.now - last).days
        ranked.append((-worth(silent, away), stop.customer_id, stop))
    ranked.sort(key=lambda one: one[:2])
    return tuple(stop for _, _, stop in ranked[:MOST])
