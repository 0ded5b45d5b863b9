"""The second officer confirms a visit by one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.confirmations import confirmation
from conversations.words import whole
from core.second_officers import ConfirmVisit

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def confirm_visit(
    acting: Acting, perform: Perform, companion_id: str, version: str
) -> Outcome:
    """I was there, and it was as I read it here."""
    await perform(ConfirmVisit(whole(companion_id), whole(version)))
    return Outcome(await confirmation(acting, companion_id), toast=str(acting.texts("Confirmed")))
