"""Alerts: raised once, acted on where they stand, settled by whoever or whatever settles them.

An alert is for who is in charge of the customer (or stands in). It follows the customer to a new
owner, and is gone when what it says is true no longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tortoise.expressions import Q

from core import audit
from core.alert_events import AlertsSettled
from core.errors import AlreadySettled, Invalid, NotAllowed, NotFound
from core.rules.access import OWN, READ_ONLY, led_customers, visible_customers
from core.rules.alerts import REASONS, tomorrow
from core.rules.wishes import digest_time
from storage.db import execute
from storage.models import Alert
from storage.statements import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tortoise.queryset import QuerySet

    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class SettleAlert:
    """It was acted on (done), or there is nothing to act on (dismissed, with a reason)."""

    alert_id: int
    how: str = "done"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PostponeAlert:
    """Tell it again on the next working morning."""

    alert_id: int


async def settle_alert(acting: Acting, command: SettleAlert) -> int:
    """Settle it and return its id.

    Raises:
        NotFound: if it is none that the acting person has to do with.
        NotAllowed: if the acting person only reads.
        AlreadySettled: if it was settled before.
        Invalid: if it is no such end, or dismissed without a reason of the list.
    """
    found = await actable(acting, command.alert_id)
    if command.how not in {"done", "dismissed"}:
        raise Invalid
    if (command.how == "dismissed") != (command.reason in REASONS):
        raise Invalid
    acting.emit(AlertsSettled(await mark_settled(acting, [found], command.how, command.reason)))
    await audit.record(
        acting, "settle", "alert", found.id, customer=found.customer_id, rule=found.rule,
        how=command.how, reason=command.reason,
    )  # fmt: skip
    return int(found.id)


async def postpone_alert(acting: Acting, command: PostponeAlert) -> int:
    """Put it off and return its id.

    Raises:
        NotFound, NotAllowed, AlreadySettled: as `settle_alert`.
    """
    found = await actable(acting, command.alert_id)
    at = digest_time(found.staff.digest_at)
    found.not_before, found.told_at = tomorrow(acting.local_now, at), None
    await found.save(update_fields=["not_before", "told_at"])
    await audit.record(acting, "postpone", "alert", found.id, customer=found.customer_id)
    return int(found.id)


async def actable(acting: Acting, alert_id: int) -> Alert:
    """An open alert that the acting person may act on.

    Raises:
        NotFound, NotAllowed, AlreadySettled: as `settle_alert`.
    """
    if acting.person.role in READ_ONLY:
        raise NotAllowed
    found = await alert(acting, alert_id)
    if found.settled_at is not None:
        raise AlreadySettled
    return found


async def alert(acting: Acting, alert_id: int) -> Alert:
    """One alert, with customer, crossing and who it is for.

    Raises:
        NotFound: if it is none that the acting person has to do with.
    """
    found = await concerning(acting).get_or_none(id=alert_id).select_related(
        "customer", "crossing", "staff", "settled_by"
    )  # fmt: skip
    if found is None:
        raise NotFound
    return found


async def open_alerts(acting: Acting, *, limit: int, offset: int = 0) -> tuple[list[Alert], int]:
    """A page of what is to be acted on, the gravest first, and how much there is in all."""
    found = concerning(acting).filter(settled_at=None)
    total = await found.count()
    if not limit or not total:
        return [], total
    page = found.order_by("-importance", "id").offset(offset).limit(limit)
    return await page.select_related("customer", "crossing", "staff"), total


def concerning(acting: Acting) -> QuerySet[Alert]:
    """The own alerts, and for leaders those at the customers of the units that they lead.

    One at no customer is its person's, and of those that lead the person.
    """
    person = acting.person
    if person.role in OWN:
        seen = visible_customers(person).through("customer__") | Q(customer_id=None)
        return Alert.filter(seen, staff_id__in=person.keeps)
    led = led_customers(person)
    if led.bank:
        return Alert.filter()
    people = Q(
        *(Q(staff__unit__path__startswith=path) for path in led.subtrees),
        staff_id__in=person.keeps, join_type="OR",
    )  # fmt: skip
    return Alert.filter(led.through("customer__") | (Q(customer_id=None) & people))


async def mark_settled(
    acting: Acting, alerts: Sequence[Alert], how: str, reason: str = ""
) -> tuple[int, ...]:
    """Settle them; returns their ids, for whoever lets it be heard."""
    ids = tuple(int(one.id) for one in alerts)
    marks = ", ".join(f"${n}" for n in range(5, len(ids) + 5))
    await execute(
        "UPDATE alert SET settled_at = $1, how = $2, reason = $3, settled_by_id = $4"  # noqa: S608 - only marks are put in
        f" WHERE settled_at IS NULL AND id IN ({marks or 'NULL'})",
        moment(acting.now), how, reason, acting.person.id or None, *ids,
    )  # fmt: skip
    return ids
