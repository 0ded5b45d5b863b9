"""A birthday or a firm's day: one tap says that they were congratulated, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.activities import LogActivity, log_activity
from core.alerts import SettleAlert, actable, settle_alert
from core.errors import Invalid
from core.rules.consents import GREETINGS

if TYPE_CHECKING:
    from core.acting import Acting

#: how somebody is congratulated
KINDS = ("call", "wechat")


@dataclass(frozen=True, slots=True)
class Congratulate:
    """They were congratulated: a contact is on record, and the alert is done."""

    alert_id: int
    kind: str
    note: str


async def congratulate(acting: Acting, command: Congratulate) -> int:
    """Record the contact, settle the alert and return its id.

    Raises:
        NotFound, NotAllowed, AlreadySettled: as `settle_alert`.
        Invalid: if the alert is no such day, or it can't be done so.
    """
    found = await actable(acting, command.alert_id)
    if found.rule not in GREETINGS or command.kind not in KINDS or found.customer_id is None:
        raise Invalid
    who = (found.about or {}).get("who", "")
    note = f"{command.note}: {who}" if who else command.note
    await log_activity(
        acting,
        LogActivity(found.customer_id, command.kind, acting.now, outcome="done", note=note),
    )
    await settle_alert(acting, SettleAlert(found.id))
    return int(found.id)
