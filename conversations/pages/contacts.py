"""The people to talk to at a firm; a tap sends a contact card to call from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import customers
from core import profile as read
from core.screens import Button, Screen
from core.vocabulary import CONTACT_ROLES

if TYPE_CHECKING:
    from core.acting import Acting

SHOWN = 8


async def contacts(acting: Acting, customer_id: str) -> Screen:
    """The contacts of a customer."""
    t = acting.texts
    customer = await customers.visible(acting, whole(customer_id))
    found = await read.contacts_of(acting, customer.id)
    body = [
        Markup("👤 <b>{}</b> {}").format(
            view.name,
            dotted(view.title, t(CONTACT_ROLES[view.role]) if view.role in CONTACT_ROLES else ""),
        )
        for view in found[:SHOWN]
    ]
    calls = [
        Button.run(t("📞 {name}", name=view.name), "call", view.id)
        for view in found[:SHOWN]
        if view.phone
    ]
    head = Markup("<b>{}</b>").format(customers.name_of(customer, acting.locale))
    return Screen(
        lines(head, *(body or [t("No contacts yet.")])),
        (
            *(tuple(calls[start : start + 3]) for start in range(0, len(calls), 3)),
            (Button.open(t("‹ Profile"), "profile", customer.id),),
        ),
        protected=True,
    )
