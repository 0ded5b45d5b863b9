"""The question of the day: what is missing of a customer, asked of who was just there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core import bus, customers
from core.completeness import question_after
from core.events import ActivityLogged
from core.facts.sections import SECTIONS
from core.screens import Button, Screen
from notifications.outbox import alert
from storage.models import Customer

if TYPE_CHECKING:
    from core.acting import Acting

#: whoever writes down several visits at once is done with them first
LATER = timedelta(minutes=1)


async def ask(acting: Acting, event: ActivityLogged) -> None:
    """Ask it, with the answers that one tap can give."""
    asked = await question_after(acting, event)
    if asked is None:
        return
    customer = await Customer.get(id=asked.customer_id)
    section, t = SECTIONS[asked.need.section], acting.texts
    text = t(
        "📋 <b>{customer}</b> is known to {percent}%.\n{icon} {question}\n<i>That {why}.</i>",
        customer=customers.short_name_of(customer, acting.locale),
        percent=asked.percent,
        icon=section.icon,
        question=t(section.asks),
        why=t(asked.need.why),
    )
    buttons = (
        Button.start(t("➕ Write it down"), "add_fact", section.name, customer.id),
        Button.run(t("There is none"), "answer", asked.id, "none"),
        Button.run(t("Not now"), "answer", asked.id, "later"),
    )
    screen = Screen(text, (buttons,))
    await alert(
        acting, acting.person, screen, cause=f"{acting.cause}:asked:{asked.id}", later=LATER
    )


def subscribe() -> None:
    """Have the rule hear its event."""
    bus.subscribe(ActivityLogged, ask)
