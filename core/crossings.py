"""Facts that cross a line become events: once each, whoever or whatever changed the fact.

Every customer is looked at once a day, and again after a load, a batch of customers in each
transaction and each rule with one statement for all of them. What a person changes by hand is
looked at in the same transaction. A crossing is known again by its subject and mark, so a pass
that is repeated raises nothing new; where the fact is true no longer, the crossing has ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from core import bus
from core.events import (
    CrossingsEnded,
    FactChanged,
    FactCrossed,
    PromiseSettled,
    SecondOfficerAnswered,
)
from core.facts.vocabulary import CLASSIFICATIONS
from core.rules import crossings as lines
from core.rules.access import visible_customers
from core.rules.crossings import days_line
from storage.db import rows
from storage.models import Crossing, Sweep
from storage.statements import day, day_of, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from core.acting import Acting

#: customers that one transaction looks at
AT_ONCE = 1000
#: categories whose change by hand may cross a line
_WATCHED = frozenset({"basic", "other_banks", "credit_lines", "holdings", "accounts", "consents"})
_SWEEP = "crossings"
#: a statement names no more rows than this
_NAMED = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of line, with the statement that finds what is beyond it now.

    The statement is asked for the customers above $1 up to $2, and gives `customer_id`, `subject`,
    and where they are known `day`, `amount_fen`, `before_fen` and `mark`.
    """

    kind: str
    sql: str
    #: $3 and on
    args: Callable[[date], tuple[Any, ...]]
    #: told so many days before `day`, each once; empty: once for as long as it is true
    days: tuple[int, ...] = ()


def _within(first: int, last: int) -> Callable[[date], tuple[Any, ...]]:
    """The days from so many before today to so many after it."""
    return lambda today: tuple(
        day(today.fromordinal(today.toordinal() + offset)) for offset in (first, last)
    )


def _ago(*days: int) -> Callable[[date], tuple[Any, ...]]:
    """The beginnings of the days that were so long ago."""
    return lambda today: tuple(
        moment(datetime.combine(today - timedelta(days=one), time(), UTC)) for one in days
    )


RULES = (
    Rule(
        "overdue",
        """
        SELECT customer_id, 'credit_line:' || id AS subject, overdue_fen AS amount_fen
          FROM credit_line
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL AND overdue_fen > 0
        """,
        lambda _: (),
    ),
    Rule(
        "classified",
        """
        SELECT customer_id, 'credit_line:' || id || ':' || classification AS subject,
               drawn_fen AS amount_fen
          FROM credit_line
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL
           AND classification IN ($3, $4, $5, $6)
        """,
        lambda _: tuple(one for one in CLASSIFICATIONS if one != "normal"),
    ),
    Rule(
        "balance_down",
        """
        SELECT customer_id, 'customer:' || customer_id AS subject,
               CAST(now_fen AS BIGINT) AS amount_fen, CAST(then_fen AS BIGINT) AS before_fen
          FROM (
            SELECT a.customer_id, SUM(COALESCE(t.balance_fen, 0)) AS then_fen,
                   SUM(COALESCE(n.balance_fen, CASE WHEN a.closed IS NULL THEN t.balance_fen END,
                                0)) AS now_fen
              FROM account a
              LEFT JOIN balance n ON n.account_id = a.id AND n.day =
                   (SELECT MAX(b.day) FROM balance b
                     WHERE b.account_id = a.id AND b.day <= $3 AND b.day >= $4)
              LEFT JOIN balance t ON t.account_id = a.id AND t.day =
                   (SELECT MAX(b.day) FROM balance b
                     WHERE b.account_id = a.id AND b.day <= $5 AND b.day >= $6)
             WHERE a.customer_id > $1 AND a.customer_id <= $2 AND a.ended_at IS NULL
               AND a.kind <> 'loan' AND a.currency = 'CNY'
             GROUP BY a.customer_id) AS week
         WHERE then_fen >= $7 AND now_fen * 100 <= then_fen * (100 - $8)
        """,
        lambda today: (
            day(today), day(today - lines.FRESH), day(today - lines.WEEK),
            day(today - lines.STALE), lines.FALL_FROM, lines.FALL_PERCENT,
        ),
    ),
    Rule(
        "outflow",
        """
        SELECT a.customer_id, 'account:' || a.id AS subject, f.reference AS mark, f.day AS day,
               -f.amount_fen AS amount_fen
          FROM account a JOIN flow f ON f.account_id = a.id
         WHERE a.customer_id > $1 AND a.customer_id <= $2 AND a.ended_at IS NULL
           AND a.currency = 'CNY' AND f.day > $3 AND f.day <= $4 AND -f.amount_fen >= $5
           AND CASE WHEN a.month_average_fen IS NULL THEN -f.amount_fen >= $6
                    ELSE -f.amount_fen * 2 >= a.month_average_fen END
        """,
        lambda today: (
            day(today - lines.WEEK), day(today), lines.OUTFLOW_FROM, lines.OUTFLOW_UNKNOWN
        ),
    ),
    Rule(
        "loan_matures",
        """
        SELECT customer_id, 'credit_line:' || id AS subject, matures AS day,
               drawn_fen AS amount_fen
          FROM credit_line
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL
           AND matures >= $3 AND matures <= $4
        """,
        _within(0, max(lines.LOAN_DAYS)),
        lines.LOAN_DAYS,
    ),
    Rule(
        "elsewhere_matures",
        """
        SELECT customer_id, 'other_bank:' || id AS subject, matures AS day,
               balance_fen AS amount_fen
          FROM other_bank
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL
           AND matures >= $3 AND matures <= $4
        """,
        _within(0, max(lines.LOAN_DAYS)),
        lines.LOAN_DAYS,
    ),
    Rule(
        "holding_matures",
        """
        SELECT customer_id, 'holding:' || id AS subject, matures AS day, amount_fen
          FROM holding
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL
           AND matures >= $3 AND matures <= $4
        """,
        _within(0, max(lines.HOLDING_DAYS)),
        lines.HOLDING_DAYS,
    ),
    Rule(
        "licence_ends",
        """
        SELECT id AS customer_id, 'customer:' || id AS subject, licence_expires AS day
          FROM customer
         WHERE id > $1 AND id <= $2 AND merged_into_id IS NULL
           AND licence_expires >= $3 AND licence_expires <= $4
        """,
        _within(-30, max(lines.LICENCE_DAYS)),
        lines.LICENCE_DAYS,
    ),
    Rule(
        "promise_due",
        """
        SELECT customer_id, 'promise:' || id AS subject, due AS day
          FROM promise
         WHERE customer_id > $1 AND customer_id <= $2 AND status = 'open' AND due < $3
        """,
        lambda today: (day(today),),
    ),
    Rule(
        "unconfirmed",
        """
        SELECT a.customer_id, 'companion:' || m.id AS subject
          FROM companion m JOIN activity a ON a.id = m.activity_id
         WHERE m.status = 'waiting' AND m.duty = 'second' AND m.asked_at < $3
           AND a.customer_id > $1 AND a.customer_id <= $2 AND a.reversed_at IS NULL
        """,
        _ago(lines.UNCONFIRMED_DAYS - 1),
    ),
    Rule(
        "silent",
        """
        SELECT id AS customer_id, 'customer:' || id AS subject
          FROM customer
         WHERE id > $1 AND id <= $2 AND merged_into_id IS NULL AND owner_id IS NOT NULL
           AND status IN ('active', 'at_risk')
           AND ((grade = 'A' AND COALESCE(last_contact_at, owner_since, created_at) < $3)
             OR (grade = 'B' AND COALESCE(last_contact_at, owner_since, created_at) < $4)
             OR (grade = 'C' AND COALESCE(last_contact_at, owner_since, created_at) < $5)
             OR (grade NOT IN ('A', 'B', 'C')
                 AND COALESCE(last_contact_at, owner_since, created_at) < $6))
        """,
        _ago(*lines.SILENT_DAYS.values()),
    ),
    Rule(
        "anniversary",
        """
        SELECT id AS customer_id, 'customer:' || id AS subject, founded AS day,
               CAST($4 AS TEXT) AS mark
          FROM customer
         WHERE id > $1 AND id <= $2 AND merged_into_id IS NULL AND owner_id IS NOT NULL
           AND status IN ('active', 'at_risk') AND CAST(founded AS TEXT) LIKE $3
           AND founded < $5
        """,
        lambda today: (f"%-{today:%m-%d}", str(today.year), day(today)),
    ),
    Rule(
        "paper_ends",
        """
        SELECT customer_id, 'document:' || id AS subject, expires AS day
          FROM document
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL
           AND expires >= $3 AND expires <= $4
        """,
        _within(-30, max(lines.PAPER_DAYS)),
        lines.PAPER_DAYS,
    ),
    Rule(
        "paper_ends",
        """
        SELECT customer_id, 'consent:' || id AS subject, valid_until AS day
          FROM consent
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL AND given
           AND valid_until >= $3 AND valid_until <= $4
        """,
        _within(-30, max(lines.PAPER_DAYS)),
        lines.PAPER_DAYS,
    ),
)  # fmt: skip


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
    """The pass that is on; a new one on a new day, and when a load has ended since it began."""
    today = acting.local_now.date()
    sweep = await Sweep.get_or_none(name=_SWEEP)
    if sweep is None:
        return await Sweep.create(name=_SWEEP, day=today, began_at=acting.now)
    again = sweep.ended_at is not None and await rows(
        "SELECT id FROM load WHERE ended_at >= $1 AND ended_at <= $2 LIMIT 1",
        moment(sweep.began_at), moment(acting.now),
    )  # fmt: skip
    if sweep.day != today or again:
        sweep.day, sweep.began_at, sweep.last_id, sweep.ended_at = today, acting.now, 0, None
        await sweep.save()
    return sweep


async def look_at(acting: Acting, above: int, up_to: int) -> None:
    """Write down what customers with these ids have newly crossed, and what is no longer so."""
    today = acting.local_now.date()
    beyond = [
        one
        for rule in RULES
        for row in await rows(rule.sql, above, up_to, *rule.args(today))
        if (one := _beyond(rule, row, today)) is not None
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


def _beyond(rule: Rule, row: dict[str, Any], today: date) -> _Beyond | None:
    on = None if row.get("day") is None else day_of(row["day"])
    mark = str(row.get("mark") or "")
    if rule.days:
        line = None if on is None else days_line(on, today, rule.days)
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


async def look_after(acting: Acting, event: PromiseSettled | SecondOfficerAnswered) -> None:
    """A promise that is settled is overdue no longer; a visit that is answered waits no more."""
    heard = len(acting.events)
    await look_at(acting, event.customer_id - 1, event.customer_id)
    await bus.publish(acting, heard)


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
