"""The weekly plan, a bargain: proposed by the bank, changed and accepted, answered by the leader.

Accepting makes the follow-ups. Whether it was kept is read from what was logged; nobody reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core import audit
from core.errors import AlreadySettled, Invalid, NotAllowed, NotFound
from core.follow_ups import PlanFollowUp, plan_follow_up
from core.i18n import N_
from core.plan_events import WeeklyPlanAnswered, WeeklyPlansNudged
from core.rules.access import OWN, leads, leads_anybody, led_people, visible_customers
from core.rules.weekly import spread
from core.rules.workdays import is_workday
from core.weekly_candidates import candidates, free_places, planned_in, workdays
from storage.models import Staff, WeeklyItem, WeeklyPlan

if TYPE_CHECKING:
    from datetime import date

    from core.acting import Absent, Acting

STATES = {
    "proposed": N_("proposed"),
    "accepted": N_("accepted"),
    "approved": N_("approved"),
    "returned": N_("commented on"),
}
#: as long as it is so, it may be changed
CHANGING = frozenset({"proposed", "returned"})
COMMENT_LENGTH = 200
#: so many weeks ahead a plan is made
AHEAD = 4
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ProposeWeek:
    """Have the week with this Monday proposed; what was proposed before is found again."""

    monday: date
    #: a colleague whom the acting person stands in for; None is oneself
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class AcceptWeek:
    """The plan holds: its follow-ups are made."""

    plan_id: int


@dataclass(frozen=True, slots=True)
class AnswerWeek:
    """The leader approves the plan or, with a comment, asks for a change."""

    plan_id: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ApproveWeeks:
    """The leader approves all plans of a week that wait for it."""

    monday: date


@dataclass(frozen=True, slots=True)
class NudgePlans:
    """The leader reminds those who have accepted no plan for a week."""

    monday: date


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def coming(local: datetime) -> date:
    """The week to plan: this one, from its last working day on the next."""
    monday = monday_of(local.date())
    rest = (local.date() + timedelta(days=n) for n in range(1, 7 - local.weekday()))
    return monday if any(is_workday(day) for day in rest) else monday + _WEEK


async def propose_week(acting: Acting, command: ProposeWeek) -> int:
    """Propose it and return the plan's id; once per person and week.

    Raises:
        NotAllowed: if whose week it is keeps no customers of their own.
        NotFound: if the acting person does not stand in for them.
        Invalid: if it is no Monday, past, or too far.
    """
    monday = command.monday
    staff_id, absent = _whose(acting, command.staff_id)
    this = monday_of(acting.local_now.date())
    if monday.weekday() or not this <= monday <= this + AHEAD * _WEEK:
        raise Invalid
    plan, made = await WeeklyPlan.get_or_create(
        {"proposed_at": acting.now}, staff_id=staff_id, monday=monday
    )
    if not made:
        return int(plan.id)
    days = await workdays(
        staff_id, monday, acting.now, acting.zone, also_on_leave=absent is not None
    )
    taken: dict[int, date] = {}
    for one in await planned_in(staff_id, monday, acting.zone):
        day = one.due_at.astimezone(acting.zone).date()
        if one.customer_id not in taken:
            taken[one.customer_id] = day
            await WeeklyItem.create(plan_id=plan.id, customer_id=one.customer_id, day=day,
                                    reason="planned", follow_up_id=one.id)  # fmt: skip
    order = await candidates(staff_id, monday, acting.now, acting.zone, without=taken)
    for day, candidate in spread(order, free_places(days, list(taken.values()))):
        await WeeklyItem.create(
            plan_id=plan.id, customer_id=candidate.customer_id, day=day, reason=candidate.reason,
            days=candidate.reasons[candidate.reason],
        )  # fmt: skip
    await audit.record(acting, "propose", "weekly_plan", plan.id, week=monday.isoformat(),
                       **audit.acted_for(absent))  # fmt: skip
    return int(plan.id)


def _whose(acting: Acting, staff_id: int | None) -> tuple[int, Absent | None]:
    """Whose week it is, and the colleague where the acting person stands in for them."""
    person = acting.person
    if staff_id in {None, person.id}:
        if person.role not in OWN:
            raise NotAllowed
        return person.id, None
    absent = stands_in(acting, staff_id)
    if absent is None:
        raise NotFound
    if absent.role not in OWN:
        raise NotAllowed
    return absent.id, absent


def stands_in(acting: Acting, staff_id: int | None) -> Absent | None:
    """The colleague with this id, where the acting person stands in for them."""
    return next((one for one in acting.person.stands_for if one.id == staff_id), None)


async def accept_week(acting: Acting, command: AcceptWeek) -> int:
    """Make what is not planned yet and return how much was made; nothing is made twice.

    Raises:
        NotFound: if it is none of the acting person's.
        AlreadySettled: if it is accepted already.
    """
    plan = await _own(acting, command.plan_id)
    if plan.state not in CHANGING:
        raise AlreadySettled
    there = {one.customer_id: one.id
             for one in await planned_in(plan.staff_id, plan.monday, acting.zone)}  # fmt: skip
    key, made = acting.key, 0
    seen = visible_customers(acting.person).through("customer__")
    for item in await WeeklyItem.filter(seen, plan_id=plan.id, dropped=False).order_by("id"):
        if item.follow_up_id is not None:
            continue
        if item.customer_id in there:
            item.follow_up_id = there[item.customer_id]
        else:
            day = max(item.day, acting.local_now.date())
            at = datetime.combine(day, time(12), acting.zone)
            acting.key = f"weekly:{item.id}"
            item.follow_up_id = await plan_follow_up(
                acting, PlanFollowUp(item.customer_id, at, all_day=True)
            )
            made += 1
        await item.save(update_fields=["follow_up_id"])
    acting.key = key
    plan.state, plan.accepted_at, plan.told_at = "accepted", acting.now, None
    await plan.save(update_fields=["state", "accepted_at", "told_at"])
    await audit.record(acting, "accept", "weekly_plan", plan.id, made=made,
                       **audit.acted_for(stands_in(acting, plan.staff_id)))  # fmt: skip
    return made


async def answer_week(acting: Acting, command: AnswerWeek) -> int:
    """Approve it, or send it back with a comment, and return the plan's id.

    Raises:
        NotFound: if it is of nobody that the acting person leads.
        AlreadySettled: if it is not accepted, or approved already.
        Invalid: if the comment is too long.
    """
    plan, staff = await weekly_plan(acting, command.plan_id)
    if staff.id == acting.person.id or not leads(acting.person, staff.unit.path):
        raise NotFound
    if plan.state != "accepted":
        raise AlreadySettled
    comment = command.comment.strip()
    if len(comment) > COMMENT_LENGTH:
        raise Invalid
    plan.state, plan.comment = ("returned" if comment else "approved"), comment
    plan.answered_at, plan.answered_by_id = acting.now, acting.person.id
    plan.told_at = plan.told_at or acting.now
    await plan.save()
    await audit.record(acting, "answer", "weekly_plan", plan.id, state=plan.state)
    acting.emit(WeeklyPlanAnswered(plan.id))
    return int(plan.id)


async def approve_weeks(acting: Acting, command: ApproveWeeks) -> int:
    """Approve what waits and return how many plans that was.

    Raises:
        NotAllowed: if the acting person leads nobody.
    """
    waiting = await WeeklyPlan.filter(
        staff_id__in=await _led_ids(acting), monday=command.monday, state="accepted"
    ).order_by("id")
    for one in waiting:
        await answer_week(acting, AnswerWeek(one.id))
    return len(waiting)


async def nudge_plans(acting: Acting, command: NudgePlans) -> int:
    """Remind them and return how many people that was.

    Raises:
        NotAllowed: if the acting person leads nobody.
    """
    led = await _led_ids(acting)
    ready = await WeeklyPlan.filter(
        staff_id__in=led, monday=command.monday, state__in=["accepted", "approved"]
    ).values_list("staff_id", flat=True)
    without = tuple(sorted(set(led) - {int(str(one)) for one in ready}))
    await audit.record(acting, "nudge", "weekly_plan", None, week=command.monday.isoformat(),
                       people=len(without))  # fmt: skip
    acting.emit(WeeklyPlansNudged(without, command.monday))
    return len(without)


async def _led_ids(acting: Acting) -> list[int]:
    if not leads_anybody(acting.person):
        raise NotAllowed
    return [one.id for one in await planners(acting)]


async def planners(acting: Acting, *, limit: int = 300, offset: int = 0) -> list[Staff]:
    """The people with customers of their own in the units that the acting person leads."""
    found = Staff.filter(led_people(acting.person), active=True, role__in=sorted(OWN))
    return await found.order_by("unit__path", "number").offset(offset).limit(limit)


async def planners_after(acting: Acting, *, after: int, limit: int) -> list[Staff]:
    """A page of the same people, in the order of their ids.

    Raises:
        NotAllowed: if the acting person leads nobody.
    """
    if not leads_anybody(acting.person):
        raise NotAllowed
    found = Staff.filter(led_people(acting.person), active=True, role__in=sorted(OWN))
    return await found.filter(id__gt=after).order_by("id").limit(limit)


async def weekly_plan(acting: Acting, plan_id: int) -> tuple[WeeklyPlan, Staff]:
    """A plan of the acting person, or of somebody that they lead, with whose it is.

    Raises:
        NotFound: if there is none such.
    """
    plan = await WeeklyPlan.get_or_none(id=plan_id).select_related("staff__unit")
    if plan is None:
        raise NotFound
    own = plan.staff_id in acting.person.keeps
    if not own and not leads(acting.person, plan.staff.unit.path):
        raise NotFound
    return plan, plan.staff


async def _own(acting: Acting, plan_id: int) -> WeeklyPlan:
    plan = await WeeklyPlan.get_or_none(id=plan_id, staff_id__in=acting.person.keeps)
    if plan is None:
        raise NotFound
    return plan


def week_over(local: datetime, monday: date) -> bool:
    """Whether the week is to be looked back on: from 16:30 of its last working day on."""
    days = [monday + timedelta(days=n) for n in range(7) if is_workday(monday + timedelta(days=n))]
    last = days[-1] if days else monday + _WEEK - timedelta(days=1)
    return local >= datetime.combine(last, time(16, 30), local.tzinfo)
