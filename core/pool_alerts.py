"""What is to be acted on at customers that nobody is in charge of: one line a day for the leader.

Those in the shared pool, and those whose owner has left. The leader that is nearest to the unit
gives them to somebody, who then has them to act on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.expressions import Q

from core.led_units import ABOVE, own_units
from core.rules.access import led_customers
from core.rules.alerts import ALERTS
from storage.models import AlertRule, Crossing

if TYPE_CHECKING:
    from tortoise.queryset import QuerySet

    from core.acting import Acting

_NOBODYS = Q(customer__owner_id=None) | Q(customer__owner__active=False)


async def pool_count(acting: Acting) -> int:
    """How many facts beyond a line the leader is told of; 0 for whoever leads nobody."""
    if acting.person.role not in ABOVE:
        return 0
    units = await own_units(acting.person)
    return await (await _open()).filter(customer__unit_id__in=units or [0]).count()


async def pool_alerts(
    acting: Acting, *, limit: int, offset: int = 0
) -> tuple[list[Crossing], int]:
    """A page of them in all units that the acting person leads, the latest first."""
    led = led_customers(acting.person)
    if not (led.bank or led.subtrees):
        return [], 0
    found = (await _open()).filter(led.through("customer__"))
    page = found.order_by("-found_at", "id").offset(offset).limit(limit).select_related("customer")
    return list(await page), await found.count()


async def _open() -> QuerySet[Crossing]:
    off = {str(one) for one in await AlertRule.filter(on=False).values_list("code", flat=True)}
    return Crossing.filter(
        _NOBODYS, ended_at=None, customer__merged_into_id=None, kind__in=sorted(set(ALERTS) - off)
    )
