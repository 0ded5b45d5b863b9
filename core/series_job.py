"""The clock's part in plans that repeat: what comes within four weeks is planned.

Where the owner may no longer work for the customer, or the customer is lost, the series ends.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core import audit, bus, customers
from core.acting import Acting
from core.errors import Refused
from core.people import person_reading
from core.series_planning import AHEAD, plan_ahead
from storage.models import Customer, Series

if TYPE_CHECKING:
    from core.acting import Person

DAY = timedelta(days=1)
#: series at once
BATCH = 50
#: with whom nothing is planned any more
LEFT = "lost"


async def plan_series_ahead(acting: Acting) -> int:
    """Plan what comes within four weeks; returns how many series that was."""
    # A day less, for owners west of here: what was planned must not be found again at once.
    until = acting.now.date() + AHEAD - DAY
    due = Series.filter(state="running", next_on__lte=until, owner__active=True)
    ids = await due.order_by("next_on", "id").limit(BATCH).values_list("id", flat=True)
    for one in ids:
        found = await Series.filter(id=int(str(one))).select_for_update(no_key=True).first()
        if found is not None and found.state == "running":
            await _plan(acting, found)
    return len(ids)


async def _plan(acting: Acting, found: Series) -> None:
    owner = await person_reading(found.owner_id, acting.now)
    if owner is None or await _is_over(acting, found, owner):
        found.state, found.next_on, found.ended_at = "ended", None, acting.now
        await found.save(update_fields=["state", "next_on", "ended_at"])
        await audit.record(acting, "end_series", "series", found.id, why="left")
        return
    heard = len(acting.events)
    await plan_ahead(acting, found, Acting(owner, acting.now, acting.cause))
    await bus.publish(acting, heard)


async def _is_over(acting: Acting, found: Series, owner: Person) -> bool:
    """Whether the customer is lost, or the owner's to work for no longer."""
    customer = await Customer.get(id=found.customer_id)
    if customer.status == LEFT:
        return True
    try:
        await customers.workable(Acting(owner, acting.now, acting.cause), customer.id)
    except Refused:
        return True
    return False
