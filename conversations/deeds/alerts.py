"""What one tap does about an alert, or about the bank's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.deeds.outcome import Outcome
from conversations.pages.alert_rules import alert_rule
from conversations.pages.alerts import alert, telling
from conversations.words import whole
from core.alert_card import alert_line
from core.alert_greetings import Congratulate
from core.alert_nudges import NudgeAlert
from core.alert_rules import SetAlertRule
from core.alerts import PostponeAlert, SettleAlert
from core.alerts import alert as read
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def alert_done(acting: Acting, perform: Perform, alert_id: str, within: str = "") -> Outcome:
    """It was acted on; `within` a message of several, which goes on with the others."""
    await perform(SettleAlert(whole(alert_id)))
    return Outcome(await _after(acting, alert_id, within), toast=str(acting.texts("Done")))


async def alert_greeted(
    acting: Acting, perform: Perform, kind: str, alert_id: str, within: str = ""
) -> Outcome:
    """They were congratulated, by telephone or WeChat: on record, and done."""
    await perform(Congratulate(whole(alert_id), kind, str(acting.texts("Congratulated"))))
    return Outcome(await _after(acting, alert_id, within), toast=str(acting.texts("On record")))


async def alert_dismiss(
    acting: Acting, perform: Perform, alert_id: str, reason: str, within: str = ""
) -> Outcome:
    """It is not relevant, for a reason of the list."""
    await perform(SettleAlert(whole(alert_id), "dismissed", reason))
    return Outcome(await _after(acting, alert_id, within), toast=str(acting.texts("Noted")))


async def _after(acting: Acting, alert_id: str, within: str) -> Screen:
    return await (telling(acting, within) if within else alert(acting, alert_id))


async def alert_nudge(
    acting: Acting, perform: Perform, alert_id: str, within: str = ""
) -> Outcome:
    """Who is to act on it is asked to."""
    await perform(NudgeAlert(whole(alert_id)))
    return Outcome(await _after(acting, alert_id, within), toast=str(acting.texts("Nudged")))


async def alert_later(
    acting: Acting, perform: Perform, alert_id: str, within: str = ""
) -> Outcome:
    """It is told again on the next working morning."""
    await perform(PostponeAlert(whole(alert_id)))
    if within:
        return Outcome(await telling(acting, within), toast=str(acting.texts("Put off")))
    one, t = await read(acting, whole(alert_id)), acting.texts
    text = t("💤 Next working morning: {what}", what=alert_line(one, acting.person, acting.now))
    return Outcome(
        Screen(text, ((Button.open(t("Open"), "alert", one.id),),)), toast=str(t("Put off"))
    )


async def alert_switch(
    acting: Acting, perform: Perform, code: str, state: str, timing: str
) -> Outcome:
    """A rule is on or off, and told at once or with the digest."""
    await perform(SetAlertRule(code, state == "on", timing))
    return Outcome(await alert_rule(acting, code), toast=str(acting.texts("Saved")))
