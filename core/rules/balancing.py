"""Who gets which of many customers: an even load, and people who know the place and the trade.

Customers weigh by grade (A 4, B 3, C 2, D 1), the heaviest are given first. Each goes to whom it
costs least: the weight they would keep then, less what it is worth that they know customers of the
same city and the same line of business. Ours; the bank's description names the three concerns
(load by grade, industry, place) and no formula. The same input gives the same answer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WEIGHTS = {"A": 4, "B": 3, "C": 2, "D": 1}
UNKNOWN_GRADE = 2
#: how much uneven load it is worth to know the city, or the line of business
PLACE, TRADE = 3.0, 2.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A customer that somebody is to get."""

    id: int
    grade: str
    industry: str
    city: str

    @property
    def weight(self) -> int:
        """How much work it is."""
        return WEIGHTS.get(self.grade, UNKNOWN_GRADE)


@dataclass
class Keeper:
    """Somebody who may get some, with what they keep already."""

    id: int
    weight: float = 0.0
    count: int = 0
    cities: Counter[str] = field(default_factory=Counter)
    industries: Counter[str] = field(default_factory=Counter)

    def cost(self, piece: Piece) -> float:
        """What it costs to give them this one."""
        known = PLACE * self._part(self.cities, piece.city)
        known += TRADE * self._part(self.industries, piece.industry)
        return self.weight + piece.weight - known

    def gets(self, piece: Piece) -> None:
        """One more."""
        self.weight += piece.weight
        self.count += 1
        self.cities[piece.city] += 1
        self.industries[piece.industry] += 1

    def _part(self, of: Counter[str], name: str) -> float:
        return of[name] / self.count if self.count and name else 0.0


def balance(pieces: Sequence[Piece], keepers: Sequence[Keeper]) -> Mapping[int, list[Piece]]:
    """Whom each customer goes to: keeper id → customers. Keepers are changed on the way.

    Raises:
        ValueError: if there is nobody to give them to.
    """
    if not keepers:
        raise ValueError("nobody to give them to")
    given: dict[int, list[Piece]] = {keeper.id: [] for keeper in keepers}
    ordered = sorted(keepers, key=lambda keeper: keeper.id)
    for piece in sorted(pieces, key=lambda one: (-one.weight, one.id)):
        cheapest = min(ordered, key=lambda keeper: (keeper.cost(piece), keeper.id))
        cheapest.gets(piece)
        given[cheapest.id].append(piece)
    return given
