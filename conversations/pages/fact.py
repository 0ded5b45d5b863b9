"""One fact: every field, where it comes from, how it changed, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from conversations.pages.section import told
from conversations.wording import lines
from conversations.words import whole
from core import customers, formats, sensitive
from core.consents import paper_of
from core.facts import reading
from core.facts.sections import THEME_OF, THEMES
from core.facts.trail import changes_of
from core.screens import Button, Screen

if TYPE_CHECKING:
    from core.acting import Acting
    from core.facts.reading import FactRow
    from core.facts.section import Section
    from core.facts.trail import ChangeView
    from core.screens import Row
    from storage.models import Customer

CHANGES = 3
#: what is put on the clipboard by a tap
_COPIED = ("number", "credit_code")


async def fact(acting: Acting, name: str, row_id: str) -> Screen:
    """A row of a category."""
    t = acting.texts
    row, customer = await reading.fact(acting, name, whole(row_id))
    section = reading.section_of(name)
    trail = await changes_of(acting, customer.id, section=name, row_id=row.id, limit=CHANGES)
    head = Markup("<b>{}</b> · {} {}").format(
        customers.name_of(customer, acting.locale), section.icon, t(section.title)
    )
    fields = [
        t("{label}: {value}", label=t(cell.field.label), value=cell.text)
        for cell in row.cells
        if cell.text
    ]
    changed = ["", *(_change(acting, one) for one in trail)] if trail else []
    in_full = any(cell.shown.in_full for cell in row.cells)
    may_work = section.by_hand and not row.ended and await customers.may_work(acting, customer.id)
    return Screen(
        lines(
            head,
            t("✕ <b>No longer so</b>") if row.ended else None,
            *fields,
            told(acting, row) or None,
            *changed,
        ),
        (
            *(await _of_consent(acting, row, may_work=may_work) if name == "consents" else ()),
            *_rows(acting, section, row, customer, may_work=may_work),
        ),
        gone_after=int(sensitive.CLASSIFIED_FOR.total_seconds()) if in_full else 0,
    )


async def _of_consent(acting: Acting, row: FactRow, *, may_work: bool) -> tuple[Row, ...]:
    """The paper that says so, and that it is withdrawn."""
    t, buttons = acting.texts, []
    paper = await paper_of(acting, row.id)
    if paper is not None:
        buttons.append(Button.open(t("📎 Paper"), "document", paper))
    if may_work and row["given"].value:
        buttons.append(Button.run(t("🚫 Withdrawn"), "withdraw_consent", row.id))
    return (tuple(buttons),) if buttons else ()


def _change(acting: Acting, one: ChangeView) -> Markup:
    """Thu 19 Nov · Balance ¥6m → ¥5m · Li Wei."""
    t = acting.texts
    day = formats.day(
        one.at.astimezone(acting.zone).date(), acting.locale, acting.local_now.date()
    )
    what = Markup("{} · ").format(t.of(one.field)) if one.field is not None else Markup()
    by = Markup(" · {}").format(one.by) if one.by else Markup()
    return Markup("🕘 {} · {}{} → {}{}").format(day, what, one.was or "—", one.now or "—", by)


def _rows(
    acting: Acting, section: Section, row: FactRow, customer: Customer, *, may_work: bool
) -> tuple[Row, ...]:
    t = acting.texts
    change: list[Button] = []
    if may_work:
        change.append(Button.start(t("✏️ Change"), "edit_fact", section.name, row.id))
        if section.is_fact:
            change.append(Button.start(t("🗑 No longer so"), "end_fact", section.name, row.id))
    reach = [
        Button.copy(t("📋 {label}", label=t(cell.field.label)), str(cell.value))
        for cell in row.cells
        if cell.field.name in _COPIED and cell.value
    ]
    reach += [
        Button.open(t("› {name}", name=row[name].text), "profile", linked)
        for name, linked in row.links.items()
    ]
    back = (
        Button.open(t("‹ Back"), "section", section.name, customer.id, 0)
        if section.is_fact
        else Button.open(
            t("‹ {name}", name=t(THEMES[THEME_OF[section.name]][1])),
            "sections",
            THEME_OF[section.name],
            customer.id,
        )
    )
    ways = (back, Button.open(t("‹ Profile"), "profile", customer.id))
    return tuple(one for one in (tuple(change), tuple(reach), ways) if one)
