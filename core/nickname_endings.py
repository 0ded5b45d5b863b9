"""A word for a customer ends for whoever sees the customer no longer (core/nicknames.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import bus
from core.events import CollaborationChanged, CustomersMoved
from core.people import person_of, with_reach
from core.rules.access import visible_customers
from storage.models import Collaboration, Customer, Nickname

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.acting import Acting


async def end_of_moved(acting: Acting, event: CustomersMoved) -> None:
    """Whoever sees the customers no longer has no word for them."""
    await _end_unseen(acting, event.customers)


async def end_of_unshared(acting: Acting, event: CollaborationChanged) -> None:
    """So has whoever was let in and is not any more."""
    if event.ended:
        ended = await Collaboration.get(id=event.collaboration)
        await _end_unseen(acting, [ended.customer_id])


async def _end_unseen(acting: Acting, customer_ids: Collection[int]) -> None:
    running = await Nickname.filter(
        customer_id__in=list(customer_ids) or [0], ended_at=None
    ).select_related("staff__unit")
    for one in running:
        person = await with_reach(person_of(one.staff, one.staff.unit), acting.now)
        scope = visible_customers(person).q
        if not await Customer.filter(scope, id=one.customer_id).exists():
            one.ended_at = acting.now
            await one.save(update_fields=["ended_at"])


def subscribe() -> None:
    """Have words end with what they meant."""
    bus.subscribe(CustomersMoved, end_of_moved)
    bus.subscribe(CollaborationChanged, end_of_unshared)
