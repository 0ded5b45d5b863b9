"""Decline what a leader planned: one tap says why, and the leader hears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.words import whole
from core import leader_plans
from core.i18n import N_, Text
from core.leader_plans import DeclinePlan
from core.screens import Button, Screen
from core.vocabulary import CANCEL_REASONS

if TYPE_CHECKING:
    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, leader_plan_id: str) -> Start:
    """From what asks for it.

    Raises:
        Refused: if it is not this person's to answer, or answered.
    """
    found = await leader_plans.asked(acting, whole(leader_plan_id))
    return Start({"plan": found.id})


@flow("decline_plan", version=1)
async def decline_plan(talk: Talk) -> None:
    """Ask why, and decline it."""
    reason = await talk.ask(asking.reason(CANCEL_REASONS, Text(N_("Why can't you?"))))
    note = await talk.ask(asking.reason_note(required=reason == "other"))
    await talk.do("save", DeclinePlan(int(talk.args["plan"]), reason, note))
    await talk.say(_declined)


def _declined(ctx: Acting) -> Screen:
    t = ctx.texts
    text = t("✋ Declined. Your leader knows.")
    return Screen(text, ((Button.open(t("⌂ Home"), "home"),),))
