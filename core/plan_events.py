"""What happened to plans, promises and to those who go along; see core/events.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.events import Event

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class FollowUpPlanned(Event):
    """Something was promised for a day."""

    follow_up_id: int


@dataclass(frozen=True, slots=True)
class FollowUpSettled(Event):
    """A follow-up was done, put off, cancelled, or opened again: its notices are out of date."""

    follow_up_id: int
    #: done, cancelled, postponed, reopened
    how: str


@dataclass(frozen=True, slots=True)
class FollowUpNudged(Event):
    """A leader asked the owner to get on with it."""

    follow_up_id: int
    by: int


@dataclass(frozen=True, slots=True)
class SecondOfficerAsked(Event):
    """Somebody is to confirm that they were at a visit as the second officer."""

    companion_id: int
    #: they had confirmed it before
    again: bool = False
    #: the record was corrected since they were asked
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class SecondOfficerAnswered(Event):
    """The second officer confirmed a visit, or was not there."""

    companion_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class SecondOfficerWithdrawn(Event):
    """Somebody is asked to confirm a visit no longer."""

    companion_id: int


@dataclass(frozen=True, slots=True)
class VisitInvited(Event):
    """Somebody is asked to come along with a planned visit."""

    companion_id: int
    #: the plan was moved since they were asked
    moved: bool = False


@dataclass(frozen=True, slots=True)
class VisitInvitationAnswered(Event):
    """Somebody comes along, or can't."""

    companion_id: int


@dataclass(frozen=True, slots=True)
class VisitInvitationEnded(Event):
    """A visit that somebody was to come along with is settled."""

    companion_id: int


@dataclass(frozen=True, slots=True)
class LeaderPlanned(Event):
    """A leader planned something for one of their people, or stays with the time."""

    leader_plan_id: int
    #: the leader stays with the time, the person wanted another
    again: bool = False


@dataclass(frozen=True, slots=True)
class LeaderPlanAnswered(Event):
    """It was accepted, declined, another time proposed, or that time agreed to."""

    leader_plan_id: int


@dataclass(frozen=True, slots=True)
class LeaderPlanEnded(Event):
    """A leader's plan waits for no answer any more: it was settled, or given to somebody else."""

    leader_plan_id: int


@dataclass(frozen=True, slots=True)
class PromiseSettled(Event):
    """A promise was kept or broken."""

    promise_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class WeeklyPlanAnswered(Event):
    """The leader approved a weekly plan, or commented on it."""

    plan_id: int


@dataclass(frozen=True, slots=True)
class WeeklyPlansNudged(Event):
    """A leader reminded people of their weekly plan."""

    staff: tuple[int, ...]
    monday: date


@dataclass(frozen=True, slots=True)
class MissExplained(Event):
    """Somebody said why something of a weekly plan was missed."""

    item_id: int
    customer_id: int
