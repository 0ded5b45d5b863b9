"""Which customer a name in a fact means: a supplier, a shareholder, a guaranteed firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.models import Customer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.facts.section import Section


async def linked_customers(section: Section, values: Mapping[str, Any]) -> dict[str, int | None]:
    """For each given field that may mean a customer, the column that links and whom it links.

    Only a full name or a credit code that one single customer has is taken for it. Whether the
    writer may see that customer does not matter here: readers are told by what they may see.
    """
    links: dict[str, int | None] = {}
    for name, value in values.items():
        field = section[name]
        if field.link:
            links[field.link] = await _meant(str(value)) if value else None
    return links


async def _meant(name: str) -> int | None:
    by_code = await Customer.filter(credit_code=name).values_list("id", flat=True)
    found = by_code or await Customer.filter(name_zh=name).limit(2).values_list("id", flat=True)
    return int(str(found[0])) if len(found) == 1 else None
