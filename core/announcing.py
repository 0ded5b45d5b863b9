"""What subscribed systems are told, written down in the transaction of the event itself.

They are told numbers, no names and no words: what these stand for is asked with a token.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from core import bus
from core.alert_events import FactCrossed
from core.events import (
    ActivityLogged,
    ActivityUndone,
    CustomerAdded,
    CustomersMerged,
    CustomersMoved,
)
from core.people import person_of, with_reach
from core.plan_events import FollowUpPlanned, FollowUpSettled
from core.rules.access import visible_customers
from core.subscriptions import EVENT_NAMES
from storage import announcements
from storage.db import lookup
from storage.models import Assignment, Customer, FollowUp, Subscription
from storage.queues import millis

if TYPE_CHECKING:
    from core.acting import Acting
    from core.events import Event


async def announce(acting: Acting, event: Event) -> None:
    """Write down, in the event's own transaction, which systems are to be told of it."""
    if not await lookup("SELECT id FROM subscription WHERE ended_at IS NULL LIMIT 1"):
        return  # mostly there is none, and every record asks
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
    facts = {int(fact["customer_id"] or 0): fact for fact in await _facts(event)}
    for one in listening:
        person = await with_reach(person_of(one.staff, one.staff.unit), acting.now)
        scope = visible_customers(person).q
        seen = await Customer.filter(scope, id__in=list(facts)).values_list("id", flat=True)
        for customer_id in sorted(int(str(found)) for found in seen):
            told = {"event": name, "at": acting.now.isoformat(), **facts[customer_id]}
            await announcements.put(one.id, name, json.dumps(told), millis(acting.now))


async def _facts(event: Event) -> list[dict[str, int | str | None]]:
    """What there is to tell, of each customer that it is about."""
    match event:
        case CustomersMoved():
            found = await Assignment.filter(id__in=event.assignments).order_by("id")
            return [
                {
                    "assignment_id": one.id, "customer_id": one.customer_id, "how": one.kind,
                    "from_staff_id": one.from_staff_id, "to_staff_id": one.to_staff_id,
                    "reason": one.reason,
                }
                for one in found
            ]  # fmt: skip
        case _:
            return [await _fact(event)]


async def _fact(event: Event) -> dict[str, int | str | None]:
    match event:
        case ActivityLogged() | ActivityUndone():
            return {"activity_id": event.activity_id, "customer_id": event.customer_id}
        case CustomerAdded():
            return {"customer_id": event.customer_id}
        case CustomersMerged():
            return {
                "customer_id": event.kept_id, "merged_id": event.merged_id,
                "how": "undone" if event.undone else "merged",
            }  # fmt: skip
        case FactCrossed():
            return {
                "crossing_id": event.crossing_id, "customer_id": event.customer_id,
                "how": event.kind,
            }  # fmt: skip
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
