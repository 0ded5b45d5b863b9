"""Two customers that were merged are parted again by one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.words import whole
from core import customers
from core.merging import UndoMerge
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def part(acting: Acting, perform: Perform, merge_id: str) -> Outcome:
    """Every row that went over goes back."""
    both = await perform(UndoMerge(whole(merge_id)))
    t = acting.texts
    kept = await customers.visible(acting, both["kept"])
    other = await customers.visible(acting, both["merged"])
    buttons = tuple(
        Button.open(f"👤 {customers.short_name_of(one, acting.locale)}"[:40], "profile", one.id)
        for one in (kept, other)
    )
    return Outcome(
        Screen(t("↩️ They are two customers again, each with its own history."), (buttons,),
               protected=True),
        toast=t("Parted"),
    )  # fmt: skip
