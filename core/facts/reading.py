"""Reading facts: the rows of a category as a person may see them.

Masks are put on here, field by field, and every sensitive value that is shown in full is written
down, so that pages, the API and the dossier can't forget it.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from core import audit, customers, sensitive
from core.errors import NotFound
from core.facts.sections import SECTIONS
from core.sensitive import Clearance, Shown
from storage.models import Customer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from core.acting import Acting
    from core.facts.section import Field, Section

MASKED = Clearance()
#: no category of one customer has more rows than this on one page
MOST = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A field's value in a row."""

    field: Field
    #: the column's value; None where nothing is known, or the reader may not have it
    value: Any
    #: as it is shown, under a mask where the reader has no clearance; empty for nothing
    shown: Shown

    @property
    def text(self) -> str:
        """What is shown."""
        return self.shown.text


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of a category."""

    id: int
    #: every field, in the section's order
    cells: tuple[Cell, ...]
    source: str
    as_of: date | None
    recorded_at: datetime | None
    #: it is no longer so
    ended: bool
    #: the customers that names in it mean, by the field's name, where the reader may see them
    links: dict[str, int]

    def __getitem__(self, name: str) -> Cell:
        """The cell of that field."""
        return next(cell for cell in self.cells if cell.field.name == name)


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A page of a category."""

    section: Section
    customer: Customer
    rows: tuple[FactRow, ...]
    #: how many there are on all pages
    total: int
    #: the reader may add and change rows here
    may_work: bool


def section_of(name: str) -> Section:
    """The category of that name.

    Raises:
        NotFound: if there is none.
    """
    try:
        return SECTIONS[name]
    except KeyError:
        raise NotFound from None


async def section_rows(
    acting: Acting,
    customer_id: int,
    name: str,
    *,
    limit: int = MOST,
    offset: int = 0,
    masked: bool = False,
) -> SectionRows:
    """The rows of a category that are so today, the likeliest wanted first.

    A list that is only to be chosen from asks for them `masked`, whoever reads it.

    Raises:
        NotFound: if there is no such category, or the customer is none to be seen.
    """
    section = section_of(name)
    customer = await customers.visible(acting, customer_id)
    found, total = await _rows_of(section, customer, limit, offset)
    rows = await _seen(acting, section, customer, found, masked=masked)
    may_work = await customers.may_work(acting, customer.id)
    return SectionRows(section, customer, rows, total, may_work)


async def overview(
    acting: Acting, customer_id: int, sections: Sequence[Section]
) -> tuple[Customer, tuple[SectionRows, ...]]:
    """Of each category the first row, under masks, and how many there are.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    may_work = await customers.may_work(acting, customer.id)
    pages = []
    for section in sections:
        found, total = await _rows_of(section, customer, 1, 0)
        rows = await _seen(acting, section, customer, found, masked=True)
        pages.append(SectionRows(section, customer, rows, total, may_work))
    return customer, tuple(pages)


async def fact(acting: Acting, name: str, row_id: int) -> tuple[FactRow, Customer]:
    """One row of a category, with its customer.

    Raises:
        NotFound: if there is no such row, or the customer is none to be seen.
    """
    section = section_of(name)
    found = await section.model.filter(id=row_id).values()
    customer = await customers.visible(
        acting, int(found[0][_customer_column(section)]) if found else -1
    )
    [row] = await _seen(acting, section, customer, found)
    return row, customer


def _customer_column(section: Section) -> str:
    return "id" if section.model is Customer else "customer_id"


async def _rows_of(
    section: Section, customer: Customer, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    if section.model is Customer:
        return await Customer.filter(id=customer.id).values(), 1
    found = await (
        section.model.filter(customer_id=customer.id, ended_at=None)
        .order_by("id")
        .limit(MOST)
        .values()
    )
    for name in reversed(section.order):
        found = _in_order(found, name.removeprefix("-"), down=name.startswith("-"))
    return found[offset : offset + limit], len(found)


def _in_order(found: list[dict[str, Any]], column: str, *, down: bool) -> list[dict[str, Any]]:
    """Rows by a column, the unknown last: the engines disagree on where these stand."""
    known = [one for one in found if one[column] is not None]
    known.sort(key=itemgetter(column), reverse=down)
    return known + [one for one in found if one[column] is None]


async def _seen(
    acting: Acting,
    section: Section,
    customer: Customer,
    found: Sequence[dict[str, Any]],
    *,
    masked: bool = False,
) -> tuple[FactRow, ...]:
    clearance = MASKED if masked else await sensitive.clearance(acting, customer)
    ours = await _visible_links(acting, section, found)
    rows = tuple(
        FactRow(
            id=one["id"],
            cells=tuple(
                cell(field, one[field.name], clearance, acting.locale, sole=_sole(customer))
                for field in section.fields
            ),
            source=one["source"],
            as_of=one["as_of"],
            recorded_at=one.get("recorded_at"),
            ended=one.get("ended_at") is not None,
            links={
                field.name: one[field.link]
                for field in section.fields
                if field.link and one[field.link] in ours
            },
        )
        for one in found
    )
    for field in section.fields:
        read = [row.id for row in rows if row[field.name].shown.in_full]
        await audit.record_each(
            acting, "read", section.name, read, customer=customer.id, field=field.name
        )
    return rows


def cell(field: Field, value: Any, clearance: Clearance, locale: str, *, sole: bool) -> Cell:
    """A value as a reader of that clearance is shown it; `sole`: the firm is one person."""
    if value is None or value == "":
        return Cell(field, None, Shown(""))
    text = field.kind.shown(value, locale)
    if not field.sensitive:
        return Cell(field, value, Shown(text))
    own = sole and field.sensitive == "customer.phone"
    shown = sensitive.shown("customer.own_phone" if own else field.sensitive, text, clearance)
    return Cell(field, None if shown.masked else value, shown)


def _sole(customer: Customer) -> bool:
    return customer.size == "individual"


async def _visible_links(
    acting: Acting, section: Section, found: Sequence[dict[str, Any]]
) -> frozenset[int]:
    linked = {
        one[field.link]
        for one in found
        for field in section.fields
        if field.link and one[field.link] is not None
    }
    return await customers.visible_ids(acting, linked)
