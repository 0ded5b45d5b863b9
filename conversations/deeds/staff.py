"""A colleague is back; a stand-in is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.staff_member import member_screen
from conversations.words import whole
from core import stand_ins
from core.screens import Button, Screen
from core.staff import ActivateStaff
from core.staff_member import member
from core.stand_ins import EndStandIn

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def activate_staff(acting: Acting, perform: Perform, staff_id: str) -> Outcome:
    """The colleague can be invited again; the page shows it."""
    await perform(ActivateStaff(whole(staff_id)))
    page = member_screen(acting, await member(acting, whole(staff_id)))
    return Outcome(page, toast=acting.texts("Done"))


async def end_stand_in(acting: Acting, perform: Perform, stand_in_id: str) -> Outcome:
    """It is over from now on."""
    found = await stand_ins.stand_in(acting, whole(stand_in_id))
    await perform(EndStandIn(whole(stand_in_id)))
    t = acting.texts
    text = t(
        "🤝 {substitute} no longer stands in for {absent}.",
        substitute=found.substitute,
        absent=found.absent,
    )
    return Outcome(Screen(text, ((Button.open(t("⌂ Home"), "home"),),)), toast=t("Done"))
