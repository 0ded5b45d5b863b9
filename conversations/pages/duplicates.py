"""Customers that are likely one firm, for who leads both: a tap begins the merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from core import customers
from core.duplicates import REASONS, pairs
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.duplicates import Pair


async def duplicates(acting: Acting) -> Screen:
    """The surest pairs."""
    t, found = acting.texts, await pairs(acting)
    home = (Button.open(t("⌂ Home"), "home"),)
    if not found:
        return Screen(t("No two customers of yours look like one firm."), (home,))
    merge = tuple(
        Button.start(t("🔗 Merge {n}", n=n), "merge", pair.one.id, pair.other.id)
        for n, pair in enumerate(found, 1)
    )
    return Screen(
        lines(
            t("<b>Likely one firm</b>"),
            *(_line(acting, n, pair) for n, pair in enumerate(found, 1)),
        ),
        (*(merge[at : at + 3] for at in range(0, len(merge), 3)), home),
        protected=True,
    )


def _line(acting: Acting, n: int, pair: Pair) -> Markup:
    one, other = (customers.name_of(firm, acting.locale) for firm in (pair.one, pair.other))
    why = acting.texts(REASONS[pair.why])
    return Markup("{}. {}").format(n, dotted(Markup("{} = {}").format(one, other), why))
