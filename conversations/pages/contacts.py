"""The people to talk to at a firm, with their numbers; a tap sends a contact card to call from.

For whom the numbers are masked, a tap asks for the reason instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import customers, sensitive
from core import profile as read
from core.screens import Button, Screen
from core.vocabulary import CONTACT_ROLES

if TYPE_CHECKING:
    from core.acting import Acting
    from core.profile import ContactView

SHOWN = 8


async def contacts(acting: Acting, customer_id: str) -> Screen:
    """The contacts of a customer."""
    t = acting.texts
    customer = await customers.visible(acting, whole(customer_id))
    found = (await read.contacts_of(acting, customer.id))[:SHOWN]
    masked = any(view.phone and not view.in_full for view in found)
    in_full = any(view.in_full for view in found)
    reach = [_reach(acting, view) for view in found if view.phone]
    head = Markup("<b>{}</b>").format(customers.name_of(customer, acting.locale))
    body = [_line(acting, view) for view in found] or [t("No contacts yet.")]
    hint = t("Numbers are masked for you. Tap a name to see one, and say why.") if masked else None
    return Screen(
        lines(head, *body, hint),
        (
            *(tuple(reach[start : start + 3]) for start in range(0, len(reach), 3)),
            (Button.open(t("‹ Profile"), "profile", customer.id),),
        ),
        gone_after=int(sensitive.CLASSIFIED_FOR.total_seconds()) if in_full else 0,
    )


def _line(acting: Acting, view: ContactView) -> Markup:
    role = acting.texts(CONTACT_ROLES[view.role]) if view.role in CONTACT_ROLES else ""
    number = sensitive.readable_phone(view.phone)
    return Markup("👤 <b>{}</b> {}").format(view.name, dotted(view.title, role, number))


def _reach(acting: Acting, view: ContactView) -> Button:
    t = acting.texts
    if view.in_full:
        return Button.run(t("📞 {name}", name=view.name), "call", view.id)
    return Button.start(t("👁 {name}", name=view.name), "reveal", view.id)
