"""What this person calls customers: a page of it, each taken away by a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import lines
from conversations.words import whole
from core import nicknames as read
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting

PAGE = 6
_COLUMNS = 2


async def nicknames(acting: Acting, offset: str = "0") -> Screen:
    """“老华兴” → Huaxing Machinery, the latest first."""
    t, start = acting.texts, whole(offset)
    found = await read.nicknames(acting, limit=PAGE + 1, offset=start)
    shown = found[:PAGE]
    body = [Markup("“{}” → <b>{}</b>").format(one.said, one.customer) for one in shown]
    away = [Button.run(f"✕ {one.said}", "forget_name", one.id) for one in shown]
    rows = [tuple(away[at : at + _COLUMNS]) for at in range(0, len(away), _COLUMNS)]
    ways = []
    if start:
        ways.append(Button.open(t("‹ Back"), "nicknames", max(0, start - PAGE)))
    if len(found) > PAGE:
        ways.append(Button.open(t("More ›"), "nicknames", start + PAGE))
    ways.append(Button.open(t("⌂ Home"), "home"))
    empty = t("No words of your own yet. Choose another customer on a card, and I learn it.")
    return Screen(
        lines(t("<b>🏷 You call them</b>"), *(body or [empty])), (*rows, tuple(ways)),
        protected=True,
    )  # fmt: skip
