"""A leader plans for somebody: who → customer → when → what for → review, then they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.customers import CustomerName
from conversations.questions.led_customers import CustomersOf
from conversations.questions.pick import Pick
from conversations.questions.presumed import Presumed
from conversations.questions.review import Line, Review
from conversations.questions.staff import StaffName, StaffSource
from conversations.questions.text import Note
from conversations.words import whole
from core import leader_plans
from core.errors import NotAllowed
from core.follow_ups import PURPOSE_LENGTH
from core.i18n import N_, Text
from core.leader_plans import PlanForStaff
from core.rules.access import leads_anybody
from core.screens import Button, Screen
from core.team import Plannable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, staff_id: str = "0", customer_id: str = "") -> Start:
    """From a button: perhaps for a colleague (0 is nobody yet), perhaps for a customer.

    Raises:
        NotAllowed: if the acting person leads nobody.
        Refused: if it is nobody that they lead.
    """
    if not leads_anybody(acting.person):
        raise NotAllowed
    prefill: dict[str, Any] = {"customer": whole(customer_id)} if customer_id else {}
    if whole(staff_id):
        prefill["staff"] = (await leader_plans.led(acting, whole(staff_id))).person.id
    return Start({}, prefill)


@flow("plan_for", version=1)
async def plan_for(talk: Talk) -> None:
    """Ask for what is missing, show the card, have the colleague asked."""
    staff = await talk.ask(Pick("staff", Text(N_("Who is to do it?")), StaffSource(Plannable())))
    who = await talk.read(f"who.{staff}", StaffName(staff))
    source = CustomersOf(staff, tuple(talk.args.get("candidates", ())))
    customer = await talk.ask(Pick("customer", Text(N_("Which customer?")), source))
    name = await talk.read(f"name.{customer}", CustomerName(customer))
    when = await talk.ask(asking.due())
    kind = await talk.ask(Presumed(asking.kind(Text(N_("How will you meet?"))), "visit"))
    purpose = await talk.ask(
        Note("purpose", Text(N_("What for?")), optional=True, max_length=PURPOSE_LENGTH)
    )
    tight = await asking.tight(talk, customer, when, kind, staff_id=staff)
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                Line("staff", Text(N_("Colleague")), asking.shown_name(who)),
                asking.customer_line(name),
                Line("when", Text(N_("When")), asking.shown_plan(when, tight)),
                *asking.once_lines(talk.args),
                Line("kind", Text(N_("Kind")), asking.shown_kind(kind)),
                Line("purpose", Text(N_("What for")), purpose),
            ),
        )
    )
    await talk.do(
        "save",
        PlanForStaff(staff, customer, when.at, when.all_day, kind, purpose, when.minutes),
    )
    await talk.say(lambda ctx: _asked(ctx, staff, who, name))


def _asked(ctx: Acting, staff: int, who: Mapping[str, str], customer: Mapping[str, str]) -> Screen:
    t = ctx.texts
    text = t("📌 {name} is asked: <b>{customer}</b>. You hear the answer.",
             name=who[ctx.locale], customer=customer[ctx.locale])  # fmt: skip
    row = (Button.open(t("👤 {name}", name=who[ctx.locale]), "member", staff),
           Button.open(t("⌂ Home"), "home"))  # fmt: skip
    return Screen(text, (row,))
