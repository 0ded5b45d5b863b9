"""Facts that cross a line become events: once each, whoever or whatever changed the fact.

Every customer is looked at once a day, and again after a load, a batch of customers in each
transaction and each rule with one statement for all of them. What a person changes by hand is
looked at in the same transaction. A crossing is known again by its subject and mark, so a pass
that is repeated raises nothing new; where the fact is true no longer, the crossing has ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import bus
from core.alert_events import CrossingsEnded, FactCrossed
from core.alert_rules import all_numbers
from core.crossing_rules import RULES
from core.events import FactChanged
from core.plan_events import FollowUpSettled, MissExplained, PromiseSettled, SecondOfficerAnswered
from core.rules.access import visible_customers
from core.rules.crossings import days_line
from storage.db import rows
from storage.models import AlertRule, Crossing, Sweep
from storage.statements import day_of, moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.acting import Acting
    from core.crossing_rules import Rule
    from core.rules.tuning import Numbers

#: customers that one transaction looks at
AT_ONCE = 1000
#: categories whose change by hand may cross a line
_WATCHED = frozenset({"basic", "other_banks", "credit_lines", "holdings", "accounts", "consents"})
SWEEP = "crossings"
#: a statement names no more rows than this
_NAMED = 500


@dataclass(frozen=True, slots=True)
class _Beyond:
    """Something that is beyond a line now."""

    kind: str
    customer_id: int
    subject: str
    #: empty where it counts once for as long as it is true
    mark: str
    day: date | None
    amount_fen: int | None
    before_fen: int | None


async def find_crossings(acting: Acting) -> int:
    """Look at the next customers of this pass; returns AT_ONCE, or 0 where all is done."""
    sweep = await _sweep(acting)
    if sweep.ended_at is not None:
        return 0
    [batch] = await rows(
        "SELECT MAX(id) AS last FROM"
        " (SELECT id FROM customer WHERE id > $1 ORDER BY id LIMIT $2) AS batch",
        sweep.last_id, AT_ONCE,
    )  # fmt: skip
    if batch["last"] is None:
        sweep.ended_at = acting.now
        await sweep.save(update_fields=["ended_at"])
        return 0
    await look_at(acting, sweep.last_id, int(batch["last"]))
    sweep.last_id = int(batch["last"])
    await sweep.save(update_fields=["last_id"])
    return AT_ONCE


async def _sweep(acting: Acting) -> Sweep:
    """The pass that is on; a new one on a new day, after a load, and after a rule was tuned."""
    today = acting.local_now.date()
    sweep = await Sweep.get_or_none(name=SWEEP)
    if sweep is None:
        return await Sweep.create(name=SWEEP, day=today, began_at=acting.now)
    again = sweep.ended_at is not None and (
        await rows(
            "SELECT id FROM load WHERE ended_at >= $1 AND ended_at <= $2 LIMIT 1",
            moment(sweep.began_at), moment(acting.now),
        )
        or await AlertRule.exists(quiet_at__gte=sweep.began_at, quiet_at__lt=acting.now)
    )  # fmt: skip
    if sweep.day != today or again:
        sweep.day, sweep.began_at, sweep.last_id, sweep.ended_at = today, acting.now, 0, None
        await sweep.save()
    return sweep


async def look_at(acting: Acting, above: int, up_to: int) -> None:
    """Write down what customers with these ids have newly crossed, and what is no longer so."""
    today, numbers = acting.local_now.date(), await all_numbers()
    beyond = [
        one
        for rule in RULES
        for row in await rows(rule.sql, above, up_to, *rule.args(today, numbers[rule.kind]))
        if (one := _beyond(rule, row, today, numbers[rule.kind])) is not None
    ]
    known = await _known(above, up_to, {one.subject for one in beyond})
    by_mark = {(one.subject, one.kind, one.mark): one for one in known}
    open_now = {(one.subject, one.kind): one for one in known if one.ended_at is None}
    stand: set[int] = set()
    for one in beyond:
        mark = one.mark or today.isoformat()
        before = by_mark.get((one.subject, one.kind, mark))
        if before is None and not one.mark:
            before = open_now.get((one.subject, one.kind))
        if before is None:
            await _cross(acting, one, mark)
            continue
        stand.add(before.id)
        if before.ended_at is not None or before.customer_id != one.customer_id:
            before.ended_at, before.customer_id = None, one.customer_id
            await before.save(update_fields=["ended_at", "customer_id"])
    over = [
        one.id for one in known
        if one.ended_at is None and one.id not in stand and above < one.customer_id <= up_to
    ]  # fmt: skip
    for ids in _parts(over):
        await Crossing.filter(id__in=ids).update(ended_at=acting.now)
        acting.emit(CrossingsEnded(tuple(ids)))


def _beyond(rule: Rule, row: dict[str, Any], today: date, numbers: Numbers) -> _Beyond | None:
    on = None if row.get("day") is None else day_of(row["day"])
    mark = str(row.get("mark") or "")
    if rule.lined:
        line = None if on is None else days_line(on, today, numbers["days"])
        if line is None:
            return None
        mark = f"{on}:{line}"
    return _Beyond(
        rule.kind, int(row["customer_id"]), row["subject"], mark, on, row.get("amount_fen"),
        row.get("before_fen"),
    )  # fmt: skip


async def _known(above: int, up_to: int, subjects: set[str]) -> list[Crossing]:
    """What these customers have open, and whatever was told of these subjects before."""
    found = {
        one.id: one
        for one in await Crossing.filter(
            customer_id__gt=above, customer_id__lte=up_to, ended_at=None
        )
    }
    for part in _parts(sorted(subjects)):
        found |= {one.id: one for one in await Crossing.filter(subject__in=part)}
    return list(found.values())


def _parts(whole: list[Any]) -> Iterable[list[Any]]:
    return (whole[start : start + _NAMED] for start in range(0, len(whole), _NAMED))


async def _cross(acting: Acting, one: _Beyond, mark: str) -> None:
    made = await Crossing.create(
        kind=one.kind, customer_id=one.customer_id, subject=one.subject, mark=mark, day=one.day,
        amount_fen=one.amount_fen, before_fen=one.before_fen, found_at=acting.now,
    )  # fmt: skip
    acting.emit(FactCrossed(made.id, one.customer_id, one.kind))


async def look_again(acting: Acting, event: FactChanged) -> None:
    """What a person changed may have crossed a line, or be back behind it."""
    if event.section not in _WATCHED:
        return
    heard = len(acting.events)
    await look_at(acting, event.customer_id - 1, event.customer_id)
    await bus.publish(acting, heard)


async def look_after(
    acting: Acting, event: PromiseSettled | SecondOfficerAnswered | MissExplained
) -> None:
    """What is settled is overdue no longer; what is answered or explained waits no more."""
    heard = len(acting.events)
    await look_at(acting, event.customer_id - 1, event.customer_id)
    await bus.publish(acting, heard)


async def look_after_the_plan(acting: Acting, event: FollowUpSettled) -> None:
    """What was missed in a weekly plan and is done, moved or called off now waits no more."""
    for row in await rows(_MISSED, event.follow_up_id):
        heard = len(acting.events)
        await look_at(acting, int(row["customer_id"]) - 1, int(row["customer_id"]))
        await bus.publish(acting, heard)


_MISSED = """
SELECT DISTINCT x.customer_id FROM crossing x JOIN follow_up f ON f.customer_id = x.customer_id
 WHERE f.id = $1 AND x.kind = 'plan_missed' AND x.ended_at IS NULL
"""


async def crossings_after(
    acting: Acting, *, after: int, limit: int, customer_id: int | None = None,
    kind: str | None = None, ended: bool | None = None,
) -> list[Crossing]:  # fmt: skip
    """Crossings at customers of this person's scope from an id on, with the customers."""
    found = Crossing.filter(visible_customers(acting.person).through("customer__"), id__gt=after)
    if customer_id is not None:
        found = found.filter(customer_id=customer_id)
    if kind is not None:
        found = found.filter(kind=kind)
    if ended is not None:
        found = found.filter(ended_at__isnull=not ended)
    return await found.order_by("id").limit(limit).select_related("customer")


def subscribe() -> None:
    """Have what is changed by hand looked at."""
    bus.subscribe(FactChanged, look_again)
    bus.subscribe(PromiseSettled, look_after)
    bus.subscribe(SecondOfficerAnswered, look_after)
    bus.subscribe(MissExplained, look_after)
    bus.subscribe(FollowUpSettled, look_after_the_plan)
