"""The hand-over pack: one customer a screen, with what the new owner must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import due_line, lines, record_line
from conversations.words import whole
from core import brief as read
from core.promise_line import promise_line
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting


PROMISES = 3


async def pack(acting: Acting, assignment_id: str, at: str = "0") -> Screen:
    """The n-th customer of what was handed over."""
    t, number = acting.texts, whole(at)
    customers = await read.pack(acting, whole(assignment_id))
    if not customers:
        home = Button.open(t("⌂ Home"), "home")
        return Screen(t("These customers have been given on meanwhile."), ((home,),))
    number = min(number, len(customers) - 1)
    one = await read.brief(acting, customers[number])
    body: list[Markup | str | None] = [
        Markup("<b>{}</b> · {}").format(one.name, t("grade {grade}", grade=one.customer.grade)),
        t("Before: {owner}", owner=one.before) if one.before else None,
        Markup("👤 {}").format(one.main_contact) if one.main_contact else None,
        *(t(warning) for warning in one.warnings),
        "",
    ]
    if one.next:
        body += [t("<b>Promised</b>"), *(due_line(acting, v, named=False) for v in one.next)]
    else:
        body.append(t("⏰ No next step planned"))
    body += [promise_line(acting, view) for view in one.promises[:PROMISES]]
    if one.last:
        body += ["", t("<b>Last contacts</b>"), *(record_line(acting, v) for v in one.last)]
    turn = []
    if number:
        turn.append(Button.open(t("‹ Before"), "pack", assignment_id, number - 1))
    if number + 1 < len(customers):
        turn.append(Button.open(t("Next ›"), "pack", assignment_id, number + 1))
    if len(customers) > 1:
        body.insert(0, t("📋 {n} of {count}", n=number + 1, count=len(customers)))
    below = (
        Button.open(t("👤 Profile"), "profile", one.customer.id),
        Button.start(t("⏰ Plan"), "plan", one.customer.id),
    )
    return Screen(lines(*body), tuple(row for row in (tuple(turn), below) if row), protected=True)
