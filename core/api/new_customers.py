"""Adding customers over HTTP, those that are likely there already, and merging two of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core import customers, duplicates, merging
from core.api.customers import CustomerTold, told_in_full
from core.api.route import Route
from core.api.schemas import Asked, Given, Id, Moment, Nothing, OneOf, Told, text
from core.duplicates import REASONS, Draft
from core.facts.sections import BASIC
from core.facts.vocabulary import SOURCES
from core.merging import MergeCustomers, UndoMerge
from core.new_customers import AddCustomer
from core.vocabulary import INDUSTRIES, SIZES, STATUSES
from storage.models import Merge

if TYPE_CHECKING:
    from core.api.route import Call

_KINDS = {field.name: field.kind for field in BASIC.fields}


class CustomerGiven(Given):
    """A firm to add; what is not known is left out."""

    name_zh: Annotated[str, text(120, least=1)] = Field(examples=["上海远德包装有限公司"])
    name_en: Annotated[str, text(160)] = ""
    short_name: Annotated[str, text(40)] = ""
    credit_code: Annotated[str, text(18)] = ""
    legal_representative: Annotated[str, text(60)] = ""
    industry: Annotated[str, OneOf(INDUSTRIES)] | None = None
    size: Annotated[str, OneOf(SIZES)] = "small"
    status: Annotated[str, OneOf(STATUSES)] = "prospect"
    city: Annotated[str, text(40)] = ""
    address: Annotated[str, text(200)] = ""
    phone: Annotated[str, text(20)] = ""
    founded: date | None = Field(None, strict=False)
    licence_expires: date | None = Field(None, strict=False)
    distinct_from: list[Id] = Field(
        [], max_length=20,
        description="Customers that look like it and are known to be other firms.",
    )  # fmt: skip
    source: Annotated[str, OneOf(SOURCES)] = "customer"


class DuplicatesAsked(Asked):
    """What is known of a firm that may be there already."""

    name: Annotated[str, text(120, least=1)]
    credit_code: Annotated[str, text(18)] = ""
    phone: Annotated[str, text(20)] = ""


class LikenessTold(Told):
    """A customer that is likely the same firm."""

    id: int | None = Field(description="Null where this person may not see it.")
    name: str
    why: Annotated[str, OneOf(REASONS)]


class LikenessesTold(Told):
    """The surest first."""

    items: list[LikenessTold]


class PairTold(Told):
    """Two customers that are likely one firm."""

    one: int
    other: int
    one_name: str
    other_name: str
    why: Annotated[str, OneOf(REASONS)]


class PairsTold(Told):
    """The surest first."""

    items: list[PairTold]


class MergeGiven(Given):
    """Which customer is the same firm."""

    merged_id: Id


class MergeTold(Told):
    """A merge of two customers."""

    id: int
    kept_id: int
    merged_id: int
    at: Moment
    stayed: int = Field(description="Rows that the kept customer had already.")
    undone_at: Moment | None


async def add_customer(call: Call[Nothing, CustomerGiven]) -> CustomerTold:
    """Add a firm; it is this person's, or lies in their unit's pool."""
    given = call.body
    values = {
        name: kind.kept(value)
        for name, kind in _KINDS.items()
        if (value := getattr(given, name, None)) not in (None, "")
    }
    added = await call.perform(AddCustomer(values, tuple(given.distinct_from), given.source))
    found = await customers.visible(call.acting, added)
    await found.fetch_related("owner")
    return await told_in_full(call.acting, found)


async def list_alike(call: Call[DuplicatesAsked, None]) -> LikenessesTold:
    """The customers that are likely this firm."""
    asked = call.query
    locale = call.acting.locale
    found = await duplicates.alike(call.acting, Draft(asked.name, asked.credit_code, asked.phone))
    return LikenessesTold(
        items=[
            LikenessTold(
                id=one.customer.id if one.visible else None,
                name=customers.name_of(one.customer, locale) if one.visible else "",
                why=one.why,
            )
            for one in found
        ]
    )


async def list_pairs(call: Call[Nothing, None]) -> PairsTold:
    """Likely pairs among the customers of the units that this person leads."""
    locale = call.acting.locale
    return PairsTold(
        items=[
            PairTold(
                one=pair.one.id,
                other=pair.other.id,
                one_name=customers.name_of(pair.one, locale),
                other_name=customers.name_of(pair.other, locale),
                why=pair.why,
            )
            for pair in await duplicates.pairs(call.acting, limit=20)
        ]
    )


async def merge(call: Call[Nothing, MergeGiven]) -> MergeTold:
    """Have one customer take over another's history; that one is closed."""
    done = await call.perform(MergeCustomers(call.id("customer_id"), call.body.merged_id))
    return _told(await Merge.get(id=done))


class MergesTold(Told):
    """The standing merges into a customer, the latest first."""

    items: list[MergeTold]


async def list_merges(call: Call[Nothing, None]) -> MergesTold:
    """The standing merges into a customer."""
    found = await merging.merges_of(call.acting, call.id("customer_id"))
    return MergesTold(items=[_told(one) for one in found])


async def undo_merge(call: Call[Nothing, None]) -> MergeTold:
    """Part two customers again."""
    await call.perform(UndoMerge(call.id("merge_id")))
    return _told(await Merge.get(id=call.id("merge_id")))


def _told(one: Merge) -> MergeTold:
    return MergeTold(
        id=one.id, kept_id=one.kept_id, merged_id=one.merged_id, at=one.at, stayed=one.stayed,
        undone_at=one.undone_at,
    )  # fmt: skip


ROUTES = (
    Route(method="POST", path="/customers", scope="customers:write", kind="change",
          does=add_customer, body=CustomerGiven, answer=CustomerTold, status=201,
          location="/customers/{answer.id}", summary="Add a customer"),
    Route(method="GET", path="/customers/alike", scope="customers:read", does=list_alike,
          query=DuplicatesAsked, answer=LikenessesTold,
          summary="Find customers that are likely a firm"),
    Route(method="GET", path="/customers/duplicates", scope="customers:read", does=list_pairs,
          answer=PairsTold, summary="List customers that are likely one firm"),
    Route(method="POST", path="/customers/{customer_id}/merge", scope="assignments:write",
          kind="change", does=merge, body=MergeGiven, answer=MergeTold, status=201,
          summary="Merge a customer into this one"),
    Route(method="GET", path="/customers/{customer_id}/merges", scope="customers:read",
          does=list_merges, answer=MergesTold, summary="List what was merged into a customer"),
    Route(method="POST", path="/merges/{merge_id}/undo", scope="assignments:write", kind="change",
          does=undo_merge, answer=MergeTold, summary="Part two customers again"),
)  # fmt: skip
