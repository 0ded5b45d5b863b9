"""Systems that are told what happens: who is told what, said by an administrator.

A subscription acts for a staff member and hears only of customers whom that person may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core import audit
from core.alert_events import FactCrossed
from core.clock import new_token
from core.enrolment import ADMINISTRATORS
from core.errors import AlreadySettled, Invalid, NotAllowed, NotFound
from core.events import (
    ActivityLogged,
    ActivityUndone,
    CustomerAdded,
    CustomersMerged,
    CustomersMoved,
    SubscriptionMade,
)
from core.i18n import N_
from core.plan_events import FollowUpPlanned, FollowUpSettled
from storage import announcements
from storage.models import Staff, Subscription

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.acting import Acting
    from core.events import Event

#: what can be heard of
EVENT_NAMES: dict[type[Event], str] = {
    ActivityLogged: "activity.logged",
    ActivityUndone: "activity.undone",
    FollowUpPlanned: "follow_up.planned",
    FollowUpSettled: "follow_up.settled",
    CustomersMoved: "assignment.changed",
    CustomerAdded: "customer.added",
    CustomersMerged: "customer.merged",
    FactCrossed: "fact.crossed",
}
URL_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Tell a system what happens, within what a staff member may see."""

    number: str
    url: str
    events: Sequence[str]


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Tell a system nothing any more."""

    subscription_id: int


async def subscribe(acting: Acting, command: Subscribe) -> int:
    """Make the subscription and return its id; its secret is told once, in `SubscriptionMade`.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such active staff member.
        Invalid: if the address or an event can't be right.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    staff = await Staff.get_or_none(number=command.number.strip(), active=True)
    if staff is None:
        raise NotFound
    if not _is_https(command.url) or len(command.url) > URL_LENGTH:
        raise Invalid(N_("The address must begin with https://"))
    if not command.events or not set(command.events) <= set(EVENT_NAMES.values()):
        raise Invalid
    secret = new_token(32)
    made = await Subscription.create(
        url=command.url,
        secret=secret,
        events=sorted(set(command.events)),
        staff=staff,
        created_by_id=acting.person.id or None,
        created_at=acting.now,
    )
    await audit.record(acting, "create", "subscription", made.id, staff=staff.id, url=command.url)
    acting.emit(SubscriptionMade(made.id, secret))
    return int(made.id)


async def unsubscribe(acting: Acting, command: Unsubscribe) -> int:
    """End it and return its id; what is still to be said is not said.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is no such subscription.
        AlreadySettled: if it ended before.
    """
    found = await visible(acting, command.subscription_id)
    if found.ended_at is not None:
        raise AlreadySettled
    found.ended_at = acting.now
    await found.save(update_fields=["ended_at"])
    await announcements.withdraw(found.id)
    await audit.record(acting, "end", "subscription", found.id)
    return int(found.id)


async def visible(acting: Acting, subscription_id: int) -> Subscription:
    """A subscription, with whom it acts for.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is none.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    found = await Subscription.get_or_none(id=subscription_id).select_related("staff")
    if found is None:
        raise NotFound
    return found


async def subscriptions(acting: Acting, *, after: int, limit: int) -> list[Subscription]:
    """The subscriptions from an id on, those that ended included.

    Raises:
        NotAllowed: if the acting person is no administrator.
    """
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed
    found = Subscription.filter(id__gt=after).order_by("id").limit(limit)
    return await found.select_related("staff")


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
