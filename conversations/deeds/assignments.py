"""Accept, claim, end a sharing, rule on a recycling or an objection: one tap each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.deeds.outcome import Outcome
from conversations.pages.rights import rights
from conversations.pages.untouched import untouched
from conversations.words import whole
from core import customers
from core.assignments import AcceptAssignment
from core.collaborations import EndCollaboration
from core.errors import Invalid
from core.pool import ClaimCustomer
from core.recycling import RuleAppeal, RuleRecycling
from core.screens import Button, Screen
from storage.models import Customer

if TYPE_CHECKING:
    from conversations.deeds.outcome import Perform
    from core.acting import Acting


async def accept(acting: Acting, perform: Perform, assignment_id: str) -> Outcome:
    """The new owner accepts what was given."""
    count = await perform(AcceptAssignment(whole(assignment_id)))
    t = acting.texts
    pack = Button.open(t("📋 Hand-over pack"), "pack", assignment_id, 0)
    text = t.plural("✅ Accepted: {n} customer.", "✅ Accepted: {n} customers.", count)
    return Outcome(Screen(text, ((pack, Button.open(t("⌂ Home"), "home")),)), toast=t("Accepted"))


async def claim(acting: Acting, perform: Perform, customer_id: str) -> Outcome:
    """It is the acting person's now."""
    await perform(ClaimCustomer(whole(customer_id)))
    t = acting.texts
    customer = await customers.visible(acting, whole(customer_id))
    name = Markup("<b>{}</b>").format(customers.name_of(customer, acting.locale))
    return Outcome(
        Screen(
            t("✅ {name} is yours now.", name=name),
            (
                (
                    Button.open(t("👤 Profile"), "profile", customer.id),
                    Button.start(t("⏰ Plan"), "plan", customer.id),
                ),
                (Button.open(t("♻️ Shared pool"), "pool", 0),),
            ),
            protected=True,
        ),
        toast=t("Claimed"),
    )


async def unshare(acting: Acting, perform: Perform, collaboration_id: str) -> Outcome:
    """The sharing ends; the page shows who is left."""
    customer_id = await perform(EndCollaboration(whole(collaboration_id)))
    return Outcome(await rights(acting, str(customer_id)), toast=acting.texts("Ended"))


async def recycle(acting: Acting, perform: Perform, recycling_id: str, how: str) -> Outcome:
    """To the pool, or kept; what is left to rule on follows.

    Raises:
        Invalid: for any other word.
    """
    if how not in {"recycle", "keep"}:
        raise Invalid
    await perform(RuleRecycling(whole(recycling_id), keep=how == "keep"))
    t = acting.texts
    toast = t("Kept") if how == "keep" else t("In the pool")
    return Outcome(await untouched(acting), toast=toast)


async def appeal(acting: Acting, perform: Perform, assignment_id: str, how: str) -> Outcome:
    """Give back, or leave in the pool.

    Raises:
        Invalid: for any other word.
    """
    if how not in {"uphold", "reject"}:
        raise Invalid
    customer_id = await perform(RuleAppeal(whole(assignment_id), uphold=how == "uphold"))
    t = acting.texts
    customer = await Customer.get(id=customer_id)
    name = Markup("<b>{}</b>").format(customers.short_name_of(customer, acting.locale))
    text = (
        t("✅ {name} was given back.", name=name)
        if how == "uphold"
        else t("♻️ {name} stays in the shared pool.", name=name)
    )
    return Outcome(Screen(text, ((Button.open(t("👤 Profile"), "profile", customer_id),),)),
                   toast=t("Ruled"))  # fmt: skip
