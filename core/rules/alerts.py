"""ALERTS: what people are told to act on, how urgent it is, and when. Pure.

The table of contents. The bank switches a rule off or moves it to the digest (`alert_rule`); what
makes one true stands with the facts (core/rules/crossings.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from core.i18n import N_
from core.rules.crossings import CROSSINGS
from core.rules.workdays import add_workdays, is_workday, next_workday

Timing = Literal["now", "digest"]

GRAVE, NORMAL, SLIGHT = 3, 2, 1
#: when the day's digest is told, on the receiver's clock
DIGEST = time(8, 30)
#: between these hours something is told at once
OPENS, CLOSES = time(8), time(20)
#: messages a day and person; grave ones come all the same
DAILY = 5
REASONS = {
    "known": N_("I know it"),
    "wrong": N_("The data is wrong"),
    "small": N_("Not important here"),
}


@dataclass(frozen=True, slots=True)
class AlertKind:
    """One rule."""

    code: str
    icon: str
    importance: int
    timing: Timing
    #: in working days, where nobody has acted, the leader hears of it; None for never
    escalate_after: int | None = None

    @property
    def label(self) -> str:
        """What people call it, a message id."""
        return CROSSINGS[self.code]


ALERTS: dict[str, AlertKind] = {
    one.code: one
    for one in (
        AlertKind("overdue", "🔴", GRAVE, "now", 2),
        AlertKind("classified", "🔴", GRAVE, "now", 2),
        AlertKind("balance_down", "📉", GRAVE, "now", 2),
        AlertKind("outflow", "💸", NORMAL, "now", 3),
        AlertKind("loan_matures", "⏳", NORMAL, "now", 5),
        AlertKind("elsewhere_matures", "🎯", NORMAL, "digest"),
        AlertKind("promise_due", "🤝", NORMAL, "digest", 3),
        AlertKind("unconfirmed", "👥", NORMAL, "digest", 2),
        AlertKind("plan_missed", "🧭", NORMAL, "digest", 2),
        AlertKind("silent", "🔕", NORMAL, "digest"),
        AlertKind("holding_matures", "⏳", SLIGHT, "digest"),
        AlertKind("licence_ends", "📜", SLIGHT, "digest"),
        AlertKind("paper_ends", "📎", SLIGHT, "digest"),
        AlertKind("anniversary", "🎂", SLIGHT, "digest"),
    )
}


def next_digest(local: datetime) -> datetime:
    """The next working morning's digest from a moment on a person's clock on."""
    today = local.date()
    day = today if is_workday(today) and local.time() < DIGEST else next_workday(today)
    return datetime.combine(day, DIGEST, local.tzinfo)


def told_from(local: datetime, timing: str) -> datetime:
    """From when on something is told: at once in working hours, else with the next digest."""
    open_now = is_workday(local.date()) and OPENS <= local.time() < CLOSES
    return local if timing == "now" and open_now else next_digest(local)


def escalated_from(told: datetime, kind: AlertKind) -> datetime | None:
    """When the leader hears of what nobody acted on."""
    if kind.escalate_after is None:
        return None
    day = add_workdays(told.date(), kind.escalate_after)
    return datetime.combine(day, told.time(), told.tzinfo)


def tomorrow(local: datetime) -> datetime:
    """The digest of the next working day after today."""
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return next_digest(midnight)
