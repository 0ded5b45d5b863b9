"""One tap asks somebody who gives no sign to look in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.no_sign import no_sign
from conversations.words import whole
from core.no_sign import NudgePerson

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def nudge_person(acting: Acting, perform: Perform, staff_id: str) -> Outcome:
    """Ask, once a day."""
    await perform(NudgePerson(whole(staff_id)))
    return Outcome(await no_sign(acting), toast=str(acting.texts("Nudged")))
