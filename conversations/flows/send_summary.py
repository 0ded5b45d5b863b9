"""Send a colleague a customer's summary: to whom → a word → review, sent.

whom? ──► a word? ──► review ──► sent
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.customers import CustomerName
from conversations.questions.pick import Pick
from conversations.questions.review import Line, Review
from conversations.questions.staff import StaffName, StaffSource
from conversations.questions.text import Note
from conversations.words import whole
from core.i18n import N_, Text
from core.screens import Button, Screen
from core.summaries import NOTE_LENGTH, Seers, SendSummary, sendable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, customer_id: str) -> Start:
    """From a customer's papers.

    Raises:
        NotFound: if the customer is none to be seen.
        Conflict: if nobody else may see it.
    """
    customer = await sendable(acting, whole(customer_id))
    return Start({"customer": customer.id})


@flow("send_summary", version=1)
async def send_summary(talk: Talk) -> None:
    """Ask to whom and with what word, show the card, send it."""
    customer = int(talk.args["customer"])
    name = await talk.read("name", CustomerName(customer))
    whom = await talk.ask(
        Pick("whom", Text(N_("To whom? These may see the customer.")),
             StaffSource(Seers(customer)))
    )  # fmt: skip
    colleague = await talk.read(f"whom.{whom}", StaffName(whom))
    note = await talk.ask(
        Note("note", Text(N_("A word to go with it?")), optional=True, max_length=NOTE_LENGTH)
    )
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                asking.customer_line(name, changeable=False),
                Line("whom", Text(N_("To")), asking.shown_name(colleague)),
                Line("note", Text(N_("Note")), note),
            ),
            save=Text(N_("📤 Send")),
        )
    )
    await talk.do("save", SendSummary(customer, whom, note))
    await talk.say(lambda ctx: _sent(ctx, customer, name, colleague))


def _sent(
    ctx: Acting, customer: int, name: Mapping[str, str], colleague: Mapping[str, str]
) -> Screen:
    t = ctx.texts
    text = t(
        "📤 <b>{customer}</b> was sent to {colleague}.",
        customer=name[ctx.locale],
        colleague=colleague[ctx.locale],
    )
    return Screen(text, ((Button.open(t("‹ Profile"), "profile", customer),),))
