"""Calendars: a private address with one's own follow-ups, and a file for a single visit.

The address is a secret: whoever has it reads when which firm is visited. It is told once, replaced
by a new one, and ended by a tap; it stops working when its person leaves. Nothing is taken in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from core import audit
from core.clock import new_token
from core.customers import short_name_of
from core.errors import Conflict, NotFound
from core.follow_ups import visible
from core.i18n import N_, texts
from core.joint_visits import plans_joined
from core.links import calendar_address
from core.people import person_of, with_reach
from core.rules.access import visible_customers
from core.rules.lasting import planned_end
from core.tokens import hashed
from core.vocabulary import KIND_ICONS, KINDS
from storage.models import CalendarFeed, FollowUp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.acting import Acting

#: what is told of the past and of the future
BACK, AHEAD = timedelta(days=31), timedelta(days=366)
MOST = 1000
_PRODUCT = "-//Roundsman//Follow-ups//EN"


@dataclass(frozen=True, slots=True)
class OpenFeed:
    """Make a new private address; the one before ends."""


@dataclass(frozen=True, slots=True)
class CloseFeed:
    """End the private address."""


async def open_feed(acting: Acting, command: OpenFeed) -> str:
    """Make it and return the whole address, which is told only here.

    Raises:
        Conflict: if this installation has no public address.
    """
    del command
    secret = new_token(32)
    address = calendar_address(secret)
    if not address:
        raise Conflict(
            N_("Private addresses are not set up here. A visit's page has its calendar file.")
        )
    await _end(acting)
    made = await CalendarFeed.create(
        staff_id=acting.person.id, secret_hash=hashed(secret), made_at=acting.now
    )
    await audit.record(acting, "open", "calendar_feed", made.id)
    return address


async def close_feed(acting: Acting, command: CloseFeed) -> int:
    """End it and return how many there were."""
    del command
    ended = await _end(acting)
    if ended:
        await audit.record(acting, "close", "calendar_feed", None)
    return ended


async def _end(acting: Acting) -> int:
    found = CalendarFeed.filter(staff_id=acting.person.id, ended_at=None)
    return await found.update(ended_at=acting.now)


async def has_feed(acting: Acting) -> bool:
    """Whether there is an address that works."""
    return await CalendarFeed.filter(staff_id=acting.person.id, ended_at=None).exists()


async def feed(secret: str, now: datetime) -> bytes:
    """The calendar behind a private address: the person's own, at customers still to be seen.

    Raises:
        NotFound: if there is none, it has ended, or its person has left.
    """
    found = await CalendarFeed.get_or_none(
        secret_hash=hashed(secret), ended_at=None, staff__active=True
    ).select_related("staff__unit")
    if found is None:
        raise NotFound
    person = await with_reach(person_of(found.staff, found.staff.unit), now)
    planned = (
        await FollowUp.filter(
            visible_customers(person).through("customer__"), owner_id=person.id, status="open",
            due_at__gt=now - BACK, due_at__lt=now + AHEAD,
        )
        .order_by("due_at", "id")
        .limit(MOST)
        .select_related("customer")
    )  # fmt: skip
    planned += await plans_joined(person.id, now - BACK, now + AHEAD)
    return _calendar(planned, person.locale, person.zone, now)


async def visit_file(acting: Acting, follow_up_id: int) -> bytes:
    """One follow-up as a calendar file.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    found = await visible(acting, follow_up_id)
    return _calendar([found], acting.locale, acting.person.zone, acting.now)


def _calendar(planned: Iterable[FollowUp], locale: str, zone: str, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Roundsman")
    for one in planned:
        calendar.add_component(_event(one, locale, zone, now))
    return bytes(calendar.to_ical())


def _event(one: FollowUp, locale: str, zone: str, now: datetime) -> Event:
    """Huaxing Machinery, when and where: no number and no amount leaves the bank this way."""
    event, starts = Event(), one.due_at.astimezone(ZoneInfo(zone))
    kind = texts(locale)(KINDS[one.kind]).unescape()
    name = short_name_of(one.customer, locale)
    event.add("uid", f"follow-up-{one.id}@roundsman")
    event.add("dtstamp", now)
    if one.status == "cancelled":
        # Whoever has the file of it in a calendar sees it struck out, as RFC 5545 3.8.1.11 has it.
        event.add("status", "CANCELLED")
        event.add("sequence", 1)
    event.add("summary", f"{KIND_ICONS[one.kind]} {kind} {name}")
    if one.purpose:
        event.add("description", one.purpose)
    if one.customer.address:
        event.add("location", one.customer.address)
    if one.all_day:
        event.add("dtstart", starts.date())
        event.add("dtend", starts.date() + timedelta(days=1))
    else:
        event.add("dtstart", one.due_at)
        event.add("dtend", planned_end(one.due_at, one.ends_at, one.kind))
    return event
