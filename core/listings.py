"""Lists that other systems page through: stable while rows come and go, within the scope.

A page begins after an id, so it costs the same however far one has paged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.rules.access import BANK, OWN, visible_customers
from storage.models import Customer, FollowUp, Staff, Unit

if TYPE_CHECKING:
    from tortoise.queryset import QuerySet

    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Which customers are wanted; what is None does not matter."""

    grade: str | None = None
    status: str | None = None
    industry: str | None = None
    size: str | None = None
    city: str | None = None
    external_id: str | None = None
    #: a staff number
    owner: str | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class FollowUpFilter:
    """Which follow-ups are wanted; what is None does not matter."""

    customer_id: int | None = None
    status: str | None = None
    #: a staff number
    owner: str | None = None


def _wanted(**facts: Any) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}


def _customers(acting: Acting, wanted: CustomerFilter) -> QuerySet[Customer]:
    return Customer.filter(visible_customers(acting.person).q).filter(
        **_wanted(
            grade=wanted.grade,
            status=wanted.status,
            industry=wanted.industry,
            size=wanted.size,
            city=wanted.city,
            external_id=wanted.external_id,
            owner__number=wanted.owner,
            unit_id=wanted.unit_id,
        )
    )


async def customers_after(
    acting: Acting, wanted: CustomerFilter, *, after: int, limit: int
) -> list[Customer]:
    """The customers of this person's scope from an id on, with their owners."""
    found = _customers(acting, wanted).filter(id__gt=after)
    return await found.order_by("id").limit(limit).select_related("owner")


async def customers_count(acting: Acting, wanted: CustomerFilter) -> int:
    """How many customers of this person's scope are wanted."""
    return await _customers(acting, wanted).count()


async def follow_ups_after(
    acting: Acting, wanted: FollowUpFilter, *, after: int, limit: int
) -> list[FollowUp]:
    """The follow-ups at this person's customers from an id on, with customer and owner."""
    return (
        await FollowUp.filter(visible_customers(acting.person).through("customer__"))
        .filter(
            id__gt=after,
            **_wanted(
                customer_id=wanted.customer_id, status=wanted.status, owner__number=wanted.owner
            ),
        )
        .order_by("id")
        .limit(limit)
        .select_related("customer", "owner")
    )


async def colleagues_after(
    acting: Acting, *, after: int, limit: int, role: str | None = None, unit_id: int | None = None
) -> list[Staff]:
    """Active colleagues from an id on: of the own unit, for leaders of everything below it."""
    found = Staff.filter(id__gt=after, active=True, **_wanted(role=role, unit_id=unit_id))
    if acting.person.role in OWN:
        found = found.filter(unit_id=acting.person.unit_id)
    elif acting.person.role not in BANK:
        found = found.filter(unit__path__startswith=acting.person.unit_path)
    return await found.order_by("id").limit(limit).select_related("unit")


async def units_after(acting: Acting, *, after: int, limit: int) -> list[Unit]:
    """The organization's units from an id on; who works here may know them all."""
    del acting  # every read takes the acting person: here it makes no difference
    return await Unit.filter(id__gt=after).order_by("id").limit(limit)
