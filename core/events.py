"""What happened, said inside the transaction; notifications subscribe to it in `bot/app.py`."""

from __future__ import annotations

from dataclasses import dataclass


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
