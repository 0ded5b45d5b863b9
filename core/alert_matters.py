"""Alerts on targets, cases and leads, raised by their own events.

Each is about one of them, and told once for each mark. What ends it says so with `MatterEnded`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import bus
from core.alert_events import CaseNearLimit, LeadUntouched, MatterEnded, TargetBehind
from core.alert_raising import settle, write_down
from core.rules.alerts import ALERTS
from storage.models import Alert, AlertRule, Staff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.acting import Acting

#: what each of them is told by
RULES = {"target": "target_behind", "case": "case_near_limit", "lead": "lead_untouched"}


async def raise_target(acting: Acting, event: TargetBehind) -> None:
    """Whose target it is, is told how far behind."""
    about = {
        "en": event.name_en, "zh": event.name_zh, "reached": event.reached,
        "expected": event.expected, "day": event.ends.isoformat(),
    }  # fmt: skip
    await _raise(acting, "target", event.target_id, event.mark, event.staff_id, about)


async def raise_case(acting: Acting, event: CaseNearLimit) -> None:
    """Who works on the case is told by when it is to be settled."""
    about = {"en": event.name_en, "zh": event.name_zh, "day": event.limit.isoformat()}
    await _raise(
        acting, "case", event.case_id, event.mark, event.staff_id, about, event.customer_id
    )


async def raise_lead(acting: Acting, event: LeadUntouched) -> None:
    """Who was given the lead is told since when it waits."""
    about = {"en": event.name_en, "zh": event.name_zh, "day": event.since.isoformat()}
    await _raise(acting, "lead", event.lead_id, event.mark, event.staff_id, about)


async def _raise(
    acting: Acting, what: str, ref: int, mark: str, staff_id: int, about: Mapping[str, object],
    customer_id: int | None = None,
) -> None:  # fmt: skip
    kind = ALERTS[RULES[what]]
    rule = await AlertRule.get_or_none(code=kind.code)
    staff = await Staff.get_or_none(id=staff_id, active=True)
    if staff is None or (rule is not None and not rule.on):
        return
    await write_down(
        acting, kind, rule, staff, f"{what}:{ref}:{mark}", customer_id=customer_id, about=about
    )


async def settle_matter(acting: Acting, event: MatterEnded) -> None:
    """Whatever was told of it is nothing to act on any more."""
    found = await Alert.filter(
        rule=RULES[event.kind], key__startswith=f"{event.kind}:{event.ref}:", settled_at=None
    )
    await settle(acting, found, "gone")


def subscribe() -> None:
    """Have alerts raised and settled by what happens to targets, cases and leads."""
    bus.subscribe(TargetBehind, raise_target)
    bus.subscribe(CaseNearLimit, raise_case)
    bus.subscribe(LeadUntouched, raise_lead)
    bus.subscribe(MatterEnded, settle_matter)
