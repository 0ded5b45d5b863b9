"""Answering the question of the day by a tap: there is nothing of the kind, or not now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.words import whole
from core import customers
from core.completeness import AnswerQuestion
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def answer(acting: Acting, perform: Perform, asked_id: str, how: str) -> Outcome:
    """Remember the answer; the question leaves the screen."""
    done = await perform(AnswerQuestion(whole(asked_id), how))
    customer = await customers.visible(acting, done["customer"])
    t, name = acting.texts, customers.short_name_of(customer, acting.locale)
    text = (
        t("👌 <b>{customer}</b>: noted, I won't ask for three months.", customer=name)
        if how == "none"
        else t("👌 <b>{customer}</b>: another time.", customer=name)
    )
    row = (Button.open(t("👤 Profile"), "profile", customer.id),)
    return Outcome(Screen(text, (row,)), toast=t("Noted"))
