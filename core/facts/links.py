"""Which customer a name in a fact means: a supplier, a shareholder, a guaranteed firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.models import Customer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.facts.section import Section

#: more customers of one name than this are not told apart by whom they were merged into
_LIKE = 10


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
    found = by_code or await Customer.filter(name_zh=name).limit(_LIKE).values_list(
        "id", flat=True
    )
    meant = set((await standing(int(str(one)) for one in found)).values())
    return meant.pop() if len(meant) == 1 else None


async def standing(ids: Iterable[int]) -> dict[int, int]:
    """For each customer the one that stands for it: itself, or whom it was merged into at last."""
    stands = {one: one for one in ids}
    ahead = set(stands)
    while ahead:
        merged = await Customer.filter(id__in=sorted(ahead), merged_into_id__isnull=False).values(
            "id", "merged_into_id"
        )
        into = {int(one["id"]): int(one["merged_into_id"]) for one in merged}
        stands = {one: into.get(now, now) for one, now in stands.items()}
        ahead = set(into.values())
    return stands
