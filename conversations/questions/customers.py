"""Customers to pick from: those that the person may work on, whatever was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.questions.pick import Item, Page
from core import customers
from core.errors import Refused
from core.people import staff_name

if TYPE_CHECKING:
    from core.acting import Acting
    from core.customers import Found


@dataclass(frozen=True, slots=True)
class CustomerSource:
    """The person's customers; before a search, the candidates of a note or those last in touch."""

    candidates: tuple[int, ...] = ()

    async def search(self, ctx: Acting, text: str, offset: int, limit: int) -> Page:
        """Customers that a text may mean, the likeliest first."""
        if text:
            found = await customers.find(ctx, text, limit=limit, offset=offset)
        elif self.candidates and not offset:
            found = await customers.these(ctx, self.candidates[:limit])
        else:
            found = await customers.recent(ctx, limit=limit, offset=offset)
        return Page(tuple(_item(item) for item in found.items), more=found.more)

    async def get(self, ctx: Acting, item_id: int, /) -> Item | None:
        """The customer, if the person may work on it."""
        try:
            customer = await customers.workable(ctx, item_id)
        except Refused:
            return None
        return Item(customer.id, customers.name_of(customer, ctx.locale), customer.city)


@dataclass(frozen=True, slots=True)
class CustomerName:
    """Reads what to call a customer, in both languages."""

    customer_id: int

    async def __call__(self, acting: Acting) -> dict[str, str]:
        """{"zh": …, "en": …}.

        Raises:
            NotFound: if it is none to be seen.
        """
        customer = await customers.visible(acting, self.customer_id)
        return {locale: customers.short_name_of(customer, locale) for locale in ("zh", "en")}


@dataclass(frozen=True, slots=True)
class CustomerInFull:
    """Reads a customer's whole name with who is in charge: what tells two of a like name apart."""

    customer_id: int

    async def __call__(self, acting: Acting) -> dict[str, str]:
        """{"zh": …, "en": …}.

        Raises:
            NotFound: if it is none to be seen.
        """
        customer = await customers.visible(acting, self.customer_id)
        owner = await customers.owner_of(customer)
        return {
            locale: " · ".join(
                part
                for part in (customers.name_of(customer, locale), staff_name(owner, locale))
                if part
            )
            for locale in ("zh", "en")
        }


def _item(found: Found) -> Item:
    return Item(found.id, found.name, found.city)
