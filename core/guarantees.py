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


_FROM = "JOIN customer c ON c.id = r.customer_id WHERE"
_KINDS = ", ".join(f"'{kind}'" for kind in sorted(ONE_WAY | BOTH_WAYS))
_GIVEN = f"r.customer_id, r.other_id, r.name, r.kind FROM relation r {_FROM} r.kind IN ({_KINDS})"
_CONTROL = (
    "r.customer_id, r.other_id, r.name, r.kind"
    f" FROM relation r {_FROM} r.kind IN ('subsidiary', 'common_control')"
)
_OWNED = (
    "r.customer_id, r.holder_id AS other_id, r.name, 'owned_by' AS kind"
    f" FROM shareholder r {_FROM} r.kind = 'firm'"
)
_FAMILY = (
    "r.customer_id, r.family_firm_id AS other_id, r.firm AS name, 'family' AS kind"
    f" FROM family_member r {_FROM} r.firm <> ''"
)
#: where ties are told of, and the column that names the other end
_LINKS = {_GIVEN: "other_id", _CONTROL: "other_id", _OWNED: "holder_id", _FAMILY: "family_firm_id"}
_GUARANTEES = (_GIVEN,)
_TIES = (_GIVEN, _CONTROL, _OWNED, _FAMILY)


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
    return await _around(acting, customer_id, _GUARANTEES)


async def ties_around(acting: Acting, customer_id: int) -> Guarantees:
    """The same with ownership, control and family as well; the circles are of guarantees only.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    return await _around(acting, customer_id, _TIES)


async def _around(acting: Acting, customer_id: int, sources: tuple[str, ...]) -> Guarantees:
    start = await customers.visible(acting, customer_id)
    names = {start.id: start.name_zh}
    ties: dict[Tie, None] = {}
    level, depth = [start.id], 0
    while level and depth < DEPTH:
        found = await _rows_at(acting, level, sources)
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


async def _rows_at(
    acting: Acting, level: list[int], sources: tuple[str, ...]
) -> list[dict[str, Any]]:
    """The ties at either end of these customers, told by customers in the scope."""
    where, args = visible_customers(acting.person).where("c")
    ids = _marks(len(args), level)
    parts = " UNION ALL ".join(
        f"SELECT {source} AND {where} AND r.ended_at IS NULL"
        f" AND (r.customer_id IN ({ids}) OR r.{_LINKS[source]} IN ({ids}))"
        for source in sources
    )
    return await db.rows(f"{parts} ORDER BY 1, 4, 3", *args, *level)


async def _visible_names(acting: Acting, found: Iterable[dict[str, Any]]) -> dict[int, str]:
    ids = {one[column] for one in found for column in ("customer_id", "other_id")} - {None}
    seen = await Customer.filter(visible_customers(acting.person).q, id__in=list(ids))
    return {customer.id: customer.name_zh for customer in seen}


def _marks(after: int, values: Iterable[object]) -> str:
    return ", ".join(f"${after + n}" for n, _ in enumerate(values, 1))
