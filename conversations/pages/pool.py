"""The shared pool: what lies in it, a number to claim one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import formats
from core import pool as read
from core.hand_over import POOL
from core.rules.access import OWN, leads_anybody
from core.screens import Button, Screen
from core.vocabulary import INDUSTRIES

if TYPE_CHECKING:
    from core.acting import Acting

PAGE = 5


async def pool(acting: Acting, offset: str = "0") -> Screen:
    """A page of the pool; who keeps customers claims by a number, who leads opens the profile."""
    t, start = acting.texts, whole(offset)
    found = await read.pool(acting, limit=PAGE + 1, offset=start)
    shown = found[:PAGE]
    leads = leads_anybody(acting.person)
    body = [
        Markup("{}. <b>{}</b> {}").format(
            start + number,
            one.name,
            dotted(
                one.grade,
                one.city,
                t(INDUSTRIES[one.industry]) if one.industry in INDUSTRIES else None,
                formats.days_ago(one.since, acting.zone, acting.locale, acting.now),
            ),
        )
        for number, one in enumerate(shown, 1)
    ]
    buttons = tuple(
        Button.open(str(start + number), "profile", one.id)
        if leads
        else Button.run(t("Take {n}", n=start + number), "claim", one.id)
        for number, one in enumerate(shown, 1)
        if leads or acting.person.role in OWN
    )
    turn = []
    if start:
        turn.append(Button.open(t("‹ Before"), "pool", max(0, start - PAGE)))
    if len(found) > PAGE:
        turn.append(Button.open(t("More ›"), "pool", start + PAGE))
    give_out = (Button.start(t("📦 Give out…"), "hand_over", POOL),) if leads and shown else ()
    head = t("<b>Shared pool</b>")
    empty = t("The shared pool is empty.")
    return Screen(
        lines(head, *(body or [empty])),
        tuple(
            row
            for row in (buttons, tuple(turn), (*give_out, Button.open(t("⌂ Home"), "home")))
            if row
        ),
        protected=True,
    )
