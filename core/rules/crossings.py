"""Lines that facts of a customer cross: what counts as one, and from when on. Pure.

The amounts and days are the bank's to change: they stand here once, and nowhere in a statement.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

#: kind → what people call it
CROSSINGS = {
    "overdue": N_("Payment overdue"),
    "classified": N_("Loan classified"),
    "balance_down": N_("Deposits fell"),
    "outflow": N_("Large payment out"),
    "loan_matures": N_("Loan of ours matures"),
    "elsewhere_matures": N_("Loan elsewhere matures"),
    "holding_matures": N_("Product matures"),
    "licence_ends": N_("Licence ends"),
    "paper_ends": N_("Paper or consent ends"),
    "promise_due": N_("Promise overdue"),
    "unconfirmed": N_("Second officer has not confirmed"),
    "plan_missed": N_("Planned, but not done"),
    "silent": N_("No contact for long"),
    "anniversary": N_("Company anniversary"),
    "birthday": N_("Birthday"),
}

#: deposits fell: by so many percent within a week, from at least so much, in fen
FALL_PERCENT, FALL_FROM = 30, 100_000_00
#: a payment out: at least so much and half of the month's average; without one, at least the other
OUTFLOW_FROM, OUTFLOW_UNKNOWN = 200_000_00, 1_000_000_00
#: so many days before it ends, each once
LOAN_DAYS = (90, 60, 30)
HOLDING_DAYS = (30, 7)
LICENCE_DAYS = (60, 30, 0)
PAPER_DAYS = (30, 0)
#: the second officer of a credit visit has not answered for so many days
UNCONFIRMED_DAYS = 3
#: without contact for so many days, by grade; the last is for all others
SILENT_DAYS = {"A": 30, "B": 60, "C": 90, "D": 180}

#: a birthday or a year's day that came and went is told of for so many days more
BELATED_DAYS = 2

WEEK = timedelta(days=7)
#: a balance of today is at most so old, over a long weekend; one of a week ago at most so
FRESH, STALE = timedelta(days=4), timedelta(days=21)


def days_line(day: date, today: date, lines: Sequence[int]) -> int | None:
    """The nearest of the lines, in days before the day, that has been crossed; None for none."""
    left = (day - today).days
    return min((line for line in lines if left <= line), default=None)
