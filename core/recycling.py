"""No customer is hoarded: one that nobody touched for long is proposed for the pool.

First the owner is told and has two working days to be in touch, then the leader rules: recycle or
keep. After a recycling the old owner may object once, within three working days; the leader rules
on that, too. Untouched means no contact since the last one and since the owner took it over, and
nothing planned that is not overdue. How long, in working days, says the pool's rule for the grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from tortoise.expressions import Q, Subquery

from core import audit, customers, ownership
from core.errors import AlreadySettled, Conflict, NotAllowed, NotFound
from core.events import AppealRuled, RecyclingAppealed
from core.i18n import N_
from core.ownership import Change, workdays_later
from core.people import staff_name
from core.pool import APPEAL_WORKDAYS, USUAL
from core.rules.access import leads_anybody, led_customers
from core.rules.workdays import add_workdays
from storage.models import Assignment, Customer, FollowUp, PoolRule, Recycling, Staff

if TYPE_CHECKING:
    from core.acting import Acting

#: how long the owner has to be in touch, in working days
OWNER_WORKDAYS = 2
BATCH = 100


@dataclass(frozen=True, slots=True)
class RuleRecycling:
    """The leader rules on a proposal: recycle, or keep."""

    recycling_id: int
    keep: bool


@dataclass(frozen=True, slots=True)
class AppealRecycling:
    """The old owner objects, once, and says why."""

    assignment_id: int
    note: str


@dataclass(frozen=True, slots=True)
class RuleAppeal:
    """The leader rules on the objection: upheld gives the customer back."""

    assignment_id: int
    uphold: bool


async def propose(acting: Acting) -> list[Recycling]:
    """Propose what nobody touched for long; each owner once a day, a batch at a time."""
    rules = {rule.grade: rule.idle_workdays for rule in await PoolRule.all()}
    today = acting.local_now.date()
    idle = [
        Q(_untouched_since(_start_of(acting, add_workdays(today, -days))), grade=grade)
        for grade, days in sorted(rules.items())
    ]
    usual = _untouched_since(_start_of(acting, add_workdays(today, -USUAL[1])))
    idle.append(Q(usual, ~Q(grade__in=sorted(rules))))
    busy = FollowUp.filter(status="open", overdue_at__gt=acting.now)
    kept_since = acting.now - timedelta(days=30)
    kept = Recycling.filter(outcome="kept", settled_at__gt=kept_since)
    told_today = Recycling.filter(proposed_at__gte=_start_of(acting, today))
    left_alone = Q(
        Q(id__in=Subquery(busy.values("customer_id"))),
        Q(id__in=Subquery(Recycling.filter(settled_at=None).values("customer_id"))),
        Q(id__in=Subquery(kept.values("customer_id"))),
        Q(owner_id__in=Subquery(told_today.values("owner_id"))),
        join_type="OR",
    )
    found = (
        await Customer.filter(Q(*idle, join_type="OR"), owner_id__isnull=False)
        .exclude(left_alone)
        .order_by("owner_id", "id")
        .limit(BATCH)
    )
    leader_at = workdays_later(acting, OWNER_WORKDAYS)
    await Recycling.bulk_create(
        Recycling(
            customer=customer,
            owner_id=customer.owner_id,
            proposed_at=acting.now,
            leader_at=leader_at,
        )
        for customer in found
    )
    return list(
        await Recycling.filter(
            customer_id__in=[customer.id for customer in found] or [0], settled_at=None
        ).select_related("customer")
    )


def _start_of(acting: Acting, day: object) -> datetime:
    return datetime.combine(day, time(), acting.zone)  # type: ignore[arg-type]  # a date


def _untouched_since(moment: datetime) -> Q:
    return Q(
        Q(last_contact_at__lt=moment) | Q(last_contact_at__isnull=True),
        Q(owner_since__lt=moment) | Q(owner_since__isnull=True, created_at__lt=moment),
    )


async def due_for_leaders(acting: Acting) -> list[Recycling]:
    """Proposals whose time is up, marked as told; those touched meanwhile are settled instead."""
    due = (
        await Recycling.filter(settled_at=None, leader_told_at=None, leader_at__lte=acting.now)
        .order_by("owner_id", "id")
        .limit(BATCH)
        .select_related("customer")
    )
    touched = [one.id for one in due if _touched(one)]
    await Recycling.filter(id__in=touched or [0]).update(settled_at=acting.now, outcome="touched")
    left = [one for one in due if not _touched(one)]
    await Recycling.filter(id__in=[one.id for one in left] or [0]).update(
        leader_told_at=acting.now
    )
    return left


def _touched(proposal: Recycling) -> bool:
    last = proposal.customer.last_contact_at
    return last is not None and last >= proposal.proposed_at


async def rule_recycling(acting: Acting, command: RuleRecycling) -> int:
    """Recycle or keep, and return the customer's id.

    Raises:
        NotFound: if there is no such proposal among the customers of the units led.
        AlreadySettled: if it was ruled on, or the customer was touched or given away.
    """
    proposal = await Recycling.get_or_none(id=command.recycling_id).select_related("customer")
    customer_id = await _led(acting, proposal.customer_id if proposal else -1)
    assert proposal is not None
    customer = (await ownership.locked([customer_id]))[customer_id]
    if proposal.settled_at is not None or customer.owner_id != proposal.owner_id:
        raise AlreadySettled
    if _touched(proposal) and not command.keep:
        raise AlreadySettled(N_("The owner was in touch meanwhile: it stays."))
    if command.keep:
        proposal.settled_at, proposal.outcome = acting.now, "kept"
        await proposal.save(update_fields=["settled_at", "outcome"])
        await audit.record(acting, "keep", "customer", customer_id, owner=customer.owner_id)
        return customer_id
    change = Change("recycle", "auto_overdue")
    await ownership.move(acting, [customer], None, change)
    return customer_id


async def appealable(acting: Acting, assignment_id: int) -> Assignment:
    """A recycling that the acting person lost a customer by and may object to.

    Raises:
        NotFound: if it is none of theirs.
        AlreadySettled: if they objected already.
        Conflict: if the time for it is over.
    """
    found = await Assignment.get_or_none(
        id=assignment_id, kind="recycle", from_staff_id=acting.person.id
    ).select_related("customer")
    if found is None:
        raise NotFound
    if found.appealed_at is not None:
        raise AlreadySettled
    last = add_workdays(found.at.astimezone(acting.zone).date(), APPEAL_WORKDAYS)
    if acting.local_now.date() > last:
        raise Conflict(N_("The three working days for objecting are over."))
    return found


async def appeal_recycling(acting: Acting, command: AppealRecycling) -> int:
    """Object, once; the leader hears of it. Returns the assignment's id.

    Raises:
        NotFound, AlreadySettled, Conflict: as `appealable`.
        Invalid: if no reason is given.
    """
    found = await appealable(acting, command.assignment_id)
    ownership.check_reason({"other": ""}, "other", command.note)
    found.appealed_at, found.appeal = acting.now, command.note.strip()
    await found.save(update_fields=["appealed_at", "appeal"])
    await audit.record(acting, "appeal", "customer", found.customer_id)
    acting.emit(RecyclingAppealed(found.id))
    return int(found.id)


async def rule_appeal(acting: Acting, command: RuleAppeal) -> int:
    """Uphold (the customer goes back) or reject, and return the customer's id.

    Raises:
        NotFound: if there is no such objection in the units led.
        NotAllowed: if it is the acting person's own.
        AlreadySettled: if it was ruled on.
        Conflict: if the old owner has left, or somebody else is in charge by now.
    """
    found = await Assignment.get_or_none(id=command.assignment_id, kind="recycle")
    customer_id = await _led(acting, found.customer_id if found else -1)
    assert found is not None
    if found.appealed_at is None:
        raise NotFound
    if found.from_staff_id == acting.person.id:
        raise NotAllowed
    customer = (await ownership.locked([customer_id]))[customer_id]
    if found.ruling is not None:
        raise AlreadySettled
    if command.uphold:
        owner = await Staff.get_or_none(id=found.from_staff_id, active=True)
        if owner is None or customer.owner_id is not None:
            raise Conflict(N_("It can't go back: somebody else is in charge, or the owner left."))
        await ownership.move(acting, [customer], owner, Change("restore", "appeal"))
    found.ruling = "upheld" if command.uphold else "rejected"
    found.ruled_at = acting.now
    await found.save(update_fields=["ruling", "ruled_at"])
    await audit.record(acting, "rule_appeal", "customer", customer_id, ruling=found.ruling)
    acting.emit(AppealRuled(found.id))
    return customer_id


async def _led(acting: Acting, customer_id: int) -> int:
    if not await Customer.filter(led_customers(acting.person).q, id=customer_id).exists():
        raise NotFound
    return customer_id


@dataclass(frozen=True, slots=True)
class Untouched:
    """A running proposal, as shown."""

    id: int
    customer_id: int
    name: str
    grade: str
    owner: str
    last_contact: datetime | None
    #: whether it is the acting person's own customer
    own: bool


async def running(acting: Acting, *, limit: int, offset: int = 0) -> list[Untouched]:
    """Proposals that nobody settled: those that wait for a leader, or the acting person's own."""
    leads = leads_anybody(acting.person)
    found = Recycling.filter(settled_at=None)
    if leads:
        scope = led_customers(acting.person)
        found = found.filter(scope.through("customer__"), leader_told_at__isnull=False)
    else:
        found = found.filter(owner_id__in=acting.person.keeps)
    rows = await found.order_by("owner_id", "id").offset(offset).limit(limit).select_related(
        "customer", "owner"
    )  # fmt: skip
    return [
        Untouched(
            one.id,
            one.customer_id,
            customers.short_name_of(one.customer, acting.locale),
            one.customer.grade,
            staff_name(one.owner, acting.locale),
            one.customer.last_contact_at,
            own=not leads,
        )
        for one in rows
    ]
