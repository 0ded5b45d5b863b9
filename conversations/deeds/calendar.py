"""The calendar's private address is made or ended, and a visit comes as a file, by one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.calendar import calendar
from conversations.words import whole
from core import customers
from core import follow_ups as read
from core.calendars import CloseFeed, OpenFeed
from core.screens import Button, Paper, Screen

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting

#: the address stays in the chat no longer than it takes to copy it
_SHOWN = 300


async def calendar_open(acting: Acting, perform: Perform) -> Outcome:
    """A new address, told once, to be copied by a tap."""
    address = await perform(OpenFeed())
    t = acting.texts
    screen = Screen(
        t("📅 Add this address to your calendar:\n<code>{address}</code>\n"
          "<i>It leaves the chat in five minutes.</i>", address=address),
        ((Button.copy(t("📋 Copy"), address),),) if len(address) <= 256 else (),
        gone_after=_SHOWN,
    )  # fmt: skip
    return Outcome(await calendar(acting), posts=(screen,))


async def calendar_close(acting: Acting, perform: Perform) -> Outcome:
    """The address works no longer."""
    await perform(CloseFeed())
    return Outcome(await calendar(acting), toast=str(acting.texts("Ended")))


async def visit_file(acting: Acting, perform: Perform, follow_up_id: str) -> Outcome:
    """A follow-up as a calendar file.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    del perform
    found = await read.visible(acting, whole(follow_up_id))
    name = customers.short_name_of(found.customer, acting.locale)
    caption = acting.texts("📅 <b>{name}</b>", name=name)
    return Outcome(posts=(Paper("visit", "ics", caption, found.id),))
