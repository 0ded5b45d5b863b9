"""Let a colleague in on a customer: whom → what they may do, then shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.engine.registry import flow
from conversations.flows import asking
from conversations.flows.starting import Start
from conversations.questions.choice import Choice
from conversations.questions.customers import CustomerName
from conversations.questions.pick import Pick
from conversations.questions.review import Line, Review
from conversations.questions.staff import StaffName, StaffSource
from conversations.words import whole
from core.collaborations import ShareCustomer, shareable
from core.i18n import N_, Text
from core.screens import Button, Screen
from core.team import Helpers
from core.vocabulary import COLLABORATION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.engine.talk import Talk
    from core.acting import Acting


async def start(acting: Acting, customer_id: str) -> Start:
    """From a customer's page.

    Raises:
        Refused: if it is not the acting person's to share.
    """
    customer = await shareable(acting, whole(customer_id))
    return Start({"customer": customer.id, "owner": customer.owner_id})


@flow("share", version=1)
async def share(talk: Talk) -> None:
    """Ask whom and how far, share it."""
    customer, owner = int(talk.args["customer"]), talk.args["owner"]
    name = await talk.read("name", CustomerName(customer))
    without = (int(owner),) if owner else ()
    whom = await talk.ask(
        Pick("whom", Text(N_("With whom? Type a name for other teams.")),
             StaffSource(Helpers(without)))
    )  # fmt: skip
    colleague = await talk.read(f"whom.{whom}", StaffName(whom))
    level = await talk.ask(
        Choice.of("level", Text(N_("What may they do?")), COLLABORATION, columns=1)
    )
    await talk.ask(
        Review(
            "review",
            Text(N_("<b>Please check</b>")),
            (
                asking.customer_line(name, changeable=False),
                Line("whom", Text(N_("With")), asking.shown_name(colleague)),
                Line("level", Text(N_("May")), asking.label_of(COLLABORATION, level)),
            ),
        )
    )
    await talk.do("save", ShareCustomer(customer, whom, level))
    await talk.say(lambda ctx: _shared(ctx, customer, name, colleague))


def _shared(
    ctx: Acting, customer: int, name: Mapping[str, str], colleague: Mapping[str, str]
) -> Screen:
    t = ctx.texts
    text = t(
        "🤝 <b>{customer}</b> is shared with {colleague}.",
        customer=name[ctx.locale],
        colleague=colleague[ctx.locale],
    )
    return Screen(text, ((Button.open(t("👥 Who is in charge"), "rights", customer),),))
