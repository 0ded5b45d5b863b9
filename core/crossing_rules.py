"""RULES: the lines that facts of a customer cross, each with the statement that finds them."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from core.facts.vocabulary import CLASSIFICATIONS
from core.rules import crossings as lines
from core.rules.workdays import next_workday
from storage.statements import day, moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from core.rules.tuning import Numbers

#: a week begins by the bank's clock
_BANK = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of line, with the statement that finds what is beyond it now.

    The statement is asked for the customers above $1 up to $2, and gives `customer_id`, `subject`,
    and where they are known `day`, `amount_fen`, `before_fen` and `mark`.
    """

    kind: str
    sql: str
    #: $3 and on, of a day and the rule's numbers (core/rules/tuning.py)
    args: Callable[[date, Numbers], tuple[Any, ...]]
    #: told so many days before `day` as the numbers say, each once; else as long as it is true
    lined: bool = False
    #: `mark` tells apart what is told of the same subject
    marked: bool = False
    #: it says of no day when it began to be true
    undated: bool = False


def _until(first: int) -> Callable[[date, Numbers], tuple[Any, ...]]:
    """The days from so many before today to the farthest that is told of."""
    return lambda today, numbers: (
        day(today + timedelta(days=first)), day(today + timedelta(days=max(numbers["days"])))
    )  # fmt: skip


def _before(today: date, *days: int) -> tuple[Any, ...]:
    """The beginnings of the days that were so long before a day."""
    return tuple(
        moment(datetime.combine(today - timedelta(days=one), time(), UTC)) for one in days
    )


def _last_week(today: date, numbers: Numbers) -> tuple[Any, ...]:
    """Its Monday; its first moment, and the first one after it."""
    del numbers
    monday = today - timedelta(days=today.weekday() + 7)
    start = datetime.combine(monday, time(), _BANK)
    return day(monday), moment(start), moment(start + lines.WEEK)


def _yearly(today: date, numbers: Numbers) -> tuple[Any, ...]:
    """The days of the year that are told of, as two stretches, and what they become as days.

    From a few days ago until the last day off before the next working day, and as many as the
    bank wants ahead. 29 February is told of as the 28th in other years.
    """
    first = today - timedelta(days=lines.BELATED_DAYS)
    last = next_workday(today) - timedelta(days=1) + timedelta(days=numbers["ahead"][0])
    begin, end = f"{first:%m-%d}", f"{last:%m-%d}"
    leap = "02-29" if isleap(last.year) else "02-28"
    if end == leap:
        end = "02-29"
    stretches = (begin, end, "", "") if begin <= end else (begin, "12-31", "01-01", end)
    return (*stretches, str(first.year), str(last.year), leap)


def _yearly_founded(today: date, numbers: Numbers) -> tuple[Any, ...]:
    """The same, and the day that a firm must be older than."""
    first = today - timedelta(days=lines.BELATED_DAYS)
    return (*_yearly(today, numbers), first.isoformat())


def _of_the_year(sql: str) -> str:
    """The days of the year of a statement that are told of now, as days of this or the next."""
    return f"""
        SELECT customer_id, subject,
               CASE WHEN on_day >= $3 THEN CAST($7 AS TEXT) ELSE CAST($8 AS TEXT) END AS mark,
               CASE WHEN on_day >= $3 THEN CAST($7 AS TEXT) ELSE CAST($8 AS TEXT) END || '-'
                 || CASE WHEN on_day = '02-29' THEN CAST($9 AS TEXT) ELSE on_day END AS day
          FROM ({sql}) AS of_a_year
         WHERE (on_day BETWEEN $3 AND $4) OR (on_day BETWEEN $5 AND $6)
        """  # noqa: S608 - the statements below


RULES = (
    Rule(
        "overdue",
        """
        SELECT customer_id, 'credit_line:' || id AS subject, overdue_fen AS amount_fen
          FROM credit_line
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL AND overdue_fen >= $3
        """,
        lambda _, numbers: numbers["from"],
        undated=True,
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
        lambda *_: tuple(one for one in CLASSIFICATIONS if one != "normal"),
        undated=True,
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
        lambda today, numbers: (
            day(today), day(today - lines.FRESH), day(today - lines.WEEK),
            day(today - lines.STALE), *numbers["from"], *numbers["percent"],
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
        lambda today, numbers: (
            day(today - lines.WEEK), day(today), *numbers["from"], *numbers["unknown"]
        ),
        marked=True,
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
        _until(0),
        lined=True,
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
        _until(0),
        lined=True,
    ),
    Rule(
        "holding_matures",
        """
        SELECT customer_id, 'holding:' || id AS subject, matures AS day, amount_fen
          FROM holding
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL
           AND matures >= $3 AND matures <= $4
        """,
        _until(0),
        lined=True,
    ),
    Rule(
        "licence_ends",
        """
        SELECT id AS customer_id, 'customer:' || id AS subject, licence_expires AS day
          FROM customer
         WHERE id > $1 AND id <= $2 AND merged_into_id IS NULL
           AND licence_expires >= $3 AND licence_expires <= $4
        """,
        _until(-30),
        lined=True,
    ),
    Rule(
        "promise_due",
        """
        SELECT customer_id, 'promise:' || id AS subject, due AS day
          FROM promise
         WHERE customer_id > $1 AND customer_id <= $2 AND status = 'open' AND due < $3
        """,
        lambda today, numbers: (day(today - timedelta(days=numbers["late"][0] - 1)),),
    ),
    Rule(
        "unconfirmed",
        """
        SELECT a.customer_id, 'companion:' || m.id AS subject
          FROM companion m JOIN activity a ON a.id = m.activity_id
         WHERE m.status = 'waiting' AND m.duty = 'second' AND m.asked_at < $3
           AND a.customer_id > $1 AND a.customer_id <= $2 AND a.reversed_at IS NULL
        """,
        lambda today, numbers: _before(today, numbers["wait"][0] - 1),
    ),
    # Called off has its reason already, and what was moved out of the week is to come. A contact
    # since then counts as well, late as it is.
    Rule(
        "plan_missed",
        """
        SELECT i.customer_id, 'weekly_item:' || i.id AS subject, i.day AS day,
               i.plan_id || ':' || i.follow_up_id AS mark
          FROM weekly_item i
          JOIN weekly_plan p ON p.id = i.plan_id
          JOIN follow_up f ON f.id = i.follow_up_id
          JOIN customer c ON c.id = i.customer_id
         WHERE i.customer_id > $1 AND i.customer_id <= $2 AND NOT i.dropped AND i.miss = ''
           AND i.reason <> 'planned' AND p.monday = $3 AND p.state IN ('accepted', 'approved')
           AND c.owner_id = p.staff_id AND f.status = 'open' AND f.due_at < $5
           AND NOT EXISTS (
               SELECT 1 FROM activity a
                WHERE a.customer_id = i.customer_id AND a.occurred_at >= $4
                  AND a.reverses_id IS NULL AND a.reversed_at IS NULL)
        """,
        _last_week,
        marked=True,
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
        lambda today, numbers: _before(today, *(numbers[one][0] for one in "abcd")),
    ),
    Rule(
        "anniversary",
        _of_the_year("""
        SELECT id AS customer_id, 'customer:' || id AS subject,
               SUBSTR(CAST(founded AS TEXT), 6) AS on_day
          FROM customer
         WHERE id > $1 AND id <= $2 AND merged_into_id IS NULL AND owner_id IS NOT NULL
           AND status IN ('active', 'at_risk') AND CAST(founded AS TEXT) < $10
        """),
        _yearly_founded,
        marked=True,
    ),
    Rule(
        "birthday",
        _of_the_year("""
        SELECT k.customer_id, 'contact:' || k.id AS subject,
               SUBSTR(k.birthday, LENGTH(k.birthday) - 4) AS on_day
          FROM contact k JOIN customer c ON c.id = k.customer_id
         WHERE k.customer_id > $1 AND k.customer_id <= $2 AND k.ended_at IS NULL
           AND k.birthday <> '' AND c.merged_into_id IS NULL AND c.owner_id IS NOT NULL
           AND c.status IN ('active', 'at_risk')
        """),
        _yearly,
        marked=True,
    ),
    # Who is a contact, too, is told of as that.
    Rule(
        "birthday",
        _of_the_year("""
        SELECT c.id AS customer_id, 'customer:' || c.id AS subject,
               SUBSTR(c.legal_birthday, LENGTH(c.legal_birthday) - 4) AS on_day
          FROM customer c
         WHERE c.id > $1 AND c.id <= $2 AND c.legal_birthday <> '' AND c.merged_into_id IS NULL
           AND c.owner_id IS NOT NULL AND c.status IN ('active', 'at_risk')
           AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id
                              AND k.ended_at IS NULL AND k.name = c.legal_representative
                              AND k.birthday <> '')
        """),
        _yearly,
        marked=True,
    ),
    Rule(
        "paper_ends",
        """
        SELECT customer_id, 'document:' || id AS subject, expires AS day
          FROM document
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL
           AND expires >= $3 AND expires <= $4
        """,
        _until(-30),
        lined=True,
    ),
    Rule(
        "paper_ends",
        """
        SELECT customer_id, 'consent:' || id AS subject, valid_until AS day
          FROM consent
         WHERE customer_id > $1 AND customer_id <= $2 AND ended_at IS NULL AND given
           AND valid_until >= $3 AND valid_until <= $4
        """,
        _until(-30),
        lined=True,
    ),
)  # fmt: skip
