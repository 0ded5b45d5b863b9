"""The private address of one's calendar: whether there is one, and how to get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.wording import lines
from core.calendars import has_feed
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting


async def calendar(acting: Acting) -> Screen:
    """Make a new address, or end the one there is."""
    t = acting.texts
    there_is = await has_feed(acting)
    make = Button.run(t("📅 New address"), "calendar_open")
    end = (Button.run(t("✕ Close it"), "calendar_close"),) if there_is else ()
    return Screen(
        lines(
            t("📅 <b>Calendar</b>"),
            t("Your follow-ups in the phone's own calendar, by a private address."),
            t("Whoever has the address can read it. A new one ends the one before."),
            t("✅ There is an address that works.") if there_is else None,
        ),
        ((make, *end), (Button.open(t("⌂ Home"), "home"),)),
    )
