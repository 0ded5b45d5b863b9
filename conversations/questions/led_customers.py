"""Customers to pick from for a colleague: those that both work on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.questions.customers import CustomerSource
from conversations.questions.pick import Page
from core import customers, leader_plans
from core.errors import Refused

if TYPE_CHECKING:
    from conversations.questions.pick import Item
    from core.acting import Acting


@dataclass(frozen=True, slots=True)
class CustomersOf:
    """A colleague's customers that the person who leads them sees, too."""

    staff_id: int
    candidates: tuple[int, ...] = ()

    async def search(self, ctx: Acting, text: str, offset: int, limit: int) -> Page:
        """Customers that a text may mean, the likeliest first."""
        theirs = await leader_plans.led(ctx, self.staff_id)
        found = await CustomerSource(self.candidates).search(theirs, text, offset, limit)
        seen = await customers.visible_ids(ctx, [item.id for item in found.items])
        return Page(tuple(item for item in found.items if item.id in seen), more=found.more)

    async def get(self, ctx: Acting, item_id: int, /) -> Item | None:
        """The customer, if the colleague may work on it and the person sees it."""
        try:
            theirs = await leader_plans.led(ctx, self.staff_id)
            await customers.visible(ctx, item_id)
        except Refused:
            return None
        return await CustomerSource().get(theirs, item_id)
