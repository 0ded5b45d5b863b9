"""The rules of the alerts as head office has them: on or off, now or later, and their numbers.

Before a rule is changed it can be tried (core/alert_trials.py). What it then finds at once is told
as one line to each (core/alert_first_pass.py). Every change is kept, with who made it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from core import audit
from core.errors import Invalid, NotAllowed, NotFound
from core.i18n import N_
from core.rules.alerts import ALERTS, DAILY
from core.rules.crossings import CROSSINGS
from core.rules.tuning import NUMBERS, finds_more, number_of, numbers_of
from storage.db import rows
from storage.models import AlertRule, AlertRuleChange
from storage.statements import moment, moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from core.acting import Acting
    from core.rules.alerts import AlertKind
    from core.rules.tuning import Number, Numbers

#: roles that set the bank's rules
RULERS = frozenset({"head_office", "administrator"})
TIMINGS = ("now", "digest")
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SetAlertRule:
    """Switch a rule on or off, say when it is told, change its numbers; the rest stays."""

    code: str
    on: bool | None = None
    timing: str | None = None
    #: a number's code → its values
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule as it is now, and what it would have done last week."""

    kind: AlertKind
    on: bool
    timing: str
    numbers: Numbers
    #: alerts that it makes or would have made in the last seven days
    last_week: int
    #: people that would have had more of this rule on a day than a day's limit
    flooded: int


async def set_alert_rule(acting: Acting, command: SetAlertRule) -> str:
    """Change it and return its code; what it finds from now on by it is told as one line first.

    Raises:
        NotAllowed: if the acting person does not set the bank's rules.
        Invalid: if there is no such rule, time or number, or a number is out of its bounds.
    """
    if acting.person.role not in RULERS:
        raise NotAllowed
    kind = ALERTS.get(command.code)
    if kind is None or command.timing not in {None, *TIMINGS}:
        raise Invalid
    for code, values in command.numbers.items():
        check_number(command.code, code, values)
    before = await AlertRule.get_or_none(code=kind.code)
    was = _state(kind, before)
    on = was["on"] if command.on is None else command.on
    timing = command.timing or was["timing"]
    numbers = _changed(kind.code, before, command.numbers)
    now = {"on": on, "timing": timing, **_listed(numbers_of(kind.code, numbers))}
    changes = {one: [was[one], now[one]] for one in was if was[one] != now[one]}
    if not changes:
        return kind.code
    after = {"on": on, "timing": timing, "numbers": numbers or None,
             "changed_at": acting.now, "changed_by_id": acting.person.id}  # fmt: skip
    more = finds_more(
        numbers_of(kind.code, before.numbers if before else None), numbers_of(kind.code, numbers)
    )
    if kind.code in CROSSINGS and on and (more or not was["on"]):
        after["quiet_at"] = acting.now
    elif not on:
        after["quiet_at"] = None
    await AlertRule.update_or_create(after, code=kind.code)
    await AlertRuleChange.create(
        code=kind.code, changed_at=acting.now, changed_by_id=acting.person.id, changes=changes
    )
    await audit.record(acting, "set", "alert_rule", None, code=kind.code, changes=changes)
    return kind.code


def check_number(rule: str, code: str, values: tuple[int, ...]) -> None:
    """See that a number of a rule may be this.

    Raises:
        Invalid: with the bounds in the sentence, or if there is no such number.
    """
    number = number_of(rule, code)
    if number is None:
        raise Invalid
    if not number.fits(values):
        raise Invalid(OUT_OF_BOUNDS[number.many > 1], **bounds_of(number))


OUT_OF_BOUNDS = {
    False: N_("Between {least} and {most}, please."),
    True: N_("At most {many} different numbers between {least} and {most}, please."),
}


def bounds_of(number: Number) -> dict[str, str]:
    """A number's bounds, as they stand in a sentence of either language."""
    return {
        "least": plain(number, number.least), "most": plain(number, number.most),
        "many": str(number.many),
    }  # fmt: skip


def plain(number: Number, value: int) -> str:
    """A value with its unit in signs: 30, 30%, ¥1,000."""
    if number.unit == "fen":
        return f"¥{value / 100:,.2f}".removesuffix(".00")
    return f"{value}%" if number.unit == "percent" else str(value)


def _changed(
    code: str, before: AlertRule | None, numbers: Mapping[str, tuple[int, ...]]
) -> dict[str, list[int]]:
    """What the bank has otherwise than it comes, after a change."""
    known = {**(before.numbers or {} if before else {}), **_listed(numbers)}
    usual = _listed(numbers_of(code))
    valid = _listed(numbers_of(code, known))
    return {one: valid[one] for one in valid if valid[one] != usual[one]}


def _listed(numbers: Mapping[str, tuple[int, ...]]) -> dict[str, list[int]]:
    return {one: list(values) for one, values in numbers.items()}


def _state(kind: AlertKind, rule: AlertRule | None) -> dict[str, Any]:
    numbers = _listed(numbers_of(kind.code, rule.numbers if rule else None))
    return {
        "on": True if rule is None else rule.on,
        "timing": kind.timing if rule is None else rule.timing, **numbers,
    }  # fmt: skip


async def all_numbers() -> dict[str, Numbers]:
    """The numbers of every rule, as the bank has them."""
    changed = {one.code: one.numbers for one in await AlertRule.all()}
    return {code: numbers_of(code, changed.get(code)) for code in NUMBERS}


async def numbers_of_rule(code: str) -> Numbers:
    """A rule's numbers, as the bank has them."""
    rule = await AlertRule.get_or_none(code=code)
    return numbers_of(code, rule.numbers if rule else None)


async def changes_of(acting: Acting, code: str, *, limit: int = 10) -> list[AlertRuleChange]:
    """The last changes of a rule, the newest first, with who made them.

    Raises:
        NotAllowed: if the acting person does not set the bank's rules.
        NotFound: if there is no such rule.
    """
    if acting.person.role not in RULERS:
        raise NotAllowed
    if code not in ALERTS:
        raise NotFound
    found = AlertRuleChange.filter(code=code).order_by("-id").limit(limit)
    return list(await found.select_related("changed_by"))


#: lines that were crossed, and what came by an event of its own
_TRIED = """
SELECT x.kind, c.owner_id, x.found_at FROM crossing x JOIN customer c ON c.id = x.customer_id
 WHERE x.found_at >= $1 AND c.owner_id IS NOT NULL
UNION ALL
SELECT a.rule, a.staff_id, a.made_at FROM alert a
 WHERE a.made_at >= $1 AND a.rule IN ('target_behind', 'case_near_limit', 'lead_untouched')
"""


async def alert_rules(acting: Acting) -> tuple[RuleView, ...]:
    """Every rule, tried on the last week.

    Raises:
        NotAllowed: if the acting person does not set the bank's rules.
    """
    if acting.person.role not in RULERS:
        raise NotAllowed
    changed = {one.code: one for one in await AlertRule.all()}
    made: Counter[str] = Counter()
    by_day: Counter[tuple[str, int, object]] = Counter()
    for row in await rows(_TRIED, moment(acting.now - _WEEK)):
        made[row["kind"]] += 1
        day = moment_of(row["found_at"]).astimezone(acting.zone).date()
        by_day[row["kind"], row["owner_id"], day] += 1
    flooded = {(code, owner) for (code, owner, _), count in by_day.items() if count > DAILY}
    people = Counter(code for code, _ in flooded)
    return tuple(
        RuleView(
            kind=kind,
            on=changed[code].on if code in changed else True,
            timing=changed[code].timing if code in changed else kind.timing,
            numbers=numbers_of(code, changed[code].numbers if code in changed else None),
            last_week=made[code],
            flooded=people[code],
        )
        for code, kind in ALERTS.items()
    )
