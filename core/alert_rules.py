"""The rules of the alerts, as head office has them: on or off, now or with the digest.

Before a rule is turned on it can be tried: how many alerts it would have made last week, and
for how many people more than a day's limit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core import audit
from core.errors import Invalid, NotAllowed
from core.rules.alerts import ALERTS, DAILY
from storage.db import rows
from storage.models import AlertRule
from storage.statements import moment, moment_of

if TYPE_CHECKING:
    from core.acting import Acting
    from core.rules.alerts import AlertKind

#: roles that set the bank's rules
RULERS = frozenset({"head_office", "administrator"})
TIMINGS = ("now", "digest")
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SetAlertRule:
    """Switch a rule on or off, or say when it is told."""

    code: str
    on: bool
    timing: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule as it is now, and what it would have done last week."""

    kind: AlertKind
    on: bool
    timing: str
    #: alerts that it makes or would have made in the last seven days
    last_week: int
    #: people that would have had more of this rule on a day than a day's limit
    flooded: int


async def set_alert_rule(acting: Acting, command: SetAlertRule) -> str:
    """Change it and return its code.

    Raises:
        NotAllowed: if the acting person does not set the bank's rules.
        Invalid: if there is no such rule or time.
    """
    if acting.person.role not in RULERS:
        raise NotAllowed
    if command.code not in ALERTS or command.timing not in TIMINGS:
        raise Invalid
    before = await AlertRule.get_or_none(code=command.code)
    was = before.on if before else True
    await AlertRule.update_or_create(
        {
            "on": command.on, "timing": command.timing, "changed_at": acting.now,
            "changed_by_id": acting.person.id,
        },
        code=command.code,
    )  # fmt: skip
    await audit.record(
        acting, "set", "alert_rule", None, code=command.code,
        on={"from": was, "to": command.on}, timing=command.timing,
    )  # fmt: skip
    return command.code


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
            last_week=made[code],
            flooded=people[code],
        )
        for code, kind in ALERTS.items()
    )
