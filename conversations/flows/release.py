"""Give a customer back to the shared pool: why → review, then given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.customers import CustomerName
from conversations.questions.review import Line, Review
from conversations.words import whole
from core.i18n import N_, Text
from core.pool import ReleaseCustomer, releasable
from core.screens import Button, Screen
from core.vocabulary import POOL_REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting

#: what a person may say; the system alone recycles
REASONS = {code: label for code, label in POOL_REASONS.items() if code != "auto_overdue"}


async def start(acting: Acting, customer_id: str) -> Start:
    """From a customer's page.

    Raises:
        Refused: if it is not the acting person's to give back.
    """
    customer = await releasable(acting, whole(customer_id))
    return Start({"customer": customer.id})


@flow("release", version=1)
async def release(talk: Talk) -> None:
    """Ask why, show the card, give it back."""
    customer = int(talk.args["customer"])
    name = await talk.read("name", CustomerName(customer))
    reason = await talk.ask(asking.reason(REASONS))
    note = await talk.ask(asking.reason_note(required=reason == "other"))
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>To the shared pool?</b>")),
            (
                asking.customer_line(name, changeable=False),
                Line("reason", Text(N_("Reason")), asking.label_of(REASONS, reason)),
                Line("note", Text(N_("Note")), note),
            ),
        )
    )
    await talk.do("save", ReleaseCustomer(customer, reason, note))
    await talk.say(lambda ctx: _released(ctx, name))


def _released(ctx: Acting, name: Mapping[str, str]) -> Screen:
    t = ctx.texts
    text = t("♻️ <b>{customer}</b> is in the shared pool now.", customer=name[ctx.locale])
    return Screen(text, ((Button.open(t("⌂ Home"), "home"),),))
