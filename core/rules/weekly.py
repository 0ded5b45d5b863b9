"""WHY a customer is proposed for the week, in which order, and on which days. Pure.

The weights are the bank's to change: they stand here once. What comes first weighs most; each
further reason adds a little, and the grade decides between equals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import N_
from core.rules.crossings import CROSSINGS, SILENT_DAYS
from core.rules.distance import metres

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

#: reason → its weight
WEIGHTS = {
    "promise_due": 100,
    "overdue": 95,
    "complaint": 90,
    "classified": 85,
    "loan_matures": 80,
    "balance_down": 75,
    "outflow": 60,
    "elsewhere_matures": 55,
    "holding_matures": 45,
    "silent": 40,
    "never": 35,
    "licence_ends": 20,
    "paper_ends": 15,
}
REASONS = {
    **{code: CROSSINGS[code] for code in WEIGHTS if code in CROSSINGS},
    "complaint": N_("Complained lately"),
    "never": N_("No contact yet"),
    "planned": N_("Planned"),
}
#: each further reason, and for at most so many
FURTHER, MOST_FURTHER = 8, 2
GRADES = {"A": 6, "B": 4, "C": 2}
#: contacts that are proposed for one working day
A_DAY = 2
#: customers this near are met on one day, in metres
NEAR = 5_000
#: a complaint counts for so many days
COMPLAINT_DAYS = 30
MISSES = {
    "away": N_("Customer away"),
    "urgent": N_("More urgent things"),
    "moved": N_("Next week"),
    "needless": N_("Not needed"),
    "other": N_("Other reason"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer with what speaks for a contact: reason → days, where they are known."""

    customer_id: int
    grade: str
    reasons: Mapping[str, int | None]
    place: tuple[float, float] | None = None

    @property
    def reason(self) -> str:
        """The gravest."""
        return max(self.reasons, key=lambda one: WEIGHTS[one])

    @property
    def score(self) -> int:
        """How much speaks for it."""
        further = min(len(self.reasons) - 1, MOST_FURTHER)
        return WEIGHTS[self.reason] + FURTHER * further + GRADES.get(self.grade, 0)


def rhythm(grade: str) -> int:
    """In how many days at the latest a customer of this grade is to hear from the bank."""
    return SILENT_DAYS.get(grade, SILENT_DAYS["D"])


def ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those for whom anything speaks, the most first; of equals the one known longest."""
    able = (one for one in candidates if one.reasons)
    return sorted(able, key=lambda one: (-one.score, one.customer_id))


def spread(order: Sequence[Candidate], free: Mapping[date, int]) -> list[tuple[date, Candidate]]:
    """The first of the order on the free places, those near each other on one day.

    Who is proposed is a question of rank alone; nearness only decides on which day.
    """
    left = list(order[: sum(max(0, places) for places in free.values())])
    found: list[tuple[date, Candidate]] = []
    for day in sorted(free):
        first: Candidate | None = None
        for _ in range(max(0, free[day])):
            if not left:
                break
            taken = left[0] if first is None else (_near(first, left) or left[0])
            first = first or taken
            left.remove(taken)
            found.append((day, taken))
    return found


def _near(to: Candidate, among: Sequence[Candidate]) -> Candidate | None:
    if to.place is None:
        return None
    able = [
        (metres(to.place, one.place), one.customer_id, one)
        for one in among if one.place is not None
    ]  # fmt: skip
    able = [one for one in able if one[0] <= NEAR]
    return min(able, key=lambda one: one[:2])[2] if able else None


def became_of(*, contacted: bool, status: str, due: date | None, sunday: date, over: bool) -> str:
    """What became of an item: kept, moved, missed, or open while the week is on.

    A contact on another day of the week counts as well; so does a follow-up that is done.
    """
    if contacted or status == "done":
        return "kept"
    if status == "open" and due is not None and due > sunday:
        return "moved"
    return "missed" if over or status == "cancelled" else "open"
