"""The customers that a person's free text may mean, as the language understanding wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language.names import Entry, Portfolio
from core.rules.access import visible_customers
from storage.db import lookup
from storage.models import Contact, Customer

if TYPE_CHECKING:
    from core.acting import Acting

#: a leader's text may mean any customer of the tree: those last in touch are tried first
MOST = 500


async def portfolio(acting: Acting) -> Portfolio:
    """The acting person's visible customers, those last in touch first."""
    customers = await (
        Customer.filter(visible_customers(acting.person).q)
        .order_by("-last_contact_at", "id")
        .limit(MOST)
        .only("id", "name_zh", "name_en", "short_name")
    )
    words = await _own_words(acting)
    known = {customer.id for customer in customers}
    if further := words.keys() - known:
        customers += await Customer.filter(id__in=sorted(further)).only(
            "id", "name_zh", "name_en", "short_name"
        )
    contacts: dict[int, list[str]] = {}
    for customer_id, name, title in await Contact.filter(
        customer_id__in=[customer.id for customer in customers], ended_at=None
    ).values_list("customer_id", "name", "title"):
        contacts.setdefault(int(customer_id), []).append(f"{name} {title}".strip())
    return Portfolio(
        [
            Entry(
                id=customer.id,
                name_zh=customer.name_zh,
                name_en=customer.name_en,
                contacts=tuple(contacts.get(customer.id, ())),
                aliases=(customer.short_name,) if customer.short_name else (),
                nicknames=tuple(words.get(customer.id, ())),
            )
            for customer in customers
        ]
    )


async def _own_words(acting: Acting) -> dict[int, list[str]]:
    """What the acting person calls customers that they see (core/nicknames.py)."""
    where, args = visible_customers(acting.person).where("c")
    n = len(args) + 1
    words: dict[int, list[str]] = {}
    for row in await lookup(
        "SELECT n.customer_id, n.said FROM nickname n JOIN customer c ON c.id = n.customer_id"  # noqa: S608 - only placeholders
        f" WHERE {where} AND n.staff_id = ${n} AND n.ended_at IS NULL ORDER BY n.id",
        *args, acting.person.id,
    ):  # fmt: skip
        words.setdefault(int(row["customer_id"]), []).append(str(row["said"]))
    return words
