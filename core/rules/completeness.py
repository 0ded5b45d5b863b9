"""How much is known of a customer, and what is most worth asking for next. Pure.

A category weighs what knowing it unblocks: rules that can warn, reports that can count, offers
that can be made. The weights are the bank's to change; they sum up to a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Need:
    """A category that should be known of every customer."""

    section: str
    weight: int
    #: what knowing it unblocks, a message id
    why: str


NEEDS = (
    Need("other_banks", 18, N_("warns before a loan elsewhere matures")),
    Need("contacts", 14, N_("says whom to call")),
    Need("statements", 14, N_("gives ratios and a grade")),
    Need("partners", 12, N_("opens supply chain offers")),
    Need("shareholders", 10, N_("shows who controls the firm")),
    Need("relations", 10, N_("finds guarantee circles")),
    Need("holdings", 8, N_("shows what can be offered")),
    Need("family", 6, N_("finds family firms")),
    Need("properties", 4, N_("shows what can be pledged")),
    Need("consents", 4, N_("allows credit bureau queries and offers")),
)


def percent(known: Collection[str]) -> int:
    """How much is known, from 0 to 100."""
    return sum(need.weight for need in NEEDS if need.section in known)


def next_need(known: Collection[str], not_now: Collection[str] = ()) -> Need | None:
    """The missing category that is worth most, but for those that were put off."""
    missing = [need for need in NEEDS if need.section not in known and need.section not in not_now]
    return max(missing, key=lambda need: need.weight, default=None)
