"""At the door: who shares the own place there has been there; leaving gives the duration.

Only what a person shares is kept, at that moment. Far from the address is marked, not refused: a
firm has more than one gate. The record of the visit that follows is tied to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core import audit, bus, customers
from core.errors import AlreadySettled, Invalid, NotFound
from core.events import ActivityLogged
from core.rules.access import workable_customers
from core.rules.distance import box, metres
from storage.db import execute, lookup
from storage.models import CheckIn, Customer
from storage.statements import moment, moment_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.acting import Acting

#: customers so near are offered; beyond this far a check-in is marked
NEAR, FAR = 3000, 500
OFFERED = 4
#: a record so long after a check-in is of another visit
_LATEST = timedelta(hours=12)
_LOOKED_AT = 500
_POLE, _DATE_LINE = 90, 180


@dataclass(frozen=True, slots=True)
class CheckInHere:
    """I am at this customer's door."""

    customer_id: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class CheckOut:
    """I am leaving."""

    check_in_id: int


@dataclass(frozen=True, slots=True)
class Near:
    """A customer near a place."""

    id: int
    name: str
    metres: int
    #: a visit is planned there today
    planned: bool


@dataclass(frozen=True, slots=True)
class CheckInView:
    """Somebody was at the door."""

    id: int
    customer_id: int
    customer: str
    at: datetime
    distance_m: int | None
    far: bool
    left_at: datetime | None

    @property
    def minutes(self) -> int | None:
        """How long it took."""
        return None if self.left_at is None else round((self.left_at - self.at).seconds / 60)


async def near(acting: Acting, latitude: float, longitude: float) -> list[Near]:
    """The customers that the acting person works with around a place, the likeliest first.

    Those with a visit planned today come first, then the nearest.
    """
    south, north, west, east = box((latitude, longitude), NEAR)
    where, args = workable_customers(acting.person).where("c")
    n = len(args)
    found = await lookup(
        "SELECT c.id, c.name_zh, c.name_en, c.short_name, c.latitude, c.longitude,"  # noqa: S608 - only placeholders
        " (SELECT MIN(f.due_at) FROM follow_up f WHERE f.customer_id = c.id"
        f"   AND f.status = 'open' AND f.owner_id = ${n + 1}) AS due FROM customer c"
        f" WHERE {where} AND c.latitude >= ${n + 2} AND c.latitude <= ${n + 3}"
        f" AND c.longitude >= ${n + 4} AND c.longitude <= ${n + 5} LIMIT {_LOOKED_AT}",
        *args, acting.person.id, south, north, west, east,
    )  # fmt: skip
    today = acting.local_now.date()
    around = []
    for row in found:
        away = metres((latitude, longitude), (row["latitude"], row["longitude"]))
        if away > NEAR:
            continue
        due = None if row["due"] is None else moment_of(row["due"])
        planned = due is not None and due.astimezone(acting.zone).date() == today
        around.append(
            Near(int(row["id"]), short_name_in(row, acting.locale), round(away), planned)
        )
    around.sort(key=lambda one: (not one.planned, one.metres, one.id))
    return around[:OFFERED]


async def check_in_here(acting: Acting, command: CheckInHere) -> int:
    """Note it, once per key, and return its id.

    Raises:
        NotFound, NotAllowed: if the customer is not this person's to work on.
        Invalid: if there is no such place.
    """
    known = await CheckIn.get_or_none(key=acting.key)
    if known is not None:
        return int(known.id)
    customer = await customers.workable(acting, command.customer_id)
    if abs(command.latitude) > _POLE or abs(command.longitude) > _DATE_LINE:
        raise Invalid
    away = None
    if customer.latitude is not None and customer.longitude is not None:
        here = (command.latitude, command.longitude)
        away = round(metres(here, (customer.latitude, customer.longitude)))
    made = await CheckIn.create(
        key=acting.key, customer_id=customer.id, staff_id=acting.person.id, at=acting.now,
        latitude=command.latitude, longitude=command.longitude, distance_m=away,
    )  # fmt: skip
    await audit.record(acting, "check_in", "customer", customer.id, metres=away)
    return int(made.id)


async def check_out(acting: Acting, command: CheckOut) -> int:
    """Note it and return the check-in's id.

    Raises:
        NotFound: if it is not the acting person's own.
        AlreadySettled: if they left already.
    """
    found = await CheckIn.get_or_none(id=command.check_in_id, staff_id=acting.person.id)
    if found is None:
        raise NotFound
    if found.left_at is not None:
        raise AlreadySettled
    found.left_at = acting.now
    await found.save(update_fields=["left_at"])
    await audit.record(acting, "check_out", "customer", found.customer_id)
    return int(found.id)


async def check_in(acting: Acting, check_in_id: int) -> CheckInView:
    """One of the acting person's own.

    Raises:
        NotFound: if there is none.
    """
    found = await CheckIn.get_or_none(id=check_in_id, staff_id=acting.person.id).select_related(
        "customer"
    )
    if found is None:
        raise NotFound
    return _view(acting, found)


async def check_in_of(acting: Acting, activity_id: int) -> CheckInView | None:
    """The check-in that a record is tied to; the record is one that may be seen."""
    found = await CheckIn.get_or_none(activity_id=activity_id).select_related("customer")
    return None if found is None else _view(acting, found)


async def tie_to_record(acting: Acting, event: ActivityLogged) -> None:
    """The record of a visit is tied to the check-in before it."""
    if event.kind not in {"visit", "meeting"} or not acting.person.id:
        return
    for row in await lookup(
        _BEFORE, event.customer_id, acting.person.id, moment(acting.now - _LATEST)
    ):
        tied = "UPDATE check_in SET activity_id = $2 WHERE id = $1"
        await execute(tied, row["id"], event.activity_id)


#: by hand: everybody's every record asks it (docs/adr/0024)
_BEFORE = (
    "SELECT id FROM check_in WHERE customer_id = $1 AND staff_id = $2 AND activity_id IS NULL"
    " AND at > $3 ORDER BY at DESC LIMIT 1"
)


def _view(acting: Acting, one: CheckIn) -> CheckInView:
    return CheckInView(
        id=one.id, customer_id=one.customer_id,
        customer=customers.short_name_of(one.customer, acting.locale), at=one.at,
        distance_m=one.distance_m, far=one.distance_m is not None and one.distance_m > FAR,
        left_at=one.left_at,
    )  # fmt: skip


def short_name_in(row: dict[str, Any], locale: str) -> str:
    """What colleagues call the customer of a row with its names."""
    known = {name: row[name] for name in ("name_zh", "name_en", "short_name")}
    return customers.short_name_of(Customer(**known), locale)


def subscribe() -> None:
    """Have records tied to check-ins."""
    bus.subscribe(ActivityLogged, tie_to_record)
