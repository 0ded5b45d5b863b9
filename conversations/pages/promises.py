"""What the bank and a firm promised each other, and one of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines
from conversations.words import whole
from core import customers
from core import promises as read
from core.promise_line import promise_line
from core.promises import ENDS
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.promises import PromiseView

PAGE = 5


async def promises(acting: Acting, customer_id: str, offset: str = "0") -> Screen:
    """One page: the open ones first; a number opens one."""
    t, start = acting.texts, whole(offset)
    customer, found = await read.promises_of(
        acting, whole(customer_id), limit=PAGE + 1, offset=start
    )
    shown = found[:PAGE]
    body = [
        Markup("{}. {}").format(start + number, _line(acting, one))
        for number, one in enumerate(shown, 1)
    ]
    numbers = tuple(
        Button.open(str(start + number), "promise", one.id) for number, one in enumerate(shown, 1)
    )
    ways = []
    if await customers.may_work(acting, customer.id):
        ways.append(Button.start(t("➕ Add"), "promise", customer.id))
    if start:
        ways.append(Button.open(t("‹ Back"), "promises", customer.id, max(0, start - PAGE)))
    if len(found) > PAGE:
        ways.append(Button.open(t("More ›"), "promises", customer.id, start + PAGE))
    head = Markup("<b>{}</b> · {}").format(
        customers.name_of(customer, acting.locale), t("🤝 Promises")
    )
    back = (Button.open(t("‹ Profile"), "profile", customer.id),)
    return Screen(
        lines(head, *(body or [t("Nothing is promised.")])),
        tuple(row for row in (numbers, tuple(ways), back) if row),
    )


async def promise(acting: Acting, promise_id: str) -> Screen:
    """One promise, to be marked as kept or broken."""
    t = acting.texts
    one, customer = await read.promise(acting, whole(promise_id))
    head = Markup("<b>{}</b>").format(customers.name_of(customer, acting.locale))
    ends: tuple[Button, ...] = ()
    if one.status == "open" and await customers.may_work(acting, customer.id):
        ends = (
            Button.run(t("✅ Kept"), "promise_kept", one.id),
            Button.run(t("✕ Broken"), "promise_broken", one.id),
        )
    ways = (
        Button.open(t("‹ Promises"), "promises", customer.id, 0),
        Button.open(t("‹ Profile"), "profile", customer.id),
    )
    return Screen(
        lines(head, _line(acting, one)), tuple(row for row in (ends, ways) if row), protected=True
    )


def _line(acting: Acting, one: PromiseView) -> Markup:
    line = promise_line(acting, one)
    if one.status == "open":
        return line
    return Markup("{} · <b>{}</b>").format(line, acting.texts(ENDS[one.status]))
