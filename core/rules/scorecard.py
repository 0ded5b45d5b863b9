"""The scorecard: what a customer is worth to the bank, factor by factor, and its grade. Pure.

Seven factors, a hundred points. Each has steps: the first that the value reaches gives the points.
What is not known gives none, and is told, so that it is asked for. A loan that is overdue or no
longer classified as normal caps the grade. Who changes a step or a line counts VERSION up: every
grade that was given says by which version.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME, VERSION = "small_firms", 1
GRADES = ("A", "B", "C", "D")

Unit = Literal["fen", "share", "count", "years"]
_WAN = 10_000 * 100


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that counts, with its steps: (at least this much, points), the highest first."""

    code: str
    label: str
    unit: Unit
    steps: tuple[tuple[float, int], ...]
    #: less is better: the steps say at most, the lowest first
    falling: bool = False

    @property
    def most(self) -> int:
        """The points of the best step."""
        return self.steps[0][1]

    def points(self, value: float | None) -> int:
        """What a value gives; nothing where it is unknown or reaches no step."""
        if value is None:
            return 0
        return next(
            (
                points
                for line, points in self.steps
                if (value <= line if self.falling else value >= line)
            ),
            0,
        )


FACTORS = (
    Factor("contribution", N_("Contribution, 12 months"), "fen",
           ((50 * _WAN, 30), (20 * _WAN, 22), (5 * _WAN, 14), (1, 6))),
    Factor("deposits", N_("Deposits, average"), "fen",
           ((500 * _WAN, 20), (200 * _WAN, 15), (50 * _WAN, 10), (10 * _WAN, 5))),
    Factor("products", N_("Products held"), "count", ((6, 15), (4, 11), (2, 7), (1, 3))),
    Factor("margin", N_("Net margin"), "share", ((0.10, 10), (0.05, 7), (0.0, 4))),
    Factor("debt", N_("Debt ratio"), "share", ((0.40, 10), (0.60, 7), (0.75, 3)), falling=True),
    Factor("years", N_("Years in business"), "years", ((10, 10), (5, 7), (3, 4), (1, 2))),
    Factor("growth", N_("Revenue growth"), "share", ((0.15, 5), (0.0, 3))),
)  # fmt: skip
#: from so many points on
LINES = ((70, "A"), (50, "B"), (30, "C"), (0, "D"))
#: what caps a grade: the best that is left
CAPS = {
    "overdue": (N_("Overdue: C at most"), "C"),
    "mention": (N_("Loan under special mention: C at most"), "C"),
    "bad": (N_("Loan classified as bad: D"), "D"),
}
_BAD = frozenset({"substandard", "doubtful", "loss"})


@dataclass(frozen=True, slots=True)
class Scored:
    """A factor with its value and what it gave."""

    factor: Factor
    value: float | None
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """What the scorecard says."""

    scored: tuple[Scored, ...]
    points: int
    grade: str
    #: a key of CAPS, where one held the grade down
    cap: str | None = None


def score(
    values: Mapping[str, float | None], *, overdue_fen: int = 0, classification: str = "normal"
) -> Score:
    """Points and grade of a customer; `values` by the factors' codes, unknown is None."""
    scored = tuple(
        Scored(one, values.get(one.code), one.points(values.get(one.code))) for one in FACTORS
    )
    points = sum(one.points for one in scored)
    grade = next(letter for line, letter in LINES if points >= line)
    cap = _cap(overdue_fen, classification)
    if cap is not None and grade < CAPS[cap][1]:
        return Score(scored, points, CAPS[cap][1], cap)
    return Score(scored, points, grade)


def _cap(overdue_fen: int, classification: str) -> str | None:
    if classification in _BAD:
        return "bad"
    if overdue_fen > 0:
        return "overdue"
    return "mention" if classification == "mention" else None
