"""What happened, said inside the transaction; notifications subscribe to it in `bot/app.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """The root of everything that can be heard of."""


@dataclass(frozen=True, slots=True)
class ActivityLogged(Event):
    """A visit, call or other contact was recorded."""

    activity_id: int
    customer_id: int
    #: a code of core/vocabulary.py
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ActivityUndone(Event):
    """A record was taken back by a compensating entry."""

    activity_id: int
    customer_id: int


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
class StaffInvited(Event):
    """A single-use code was made; this is the only place that has it in clear."""

    staff_id: int
    code: str


@dataclass(frozen=True, slots=True)
class StaffEnrolled(Event):
    """A staff member's chat was opened."""

    staff_id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class StaffUnreachable(Event):
    """A staff member blocked the bot or deleted the account."""

    staff_id: int


@dataclass(frozen=True, slots=True)
class CustomersMoved(Event):
    """Customers got another owner, or went to the pool; in one transaction, for one reason."""

    #: assign, reassign, release, claim, recycle, hand_over, restore
    kind: str
    from_staff: int | None
    to_staff: int | None
    assignments: tuple[int, ...]
    customers: tuple[int, ...]
    #: follow-ups that went along, and those that were left out
    follow_ups: tuple[int, ...]
    left_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AssignmentAnswered(Event):
    """The new owner accepted, or declined."""

    assignments: tuple[int, ...]
    accepted: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecyclingAppealed(Event):
    """The old owner objected to a recycling."""

    assignment: int


@dataclass(frozen=True, slots=True)
class AppealRuled(Event):
    """The leader ruled on an objection."""

    assignment: int


@dataclass(frozen=True, slots=True)
class CollaborationChanged(Event):
    """Somebody may read or work on a customer beside the owner, or no longer."""

    collaboration: int
    ended: bool


@dataclass(frozen=True, slots=True)
class NumberShown(Event):
    """Somebody said why a contact's number is needed; it is shown in a message of its own."""

    contact_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class RoleChanged(Event):
    """A staff member does something else now."""

    staff_id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StaffMoved(Event):
    """A staff member works in another unit now; so many customers went along."""

    staff_id: int
    from_unit: int
    to_unit: int
    customers: int


@dataclass(frozen=True, slots=True)
class StaffDeactivated(Event):
    """A staff member has left; so many customers are still in this name."""

    staff_id: int
    customers: int


@dataclass(frozen=True, slots=True)
class StaffActivated(Event):
    """A staff member is back."""

    staff_id: int


@dataclass(frozen=True, slots=True)
class PhoneRevoked(Event):
    """A staff member's phone was cut off."""

    staff_id: int


@dataclass(frozen=True, slots=True)
class StandInAdded(Event):
    """Somebody is to do an absent colleague's work."""

    stand_in_id: int


@dataclass(frozen=True, slots=True)
class StandInEnded(Event):
    """Somebody stands in no longer, before the time was over."""

    stand_in_id: int


@dataclass(frozen=True, slots=True)
class TokenMade(Event):
    """A token for the API was made; this is the only place that has it in clear."""

    token_id: int
    secret: str


@dataclass(frozen=True, slots=True)
class SubscriptionMade(Event):
    """A system is to be told what happens; this is the only place that tells its secret."""

    subscription_id: int
    secret: str


@dataclass(frozen=True, slots=True)
class FactChanged(Event):
    """Something that is known of a customer was recorded, amended or ended."""

    #: a name of core/facts/sections.py
    section: str
    row_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class CustomerAdded(Event):
    """A firm was added by hand."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class CustomersMerged(Event):
    """Two customers were found to be one firm, or were parted again."""

    merge_id: int
    kept_id: int
    merged_id: int
    undone: bool = False


@dataclass(frozen=True, slots=True)
class SummarySent(Event):
    """A colleague is sent a customer's summary."""

    customer_id: int
    from_staff: int
    to_staff: int
    note: str


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
