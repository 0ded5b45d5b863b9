"""Search results: one hit is the profile itself, several are a short list with paging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.pages.profile import profile
from conversations.wording import lines, shortened
from conversations.words import whole
from core import customers
from core.rules.access import READ_ONLY
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.screens import Row

PAGE = 5
#: how much of a query is repeated to who asked
QUERY_SHOWN = 40
#: what of a query fits into the 64 bytes of a paging button
QUERY_BYTES = 40


async def found(acting: Acting, query: str = "", offset: str = "0") -> Screen:
    """Customers that a text may mean; without a text, those last in touch."""
    t, start, query = acting.texts, whole(offset), query.strip()
    asked = shortened(query, QUERY_SHOWN)
    page = (
        await customers.find(acting, query, limit=PAGE, offset=start)
        if query
        else await customers.recent(acting, limit=PAGE, offset=start)
    )
    if query and len(page.items) == 1 and not start:
        return await profile(acting, str(page.items[0].id))
    if not page.items:
        return Screen(
            t("Nothing found for “{query}”. Try a part of the name, its pinyin, a phone number "
              "or the credit code.", query=asked) if query else t("You have no customers yet."),
            (*_new(acting, query), (Button.open(t("⌂ Home"), "home"),)),
        )  # fmt: skip
    head = (
        t("<b>“{query}”</b>", query=shortened(query, QUERY_SHOWN))
        if query
        else t("<b>Last in touch</b>")
    )
    rows = [
        (
            Button.open(
                " · ".join(part for part in (item.name, item.grade, item.city) if part),
                "profile",
                item.id,
            ),
        )
        for item in page.items
    ]
    turn = []
    short = _fitting(query)
    if start and short is not None:
        turn.append(Button.open(t("‹ Back"), "found", short, max(0, start - PAGE)))
    if page.more and short is not None:
        turn.append(Button.open(t("More ›"), "found", short, start + PAGE))
    if not query:
        turn.append(Button.run(t("📄 List as XLSX"), "export", "customers", "xlsx"))
    hint = Markup() if query else t("Or just type a part of a name.")
    return Screen(lines(head, hint or None), tuple([*rows, tuple(turn)] if turn else rows))


def _new(acting: Acting, query: str) -> tuple[Row, ...]:
    """What was not found can be added, under the name that was typed."""
    short = _fitting(query)
    if acting.person.role in READ_ONLY or not query or short is None:
        return ()
    return ((Button.start(acting.texts("➕ New customer"), "add_customer", short),),)


def _fitting(query: str) -> str | None:
    """The query for a paging button: as it is, cut at a character, without our separator."""
    cut = query.replace(":", " ").encode()[:QUERY_BYTES].decode(errors="ignore")
    return cut if cut.strip() or not query else None
