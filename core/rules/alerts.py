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
    #: how quiet a person may have it: off (a line of the list), digest, now (as the bank has it)
    least: Literal["off", "digest", "now"] = "digest"
    #: what people wish about together, core/rules/wishes.py
    topic: str = "contact"

    @property
    def label(self) -> str:
        """What people call it, a message id."""
        return LABELS[self.code]


#: rule → what people call it: the lines that are crossed, and what has an event of its own
LABELS = CROSSINGS | {
    "target_behind": N_("Target behind its pace"),
    "case_near_limit": N_("Case near its limit"),
    "lead_untouched": N_("Lead without contact"),
}

ALERTS: dict[str, AlertKind] = {
    one.code: one
    for one in (
        AlertKind("overdue", "🔴", GRAVE, "now", 2, "now", "danger"),
        AlertKind("classified", "🔴", GRAVE, "now", 2, "now", "danger"),
        AlertKind("balance_down", "📉", GRAVE, "now", 2, topic="money"),
        AlertKind("outflow", "💸", NORMAL, "now", 3, topic="money"),
        AlertKind("loan_matures", "⏳", NORMAL, "now", 5, topic="matures"),
        AlertKind("elsewhere_matures", "🎯", NORMAL, "digest", None, "off", "matures"),
        AlertKind("promise_due", "🤝", NORMAL, "digest", 3, topic="promises"),
        AlertKind("unconfirmed", "👥", NORMAL, "digest", 2, topic="promises"),
        AlertKind("case_near_limit", "⏱", GRAVE, "now", 1, "now", "promises"),
        AlertKind("lead_untouched", "🌱", NORMAL, "now", 1),
        AlertKind("target_behind", "🐢", NORMAL, "digest", 5),
        AlertKind("plan_missed", "🧭", NORMAL, "digest", 2),
        AlertKind("silent", "🔕", NORMAL, "digest", None, "off"),
        AlertKind("holding_matures", "⏳", SLIGHT, "digest", None, "off", "matures"),
        AlertKind("licence_ends", "📜", SLIGHT, "digest", None, "off", "papers"),
        AlertKind("paper_ends", "📎", SLIGHT, "digest", None, "off", "papers"),
        AlertKind("anniversary", "🏢", SLIGHT, "digest", None, "off"),
        AlertKind("birthday", "🎂", SLIGHT, "digest", None, "off"),
    )
}


def next_digest(local: datetime, at: time = DIGEST) -> datetime:
    """The next working morning's digest from a moment on a person's clock on."""
    today = local.date()
    day = today if is_workday(today) and local.time() < at else next_workday(today)
    return datetime.combine(day, at, local.tzinfo)


def told_from(local: datetime, timing: str, at: time = DIGEST) -> datetime:
    """From when on something is told: at once in working hours, else with the next digest."""
    open_now = is_workday(local.date()) and OPENS <= local.time() < CLOSES
    return local if timing == "now" and open_now else next_digest(local, at)


def escalated_from(told: datetime, workdays: int | None) -> datetime | None:
    """When the leader hears of what nobody acted on; none or 0 working days: never."""
    if not workdays:
        return None
    day = add_workdays(told.date(), workdays)
    return datetime.combine(day, told.time(), told.tzinfo)


def tomorrow(local: datetime, at: time = DIGEST) -> datetime:
    """The digest of the next working day after today."""
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return next_digest(midnight, at)
