"""Customers: finding them, and the checks that every other use case starts from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import NotAllowed, NotFound
from core.rules import access
from core.rules.access import READ_ONLY, visible_customers, workable_customers
from storage import search
from storage.db import lookup
from storage.models import Customer, Staff, Unit
from storage.names import fold, pinyin_of
from storage.statements import found

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from core.acting import Absent, Acting
    from core.rules.access import Scope


#: what colleagues leave out when they name a firm in English
LEGAL_FORM = re.compile(r",?\s+(?:Co\.?,?\s+)?(?:Ltd|Limited|Inc|LLC)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A customer in a list: enough to recognise it."""

    id: int
    name: str
    city: str
    grade: str
    owner: str
    #: the whole row, for whoever has more to say of it
    customer: Customer


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of a list, and whether there is more."""

    items: tuple[Found, ...]
    more: bool


def name_of(customer: Customer, locale: str) -> str:
    """The customer's name in a language; Chinese where there is no English one."""
    return customer.name_zh if locale == "zh" else (customer.name_en or customer.name_zh)


def short_name_of(customer: Customer, locale: str) -> str:
    """What colleagues call the customer."""
    if locale == "zh":
        return customer.short_name or customer.name_zh
    return LEGAL_FORM.sub("", customer.name_en) or customer.name_zh


def city_of(customer: Customer, locale: str) -> str:
    """The customer's city in a language: 上海, Shanghai."""
    return customer.city if locale == "zh" else pinyin_of(customer.city).title()


async def visible(acting: Acting, customer_id: int) -> Customer:
    """The customer, if the acting person may see it.

    Raises:
        NotFound: if there is none or none to be seen; the two look alike.
    """
    customer = await _within(visible_customers(acting.person), customer_id)
    if customer is None:
        return await visible(acting, await _kept_instead(customer_id))
    return customer


async def _kept_instead(customer_id: int) -> int:
    """The customer that this one was merged into: what was named before the merge is still found.

    Raises:
        NotFound: if there is none.
    """
    into = "SELECT merged_into_id FROM customer WHERE id = $1 AND merged_into_id IS NOT NULL"
    for row in await lookup(into, customer_id):
        return int(row["merged_into_id"])
    raise NotFound


async def _within(scope: Scope, customer_id: int) -> Customer | None:
    """The customer, if the scope has it; written by hand, as every look and deed begins here."""
    where, args = scope.where("c")
    sql = f"SELECT c.* FROM customer c WHERE c.id = ${len(args) + 1} AND {where}"  # noqa: S608 - values are parameters
    seen = await found(Customer, sql, *args, customer_id)
    return seen[0] if seen else None


async def visible_ids(acting: Acting, ids: Collection[int]) -> frozenset[int]:
    """Those of the customers that the acting person may see."""
    if not ids:
        return frozenset()
    seen = Customer.filter(visible_customers(acting.person).q, id__in=sorted(ids))
    return frozenset(int(str(one)) for one in await seen.values_list("id", flat=True))


async def workable(acting: Acting, customer_id: int) -> Customer:
    """The customer, if the acting person may log and plan for it.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if it may be seen only.
    """
    if acting.person.role in READ_ONLY:
        await visible(acting, customer_id)
        raise NotAllowed
    customer = await _within(workable_customers(acting.person), customer_id)
    if customer is None:
        return await workable(acting, await _kept_instead(customer_id))
    return customer


async def may_work(acting: Acting, customer_id: int) -> bool:
    """Whether the acting person may work on a customer that they see; most people may."""
    if acting.person.role in READ_ONLY:
        return False
    if customer_id not in acting.person.shared_read:
        return True
    return await _within(workable_customers(acting.person), customer_id) is not None


async def stood_in_for(acting: Acting, customer: Customer) -> Absent | None:
    """Whose work the acting person does at this customer; None where it is the own."""
    if not acting.person.stands_for:
        return None
    unit = await Unit.get(id=customer.unit_id)
    return access.stood_in_for(acting.person, customer.owner_id, unit.path)


async def owner_of(customer: Customer) -> Staff | None:
    """Who is in charge, remembered as the customer's own; None in the pool."""
    if customer.owner_id is None:
        return None
    [owner] = await found(Staff, "SELECT * FROM staff WHERE id = $1", customer.owner_id)
    customer.owner = owner
    return owner


async def find(acting: Acting, text: str, *, limit: int = 6, offset: int = 0) -> FoundPage:
    """Customers of this person's scope that a text may mean, the likeliest first.

    The one that the person calls so comes before all others.
    """
    where, args = visible_customers(acting.person).where("c")
    called = await _called(acting, text, where, args)
    before = min(offset, 1) if called is not None else 0
    hits = await search.find_customers(
        text, where, args, limit=limit + 1 + before, offset=offset - before
    )
    ids = [hit.id for hit in hits if hit.id != called]
    if called is not None and not offset:
        ids = [called, *ids]
    return await _page(acting, ids[: limit + 1], limit)


async def _called(acting: Acting, text: str, where: str, args: list[object]) -> int | None:
    """The customer for which this is the acting person's own word (core/nicknames.py)."""
    n = len(args)
    sql = (
        "SELECT c.id FROM nickname n JOIN customer c ON c.id = n.customer_id"  # noqa: S608 - values are parameters
        f" WHERE {where} AND n.staff_id = ${n + 1} AND n.folded = ${n + 2}"
        " AND n.ended_at IS NULL"
    )
    rows = await lookup(sql, *args, acting.person.id, fold(text))
    return int(rows[0]["id"]) if rows else None


async def these(acting: Acting, ids: Sequence[int]) -> FoundPage:
    """Those of the given customers that this person may see, in the given order."""
    return await _page(acting, list(ids), len(ids))


async def recent(acting: Acting, *, limit: int = 6, offset: int = 0) -> FoundPage:
    """Customers of this person's scope, those last in touch first."""
    ids = await (
        Customer.filter(visible_customers(acting.person).q)
        .order_by("-last_contact_at", "id")
        .offset(offset)
        .limit(limit + 1)
        .values_list("id", flat=True)
    )
    return await _page(acting, [int(str(one)) for one in ids], limit)


async def _page(acting: Acting, ids: list[int], limit: int) -> FoundPage:
    by_id = {one.id: one for one in await _with_owners(acting, ids[:limit])}
    items = tuple(found_of(by_id[i], acting.locale) for i in ids[:limit] if i in by_id)
    return FoundPage(items, more=len(ids) > limit)


async def _with_owners(acting: Acting, ids: Sequence[int]) -> list[Customer]:
    """Those of the customers that this person may see, each with who is in charge of it."""
    if not ids:
        return []
    where, args = visible_customers(acting.person).where("c")
    marks = ", ".join(f"${n}" for n in range(len(args) + 1, len(args) + len(ids) + 1))
    sql = f"SELECT c.* FROM customer c WHERE c.id IN ({marks}) AND {where}"  # noqa: S608 - values are parameters
    seen = await found(Customer, sql, *args, *ids)
    owners = sorted({one.owner_id for one in seen if one.owner_id is not None})
    if owners:
        marks = ", ".join(f"${n}" for n, _ in enumerate(owners, 1))
        staff = await found(Staff, f"SELECT s.* FROM staff s WHERE s.id IN ({marks})", *owners)  # noqa: S608 - only marks are put in
        by_id = {one.id: one for one in staff}
        for one in seen:
            if one.owner_id is not None:
                one.owner = by_id[one.owner_id]
    return seen


def found_of(customer: Customer, locale: str) -> Found:
    """A customer (with the owner fetched) as it stands in a list."""
    owner = customer.owner if customer.owner_id is not None else None
    return Found(
        id=customer.id,
        name=name_of(customer, locale),
        city=city_of(customer, locale),
        grade=customer.grade,
        owner="" if owner is None else (owner.name_zh if locale == "zh" else owner.name_en),
        customer=customer,
    )
