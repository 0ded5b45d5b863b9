"""A customer agrees no longer, by one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.fact import fact
from conversations.words import whole
from core.consent_recording import WithdrawConsent

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def withdraw_consent(acting: Acting, perform: Perform, consent_id: str) -> Outcome:
    """It is withdrawn from today on; who and when is on the page."""
    await perform(WithdrawConsent(whole(consent_id)))
    return Outcome(await fact(acting, "consents", consent_id), toast=str(acting.texts("Noted")))
