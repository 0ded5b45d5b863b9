"""NUMBERS: what of each rule the bank may change, as it comes, and within which bounds. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core.i18n import N_
from core.rules import crossings as lines
from core.rules.alerts import ALERTS

#: a number's code → its values
Numbers = Mapping[str, tuple[int, ...]]

_YUAN = 100
_WAN = 10_000 * _YUAN
#: what a year's day may be told of before, and how often
_A_YEAR, _TIMES = 365, 4


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a rule; several where a fact is told of more than once."""

    code: str
    #: what people call it, a message id
    label: str
    unit: Literal["days", "percent", "fen"]
    #: as it comes
    usual: tuple[int, ...]
    least: int
    most: int
    #: how many values at most
    many: int = 1

    def fits(self, values: tuple[int, ...]) -> bool:
        """Whether these are so many, all different, and within the bounds."""
        return (
            0 < len(values) <= self.many
            and len(set(values)) == len(values)
            and all(self.least <= one <= self.most for one in values)
        )


def _days_before(usual: tuple[int, ...]) -> Number:
    return Number("days", N_("Days before, each told of once"), "days", usual, 0, _A_YEAR, _TIMES)


_AHEAD = Number("ahead", N_("Days ahead"), "days", (0,), 0, 14)
_SILENT = {
    "A": N_("Grade A: days without contact"),
    "B": N_("Grade B: days without contact"),
    "C": N_("Grade C: days without contact"),
    "D": N_("Other grades: days without contact"),
}
_ESCALATES = {
    0: N_("Working days until the leader hears of it (0: never)"),
    1: N_("Working days until the leader hears of it"),
}
_ESCALATE_MOST = 20
_REST_MOST = 90


def _of_all(code: str) -> tuple[Number, ...]:
    """What every rule has."""
    kind = ALERTS[code]
    # What nobody may silence for themselves, the bank does not keep from the leader either.
    least = 1 if kind.least == "now" else 0
    return (
        Number("escalate", _ESCALATES[least], "days", (kind.escalate_after or 0,), least,
               _ESCALATE_MOST),
        Number("rest", N_("Days until the same customer is told of again (0: at once)"), "days",
               (0,), 0, _REST_MOST),
    )  # fmt: skip


_OWN: dict[str, tuple[Number, ...]] = {
    "overdue": (
        Number("from", N_("Amount overdue, at least"), "fen", (1,), 1, 100 * _WAN),
    ),
    "balance_down": (
        Number("percent", N_("Fall within a week, at least"), "percent", (lines.FALL_PERCENT,),
               5, 90),
        Number("from", N_("Deposits a week ago, at least"), "fen", (lines.FALL_FROM,), _WAN,
               100_000 * _WAN),
    ),
    "outflow": (
        Number("from", N_("Payment, at least"), "fen", (lines.OUTFLOW_FROM,), _WAN,
               100_000 * _WAN),
        Number("unknown", N_("Payment, where no average is known, at least"), "fen",
               (lines.OUTFLOW_UNKNOWN,), _WAN, 100_000 * _WAN),
    ),
    "loan_matures": (_days_before(lines.LOAN_DAYS),),
    "elsewhere_matures": (_days_before(lines.LOAN_DAYS),),
    "holding_matures": (_days_before(lines.HOLDING_DAYS),),
    "licence_ends": (_days_before(lines.LICENCE_DAYS),),
    "paper_ends": (_days_before(lines.PAPER_DAYS),),
    "anniversary": (_AHEAD,),
    "birthday": (_AHEAD,),
    "promise_due": (Number("late", N_("Days late"), "days", (1,), 1, 30),),
    "unconfirmed": (
        Number("wait", N_("Days without an answer"), "days", (lines.UNCONFIRMED_DAYS,), 1, 30),
    ),
    "silent": tuple(
        Number(grade.lower(), label, "days", (lines.SILENT_DAYS[grade],), 7, 730)
        for grade, label in _SILENT.items()
    ),
}  # fmt: skip

#: rule → its numbers, in the order of the buttons
NUMBERS: dict[str, tuple[Number, ...]] = {
    code: (*_OWN.get(code, ()), *_of_all(code)) for code in ALERTS
}


def number_of(code: str, number: str) -> Number | None:
    """A rule's number by its code; None where the rule has none such."""
    return next((one for one in NUMBERS.get(code, ()) if one.code == number), None)


def numbers_of(code: str, changed: Mapping[str, list[int]] | None = None) -> Numbers:
    """A rule's numbers: as the bank changed them, or as they come.

    What no longer fits the bounds counts as unchanged. Several stand with the largest first.
    """
    found: dict[str, tuple[int, ...]] = {}
    for one in NUMBERS[code]:
        values = tuple((changed or {}).get(one.code, ()))
        found[one.code] = tuple(sorted(values, reverse=True)) if one.fits(values) else one.usual
    return found


def finds_more(before: Numbers, after: Numbers) -> bool:
    """Whether a change may make true at once what was not: all but the clock and the pause."""
    return any(before[one] != after[one] for one in before if one not in {"escalate", "rest"})
