"""Come along with a colleague's visit, or not, by one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.invitation import invitation
from conversations.words import whole
from core.joint_visits import AnswerInvitation
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def come_along(acting: Acting, perform: Perform, companion_id: str) -> Outcome:
    """I come along."""
    await perform(AnswerInvitation(whole(companion_id), accepts=True))
    return Outcome(await invitation(acting, companion_id), toast=str(acting.texts("Noted")))


async def not_come_along(acting: Acting, perform: Perform, companion_id: str) -> Outcome:
    """I can't."""
    await perform(AnswerInvitation(whole(companion_id), accepts=False))
    t = acting.texts
    home = (Button.open(t("⌂ Home"), "home"),)
    return Outcome(Screen(t("✕ You do not go along."), (home,)), toast=str(t("Noted")))
