"""What is known of a customer over HTTP: read, recorded, amended, ended, and how it changed.

One set of operations for every category; `section` is a name of core/facts/sections.py.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core.api.route import Route
from core.api.schemas import Asked, AskedId, Given, Limit, Moment, Nothing, OneOf, Told, text
from core.facts import reading
from core.facts.kinds import Money, Percent
from core.facts.reading import section_of, section_rows
from core.facts.sections import SECTIONS
from core.facts.trail import changes_of
from core.facts.vocabulary import SOURCES
from core.facts.writing import AmendFact, EndFact, RecordFact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.acting import Acting
    from core.api.route import Call
    from core.facts.reading import FactRow
    from core.facts.trail import ChangeView

SectionName = Annotated[str, OneOf(SECTIONS)]
FieldName = Annotated[str, text(32, 1)]
Written = Annotated[str, text(400)] | int | bool | None


class FactTold(Told):
    """One row of a category."""

    id: int
    section: str
    customer_id: int
    values: dict[str, str | int | bool | None] = Field(
        description="By field: amounts in fen, shares and rates in basis points, days as text;"
        " null where nothing is known, or it is masked."
    )
    masked: dict[str, str] = Field(
        description="What of a sensitive field this reader is shown instead."
    )
    links: dict[str, int] = Field(
        description="The customers that names mean, where the reader may see them."
    )
    source: str
    as_of: date | None = Field(description="The day that it is of.")
    ended: bool = Field(description="It is no longer so; recorded again, it lives again.")


class FactsTold(Told):
    """The rows of a category that are so today."""

    section: str
    fields: list[str]
    items: list[FactTold]
    total: int
    may_work: bool


class ChangeTold(Told):
    """One change: of a field, or of a whole row where the field is empty."""

    id: int
    section: str
    row_id: int
    field: str
    was: str
    now: str
    source: str
    at: Moment
    by: str


class ChangesTold(Told):
    """Changes, the latest first."""

    items: list[ChangeTold]


class FactsAsked(Asked):
    """Which category is wanted."""

    section: SectionName


class ChangesAsked(Asked):
    """Which changes are wanted."""

    section: SectionName | None = None
    row_id: AskedId | None = None
    since: Moment | None = None
    limit: Limit = 50


class FactGiven(Given):
    """A row to write down; the same natural key again amends the row."""

    section: SectionName = Field(examples=["other_banks"])
    values: dict[FieldName, Written] = Field(
        examples=[{"bank": "宁波银行", "product": "working_capital", "balance_fen": 500000000}],
        description="By field. A number is in fen, or in basis points; a text is read as a person"
        " would type it.",
    )
    source: Annotated[str, OneOf(SOURCES)] = "customer"
    as_of: date | None = Field(None, strict=False, description="Today if it is null.")


class FactAmended(Given):
    """Fields to change; null takes a value away."""

    values: dict[FieldName, Written] = Field(examples=[{"balance_fen": 300000000}])
    source: Annotated[str, OneOf(SOURCES)] = "customer"
    as_of: date | None = Field(None, strict=False, description="Today if it is null.")


def fact_told(row: FactRow, section: str, customer_id: int) -> FactTold:
    """A row as this reader is shown it."""
    return FactTold(
        id=row.id,
        section=section,
        customer_id=customer_id,
        values={
            cell.field.name: cell.value.isoformat() if isinstance(cell.value, date) else cell.value
            for cell in row.cells
        },
        masked={cell.field.name: cell.text for cell in row.cells if cell.shown.masked},
        links=row.links,
        source=row.source,
        as_of=row.as_of,
        ended=row.ended,
    )


async def list_facts(call: Call[FactsAsked, None]) -> FactsTold:
    """The rows of a category; sensitive values that are shown in full are written down."""
    found = await section_rows(call.acting, call.id("customer_id"), call.query.section)
    return FactsTold(
        section=found.section.name,
        fields=[field.name for field in found.section.fields],
        items=[fact_told(row, found.section.name, found.customer.id) for row in found.rows],
        total=found.total,
        may_work=found.may_work,
    )


async def get_fact(call: Call[Nothing, None]) -> FactTold:
    """One row of a category."""
    return await _told(call.acting, call.path["section"], call.id("fact_id"))


async def record_fact(call: Call[Nothing, FactGiven]) -> FactTold:
    """Write down a row of a category, or amend the row with the same natural key."""
    given = call.body
    command = RecordFact(
        call.id("customer_id"), given.section, _texts(given.section, given.values), given.source,
        given.as_of,
    )  # fmt: skip
    done = await call.perform(command)
    return await _told(call.acting, given.section, done["id"])


async def amend_fact(call: Call[Nothing, FactAmended]) -> FactTold:
    """Change fields of a row."""
    section, given = call.path["section"], call.body
    command = AmendFact(
        section, call.id("fact_id"), _texts(section, given.values), given.source, given.as_of
    )
    done = await call.perform(command)
    return await _told(call.acting, section, done["id"])


async def end_fact(call: Call[Nothing, None]) -> FactTold:
    """Say that a row is no longer so; it stays in the history."""
    section = call.path["section"]
    done = await call.perform(EndFact(section, call.id("fact_id")))
    return await _told(call.acting, section, done["id"])


async def list_changes(call: Call[ChangesAsked, None]) -> ChangesTold:
    """How what is known of a customer changed; sensitive values stay under their masks."""
    asked = call.query
    found = await changes_of(
        call.acting, call.id("customer_id"), section=asked.section, row_id=asked.row_id,
        since=asked.since, limit=asked.limit,
    )  # fmt: skip
    return ChangesTold(items=[_change(one) for one in found])


def _change(view: ChangeView) -> ChangeTold:
    return ChangeTold(
        id=view.id,
        section=view.section,
        row_id=view.row_id,
        field=view.name,
        was=view.was,
        now=view.now,
        source=view.source,
        at=view.at,
        by=view.by,
    )


async def _told(acting: Acting, section: str, row_id: int) -> FactTold:
    row, customer = await reading.fact(acting, section, row_id)
    return fact_told(row, section, customer.id)


def _texts(section: str, values: Mapping[str, Written]) -> dict[str, str]:
    """Values as core takes them: texts that the fields' kinds read.

    Raises:
        NotFound: if there is no such category.
    """
    found = section_of(section)
    texts = {}
    for name, value in values.items():
        kind = found[name].kind if name in found else None
        if isinstance(value, bool):
            texts[name] = "1" if value else "0"
        elif isinstance(value, int) and isinstance(kind, Money | Percent):
            texts[name] = kind.kept(value)
        else:
            texts[name] = "" if value is None else str(value)
    return texts


_IT = {"section": "/section", "fact_id": "/id"}
_NEXT = {"get_fact": _IT, "amend_fact": _IT, "end_fact": _IT}
ROUTES = (
    Route(method="GET", path="/customers/{customer_id}/facts", scope="customers:read",
          kind="audited", does=list_facts, query=FactsAsked, answer=FactsTold,
          summary="List what is known in a category"),
    Route(method="POST", path="/customers/{customer_id}/facts", scope="customers:write",
          kind="change", does=record_fact, body=FactGiven, answer=FactTold, status=201,
          location="/facts/{answer.section}/{answer.id}", links=_NEXT,
          summary="Write down a fact"),
    Route(method="GET", path="/customers/{customer_id}/changes", scope="customers:read",
          does=list_changes, query=ChangesAsked, answer=ChangesTold,
          summary="List how what is known changed"),
    Route(method="GET", path="/facts/{section}/{fact_id}", scope="customers:read",
          kind="audited", does=get_fact, answer=FactTold, links=_NEXT, summary="Read a fact"),
    Route(method="PATCH", path="/facts/{section}/{fact_id}", scope="customers:write",
          kind="change", does=amend_fact, body=FactAmended, answer=FactTold, unchanged=get_fact,
          summary="Change a fact"),
    Route(method="POST", path="/facts/{section}/{fact_id}/end", scope="customers:write",
          kind="change", does=end_fact, answer=FactTold, unchanged=get_fact,
          summary="Say that a fact is no longer so"),
)  # fmt: skip
