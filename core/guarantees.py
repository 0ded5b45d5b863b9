"""Who guarantees whom around a customer, as far as a person may see it.

Only rows of customers in the reader's scope are read, and only through such customers does the
walk go on. A firm outside it stands under the name that a visible customer's own row gives it, as
on the page of that row; what such a firm guarantees itself is not told, so that a circle through
it stays unknown to this reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import customers
from core.rules.access import visible_customers
from core.rules.circles import BOTH_WAYS, ONE_WAY, Tie, circles
from storage import db
from storage.models import Customer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.acting import Acting
    from core.rules.circles import Firm

#: how many customers and steps away the walk goes
MOST_FIRMS, DEPTH = 200, 6


@dataclass(frozen=True, slots=True)
class Guarantees:
    """The guarantees around a customer that are so today."""

    ties: tuple[Tie, ...]
    #: the customers in them by id; firms that are none to be seen stand in the ties by name
    names: dict[int, str]
    circles: tuple[tuple[Firm, ...], ...]
    #: there is more than was walked through
    truncated: bool


async def guarantees_around(acting: Acting, customer_id: int) -> Guarantees:
    """The guarantees that a customer is tied into, in both directions, and their circles.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    start = await customers.visible(acting, customer_id)
    names = {start.id: start.name_zh}
    ties: dict[Tie, None] = {}
    level, depth = [start.id], 0
    while level and depth < DEPTH:
        found = await _rows_at(acting, level)
        ours = await _visible_names(acting, found)
        for one in found:
            target = one["other_id"] if one["other_id"] in ours else one["name"]
            ties[Tie(one["customer_id"], target, one["kind"])] = None
        level = sorted(ours.keys() - names.keys())[: MOST_FIRMS - len(names)]
        names |= ours
        depth += 1
        if len(names) >= MOST_FIRMS:
            break
    return Guarantees(tuple(ties), names, circles(ties), truncated=bool(level))


async def _rows_at(acting: Acting, level: list[int]) -> list[dict[str, Any]]:
    """The guarantees that these customers give or are given, by customers in the scope."""
    where, args = visible_customers(acting.person).where("c")
    kinds = sorted(ONE_WAY | BOTH_WAYS)
    kind_marks = _marks(len(args), kinds)
    ids = _marks(len(args) + len(kinds), level)
    return await db.rows(
        "SELECT r.customer_id, r.other_id, r.name, r.kind"  # noqa: S608 - only marks are put in
        " FROM relation r JOIN customer c ON c.id = r.customer_id"
        f" WHERE {where} AND r.ended_at IS NULL AND r.kind IN ({kind_marks})"
        f" AND (r.customer_id IN ({ids}) OR r.other_id IN ({ids})) ORDER BY r.id",
        *args,
        *kinds,
        *level,
    )


async def _visible_names(acting: Acting, found: Iterable[dict[str, Any]]) -> dict[int, str]:
    ids = {one[column] for one in found for column in ("customer_id", "other_id")} - {None}
    seen = await Customer.filter(visible_customers(acting.person).q, id__in=list(ids))
    return {customer.id: customer.name_zh for customer in seen}


def _marks(after: int, values: Iterable[object]) -> str:
    return ", ".join(f"${after + n}" for n, _ in enumerate(values, 1))
