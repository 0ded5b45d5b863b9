"""Customers: finding them, and the checks that every other use case starts from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import sensitive
from core.errors import NotAllowed, NotFound
from core.rules import access
from core.rules.access import READ_ONLY, visible_customers, workable_customers
from storage import search
from storage.models import Customer, Unit
from storage.names import pinyin_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.acting import Absent, Acting


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
    #: what of it may stand in a group
    in_group: str = ""


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
    scope = visible_customers(acting.person)
    customer = await Customer.filter(scope.q, id=customer_id).first()
    if customer is None:
        raise NotFound
    return customer


async def workable(acting: Acting, customer_id: int) -> Customer:
    """The customer, if the acting person may log and plan for it.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if it may be seen only.
    """
    if acting.person.role in READ_ONLY:
        await visible(acting, customer_id)
        raise NotAllowed
    customer = await Customer.filter(workable_customers(acting.person).q, id=customer_id).first()
    if customer is None:
        raise NotFound
    return customer


async def may_work(acting: Acting, customer_id: int) -> bool:
    """Whether the acting person may work on a customer that they see; most people may."""
    if acting.person.role in READ_ONLY:
        return False
    if customer_id not in acting.person.shared_read:
        return True
    return await Customer.filter(workable_customers(acting.person).q, id=customer_id).exists()


async def stood_in_for(acting: Acting, customer: Customer) -> Absent | None:
    """Whose work the acting person does at this customer; None where it is the own."""
    if not acting.person.stands_for:
        return None
    unit = await Unit.get(id=customer.unit_id)
    return access.stood_in_for(acting.person, customer.owner_id, unit.path)


async def find(acting: Acting, text: str, *, limit: int = 6, offset: int = 0) -> FoundPage:
    """Customers of this person's scope that a text may mean, the likeliest first."""
    where, args = visible_customers(acting.person).where("c")
    hits = await search.find_customers(text, where, args, limit=limit + 1, offset=offset)
    return await _page(acting, [hit.id for hit in hits], limit)


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
    return await _page(acting, [int(str(found)) for found in ids], limit)


async def _page(acting: Acting, ids: list[int], limit: int) -> FoundPage:
    customers = await Customer.filter(
        visible_customers(acting.person).q, id__in=ids[:limit]
    ).select_related("owner")
    by_id = {customer.id: customer for customer in customers}
    items = tuple(found_of(by_id[i], acting.locale) for i in ids[:limit] if i in by_id)
    return FoundPage(items, more=len(ids) > limit)


def found_of(customer: Customer, locale: str) -> Found:
    """A customer (with the owner fetched) as it stands in a list."""
    owner = customer.owner
    return Found(
        id=customer.id,
        name=name_of(customer, locale),
        city=city_of(customer, locale),
        grade=customer.grade,
        owner="" if owner is None else (owner.name_zh if locale == "zh" else owner.name_en),
        in_group=sensitive.in_group(customer, locale),
    )
