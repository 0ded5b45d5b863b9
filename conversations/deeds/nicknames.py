"""A word for a customer is taken away by one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.nicknames import nicknames
from conversations.words import whole
from core.nicknames import ForgetNickname

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def forget_name(acting: Acting, perform: Perform, nickname_id: str) -> Outcome:
    """It means nothing any more; what is left is shown."""
    await perform(ForgetNickname(whole(nickname_id)))
    return Outcome(await nicknames(acting), toast=str(acting.texts("Forgotten")))
