"""Taking the last record back, by a tap or by typing 撤销 / undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.wording import what
from conversations.words import whole
from core import customers
from core import profile as read
from core.activities import UndoActivity
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting

WORDS = frozenset({"撤销", "撤回", "撤消", "undo", "take back", "/undo"})


async def undo(acting: Acting, perform: Perform, activity_id: str = "") -> Outcome:
    """Take a record back (the last one when none is named) by a compensating entry."""
    result = await perform(UndoActivity(whole(activity_id) if activity_id else None))
    view, customer = await read.activity(acting, result["activity"])
    t = acting.texts
    return Outcome(
        Screen(
            t(
                "↩️ Taken back: {what}, <b>{customer}</b>. It stays in the history as taken back.",
                what=what(acting, view),
                customer=customers.short_name_of(customer, acting.locale),
            ),
            (
                (
                    Button.start(t("📝 Log it anew"), "log_visit", customer.id),
                    Button.open(t("👤 Profile"), "profile", customer.id),
                ),
            ),
        ),
        toast=t("Taken back"),
    )
