"""The group around a customer: who belongs to it, what it owes us in all, and its circles.

A group is what ownership, control, family and guarantees tie together, as far as the reader may
see it (core/guarantees.py). Exposure of a credit line is the larger of limit and drawn amount,
less the cash margin, because a line that is open can be drawn tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core import customers
from core.facts.links import linked_customers
from core.facts.reading import section_of
from core.facts.writing import read_values
from core.formats import money
from core.guarantees import ties_around
from core.i18n import LOCALES, N_, texts
from core.people import staff_name
from core.rules.access import visible_customers
from core.rules.circles import Tie, circles_made
from storage.db import rows
from storage.models import Customer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.acting import Acting
    from core.rules.circles import Firm

#: the categories whose rows tie firms together
TYING = frozenset({"relations", "shareholders", "family"})
_TIE_KINDS = {"shareholders": "owned_by", "family": "family"}


@dataclass(frozen=True, slots=True)
class Member:
    """A customer of the group."""

    id: int
    name: str
    owner: str
    exposure_fen: int
    drawn_fen: int


@dataclass(frozen=True, slots=True)
class Group:
    """What is tied together around a customer."""

    customer: Customer
    #: the largest exposure first
    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    circles: tuple[tuple[Firm, ...], ...]
    #: short names of the members by id
    names: Mapping[int, str]
    truncated: bool

    @property
    def exposure_fen(self) -> int:
        """Of all members."""
        return sum(member.exposure_fen for member in self.members)

    @property
    def drawn_fen(self) -> int:
        """By all members."""
        return sum(member.drawn_fen for member in self.members)

    def called(self, firm: Firm) -> str:
        """A firm's name, whether it is a customer to be seen or only a name."""
        return self.names.get(firm, str(firm)) if isinstance(firm, int) else firm


async def group(acting: Acting, customer_id: int) -> Group:
    """The group around a customer.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    around = await ties_around(acting, customer_id)
    members = await _members(acting, list(around.names))
    return Group(
        customer=customer,
        members=members,
        ties=around.ties,
        circles=around.circles,
        names={member.id: member.name for member in members},
        truncated=around.truncated,
    )


_EXPOSURE = """
SELECT customer_id,
       SUM(CASE WHEN drawn_fen > limit_fen THEN drawn_fen ELSE limit_fen END - margin_fen) AS open,
       SUM(drawn_fen) AS drawn
  FROM credit_line WHERE ended_at IS NULL AND customer_id IN ({marks}) GROUP BY customer_id
"""


async def _members(acting: Acting, ids: Sequence[int]) -> tuple[Member, ...]:
    marks = ", ".join(f"${n}" for n, _ in enumerate(ids, 1))
    owed = {
        int(row["customer_id"]): (int(row["open"]), int(row["drawn"]))
        for row in await rows(_EXPOSURE.format(marks=marks), *ids)
    }
    found = await Customer.filter(
        visible_customers(acting.person).q, id__in=list(ids)
    ).select_related("owner")
    members = [
        Member(
            one.id, customers.short_name_of(one, acting.locale),
            staff_name(one.owner, acting.locale), *owed.get(one.id, (0, 0)),
        )
        for one in found
    ]  # fmt: skip
    return tuple(sorted(members, key=lambda one: (-one.exposure_fen, one.id)))


@dataclass(frozen=True, slots=True)
class CirclePreview:
    """Reads what a new tie would close or join, before it is written down."""

    customer_id: int
    section: str
    #: the row's values, as texts
    values: tuple[tuple[str, str], ...]

    async def __call__(self, acting: Acting) -> dict[str, str]:
        """{"zh": …, "en": …}: the circle or the group and its exposure; empty where there is none.

        Raises:
            NotFound: if the customer is none to be seen.
        """
        tie, other = await self._tie(acting)
        if tie is None:
            return {}
        mine = await group(acting, self.customer_id)
        theirs = await group(acting, other) if other is not None else None
        both = {one.id: one for found in (mine, theirs) if found for one in found.members}
        joined = replace(mine, names={one.id: one.name for one in both.values()})
        ties = [*mine.ties, *(theirs.ties if theirs else ())]
        closed = circles_made(ties, tie)
        if not closed and len(both) < 2:
            return {}
        exposure = sum(one.exposure_fen for one in both.values())
        return {locale: _told(joined, closed, len(both), exposure, locale) for locale in LOCALES}

    async def _tie(self, acting: Acting) -> tuple[Tie | None, int | None]:
        section = section_of(self.section)
        values = read_values(section, dict(self.values))
        field = next((one for one in section.fields if one.link), None)
        name = values.get(field.name) if field is not None else None
        if self.section not in TYING or not name:
            return None, None
        if self.section == "shareholders" and values.get("kind") != "firm":
            return None, None
        linked = next(iter((await linked_customers(section, values)).values()), None)
        seen = (
            linked is not None
            and await Customer.filter(visible_customers(acting.person).q, id=linked).exists()
        )
        other = linked if seen else None
        kind = _TIE_KINDS.get(self.section) or str(values.get("kind"))
        return Tie(self.customer_id, other if other is not None else str(name), kind), other


def _told(
    found: Group, closed: Sequence[Sequence[Firm]], count: int, exposure: int, locale: str
) -> str:
    t = texts(locale)
    amount = money(exposure, locale)
    if not closed:
        return t(
            N_("group of {n} customers, exposure {amount}"), n=count, amount=amount
        ).unescape()
    way = " → ".join(found.called(firm) for firm in (*closed[0], closed[0][0]))
    return t(N_("closes a circle: {way}; exposure {amount}"), way=way, amount=amount).unescape()
