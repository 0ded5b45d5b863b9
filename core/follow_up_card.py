"""The buttons under a follow-up, wherever it is shown: on its page and in its reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.rules.access import OWN
from core.screens import Button, Row

if TYPE_CHECKING:
    from core.i18n import Texts
    from storage.models import FollowUp


def follow_up_buttons(t: Texts, follow_up_id: int, customer_id: int) -> tuple[Row, ...]:
    """Done, log it, later (in an hour, tomorrow, choose), open the profile, call it off."""
    return (
        (
            Button.run(t("✅ Done"), "done", follow_up_id),
            Button.start(t("📝 Log the visit"), "log_visit", customer_id, follow_up_id),
        ),
        (
            Button.run(t("In an hour"), "later", follow_up_id, "hour"),
            Button.run(t("Tomorrow 9:00"), "later", follow_up_id, "tomorrow"),
            Button.start(t("Choose…"), "postpone", follow_up_id),
        ),
        (
            Button.open(t("👤 Profile"), "profile", customer_id),
            Button.start(t("✕ Call off"), "call_off", follow_up_id),
        ),
    )


def nearby_button(t: Texts, role: str, planned: FollowUp) -> Row:
    """Who else is near, for those who keep customers; its customer is fetched."""
    firm = planned.customer
    if role not in OWN or firm.latitude is None or firm.longitude is None:
        return ()
    return (Button.open(t("🧭 Nearby"), "nearby", "plan", planned.id),)


def leader_buttons(t: Texts, follow_up_id: int, customer_id: int) -> tuple[Row, ...]:
    """What a leader can do about somebody's overdue follow-up."""
    return (
        (
            Button.run(t("👉 Nudge"), "nudge", follow_up_id),
            Button.start(t("🔁 Give to…"), "reassign", customer_id),
        ),
        (Button.open(t("Open"), "follow_up", follow_up_id),),
    )
