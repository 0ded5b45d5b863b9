"""Visits of two officers that wait for this person's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines, moment
from conversations.words import whole
from core import second_officers as read
from core.companion_card import request_screen
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting

PAGE = 5


async def confirmation(acting: Acting, companion_id: str) -> Screen:
    """One record, with Confirm and "I was not there"."""
    return request_screen(acting, await read.request(acting, whole(companion_id)))


async def confirmations(acting: Acting, offset: str = "0") -> Screen:
    """A page of those that wait, the oldest first; a number opens one."""
    t, start = acting.texts, whole(offset)
    found = await read.requests(acting, limit=PAGE + 1, offset=start)
    shown = found[:PAGE]
    body = [
        Markup("{}. <b>{}</b> · {} · {}").format(
            start + number,
            one.customer,
            moment(acting, one.record.occurred_at, all_day=not one.record.time_known),
            one.record.author,
        )
        for number, one in enumerate(shown, 1)
    ]
    numbers = tuple(
        Button.open(str(start + number), "confirmation", one.id)
        for number, one in enumerate(shown, 1)
    )
    ways = []
    if start:
        ways.append(Button.open(t("‹ Back"), "confirmations", max(0, start - PAGE)))
    if len(found) > PAGE:
        ways.append(Button.open(t("More ›"), "confirmations", start + PAGE))
    ways.append(Button.open(t("⌂ Home"), "home"))
    head = t("<b>👥 To confirm as second officer</b>")
    empty = t("Nothing waits for you.")
    return Screen(
        lines(head, *(body or [empty])), tuple(row for row in (numbers, tuple(ways)) if row),
        protected=True,
    )  # fmt: skip
