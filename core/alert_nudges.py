"""A leader asks the person in charge to act on an alert: one tap, counted, once a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import audit
from core.alert_events import AlertNudged
from core.alerts import actable
from core.errors import AlreadyNudged, NotAllowed
from core.rules.access import LEADERS, leads_anybody
from storage.models import Alert

if TYPE_CHECKING:
    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class NudgeAlert:
    """Ask about it."""

    alert_id: int


def may_nudge(acting: Acting, alert: Alert) -> bool:
    """Whether the acting person leads who is to act on an alert that they see."""
    person = acting.person
    leads = person.role in LEADERS or any(one.role in LEADERS for one in person.stands_for)
    return leads and leads_anybody(person) and alert.staff_id not in person.keeps


async def nudge_alert(acting: Acting, command: NudgeAlert) -> int:
    """Ask, and return the alert's id.

    Raises:
        NotFound, AlreadySettled: as `settle_alert`.
        NotAllowed: if it is the acting person's own, or of nobody that they lead.
        AlreadyNudged: if the person was asked about it today.
    """
    found = await actable(acting, command.alert_id)
    if not may_nudge(acting, found):
        raise NotAllowed
    today = acting.local_now.date()
    if found.nudged_at is not None and found.nudged_at.astimezone(acting.zone).date() == today:
        raise AlreadyNudged
    await Alert.filter(id=found.id).update(nudges=found.nudges + 1, nudged_at=acting.now)
    await audit.record(
        acting, "nudge", "alert", found.id, customer=found.customer_id, staff=found.staff_id
    )
    acting.emit(AlertNudged(found.id, acting.person.id))
    return int(found.id)
