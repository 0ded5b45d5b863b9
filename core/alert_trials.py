"""A rule with other numbers, tried on the last seven days before it is changed.

The facts are those of today, looked at as on each of the days: what was settled, paid or merged
since then counts as that. A fact without a day (an overdue amount) counts by when it was found.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from core.alert_rules import RULERS, check_number, numbers_of_rule
from core.crossing_rules import RULES
from core.errors import Invalid, NotAllowed
from core.rules.alerts import ALERTS, DAILY
from storage.db import rows
from storage.statements import day, moment, moment_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.acting import Acting
    from core.crossing_rules import Rule
    from core.rules.tuning import Numbers

_DAYS = 7
#: every customer of the bank
_ALL = (0, 1 << 62)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would have done."""

    #: alerts in the last seven days
    alerts: int
    #: people with more of them on a day than a day's limit
    flooded: int
    #: what is beyond the line today: told as one line to each person, if the rule is changed
    standing: int


@dataclass(frozen=True, slots=True)
class _New:
    """Something that would have been told of on a day."""

    on: date
    owner_id: int
    customer_id: int | None


async def try_rule(
    acting: Acting, code: str, numbers: Mapping[str, tuple[int, ...]] | None = None
) -> Trial:
    """What a rule would have done last week with some of its numbers changed.

    Raises:
        NotAllowed: if the acting person does not set the bank's rules.
        Invalid: if there is no such rule or number, or a number is out of its bounds.
    """
    if acting.person.role not in RULERS:
        raise NotAllowed
    if code not in ALERTS:
        raise Invalid
    for number, values in (numbers or {}).items():
        check_number(code, number, values)
    wanted: Numbers = {**await numbers_of_rule(code), **(numbers or {})}
    today = acting.local_now.date()
    found: list[_New] = []
    standing = 0
    rules = [rule for rule in RULES if rule.kind == code]
    for rule in rules:
        standing += await _standing(rule, today, wanted)
        if rule.undated:
            found += await _found(acting, rule, wanted)
            continue
        for back in reversed(range(_DAYS)):
            found += await _new(rule, today - timedelta(days=back), wanted)
    if not rules:
        found = await _raised(acting, code)
    told = list(_rested(found, *wanted["rest"]))
    by_day = Counter((one.on, one.owner_id) for one in told)
    flooded = {owner for (_, owner), count in by_day.items() if count > DAILY}
    return Trial(len(told), len(flooded), standing)


async def _standing(rule: Rule, today: date, numbers: Numbers) -> int:
    [counted] = await rows(
        f"SELECT COUNT(*) AS n FROM ({rule.sql}) AS x {_OWNED}",  # noqa: S608 - the rules' own statements
        *_ALL, *rule.args(today, numbers),
    )  # fmt: skip
    return int(counted["n"])


#: the customers that somebody has in charge
_OWNED = (
    " JOIN customer c ON c.id = x.customer_id AND c.owner_id IS NOT NULL"
    " AND c.merged_into_id IS NULL"
)


async def _new(rule: Rule, on: date, numbers: Numbers) -> list[_New]:
    """What is beyond the line on a day, and was not on the day before."""
    args = (*_ALL, *rule.args(on, numbers))
    if rule.lined:
        lines = [day(on + timedelta(days=one)) for one in numbers["days"]]
        marks = ", ".join(f"${len(args) + n}" for n in range(1, len(lines) + 1))
        sql = f"SELECT x.customer_id, c.owner_id FROM ({rule.sql}) AS x {_OWNED} WHERE x.day IN ({marks})"  # noqa: S608, E501 - as above
        return _as_new(on, await rows(sql, *args, *lines))
    known = "customer_id, subject, mark" if rule.marked else "customer_id, subject"
    # The same statement again, with its own values after those of the day.
    before = re.sub(r"\$(\d+)", lambda mark: f"${int(mark[1]) + len(args)}", rule.sql)
    sql = (
        f"SELECT x.customer_id, c.owner_id FROM (SELECT {known} FROM ({rule.sql}) AS a"  # noqa: S608 - as above
        f" EXCEPT SELECT {known} FROM ({before}) AS b) AS x {_OWNED}"
    )
    eve = rule.args(on - timedelta(days=1), numbers)
    return _as_new(on, await rows(sql, *args, *_ALL, *eve))


def _as_new(on: date, found: Iterable[dict[str, Any]]) -> list[_New]:
    return [_New(on, int(row["owner_id"]), int(row["customer_id"])) for row in found]


async def _found(acting: Acting, rule: Rule, numbers: Numbers) -> list[_New]:
    """What was found last week of a fact that has no day, from an amount on."""
    least = numbers["from"][0] if "from" in numbers else 0
    found = await rows(
        f"SELECT x.customer_id, c.owner_id, x.found_at FROM crossing x {_OWNED}"  # noqa: S608 - as above
        " WHERE x.kind = $1 AND x.found_at >= $2 AND COALESCE(x.amount_fen, 0) >= $3"
        " ORDER BY x.found_at, x.id",
        rule.kind, moment(_since(acting)), least,
    )  # fmt: skip
    return [
        _New(_day(acting, row["found_at"]), int(row["owner_id"]), int(row["customer_id"]))
        for row in found
    ]


async def _raised(acting: Acting, code: str) -> list[_New]:
    """What was raised last week by an event of its own."""
    found = await rows(
        "SELECT staff_id, customer_id, made_at FROM alert WHERE rule = $1 AND made_at >= $2"
        " ORDER BY made_at, id",
        code, moment(_since(acting)),
    )  # fmt: skip
    return [
        _New(_day(acting, row["made_at"]), int(row["staff_id"]), row["customer_id"])
        for row in found
    ]


def _since(acting: Acting) -> datetime:
    first = acting.local_now.date() - timedelta(days=_DAYS - 1)
    return datetime.combine(first, time(), acting.zone)


def _day(acting: Acting, at: datetime | str) -> date:
    return moment_of(at).astimezone(acting.zone).date()


def _rested(found: Iterable[_New], rest: int) -> Iterable[_New]:
    """Those that are told of where the same customer is left alone for so many days."""
    last: dict[int, date] = {}
    for one in sorted(found, key=lambda new: new.on):
        if rest and one.customer_id is not None:
            before = last.get(one.customer_id)
            if before is not None and (one.on - before).days < rest:
                continue
            last[one.customer_id] = one.on
        yield one
