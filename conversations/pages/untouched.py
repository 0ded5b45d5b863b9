"""Customers that nobody touched for long: for the owner to see, for the leader to rule on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import formats
from core import recycling as read
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting

PAGE = 3


async def untouched(acting: Acting, offset: str = "0") -> Screen:
    """A page of the running proposals: the own ones, or those of the units led."""
    t, start = acting.texts, whole(offset)
    found = await read.running(acting, limit=PAGE + 1, offset=start)
    shown = found[:PAGE]
    body = [
        Markup("{}. <b>{}</b> {}").format(
            start + number,
            one.name,
            dotted(
                one.grade,
                None if one.own else one.owner,
                formats.days_ago(one.last_contact, acting.zone, acting.locale, acting.now)
                if one.last_contact
                else t("no contact yet"),
            ),
        )
        for number, one in enumerate(shown, 1)
    ]
    rows = [
        (
            Button.open(f"{start + number}. {t('👤 Profile')}", "profile", one.customer_id),
            *(
                ()
                if one.own
                else (
                    Button.run(t("♻️ To the pool"), "recycle", one.id, "recycle"),
                    Button.run(t("Keep"), "recycle", one.id, "keep"),
                )
            ),
        )
        for number, one in enumerate(shown, 1)
    ]
    turn = []
    if start:
        turn.append(Button.open(t("‹ Before"), "untouched", max(0, start - PAGE)))
    if len(found) > PAGE:
        turn.append(Button.open(t("More ›"), "untouched", start + PAGE))
    turn.append(Button.open(t("⌂ Home"), "home"))
    head = t("<b>Untouched for long</b>")
    empty = t("Every customer was touched in time.")
    return Screen(lines(head, *(body or [empty])), (*rows, tuple(turn)), protected=True)
