"""What a person sets for himself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from core.people import SetLanguage
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def set_language(acting: Acting, perform: Perform, locale: str) -> Outcome:
    """Speak this language from now on, also in the middle of a dialogue."""
    await perform(SetLanguage(locale))
    acting.person = replace(acting.person, locale=locale)
    t = acting.texts
    return Outcome(
        Screen(t("I speak English with you now."), ((Button.open(t("⌂ Home"), "home"),),)),
        toast=t("Language changed"),
        language_changed=True,
    )
