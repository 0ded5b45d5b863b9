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
    """A follow-up was done, put off or cancelled: notices about it are out of date."""

    follow_up_id: int
    #: done, cancelled, postponed
    how: str


@dataclass(frozen=True, slots=True)
class FollowUpNudged(Event):
    """A leader asked the owner to get on with it."""

    follow_up_id: int
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
class TokenMade(Event):
    """A token for the API was made; this is the only place that has it in clear."""

    token_id: int
    secret: str


@dataclass(frozen=True, slots=True)
class SubscriptionMade(Event):
    """A system is to be told what happens; this is the only place that tells its secret."""

    subscription_id: int
    secret: str
