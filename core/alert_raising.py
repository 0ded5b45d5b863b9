"""What raises an alert, and what settles it without anybody's tap.

Runs in the transaction of what happened: an alert exists exactly when its cause does.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core import bus
from core.alert_events import AlertsSettled, CrossingsEnded, FactCrossed
from core.alerts import mark_settled
from core.consents import declines_marketing
from core.events import ActivityLogged, CustomersMoved
from core.rules.alerts import ALERTS, escalated_from, told_from
from core.rules.consents import GREETINGS, OFFERS
from core.rules.tuning import numbers_of
from core.rules.wishes import digest_time
from core.wishes import timing_of
from storage.db import execute
from storage.models import Alert, AlertRule, Contact, Crossing, Customer, Staff
from storage.statements import found, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.acting import Acting
    from core.rules.alerts import AlertKind

#: a statement names no more rows than this
_NAMED = 500


async def raise_alert(acting: Acting, event: FactCrossed) -> None:
    """Write down, once, what the customer's owner is to act on; told by a job."""
    kind = ALERTS.get(event.kind)
    if kind is None:
        return
    rule = await AlertRule.get_or_none(code=kind.code)
    # What a rule finds in its first pass is told as one line (core/alert_first_pass.py).
    if rule is not None and (not rule.on or rule.quiet_at is not None):
        return
    if await _rests(acting, rule, event):
        return
    if kind.code in GREETINGS | OFFERS and await declines_marketing(acting, event.customer_id):
        return
    customer = await Customer.get(id=event.customer_id).select_related("owner")
    owner = customer.owner
    if owner is None or not owner.active:
        return
    about = {"who": await _whose_day(event, customer)} if kind.code == "birthday" else None
    await write_down(
        acting, kind, rule, owner, f"crossing:{event.crossing_id}",
        customer_id=customer.id, crossing_id=event.crossing_id, about=about,
    )  # fmt: skip


async def _whose_day(event: FactCrossed, customer: Customer) -> str:
    """Whose birthday it is: a contact's, with the post, or the legal representative's."""
    crossing = await Crossing.get(id=event.crossing_id)
    what, _, number = crossing.subject.partition(":")
    if what != "contact":
        return customer.legal_representative
    contact = await Contact.get(id=int(number))
    return f"{contact.name} {contact.title}".strip()


async def _rests(acting: Acting, rule: AlertRule | None, event: FactCrossed) -> bool:
    """Whether the same was told of the same customer so lately that the bank wants no more."""
    if rule is None:
        return False
    [days] = numbers_of(rule.code, rule.numbers)["rest"]
    return bool(days) and await Alert.exists(
        rule=rule.code,
        customer_id=event.customer_id,
        made_at__gt=acting.now - timedelta(days=days),
    )


async def write_down(
    acting: Acting,
    kind: AlertKind,
    rule: AlertRule | None,
    staff: Staff,
    key: str,
    **of_it: object,
) -> None:
    """Make a person's alert, once for each key, to be told as the bank and the person want it."""
    timing = await timing_of(staff.id, kind, kind.timing if rule is None else rule.timing)
    local = acting.now.astimezone(ZoneInfo(staff.zone))
    at = told_from(local, timing, digest_time(staff.digest_at))
    [after] = numbers_of(kind.code, rule.numbers if rule else None)["escalate"]
    await Alert.get_or_create(
        {
            "rule": kind.code, "staff_id": staff.id, "importance": kind.importance,
            "made_at": acting.now, "not_before": at, "escalate_at": escalated_from(at, after),
            **of_it,
        },
        key=key,
    )  # fmt: skip


async def follow_the_facts(acting: Acting, event: CrossingsEnded) -> None:
    """What is true no longer is nothing to act on."""
    for start in range(0, len(event.crossings), _NAMED):
        part = event.crossings[start : start + _NAMED]
        open_ones = await Alert.filter(crossing_id__in=list(part), settled_at=None)
        await settle(acting, open_ones, "gone")


async def follow_the_contact(acting: Acting, event: ActivityLogged) -> None:
    """Who was contacted is neither silent nor missed in a plan; the crossings have ended, too."""
    waited = await found(Alert, _CONTACTED, event.customer_id)
    for one in waited:
        ended = "UPDATE crossing SET ended_at = $2 WHERE id = $1"
        await execute(ended, one.crossing_id, moment(acting.now))
    await settle(acting, waited, "done")


#: by hand: everybody's every record asks it (docs/adr/0024)
_CONTACTED = """
SELECT * FROM alert
 WHERE customer_id = $1 AND rule IN ('silent', 'plan_missed') AND settled_at IS NULL
"""


async def follow_the_customer(acting: Acting, event: CustomersMoved) -> None:
    """Who is in charge now has it to act on; in the pool nobody has. A case is not theirs."""
    theirs = await Alert.filter(customer_id__in=list(event.customers), settled_at=None).exclude(
        rule="case_near_limit"
    )
    if not theirs:
        return
    staff = await Staff.get_or_none(id=event.to_staff) if event.to_staff else None
    if staff is None:
        await settle(acting, theirs, "gone")
        return
    local = acting.now.astimezone(ZoneInfo(staff.zone))
    at = told_from(local, "now", digest_time(staff.digest_at))
    await Alert.filter(id__in=[one.id for one in theirs]).update(
        staff_id=staff.id, told_at=None, not_before=at, escalated_path=""
    )


async def settle(acting: Acting, alerts: Sequence[Alert], how: str) -> None:
    """Settle them, if there are any, and let it be heard."""
    if alerts:
        await bus.tell(acting, AlertsSettled(await mark_settled(acting, alerts, how)))


def subscribe() -> None:
    """Have alerts raised, and settled by what happens."""
    bus.subscribe(FactCrossed, raise_alert)
    bus.subscribe(CrossingsEnded, follow_the_facts)
    bus.subscribe(ActivityLogged, follow_the_contact)
    bus.subscribe(CustomersMoved, follow_the_customer)
