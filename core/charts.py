"""What can be drawn of a customer: balances, turnover and contribution by month, and its group.

Amounts are those of the customer's accounts in yuan that are no loans. A look at a picture is
written down like a look at the page that it stands for.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeVar

from core import audit, customers, formats, groups
from core.drawings import Chart, Drawing, Edge, Graph, Node, Series
from core.errors import Conflict, NotFound
from core.facts.vocabulary import TIES
from core.i18n import N_
from core.rules.circles import BOTH_WAYS, ONE_WAY
from storage.db import lookup, rows
from storage.statements import day

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from core.acting import Acting
    from core.groups import Group
    from core.rules.circles import Firm, Tie
    from storage.models import Customer

Value = TypeVar("Value")
MONTHS = 12
#: more firms can't be told apart on a phone
MOST_NODES = 9
_LEAST_POINTS = 2


class TooLittle(Conflict):
    """There is not enough to see anything in a picture."""

    code = "too_little_to_draw"
    msgid = N_("There is too little to draw yet.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing, and the same in a line or a few, for whoever can't see it."""

    drawing: Drawing
    caption: str
    figures: str


async def drawn(acting: Acting, what: str, customer_id: int) -> Drawn:
    """One of DRAWN for a customer; the look is written down.

    Raises:
        NotFound: if the customer is none to be seen, or nothing of that name can be drawn.
        TooLittle: if there is too little to draw.
    """
    if what not in DRAWN:
        raise NotFound
    customer = await customers.visible(acting, customer_id)
    made = await DRAWN[what](acting, customer)
    await audit.record(acting, "view", "customer", customer.id, picture=what)
    return made


_BALANCE = """
SELECT SUM((SELECT b.balance_fen FROM balance b WHERE b.account_id = a.id AND b.day <= $2
             ORDER BY b.day DESC LIMIT 1)) AS fen
  FROM account a WHERE a.customer_id = $1 AND a.ended_at IS NULL AND a.kind <> 'loan'
   AND a.currency = 'CNY' AND (a.closed IS NULL OR a.closed > $2)
"""


async def _balance(acting: Acting, customer: Customer) -> Drawn:
    """The sum of the balances at the end of each month, and today's."""
    t, months = acting.texts, _months(acting.local_now.date())
    values = []
    for first in months:
        [row] = await lookup(_BALANCE, customer.id, day(_next(first) - timedelta(days=1)))
        values.append(None if row["fen"] is None else int(row["fen"]))
    months, values = _known(months, values)
    title = str(t("Balance at the month's end"))
    return _charted(acting, customer, "line", title, months, [("", values)])


_TURNOVER = """
SELECT substr(CAST(f.day AS TEXT), 1, 7) AS month,
       SUM(CASE WHEN f.amount_fen > 0 THEN f.amount_fen ELSE 0 END) AS came,
       SUM(CASE WHEN f.amount_fen < 0 THEN -f.amount_fen ELSE 0 END) AS went
  FROM account a JOIN flow f ON f.account_id = a.id AND f.day >= $2
 WHERE a.customer_id = $1 AND a.ended_at IS NULL AND a.kind <> 'loan' AND a.currency = 'CNY'
 GROUP BY 1
"""


async def _turnover(acting: Acting, customer: Customer) -> Drawn:
    """What came in and went out each month."""
    t, months = acting.texts, _months(acting.local_now.date())
    found = {
        str(row["month"]): (int(row["came"]), int(row["went"]))
        for row in await rows(_TURNOVER, customer.id, day(months[0]))
    }
    pairs = [found.get(f"{first:%Y-%m}") for first in months]
    months, kept = _known(months, pairs)
    came, went = ([None if pair is None else pair[n] for pair in kept] for n in (0, 1))
    return _charted(
        acting, customer, "bars", str(t("Turnover")), months,
        [(str(t("In")), came), (str(t("Out")), went)],
    )  # fmt: skip


_CONTRIBUTION = """
SELECT substr(CAST(month AS TEXT), 1, 7) AS month,
       SUM(deposit_income_fen + loan_income_fen + fee_income_fen - cost_fen - risk_cost_fen) AS net
  FROM contribution WHERE customer_id = $1 AND month >= $2 AND ended_at IS NULL GROUP BY 1
"""


async def _contribution(acting: Acting, customer: Customer) -> Drawn:
    """What each month brought after costs (docs/contribution.md)."""
    months = _months(acting.local_now.date())
    found = {
        str(row["month"]): int(row["net"])
        for row in await rows(_CONTRIBUTION, customer.id, day(months[0]))
    }
    months, values = _known(months, [found.get(f"{first:%Y-%m}") for first in months])
    title = str(acting.texts("Contribution"))
    return _charted(acting, customer, "bars", title, months, [("", values)])


async def _group(acting: Acting, customer: Customer) -> Drawn:
    """The group around the customer, the nearest firms first."""
    t, found = acting.texts, await groups.group(acting, customer.id)
    if not found.ties:
        raise TooLittle
    near = _nearest(found, customer.id)
    shown, left = near[:MOST_NODES], len(near) - MOST_NODES
    numbers = {firm: number for number, firm in enumerate(shown)}
    owed = {one.id: one.exposure_fen for one in found.members}
    on_circle = {
        arrow
        for circle in found.circles
        for arrow in zip(circle, (*circle[1:], circle[0]), strict=True)
    }
    name = customers.short_name_of(customer, acting.locale)
    exposure = t("Exposure {amount}", amount=formats.money(found.exposure_fen, acting.locale))
    circle = t("Guarantee circle")
    graph = Graph(
        title=f"{name} · {exposure.unescape()}",
        nodes=tuple(_node(acting, found, owed, firm, customer.id) for firm in shown),
        edges=tuple(
            Edge(
                numbers[tie.source], numbers[tie.target],
                t(TIES.get(tie.kind, tie.kind)).unescape(),
                _guarantees_in(tie, on_circle),
            )
            for tie in found.ties
            if tie.source in numbers and tie.target in numbers
        ),
        legend=f"━ {circle.unescape()}" if on_circle else "",
        more=f"+{left}" if left > 0 else "",
    )  # fmt: skip
    lines = [f"{found.called(tie.source)} → {found.called(tie.target)}" for tie in found.ties]
    return Drawn(graph, graph.title, "\n".join(lines[:MOST_NODES]))


def _guarantees_in(tie: Tie, circle: set[tuple[Firm, Firm]]) -> bool:
    """Whether a tie is a guarantee that lies on a circle, one way or, if mutual, either."""
    if tie.kind in BOTH_WAYS and (tie.target, tie.source) in circle:
        return True
    return tie.kind in ONE_WAY | BOTH_WAYS and (tie.source, tie.target) in circle


def _nearest(found: Group, asked: int) -> list[Firm]:
    """The firms of a group by their distance from the one that was asked for."""
    beside: dict[Firm, dict[Firm, None]] = {}
    for tie in found.ties:
        beside.setdefault(tie.source, {})[tie.target] = None
        beside.setdefault(tie.target, {})[tie.source] = None
    order: dict[Firm, None] = {asked: None}
    waiting: deque[Firm] = deque([asked])
    while waiting:
        for other in beside.get(waiting.popleft(), ()):
            if other not in order:
                order[other] = None
                waiting.append(other)
    return list(order | dict.fromkeys(member.id for member in found.members))


def _node(acting: Acting, found: Group, owed: dict[int, int], firm: Firm, asked: int) -> Node:
    if not isinstance(firm, int) or firm not in owed:
        return Node(found.called(firm), "", "outside")
    amount = formats.money(owed[firm], acting.locale) if owed[firm] else ""
    return Node(found.called(firm), amount, "asked" if firm == asked else "customer")


DRAWN: dict[str, Callable[[Acting, Customer], Awaitable[Drawn]]] = {
    "balance": _balance,
    "turnover": _turnover,
    "contribution": _contribution,
    "group": _group,
}


def _charted(
    acting: Acting,
    customer: Customer,
    shape: Literal["line", "bars"],
    title: str,
    months: Sequence[date],
    series: Sequence[tuple[str, Sequence[int | None]]],
) -> Drawn:
    locale = acting.locale
    if len(months) < _LEAST_POINTS:
        raise TooLittle
    name = customers.short_name_of(customer, locale)
    chart = Chart(
        shape,
        f"{name} · {title}",
        tuple(formats.month(first, locale) for first in months),
        tuple(Series(label, tuple(values)) for label, values in series),
        locale,
    )
    last = " · ".join(
        f"{label} {formats.money(values[-1], locale)}".strip()
        for label, values in series
        if values[-1] is not None
    )
    lines = [
        f"{formats.month(first, locale)}  "
        + "  ".join(formats.money(values[n] or 0, locale) for _, values in series)
        for n, first in enumerate(months)
    ]
    caption = f"{chart.title}\n{formats.month(months[-1], locale)}  {last}"
    return Drawn(chart, caption, "\n".join(lines))


def _known(
    months: Sequence[date], values: Sequence[Value | None]
) -> tuple[list[date], list[Value | None]]:
    """The months from the first to the last of which something is known."""
    there = [n for n, value in enumerate(values) if value is not None]
    if not there:
        raise TooLittle
    kept = slice(there[0], there[-1] + 1)
    return list(months[kept]), list(values[kept])


def _months(today: date) -> list[date]:
    """The first days of the last twelve months, this one included."""
    number = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(number - MONTHS + 1, number + 1)]


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
