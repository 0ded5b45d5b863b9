"""What was done with a customer, newest first, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines, record_line
from conversations.words import whole
from core import customers
from core import profile as read
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting

PAGE = 5


async def history(acting: Acting, customer_id: str, offset: str = "0") -> Screen:
    """One page of a customer's history; a number opens the record."""
    t, start = acting.texts, whole(offset)
    customer = await customers.visible(acting, whole(customer_id))
    found = await read.history(acting, customer.id, limit=PAGE + 1, offset=start)
    shown = found[:PAGE]
    body = [
        Markup("{}. {}").format(start + number, record_line(acting, view, 90))
        for number, view in enumerate(shown, 1)
    ]
    numbers = tuple(
        Button.open(str(start + number), "activity", view.id)
        for number, view in enumerate(shown, 1)
    )
    turn = []
    if start:
        turn.append(Button.open(t("‹ Newer"), "history", customer.id, max(0, start - PAGE)))
    if len(found) > PAGE:
        turn.append(Button.open(t("Older ›"), "history", customer.id, start + PAGE))
    head = Markup("<b>{}</b> · {}").format(
        customers.name_of(customer, acting.locale), t("History")
    )
    return Screen(
        lines(head, *(body or [t("No contact yet.")])),
        tuple(
            row
            for row in (
                numbers,
                tuple(turn),
                (Button.open(t("‹ Profile"), "profile", customer.id),),
            )
            if row
        ),
        protected=True,
    )
