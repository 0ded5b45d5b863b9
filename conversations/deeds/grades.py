"""What the scorecard says is taken over by one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.grade import grade
from conversations.words import whole
from core.grading import DecideGrade

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def take_grade(acting: Acting, perform: Perform, customer_id: str, proposed: str) -> Outcome:
    """The customer has the grade that the button showed, if the scorecard still says so."""
    await perform(DecideGrade(whole(customer_id), proposed))
    toast = acting.texts("Grade {grade}", grade=proposed)
    return Outcome(await grade(acting, customer_id), toast=str(toast))
