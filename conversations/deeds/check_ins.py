"""At a customer's door, and away from it, by one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.here import degrees, door
from conversations.words import whole
from core.check_ins import CheckInHere, CheckOut

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def check_in(
    acting: Acting, perform: Perform, customer_id: str, latitude: str, longitude: str
) -> Outcome:
    """I am at this customer's door, at the place that I shared."""
    command = CheckInHere(whole(customer_id), degrees(latitude), degrees(longitude))
    made = await perform(command)
    return Outcome(await door(acting, str(made)), toast=str(acting.texts("Checked in")))


async def check_out(acting: Acting, perform: Perform, check_in_id: str) -> Outcome:
    """I am leaving: how long it took, and what came of it."""
    made = await perform(CheckOut(whole(check_in_id)))
    return Outcome(await door(acting, str(made)))
