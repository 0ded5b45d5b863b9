"""A theme of what is known of a customer: of each category one line, and the way into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.wording import dotted, lines
from conversations.words import whole
from core import customers
from core.errors import NotFound
from core.facts.kinds import Day, Flag, Money, Month, Percent
from core.facts.reading import overview
from core.facts.sections import THEMES
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.facts.reading import Cell, FactRow, SectionRows
    from core.facts.section import Section

_COLUMNS = 3
_LABELLED = (Money, Day, Percent, Flag)


async def sections(acting: Acting, theme: str, customer_id: str) -> Screen:
    """The categories of a theme."""
    t = acting.texts
    if theme not in THEMES:
        raise NotFound
    icon, title, found = THEMES[theme]
    customer, pages = await overview(acting, whole(customer_id), found)
    head = Markup("<b>{}</b> · {} {}").format(
        customers.name_of(customer, acting.locale), icon, t(title)
    )
    buttons = [_way_in(acting, page) for page in pages]
    if theme == "bank":
        buttons.append(Button.open(t("🔑 In charge"), "rights", customer.id))
    if theme == "firm":
        buttons.append(Button.open(t("🏅 Grade"), "grade", customer.id))
    others = tuple(
        Button.open(f"{icon} {t(label)}", "sections", name, customer.id)
        for name, (icon, label, _) in THEMES.items()
        if name != theme
    )
    return Screen(
        lines(head, *(_line(acting, page) for page in pages)),
        (
            *(tuple(buttons[at : at + _COLUMNS]) for at in range(0, len(buttons), _COLUMNS)),
            (*others, Button.open(t("‹ Profile"), "profile", customer.id)),
        ),
    )


def summary_of(acting: Acting, section: Section, row: FactRow) -> Markup:
    """宁波银行 · Working capital loan · Balance ¥5m · Matures 2027-01-23, the first of it bold."""
    said = [text for name in section.summary if (text := _said(acting, row[name]))]
    if not said:
        return Markup()
    return dotted(Markup("<b>{}</b>").format(said[0]), *said[1:])


def _said(acting: Acting, cell: Cell) -> Markup | None:
    """A value that says what it is; figures and days are led by their label."""
    if not cell.text:
        return None
    label = acting.texts(cell.field.label)
    if isinstance(cell.field.kind, Flag) and cell.value:
        return label
    if isinstance(cell.field.kind, _LABELLED) and not isinstance(cell.field.kind, Month):
        return Markup("{} {}").format(label, cell.text)
    return Markup("{}").format(cell.text)


def _line(acting: Acting, page: SectionRows) -> Markup:
    t, section = acting.texts, page.section
    if not page.rows:
        return Markup("{} {} —").format(section.icon, t(section.title))
    more = Markup(" (+{})").format(page.total - 1) if page.total > 1 else Markup()
    said = summary_of(acting, section, page.rows[0])
    return Markup("{} {}: {}{}").format(section.icon, t(section.title), said, more)


def _way_in(acting: Acting, page: SectionRows) -> Button:
    section, customer = page.section, page.customer.id
    label = f"{section.icon} {acting.texts(section.label)}"
    if not section.is_fact:
        return Button.open(label, "fact", section.name, customer)
    return Button.open(label, "section", section.name, customer, 0)
