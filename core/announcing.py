"""What subscribed systems are told, written down in the transaction of the event itself.

They are told numbers, no names and no words: what these stand for is asked with a token.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from core import bus
from core.events import ActivityLogged, ActivityUndone, FollowUpPlanned, FollowUpSettled
from core.people import person_of, with_reach
from core.rules.access import visible_customers
from core.subscriptions import EVENT_NAMES
from storage import announcements
from storage.models import Customer, FollowUp, Subscription
from storage.queues import millis

if TYPE_CHECKING:
    from core.acting import Acting
    from core.events import Event


async def announce(acting: Acting, event: Event) -> None:
    """Write down, in the event's own transaction, which systems are to be told of it."""
    name = EVENT_NAMES[type(event)]
    listening = [
        one
        for one in await Subscription.filter(ended_at=None, staff__active=True).select_related(
            "staff__unit"
        )
        if name in one.events
    ]
    if not listening:
        return
    facts = await _facts(event)
    body = json.dumps({"event": name, "at": acting.now.isoformat(), **facts})
    for one in listening:
        person = await with_reach(person_of(one.staff, one.staff.unit), acting.now)
        seen = Customer.filter(visible_customers(person).q, id=facts["customer_id"])
        if await seen.exists():
            await announcements.put(one.id, name, body, millis(acting.now))


async def _facts(event: Event) -> dict[str, int | str]:
    match event:
        case ActivityLogged() | ActivityUndone():
            return {"activity_id": event.activity_id, "customer_id": event.customer_id}
        case FollowUpPlanned():
            found = await FollowUp.get(id=event.follow_up_id)
            return {"follow_up_id": found.id, "customer_id": found.customer_id}
        case FollowUpSettled():
            found = await FollowUp.get(id=event.follow_up_id)
            return {
                "follow_up_id": found.id, "customer_id": found.customer_id, "how": event.how
            }  # fmt: skip
        case _:
            raise TypeError(type(event).__name__)


def subscribe_all() -> None:
    """Have `announce` hear everything that can be heard of."""
    for kind in EVENT_NAMES:
        bus.subscribe(kind, announce)
