"""Done, later, nudge: the buttons under a follow-up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.deeds.outcome import Outcome
from conversations.pages.follow_up import follow_up
from conversations.wording import kind, lines, moment
from conversations.words import whole
from core import customers
from core import follow_ups as read
from core.cancellations import ReopenFollowUp
from core.errors import Invalid
from core.follow_ups import MORNING, NudgeFollowUp, PostponeFollowUp, SetLength, SettleFollowUp
from core.people import staff_name
from core.screens import Button, Screen

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting
    from storage.models import FollowUp


async def done(acting: Acting, perform: Perform, follow_up_id: str) -> Outcome:
    """It is done; the card says so and offers what usually comes next."""
    await perform(SettleFollowUp(whole(follow_up_id)))
    found = await read.visible(acting, whole(follow_up_id))
    t = acting.texts
    return Outcome(
        Screen(
            lines(t("✅ Done: {what}", what=_headline(acting, found))),
            (
                (
                    Button.start(t("⏰ Plan the next"), "plan", found.customer_id),
                    Button.open(t("👤 Profile"), "profile", found.customer_id),
                ),
            ),
        ),
        toast=t("Done"),
    )


async def later(acting: Acting, perform: Perform, follow_up_id: str, when: str) -> Outcome:
    """In an hour, or tomorrow at nine.

    Raises:
        Invalid: for any other word.
    """
    if when == "hour":
        due_at = acting.now + timedelta(hours=1)
    elif when == "tomorrow":
        day = acting.local_now.date() + timedelta(days=1)
        due_at = datetime.combine(day, MORNING, acting.zone)
    else:
        raise Invalid
    await perform(PostponeFollowUp(whole(follow_up_id), due_at))
    found = await read.visible(acting, whole(follow_up_id))
    t = acting.texts
    return Outcome(
        Screen(
            t(
                "⏰ Put off to {moment}: {what}",
                moment=moment(acting, found.due_at),
                what=_headline(acting, found),
            ),
            ((Button.open(t("Open"), "follow_up", found.id),),),
        ),
        toast=t("Put off"),
    )


async def lasts(acting: Acting, perform: Perform, follow_up_id: str, minutes: str) -> Outcome:
    """It takes so many minutes."""
    await perform(SetLength(whole(follow_up_id), whole(minutes)))
    return Outcome(await follow_up(acting, follow_up_id), toast=str(acting.texts("Saved")))


async def nudge(acting: Acting, perform: Perform, follow_up_id: str) -> Outcome:
    """The owner is asked to get on with it."""
    await perform(NudgeFollowUp(whole(follow_up_id)))
    found = await read.visible(acting, whole(follow_up_id))
    t = acting.texts
    owner = staff_name(found.owner, acting.locale)
    return Outcome(
        Screen(
            lines(
                t("👉 {owner} was nudged.", owner=owner),
                _headline(acting, found),
            ),
            ((Button.open(t("Open"), "follow_up", found.id),),),
        ),
        toast=t("Nudged"),
    )


async def reopen(acting: Acting, perform: Perform, follow_up_id: str) -> Outcome:
    """It takes place after all: it was called off by mistake a moment ago."""
    await perform(ReopenFollowUp(whole(follow_up_id)))
    return Outcome(await follow_up(acting, follow_up_id), toast=str(acting.texts("Undone")))


def _headline(acting: Acting, found: FollowUp) -> Markup:
    name = customers.short_name_of(found.customer, acting.locale)
    return Markup("{} <b>{}</b>").format(kind(acting, found.kind), name)
