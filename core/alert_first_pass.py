"""A rule that was switched on or tuned: what it finds at once is one line for each person.

From the change on the rule is quiet: it finds and keeps, but raises nothing. When a whole pass
over all customers has begun after the change and ended, each person is told how many of theirs
there are, with the way to the list; then the rule speaks again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.crossings import SWEEP
from core.rules.access import visible_customers
from core.rules.alerts import ALERTS, SLIGHT, told_from
from core.rules.consents import GREETINGS, OFFERS
from core.rules.wishes import digest_time
from storage.db import rows
from storage.models import Alert, AlertRule, Crossing, Staff, Sweep

if TYPE_CHECKING:
    from core.acting import Acting

#: people in one transaction
BATCH = 200
_OF_THEM = """
SELECT c.owner_id, COUNT(*) AS n
  FROM crossing x
  JOIN customer c ON c.id = x.customer_id
  JOIN staff s ON s.id = c.owner_id
 WHERE x.kind = $1 AND x.ended_at IS NULL AND c.merged_into_id IS NULL AND s.active
   AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.crossing_id = x.id)
   AND NOT EXISTS (SELECT 1 FROM alert a
                    WHERE a.key = CAST($2 AS TEXT) || CAST(c.owner_id AS TEXT))
   {}
 GROUP BY c.owner_id ORDER BY c.owner_id LIMIT $3
"""
#: who is left out of greetings and offers
_DECLINED = """
   AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.customer_id = c.id AND n.kind = 'marketing'
                      AND NOT n.given AND n.ended_at IS NULL)
"""


async def tell_what_holds(acting: Acting) -> int:
    """Raise one line for each of the next people; returns BATCH while there is more to do."""
    sweep = await Sweep.get_or_none(name=SWEEP, ended_at__isnull=False)
    if sweep is None:
        return 0
    rule = await AlertRule.filter(quiet_at__lt=sweep.began_at).order_by("code").first()
    if rule is None or rule.quiet_at is None:
        return 0
    key = f"first:{rule.code}:{int(rule.quiet_at.timestamp())}:"
    only = _DECLINED if rule.code in GREETINGS | OFFERS else ""
    found = await rows(_OF_THEM.format(only), rule.code, key, BATCH)
    people = {one.id: one for one in await Staff.filter(
        id__in=[int(row["owner_id"]) for row in found] or [0]
    )}  # fmt: skip
    for row in found:
        await _raise(acting, rule, people[int(row["owner_id"])], key, int(row["n"]))
    if not found:
        await AlertRule.filter(code=rule.code).update(quiet_at=None)
    return BATCH


async def _raise(acting: Acting, rule: AlertRule, staff: Staff, key: str, count: int) -> None:
    local = acting.now.astimezone(ZoneInfo(staff.zone))
    await Alert.create(
        rule=rule.code, key=f"{key}{staff.id}", staff_id=staff.id, importance=SLIGHT,
        made_at=acting.now, not_before=told_from(local, "digest", digest_time(staff.digest_at)),
        about={"first": count},
    )  # fmt: skip


async def standing(
    acting: Acting, code: str, *, limit: int, offset: int = 0
) -> tuple[list[Crossing], int]:
    """What is beyond a rule's line now, at customers that the acting person may see."""
    if code not in ALERTS:
        return [], 0
    found = Crossing.filter(
        visible_customers(acting.person).through("customer__"), kind=code, ended_at=None,
        customer__merged_into_id=None,
    )  # fmt: skip
    page = found.order_by("day", "id").offset(offset).limit(limit).select_related("customer")
    return list(await page), await found.count()
