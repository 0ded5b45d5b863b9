"""What calls for an alert, and what became of it; see core/events.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.events import Event

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class AlertNudged(Event):
    """A leader asked the person in charge to act on an alert."""

    alert_id: int
    by: int


@dataclass(frozen=True, slots=True)
class PersonNudged(Event):
    """A leader asked somebody who gives no sign to look in."""

    staff_id: int
    by: int


@dataclass(frozen=True, slots=True)
class FactCrossed(Event):
    """A fact of a customer crossed a line: a balance fell, a loan matures soon, …."""

    crossing_id: int
    customer_id: int
    #: a code of core/rules/crossings.py
    kind: str


@dataclass(frozen=True, slots=True)
class CrossingsEnded(Event):
    """Facts that had crossed a line are back behind it, or gone."""

    crossings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AlertsSettled(Event):
    """Alerts were acted on, dismissed, or are true no longer."""

    alerts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TargetBehind(Event):
    """A target is behind the pace that it needs; raised once for each mark."""

    target_id: int
    #: whose it is
    staff_id: int
    #: what it measures, and for which time
    name_en: str
    name_zh: str
    #: of the target, in percent: what is reached, and what the pace asks for by now
    reached: int
    expected: int
    ends: date
    #: what it is told once for, such as the month
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CaseNearLimit(Event):
    """A case at a customer is soon to be settled by its limit; raised once for each mark."""

    case_id: int
    customer_id: int
    #: who works on it
    staff_id: int
    name_en: str
    name_zh: str
    limit: date
    mark: str = ""


@dataclass(frozen=True, slots=True)
class LeadUntouched(Event):
    """Nobody has been in touch with a lead since it was given to somebody."""

    lead_id: int
    #: who is to be in touch
    staff_id: int
    name_en: str
    name_zh: str
    #: the day it was given to them
    since: date
    mark: str = ""


@dataclass(frozen=True, slots=True)
class MatterEnded(Event):
    """A target is back on its pace, a case is settled, somebody was in touch with a lead."""

    #: target, case, lead
    kind: str
    ref: int
