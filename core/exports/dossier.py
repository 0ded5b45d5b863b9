"""A customer's dossier: everything of it that the reader may see, a block for each category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import customers, formats, profile
from core.companion_line import along_of, second_line
from core.consents import require
from core.exports.document import Block, Document
from core.facts.reading import MOST, section_rows
from core.facts.sections import SECTIONS
from core.facts.vocabulary import SOURCES
from core.people import staff_name
from core.vocabulary import KINDS, OUTCOMES, PRODUCTS

if TYPE_CHECKING:
    from core.acting import Acting
    from core.facts.reading import SectionRows
    from core.i18n import Texts
    from core.profile import ActivityView
    from storage.models import Customer

RECORDS = 50
#: a category with more fields than this is told row by row, a field a line
_COLUMNS = 6


async def dossier(acting: Acting, customer_id: int) -> Document:
    """The whole customer.

    Raises:
        NotFound: if there is none or none to be seen.
        ConsentMissing: if the customer withdrew the consent to that.
    """
    t = acting.texts
    customer = await customers.visible(acting, customer_id)
    await require(acting, customer.id, "export")
    blocks = [await _in_charge(acting, customer)]
    for name in SECTIONS:
        page = await section_rows(acting, customer_id, name, limit=MOST, masked=True)
        blocks.append(_section(acting, page))
    blocks.append(await _records(acting, customer_id))
    return Document(
        title=customers.name_of(customer, acting.locale),
        made=made_by(acting),
        file_name=f"{customer.external_id or customer.id}-{acting.local_now:%Y%m%d}",
        blocks=tuple(map(_without_empty_columns, blocks)),
        nothing=t("Nothing is known yet.").unescape(),
        page_label=t("Page {n} of {all}", n="{n}", all="{all}").unescape(),
    )


def _without_empty_columns(block: Block) -> Block:
    kept = [
        number
        for number, _ in enumerate(block.heads)
        if any(row[number] not in {None, ""} for row in block.rows) or not block.rows
    ]
    return Block(
        block.title,
        tuple(block.heads[number] for number in kept),
        tuple(tuple(row[number] for number in kept) for row in block.rows),
    )


def made_by(acting: Acting) -> str:
    """Who had a document made, and when."""
    when = f"{acting.local_now:%Y-%m-%d %H:%M}"
    told = acting.texts(
        "Made for {name} ({number}), {when}. For use inside the bank only.",
        name=acting.person.name,
        number=acting.person.number,
        when=when,
    )
    return told.unescape()


async def _in_charge(acting: Acting, customer: Customer) -> Block:
    t, owner = acting.texts, await customers.owner_of(customer)
    name = staff_name(owner, acting.locale) or t("shared pool").unescape()
    return Block(
        t("In charge").unescape(),
        (t("Relationship manager").unescape(), t("Grade").unescape()),
        ((name, customer.grade),),
    )


def _section(acting: Acting, page: SectionRows) -> Block:
    t, fields = acting.texts, page.section.fields
    title = t(page.section.title).unescape()
    source, as_of = t("Source").unescape(), t("As of").unescape()
    told = [
        (row, t(SOURCES[row.source]).unescape() if row.source in SOURCES else "", row.as_of)
        for row in page.rows
    ]
    if len(fields) <= _COLUMNS:
        heads = (*(t(one.label).unescape() for one in fields), source, as_of)
        return Block(
            title, heads,
            tuple((*(cell.text for cell in row.cells), said, day) for row, said, day in told),
        )  # fmt: skip
    lines = [
        (number if len(told) > 1 else None, t(cell.field.label).unescape(), cell.text, said, day)
        for number, (row, said, day) in enumerate(told, 1)
        for cell in row.cells
        if cell.text
    ]
    heads = ("#", t("Field").unescape(), t("Value").unescape(), source, as_of)
    return Block(title, heads, tuple(lines))


def _together(t: Texts, view: ActivityView) -> str:
    """The second officer, and who came along."""
    parts = [
        second_line(t, view.second) if view.second else None,
        along_of(t, view.along) if view.along else None,
    ]
    return ", ".join(part.unescape() for part in parts if part)


async def _records(acting: Acting, customer_id: int) -> Block:
    t, locale = acting.texts, acting.locale
    views = await profile.history(acting, customer_id, limit=RECORDS)
    heads = (
        t("Day"), t("How"), t("Outcome"), t("Product"), t("Amount"), t("Note"), t("By"),
        t("Two officers"),
    )  # fmt: skip
    return Block(
        t("Last records").unescape(),
        tuple(head.unescape() for head in heads),
        tuple(
            (
                view.occurred_at.astimezone(acting.zone).date(),
                t(KINDS[view.kind]).unescape() if view.kind in KINDS else view.kind,
                t(OUTCOMES[view.outcome]).unescape() if view.outcome in OUTCOMES else "",
                t(PRODUCTS[view.product]).unescape() if view.product in PRODUCTS else "",
                formats.money(view.amount_fen, locale) if view.amount_fen else "",
                view.note,
                view.author,
                _together(t, view),
            )
            for view in views
            if not view.undone
        ),
    )
