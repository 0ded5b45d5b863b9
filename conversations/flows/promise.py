"""Write a promise down: who → what → until when → review, kept.

who? ──► what? ──► until when? ──► review ──► kept
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.customers import CustomerName
from conversations.questions.or_skip import OrSkip
from conversations.questions.review import Line, Review
from conversations.questions.text import Note
from conversations.questions.when import When
from conversations.words import whole
from core import customers
from core.i18n import N_, Text
from core.language.promises import TEXT_LENGTH
from core.promises import DIRECTIONS, MakePromise
from core.screens import Button, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, customer_id: str) -> Start:
    """From a customer's promises.

    Raises:
        NotFound, NotAllowed: if the customer is not the acting person's to work with.
    """
    customer = await customers.workable(acting, whole(customer_id))
    return Start({"customer": customer.id})


@flow("promise", version=1)
async def promise(talk: Talk) -> None:
    """Ask who promised what until when, show the card, keep it."""
    customer = int(talk.args["customer"])
    name = await talk.read("name", CustomerName(customer))
    direction = await talk.ask(Choice.of("direction", Text(N_("Who promised?")), DIRECTIONS))
    text = await talk.ask(
        Note("text", Text(N_("What was promised?")), optional=False, max_length=TEXT_LENGTH)
    )
    due = await talk.ask(
        OrSkip(When("due", Text(N_("Until when?")), times=()), Text(N_("No day")))
    )
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                asking.customer_line(name, changeable=False),
                Line("direction", Text(N_("Who")), asking.label_of(DIRECTIONS, direction)),
                Line("text", Text(N_("What")), text),
                Line("due", Text(N_("Until")), asking.shown_moment(due)),
            ),
        )
    )
    until = due.at if due is not None else None
    await talk.do("save", MakePromise(customer, direction, text, until))
    await talk.say(lambda ctx: _kept(ctx, customer, name))


def _kept(ctx: Acting, customer: int, name: Mapping[str, str]) -> Screen:
    t = ctx.texts
    text = t("🤝 <b>{customer}</b>: the promise is written down.", customer=name[ctx.locale])
    return Screen(
        text,
        (
            (
                Button.open(t("🤝 Promises"), "promises", customer, 0),
                Button.open(t("‹ Profile"), "profile", customer),
            ),
        ),
    )
