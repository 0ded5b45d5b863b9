"""Plan a follow-up: customer → when → what for → review, then planned."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.customers import CustomerName
from conversations.questions.presumed import Presumed
from conversations.questions.review import Line, Review
from conversations.questions.text import Note
from conversations.wording import lines, moment
from conversations.words import day_of, whole
from core.follow_ups import MORNING, PURPOSE_LENGTH, PlanFollowUp
from core.i18n import N_, Text
from core.nicknames import NicknameOf
from core.rules.lasting import usual_minutes
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from conversations.questions.when import Moment
    from core.acting import Acting


async def start(acting: Acting, customer_id: str = "", day: str = "") -> Start:
    """From a button: perhaps for a customer, perhaps on a day (its ordinal).

    Raises:
        NotFound: if there is no such day.
    """
    prefill: dict[str, Any] = {"customer": whole(customer_id)} if customer_id else {}
    if day:
        at = datetime.combine(day_of(day), MORNING, acting.zone)
        prefill["when"] = {"at": at.isoformat(), "all_day": True}
    return Start({"lead": acting.person.lead_minutes}, prefill)


@flow("plan", version=2)
async def plan(talk: Talk) -> None:
    """Ask for what is missing, show the card, plan it."""
    customer = await talk.ask(asking.customer(talk.args.get("candidates", ())))
    name = await talk.read("name", CustomerName(customer))
    when = await talk.ask(asking.due())
    kind = await talk.ask(Presumed(asking.kind(Text(N_("How will you meet?"))), "visit"))
    purpose = await talk.ask(
        Note("purpose", Text(N_("What for?")), optional=True, max_length=PURPOSE_LENGTH)
    )
    lead, minutes = 0, None
    if not when.all_day:
        minutes = int(await talk.ask(asking.length(when.minutes or usual_minutes(kind))))
        lead = int(await talk.ask(asking.lead(talk.args.get("lead", 30))))
    tight = await asking.tight(talk, customer, when, kind, minutes=minutes)
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                asking.customer_line(name),
                Line("when", Text(N_("When")), asking.shown_moment(when, tight)),
                *asking.once_lines(talk.args),
                Line("kind", Text(N_("Kind")), asking.shown_kind(kind)),
                Line("purpose", Text(N_("What for")), purpose),
                *(
                    ()
                    if minutes is None
                    else (Line("lasts", Text(N_("Takes")), asking.shown_length(minutes)),)
                ),
                *(
                    ()
                    if when.all_day
                    else (Line("lead", Text(N_("Reminder")), asking.shown_lead(lead)),)
                ),
            ),
        )
    )
    word = asking.new_word(talk.args, customer)
    planned = await talk.do(
        "save",
        PlanFollowUp(
            customer, when.at, when.all_day, kind, purpose, lead, called=word, minutes=minutes
        ),
    )
    kept = await talk.read("learnt", NicknameOf(customer, word)) if word else None
    await talk.say(
        lambda ctx: asking.learnt(ctx, kept, _planned(ctx, planned, customer, name, when))
    )


def _planned(
    ctx: Acting, follow_up: int, customer: int, name: Mapping[str, str], when: Moment
) -> Screen:
    t = ctx.texts
    at = moment(ctx, when.at, all_day=when.all_day)
    return Screen(
        lines(t("✅ Planned: {moment} <b>{customer}</b>", moment=at, customer=name[ctx.locale])),
        (
            (
                Button.open(t("Open"), "follow_up", follow_up),
                Button.open(t("👤 Profile"), "profile", customer),
            ),
        ),
    )
