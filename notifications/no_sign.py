"""Who gives no sign hears that the leader waits, with the way to what is due and to act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import bus
from core.alert_events import PersonNudged
from core.i18n import texts
from core.people import person_by_id, staff_name
from core.screens import Button, Screen
from notifications.outbox import alert
from storage.models import Staff

if TYPE_CHECKING:
    from core.acting import Acting


async def tell_nudged(acting: Acting, event: PersonNudged) -> None:
    """The person reads who asks."""
    person, by = await person_by_id(event.staff_id), await Staff.get(id=event.by)
    if person is None:
        return
    t = texts(person.locale)
    text = t("👉 {leader} asks you to look at what waits for you.",
             leader=staff_name(by, person.locale))  # fmt: skip
    row = (
        Button.open(t("⏰ What's next"), "agenda", "open", 0),
        Button.open(t("🔔 Alerts"), "alerts", 0),
    )
    cause = f"person_nudge:{person.id}:{acting.local_now.date()}"
    await alert(acting, person, Screen(text, (row,)), cause=cause)


def subscribe() -> None:
    """Have the rule hear its event."""
    bus.subscribe(PersonNudged, tell_nudged)
