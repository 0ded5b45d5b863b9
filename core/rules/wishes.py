"""What people may wish of their alerts: how loud each topic is, and within which bounds. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core.i18n import N_
from core.rules.alerts import ALERTS, DAILY, DIGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.rules.alerts import AlertKind

#: from the quietest on
LOUDNESS = ("off", "digest", "now")
HOW = (*LOUDNESS, "bank")
TOPICS = {
    "danger": N_("Overdue and downgraded"),
    "money": N_("Money that leaves"),
    "matures": N_("Loans and products that mature"),
    "promises": N_("Promises and confirmations"),
    "contact": N_("Customers to contact"),
    "papers": N_("Papers and licences"),
}
#: when a morning's digest may be told, in minutes of the day; the first one is the bank's
MORNINGS = (8 * 60 + 25, 8 * 60 + 45, 9 * 60, 9 * 60 + 30)
#: messages a day; grave ones come all the same
LIMITS = (2, 3, DAILY, 10)
#: what waits for the digest falls due so much later, in case there is none to go with
_AFTER = timedelta(minutes=5)


def kinds_of(topic: str) -> tuple[AlertKind, ...]:
    """The rules of a topic."""
    return tuple(kind for kind in ALERTS.values() if kind.topic == topic)


def allowed(kind: AlertKind, how: str) -> bool:
    """Whether a person may hear of a rule in such a way."""
    return how == "bank" or LOUDNESS.index(how) >= LOUDNESS.index(kind.least)


def loudness(kind: AlertKind, bank: str, wish: str | None) -> str:
    """How a person hears of a rule: as wished, but never quieter than the rule allows."""
    if wish in LOUDNESS and allowed(kind, wish):
        return wish
    return bank if wish not in LOUDNESS or kind.least == "now" else kind.least


def muted(wishes: Mapping[str, str]) -> frozenset[str]:
    """The rules that a person with these wishes (topic → how) gets no messages of."""
    return frozenset(
        kind.code
        for kind in ALERTS.values()
        if loudness(kind, kind.timing, wishes.get(kind.topic)) == "off"
    )


def digest_time(minutes: int | None) -> time:
    """When what waits for a person's digest falls due, on their clock."""
    if minutes is None:
        return DIGEST
    day = datetime(2000, 1, 1)  # noqa: DTZ001 - a time of the day is made of it
    return (day + timedelta(minutes=minutes) + _AFTER).time()
