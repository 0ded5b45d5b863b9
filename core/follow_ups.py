"""Follow-ups: what was promised next, who keeps it, and what happens when it is not kept.

Reminded at the chosen lead time; overdue from the next working morning; told to the leader after
two working days more. Settling one takes back what was still to be said about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from tortoise.expressions import Q

from core import audit, customers, nicknames
from core.errors import AlreadySettled, Invalid, NotAllowed, NotFound
from core.i18n import N_
from core.plan_events import FollowUpNudged, FollowUpPlanned, FollowUpSettled
from core.rules.access import LEADERS, OWN, visible_customers
from core.rules.lasting import end_after, moved_end, within
from core.rules.workdays import add_workdays
from core.vocabulary import KINDS
from storage.models import FollowUp

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from core.acting import Acting
    from storage.models import Customer

MORNING = time(9)
ESCALATE_AFTER_WORKDAYS = 2
FARTHEST = timedelta(days=3 * 366)
PURPOSE_LENGTH = 400


@dataclass(frozen=True, slots=True)
class PlanFollowUp:
    """Promise something for a day."""

    customer_id: int
    due_at: datetime
    all_day: bool = False
    kind: str = "visit"
    purpose: str = ""
    #: minutes before the moment; None takes the person's usual lead
    lead_minutes: int | None = None
    activity_id: int | None = None
    #: the word that the person used for the customer, where it was not understood so
    called: str = ""
    #: how long it takes, in minutes; None takes the usual length of its kind
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class SettleFollowUp:
    """Done (or, with `how="cancelled"`, no longer needed)."""

    follow_up_id: int
    how: str = "done"
    activity_id: int | None = None


@dataclass(frozen=True, slots=True)
class PostponeFollowUp:
    """Put it off to another moment."""

    follow_up_id: int
    due_at: datetime
    all_day: bool = False
    #: how long it takes; None keeps the length that it had
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class SetLength:
    """It takes so many minutes."""

    follow_up_id: int
    minutes: int


@dataclass(frozen=True, slots=True)
class NudgeFollowUp:
    """A leader asks the owner to get on with it."""

    follow_up_id: int


def due_of_day(day_start: datetime, zone: ZoneInfo) -> datetime:
    """The moment that stands for an all-day follow-up: 09:00 of that day on the owner's clock."""
    return datetime.combine(day_start.astimezone(zone).date(), MORNING, zone)


def overdue_moments(due_at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When it counts as overdue (next working morning) and when the leader hears of it."""
    overdue = add_workdays(due_at.astimezone(zone).date(), 1)
    escalate = add_workdays(overdue, ESCALATE_AFTER_WORKDAYS)
    return datetime.combine(overdue, MORNING, zone), datetime.combine(escalate, MORNING, zone)


def reminder_at(due_at: datetime, lead_minutes: int, now: datetime) -> datetime | None:
    """When to remind: the lead time before, at once if that is past, never if the day is over."""
    if due_at <= now:
        return None
    return max(due_at - timedelta(minutes=lead_minutes), now)


async def plan_follow_up(acting: Acting, command: PlanFollowUp) -> int:
    """Plan it for the acting person and return its id; once per key.

    Raises:
        NotFound, NotAllowed: if the customer is not this person's to work on.
        Invalid: if the moment is past or too far, the kind unknown, or the length out of bounds.
    """
    known = await FollowUp.get_or_none(key=acting.key)
    if known is not None:
        return int(known.id)
    customer = await customers.workable(acting, command.customer_id)
    absent = await customers.stood_in_for(acting, customer)
    # What is promised while somebody is away stays with who comes back.
    owner_id = absent.id if absent and absent.role in OWN else acting.person.id
    follow_up = await create(acting, command, customer, keeper=acting, owner_id=owner_id)
    await audit.record(
        acting, "plan", "follow_up", follow_up.id, customer=customer.id, **audit.acted_for(absent)
    )
    if command.called:
        await nicknames.remember(acting, customer, command.called)
    return int(follow_up.id)


@dataclass(frozen=True, slots=True)
class OfSeries:
    """The day of a series that a plan stands for, and who planned the series."""

    series_id: int
    on: date
    created_by: int

    @property
    def key(self) -> str:
        """What is planned by it once only."""
        return f"series:{self.series_id}:{self.on.isoformat()}"


async def create(
    acting: Acting,
    command: PlanFollowUp,
    customer: Customer,
    *,
    keeper: Acting,
    owner_id: int,
    of: OfSeries | None = None,
) -> FollowUp:
    """Write it down for its owner, by the clock and the usual lead of who will keep it.

    Raises:
        Invalid: if the moment is past or too far, or the kind unknown.
    """
    due_at = moment_of(keeper, command.due_at, all_day=command.all_day)
    if command.kind not in KINDS or len(command.purpose) > PURPOSE_LENGTH:
        raise Invalid
    check_length(command.minutes)
    lead = keeper.person.lead_minutes if command.lead_minutes is None else command.lead_minutes
    lead = 0 if command.all_day else lead
    overdue_at, escalate_at = overdue_moments(due_at, keeper.zone)
    follow_up = await FollowUp.create(
        key=of.key if of else acting.key,
        customer=customer,
        owner_id=owner_id,
        created_by_id=of.created_by if of else acting.person.id,
        activity_id=command.activity_id,
        kind=command.kind,
        purpose=command.purpose.strip(),
        due_at=due_at,
        all_day=command.all_day,
        ends_at=end_after(due_at, command.minutes, all_day=command.all_day),
        lead_minutes=lead,
        remind_at=reminder_at(due_at, lead, acting.now),
        overdue_at=overdue_at,
        escalate_at=escalate_at,
        series_id=of.series_id if of else None,
        series_on=of.on if of else None,
        created_at=acting.now,
    )
    acting.emit(FollowUpPlanned(follow_up.id))
    return follow_up


async def settle_follow_up(
    acting: Acting, command: SettleFollowUp, *, reason: str = "", note: str = ""
) -> int:
    """Mark it done or cancelled (why: core/cancellations.py) and return its id.

    Raises:
        NotFound: if it is not this person's to settle.
        AlreadySettled: if it is settled.
    """
    follow_up = await workable(acting, command.follow_up_id)
    follow_up.status = command.how
    follow_up.settled_at = acting.now
    follow_up.settled_by_id = command.activity_id
    follow_up.remind_at = None
    follow_up.cancel_reason, follow_up.cancel_note = reason, note
    follow_up.ended_by_id = acting.person.id if reason else None
    await follow_up.save(
        update_fields=["status", "settled_at", "settled_by_id", "remind_at", "cancel_reason",
                       "cancel_note", "ended_by_id"]
    )  # fmt: skip
    why = {"reason": reason, **({"note": note} if note else {})} if reason else {}
    await audit.record(
        acting, command.how, "follow_up", follow_up.id, **why, **_acted_for(acting, follow_up)
    )
    acting.emit(FollowUpSettled(follow_up.id, command.how))
    return int(follow_up.id)


async def postpone_follow_up(acting: Acting, command: PostponeFollowUp) -> int:
    """Move it to another moment; it is reminded and may become overdue anew.

    Raises:
        NotFound: if it is not this person's to move.
        AlreadySettled: if it is settled.
        Invalid: if the moment is past or too far, or the length out of bounds.
    """
    follow_up = await workable(acting, command.follow_up_id)
    due_at = moment_of(acting, command.due_at, all_day=command.all_day)
    check_length(command.minutes)
    await audit.record(
        acting,
        "postpone",
        "follow_up",
        follow_up.id,
        due={"from": follow_up.due_at.isoformat(), "to": due_at.isoformat()},
        **_acted_for(acting, follow_up),
    )
    follow_up.ends_at = end_after(due_at, command.minutes, all_day=command.all_day) or moved_end(
        follow_up.due_at, follow_up.ends_at, due_at, all_day=command.all_day
    )
    follow_up.due_at, follow_up.all_day = due_at, command.all_day
    follow_up.lead_minutes = 0 if command.all_day else follow_up.lead_minutes
    follow_up.remind_at = reminder_at(due_at, follow_up.lead_minutes, acting.now)
    follow_up.overdue_at, follow_up.escalate_at = overdue_moments(due_at, acting.zone)
    follow_up.overdue_told_at = follow_up.escalated_at = follow_up.asked_at = None
    await follow_up.save()
    acting.emit(FollowUpSettled(follow_up.id, "postponed"))
    return int(follow_up.id)


async def set_length(acting: Acting, command: SetLength) -> int:
    """Say how long it takes, and return its id; its end moves with it from then on.

    Raises:
        NotFound: if it is not this person's to work on.
        AlreadySettled: if it is settled.
        Invalid: if it is a day without a time, or the length out of bounds.
    """
    follow_up = await workable(acting, command.follow_up_id)
    check_length(command.minutes)
    if follow_up.all_day:
        raise Invalid
    ends_at = end_after(follow_up.due_at, command.minutes, all_day=False)
    follow_up.ends_at = ends_at
    await follow_up.save(update_fields=["ends_at"])
    await audit.record(
        acting, "set_length", "follow_up", follow_up.id, minutes=command.minutes,
        **_acted_for(acting, follow_up),
    )  # fmt: skip
    return int(follow_up.id)


async def nudge_follow_up(acting: Acting, command: NudgeFollowUp) -> int:
    """Ask the owner to get on with it, and return the owner's id.

    Raises:
        NotFound: if it is not of this leader's people.
        NotAllowed: if the acting person leads nobody.
        AlreadySettled: if it is settled.
    """
    if acting.person.role not in LEADERS:
        raise NotAllowed
    follow_up = await visible(acting, command.follow_up_id)
    _still_open(follow_up)
    await audit.record(acting, "nudge", "follow_up", follow_up.id)
    acting.emit(FollowUpNudged(follow_up.id, acting.person.id))
    return int(follow_up.owner_id)


async def visible(acting: Acting, follow_up_id: int) -> FollowUp:
    """The follow-up with its customer and owner, if this person may see it.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    follow_up = (
        await FollowUp.filter(Q(id=follow_up_id), _within(acting))
        .select_related("customer", "owner", "ended_by", "series")
        .first()
    )
    if follow_up is None:
        raise NotFound
    return follow_up


async def workable(acting: Acting, follow_up_id: int) -> FollowUp:
    """An open follow-up that this person may settle or move.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if it may be seen only.
        AlreadySettled: if it is settled.
    """
    follow_up = await visible(acting, follow_up_id)
    await customers.workable(acting, follow_up.customer_id)
    _still_open(follow_up)
    return follow_up


def _still_open(follow_up: FollowUp) -> None:
    if follow_up.status != "open":
        raise AlreadySettled


def _acted_for(acting: Acting, follow_up: FollowUp) -> dict[str, int]:
    absent = (one for one in acting.person.stands_for if one.id == follow_up.owner_id)
    return audit.acted_for(next(absent, None))


def _within(acting: Acting) -> Q:
    return visible_customers(acting.person).through("customer__")


def check_length(minutes: int | None) -> None:
    """Refuse a length that nothing has.

    Raises:
        Invalid: if it is out of bounds.
    """
    if minutes is not None and not within(minutes):
        raise Invalid(N_("It can take from 5 minutes to 12 hours."))


def moment_of(acting: Acting, due_at: datetime, *, all_day: bool) -> datetime:
    """The moment that is kept of what was asked for.

    Raises:
        Invalid: if it is past or too far.
    """
    if all_day:
        due_at = due_of_day(due_at, acting.zone)
        past = due_at.date() < acting.local_now.date()
    else:
        past = due_at < acting.now
    if past:
        raise Invalid(N_("That moment is past. Please choose a later one."))
    if due_at > acting.now + FARTHEST:
        raise Invalid(N_("That is more than three years ahead. Please check the date."))
    return due_at
