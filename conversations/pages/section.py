"""A category of what is known of a customer: its rows, a page at a time, each a tap away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.pages.fact_figures import FIGURES
from conversations.pages.sections import summary_of
from conversations.wording import lines
from conversations.words import whole
from core import customers
from core.facts.reading import section_rows
from core.facts.sections import THEME_OF, THEMES
from core.facts.vocabulary import SOURCES
from core.groups import TYING
from core.i18n import N_
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.facts.reading import FactRow, SectionRows

PAGE = 5
#: what is drawn of a category, and the button that says so
_PICTURES = {
    "accounts": (("balance", N_("📈 Balance")), ("turnover", N_("📊 Turnover"))),
    "contribution": (("contribution", N_("📊 Draw")),),
}


async def section(acting: Acting, name: str, customer_id: str, offset: str = "0") -> Screen:
    """One page of a category's rows; a number opens the row."""
    t, start = acting.texts, whole(offset)
    page = await section_rows(
        acting, whole(customer_id), name, limit=PAGE, offset=start, masked=True
    )
    found, customer = page.section, page.customer
    head = Markup("<b>{}</b> · {} {}").format(
        customers.name_of(customer, acting.locale), found.icon, t(found.title)
    )
    body = [
        Markup("{}. {}").format(start + number, _row(acting, page, row))
        for number, row in enumerate(page.rows, 1)
    ]
    figures = FIGURES[name](acting, page) if name in FIGURES and not start else []
    numbers = tuple(
        Button.open(str(start + number), "fact", name, row.id)
        for number, row in enumerate(page.rows, 1)
    )
    return Screen(
        lines(head, *(body or [t("Nothing is known yet.")]), *figures),
        tuple(row for row in (numbers, _turn(acting, page, start), _ways(acting, page)) if row),
    )


def _row(acting: Acting, page: SectionRows, row: FactRow) -> Markup:
    day = Markup(" <i>({})</i>").format(row.as_of) if row.as_of else Markup()
    return summary_of(acting, page.section, row) + day


def told(acting: Acting, row: FactRow) -> Markup:
    """From the bank's systems, 2026-11-22: where a fact comes from, and the day it is of."""
    source = acting.texts(SOURCES[row.source]) if row.source in SOURCES else ""
    said = ", ".join(str(part) for part in (source, row.as_of or "") if part)
    return Markup("<i>{}</i>").format(said) if said else Markup()


def _turn(acting: Acting, page: SectionRows, start: int) -> tuple[Button, ...]:
    t, name, customer = acting.texts, page.section.name, page.customer.id
    turn = []
    if page.rows:
        turn += [Button.run(t(label), "draw", what, customer)
                 for what, label in _PICTURES.get(name, ())]  # fmt: skip
    if start:
        turn.append(Button.open(t("‹ Back"), "section", name, customer, max(0, start - PAGE)))
    if start + len(page.rows) < page.total:
        turn.append(Button.open(t("More ›"), "section", name, customer, start + PAGE))
    return tuple(turn)


def _ways(acting: Acting, page: SectionRows) -> tuple[Button, ...]:
    t, found, customer = acting.texts, page.section, page.customer.id
    ways = []
    if page.may_work and found.by_hand and found.is_fact:
        ways.append(
            Button.start(t("➕ Add"), "add_consent", customer)
            if found.name == "consents"
            else Button.start(t("➕ Add"), "add_fact", found.name, customer)
        )
    if found.name in TYING:
        ways.append(Button.open(t("🕸 Group"), "group", customer))
    theme = THEME_OF[found.name]
    ways += [
        Button.open(t("‹ {name}", name=t(THEMES[theme][1])), "sections", theme, customer),
        Button.open(t("‹ Profile"), "profile", customer),
    ]
    return tuple(ways)
