"""Leaders plan for their people: it stands in the person's day at once, and waits for an answer.

Accepted, declined with one of the bank's reasons, or answered with another time, to which the
leader agrees or not (docs/adr/0041).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core import audit, customers, follow_ups
from core.acting import Acting
from core.cancellations import checked
from core.errors import AlreadySettled, Invalid, NotFound
from core.follow_ups import (
    PlanFollowUp,
    PostponeFollowUp,
    SettleFollowUp,
    moment_of,
    postpone_follow_up,
    settle_follow_up,
)
from core.i18n import N_
from core.people import person_reading, staff_name
from core.plan_events import LeaderPlanAnswered, LeaderPlanned
from core.rules.access import OWN, leads, led_people
from storage.models import FollowUp, LeaderPlan, Staff

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

#: an answer is waited for
OPEN = ("waiting", "countered")
#: after this the leader hears that there is no answer; sooner before something near
PATIENCE = timedelta(hours=4)
BEFORE_DUE = timedelta(minutes=30)
MOST = 300


@dataclass(frozen=True, slots=True)
class PlanForStaff:
    """A visit, call or task for one of the leader's people."""

    staff_id: int
    customer_id: int
    due_at: datetime
    all_day: bool = False
    kind: str = "visit"
    purpose: str = ""
    #: how long it takes; None takes the usual length of its kind
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class AcceptPlan:
    """I do it."""

    leader_plan_id: int


@dataclass(frozen=True, slots=True)
class DeclinePlan:
    """I can't, and why."""

    leader_plan_id: int
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProposeTime:
    """I can, but at another time."""

    leader_plan_id: int
    due_at: datetime
    all_day: bool = False
    #: how long it takes then; None keeps the length that it had
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class RuleTime:
    """The leader agrees to the other time, or stays with the first."""

    leader_plan_id: int
    agrees: bool


def late_at(now: datetime, due_at: datetime) -> datetime:
    """When the leader is told that there is no answer yet; never before now."""
    return max(now, min(now + PATIENCE, due_at - BEFORE_DUE))


async def led(acting: Acting, staff_id: int) -> Acting:
    """One of the people that the acting person may plan for, as acting, in the reader's language.

    Raises:
        NotFound: if it is none of the units led, or nobody who keeps customers of their own.
    """
    person = await person_reading(staff_id, acting.now)
    if person is None or person.id == acting.person.id or person.role not in OWN:
        raise NotFound
    if not leads(acting.person, person.unit_path):
        raise NotFound
    # Whom they stand in for is another's people, perhaps: only their own and what is shared.
    person = replace(person, stands_for=(), locale=acting.person.locale)
    return Acting(person, acting.now, acting.cause)


async def named_people(acting: Acting) -> list[tuple[int, str, str]]:
    """The people that the acting person may plan for: id, Chinese and English name."""
    found = await Staff.filter(
        led_people(acting.person), active=True, role__in=sorted(OWN)
    ).order_by("number").limit(MOST)  # fmt: skip
    return [(one.id, one.name_zh, one.name_en) for one in found if one.id != acting.person.id]


async def plan_for_staff(acting: Acting, command: PlanForStaff) -> int:
    """Plan it, have the person asked, and return the plan's id; once per key.

    Raises:
        NotFound: if it is none of the leader's people, or the customer is not to be seen by both.
        NotAllowed: if that person may not work on the customer.
        Invalid: if the moment is past or too far, or the kind unknown.
    """
    known = await LeaderPlan.get_or_none(follow_up__key=acting.key)
    if known is not None:
        return int(known.id)
    theirs = await led(acting, command.staff_id)
    customer = await customers.visible(acting, command.customer_id)
    try:
        await customers.workable(theirs, customer.id)
    except NotFound as unseen:
        raise Invalid(N_("That colleague does not work on this customer.")) from unseen
    due_at = command.due_at
    if command.all_day:
        # The day that the leader names, on the clock of who goes.
        day = due_at.astimezone(acting.zone)
        due_at = datetime(day.year, day.month, day.day, 12, tzinfo=theirs.zone)
    wanted = PlanFollowUp(
        customer.id, due_at, command.all_day, command.kind, command.purpose,
        minutes=command.minutes,
    )  # fmt: skip
    planned = await follow_ups.create(
        acting, wanted, customer, keeper=theirs, owner_id=theirs.person.id
    )
    made = await LeaderPlan.create(
        follow_up_id=planned.id, staff_id=theirs.person.id, by_id=acting.person.id,
        asked_at=acting.now, late_at=late_at(acting.now, planned.due_at),
    )  # fmt: skip
    await audit.record(
        acting, "plan_for", "follow_up", planned.id, customer=customer.id, staff=theirs.person.id
    )
    acting.emit(LeaderPlanned(made.id))
    return int(made.id)


async def asked(acting: Acting, leader_plan_id: int) -> LeaderPlan:
    """A plan that waits for the acting person's answer, with its follow-up.

    Raises:
        NotFound: if it is none of theirs.
        AlreadySettled: if it is answered.
    """
    found = await _one(leader_plan_id, staff_id__in=acting.person.keeps)
    if found.follow_up.owner_id != found.staff_id:
        raise NotFound
    _still(found, OPEN)
    await follow_ups.workable(acting, found.follow_up_id)
    return found


async def _one(leader_plan_id: int, **whose: Any) -> LeaderPlan:
    found = await LeaderPlan.get_or_none(id=leader_plan_id, **whose).select_related("follow_up")
    if found is None:
        raise NotFound
    return found


def _still(found: LeaderPlan, states: Collection[str]) -> None:
    if found.status not in states:
        raise AlreadySettled


async def accept_plan(acting: Acting, command: AcceptPlan) -> int:
    """Say yes, and return the follow-up's id.

    Raises:
        NotFound, NotAllowed, AlreadySettled: as `asked`.
    """
    found = await asked(acting, command.leader_plan_id)
    return await _answered(acting, found, "accepted", "accept_plan")


async def decline_plan(acting: Acting, command: DeclinePlan) -> int:
    """Say no: it is off the day, and kept with the reason. Returns the follow-up's id.

    Raises:
        NotFound, NotAllowed, AlreadySettled: as `asked`.
        Invalid: if the reason is none of the list, or "other" without a word.
    """
    found = await asked(acting, command.leader_plan_id)
    found.reason, found.note = checked(command.reason, command.note)
    done = await _answered(acting, found, "declined", "decline_plan")
    await settle_follow_up(
        acting, SettleFollowUp(done, "cancelled"), reason=found.reason, note=found.note
    )
    return done


async def propose_time(acting: Acting, command: ProposeTime) -> int:
    """Propose another time and return the follow-up's id; until it is agreed, the first stands.

    Raises:
        NotFound, NotAllowed, AlreadySettled: as `asked`.
        Invalid: if the moment is past or too far, or the length out of bounds.
    """
    found = await asked(acting, command.leader_plan_id)
    found.proposed_at = moment_of(acting, command.due_at, all_day=command.all_day)
    found.proposed_all_day = command.all_day
    follow_ups.check_length(command.minutes)
    found.proposed_minutes = command.minutes
    return await _answered(acting, found, "countered", "propose_time")


async def rule_time(acting: Acting, command: RuleTime) -> int:
    """Move it to the proposed time, or ask again for the first; returns the follow-up's id.

    Raises:
        NotFound: if it is none that the acting person planned, or may plan no longer.
        AlreadySettled: if no other time is proposed.
        Invalid: if the proposed time is past by now.
    """
    found = await _one(command.leader_plan_id, by_id__in=acting.person.keeps)
    await led(acting, found.staff_id)
    _still(found, ("countered",))
    assert found.proposed_at is not None
    if command.agrees:
        at = PostponeFollowUp(
            found.follow_up_id, found.proposed_at, found.proposed_all_day, found.proposed_minutes
        )
        done = await _answered(acting, found, "accepted", "agree_time")
        await postpone_follow_up(acting, at)
        return done
    found.status, found.proposed_at, found.late_told_at = "waiting", None, None
    found.proposed_minutes = None
    found.late_at = late_at(acting.now, found.follow_up.due_at)
    await found.save()
    await audit.record(acting, "keep_time", "follow_up", found.follow_up_id)
    acting.emit(LeaderPlanned(found.id, again=True))
    return int(found.follow_up_id)


async def waiting(acting: Acting) -> list[LeaderPlan]:
    """What the acting person is asked, or asked for, and is not answered; the earliest first."""
    opened = LeaderPlan.filter(status__in=list(OPEN), follow_up__status="open").order_by(
        "follow_up__due_at"
    )
    keeps = list(acting.person.keeps)
    mine, asked_for = [
        await opened.filter(**which).limit(MOST).select_related("follow_up")
        for which in ({"staff_id__in": keeps}, {"by_id__in": keeps})
    ]
    seen = await _seen(acting, [one.follow_up for one in (*mine, *asked_for)])
    return [one for one in (*mine, *asked_for) if one.follow_up_id in seen]


async def _seen(acting: Acting, planned: list[FollowUp]) -> set[int]:
    ids = await customers.visible_ids(acting, {one.customer_id for one in planned})
    return {one.id for one in planned if one.customer_id in ids}


async def planned_by(acting: Acting, ids: Iterable[int]) -> dict[int, str]:
    """Who planned these follow-ups for somebody else, by follow-up."""
    wanted = list(ids)
    if not wanted:
        return {}
    found = await LeaderPlan.filter(follow_up_id__in=wanted).select_related("by")
    return {one.follow_up_id: staff_name(one.by, acting.locale) for one in found}


async def of_follow_up(follow_up_id: int) -> LeaderPlan | None:
    """What a leader asked for with this follow-up, if one did."""
    return await LeaderPlan.get_or_none(follow_up_id=follow_up_id).select_related("by")


async def _answered(acting: Acting, found: LeaderPlan, status: str, action: str) -> int:
    found.status, found.answered_at = status, acting.now
    await found.save()
    why = {"reason": found.reason} if found.reason else {}
    await audit.record(acting, action, "follow_up", found.follow_up_id, **why)
    acting.emit(LeaderPlanAnswered(found.id))
    return int(found.follow_up_id)
