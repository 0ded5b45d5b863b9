"""Who stands in for whom, and the way to end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.wording import lines, stand_in_line
from conversations.words import whole
from core import stand_ins
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting


async def stand_in(acting: Acting, stand_in_id: str) -> Screen:
    """One of them, to those who have to do with it."""
    t = acting.texts
    found = await stand_ins.stand_in(acting, whole(stand_in_id))
    home = Button.open(t("⌂ Home"), "home")
    if found.over:
        return Screen(lines(stand_in_line(acting, found), t("That is over already.")), ((home,),))
    return Screen(
        stand_in_line(acting, found),
        ((Button.run(t("✕ End it"), "end_stand_in", found.id), home),),
    )
