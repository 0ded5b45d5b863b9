"""Somebody is away: who stands in → from → until → review, then arranged."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.pick import Pick
from conversations.questions.review import Line, Review
from conversations.questions.staff import StaffName, StaffSource
from conversations.questions.when import When
from conversations.words import whole
from core import formats, stand_ins
from core.i18n import N_, Text
from core.screens import Button, Screen
from core.stand_ins import AddStandIn, Substitutes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting

FIRST_DAYS, LAST_DAYS = ("+0", "+1", "mon"), ("+0", "+1", "fri", "+7", "+14")


async def start(acting: Acting, staff_id: str = "") -> Start:
    """From a button: for oneself, or for a colleague.

    Raises:
        Refused: if it is not the acting person's to say, or nobody stands in for that role.
    """
    absent = await stand_ins.to_be_absent(
        acting, whole(staff_id) if staff_id else acting.person.id
    )
    return Start({"absent": absent.id, "zone": acting.person.zone})


@flow("leave", version=1)
async def leave(talk: Talk) -> None:
    """Ask who and how long, show the card, arrange it."""
    absent, zone = int(talk.args["absent"]), ZoneInfo(talk.args["zone"])
    name = await talk.read("absent", StaffName(absent))
    substitute = await talk.ask(
        Pick("substitute", Text(N_("Who stands in?")), StaffSource(Substitutes(absent)))
    )
    other = await talk.read("other", StaffName(substitute))
    first = await talk.ask(When("from", Text(N_("From which day?")), suggestions=FIRST_DAYS))
    last = await talk.ask(
        When("until", Text(N_("Until which day, that day included?")), suggestions=LAST_DAYS)
    )
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                Line("absent", Text(N_("Away")), asking.shown_name(name), changeable=False),
                Line("substitute", Text(N_("Stands in")), asking.shown_name(other)),
                Line("from", Text(N_("From")), asking.shown_moment(first)),
                Line("until", Text(N_("Until")), asking.shown_moment(last)),
            ),
        )
    )
    from_at = _midnight(first.at, zone) if first.all_day else first.at
    until_at = _midnight(last.at, zone, days=1) if last.all_day else last.at
    made = await talk.do("save", AddStandIn(absent, substitute, from_at, until_at))
    await talk.say(lambda ctx: _arranged(ctx, made, name, other, (from_at, until_at)))


def _midnight(at: datetime, zone: ZoneInfo, *, days: int = 0) -> datetime:
    """The midnight that a day begins with, or one so many days later."""
    return datetime.combine(at.astimezone(zone).date() + timedelta(days=days), time(), zone)


def _arranged(
    ctx: Acting,
    stand_in: int,
    absent: Mapping[str, str],
    substitute: Mapping[str, str],
    time: tuple[datetime, datetime],
) -> Screen:
    t = ctx.texts
    return Screen(
        t(
            "✅ {substitute} stands in for {absent}, {time}.",
            substitute=substitute[ctx.locale],
            absent=absent[ctx.locale],
            time=formats.span(*time, ctx.zone, ctx.locale, ctx.now),
        ),
        ((Button.open(t("Open"), "stand_in", stand_in), Button.open(t("⌂ Home"), "home")),),
    )
