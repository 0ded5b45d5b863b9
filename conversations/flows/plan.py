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
from core.rules.recurrence import written
from core.screens import Button, Screen
from core.series import PlanSeries

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


@flow("plan", version=3)
async def plan(talk: Talk) -> None:
    """Ask for what is missing, show the card, plan it."""
    customer = await talk.ask(asking.customer(talk.args.get("candidates", ())))
    name = await talk.read("name", CustomerName(customer))
    when = await talk.ask(asking.due())
    said = talk.args.get("repeat")
    repeats = await talk.ask(asking.repeats(when, said))
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
                Line("when", Text(N_("When")), asking.shown_first(when, repeats, said, tight)),
                asking.repeats_line(when, repeats, said),
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
    command: PlanFollowUp | PlanSeries = PlanFollowUp(
        customer, when.at, when.all_day, kind, purpose, lead, called=word, minutes=minutes
    )
    if repeats is not None:
        command = PlanSeries(
            customer, written(repeats.rule), when.at, when.all_day, kind, purpose, lead, minutes,
            repeats.ends_on, repeats.times, fits=asking.fits(repeats, said), called=word,
        )  # fmt: skip
    planned = await talk.do("save", command)
    kept = await talk.read("learnt", NicknameOf(customer, word)) if word else None
    await talk.say(
        lambda ctx: asking.learnt(
            ctx,
            kept,
            _planned(ctx, planned, customer, name, asking.first_of(ctx, when, repeats, said)),
        )
    )


def _planned(
    ctx: Acting,
    planned: int | Mapping[str, int],
    customer: int,
    name: Mapping[str, str],
    when: Moment,
) -> Screen:
    t = ctx.texts
    at = moment(ctx, when.at, all_day=when.all_day)
    profile = Button.open(t("👤 Profile"), "profile", customer)
    if isinstance(planned, int):
        text = t("✅ Planned: {moment} <b>{customer}</b>", moment=at, customer=name[ctx.locale])
        return Screen(lines(text), ((Button.open(t("Open"), "follow_up", planned), profile),))
    text = t("✅ Planned, repeating from {moment}: <b>{customer}</b>", moment=at,
             customer=name[ctx.locale])  # fmt: skip
    return Screen(
        lines(text), ((Button.open(t("🔁 Open"), "series", planned["series"]), profile),)
    )
