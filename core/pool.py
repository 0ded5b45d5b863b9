"""The shared pool (公海): released by who is in charge, claimed by who has room.

Rules by grade (`PoolRule`): how many customers of a grade one person may keep when claiming more,
after how many untouched working days one is proposed for the pool, and how long who had it waits
before claiming it again. A pool is a branch's: its people see name, place, line of business and
grade of what lies there, nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core import audit, formats, ownership
from core import customers as reading
from core.errors import ClaimLimit, CoolingDown, Invalid, NotAllowed, NotFound
from core.i18n import N_
from core.ownership import Change
from core.rules.access import OWN, READ_ONLY, led_customers
from core.rules.workdays import add_workdays
from core.vocabulary import POOL_REASONS
from storage.models import Assignment, Customer, PoolRule, Unit

if TYPE_CHECKING:
    from tortoise.queryset import QuerySet

    from core.acting import Acting, Person

#: for a grade that the bank has no rule for
USUAL = (120, 60, 30)
#: what was recycled stays where it is for so many working days, because the old owner may object
APPEAL_WORKDAYS = 3


@dataclass(frozen=True, slots=True)
class ReleaseCustomer:
    """Give a customer back to the pool."""

    customer_id: int
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClaimCustomer:
    """Take a customer out of the pool."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class SetPoolRule:
    """Change the rules for a grade."""

    grade: str
    claim_cap: int
    idle_workdays: int
    cool_down_days: int


@dataclass(frozen=True, slots=True)
class PoolItem:
    """A customer of the pool: enough to decide whether to claim it."""

    id: int
    name: str
    city: str
    industry: str
    grade: str
    since: datetime


async def rule_of(grade: str) -> PoolRule:
    """The rule for a grade, or the usual one."""
    found = await PoolRule.get_or_none(grade=grade)
    cap, idle, cool = USUAL
    return found or PoolRule(grade=grade, claim_cap=cap, idle_workdays=idle, cool_down_days=cool)


async def release_customer(acting: Acting, command: ReleaseCustomer) -> int:
    """Put it into the pool of its unit's branch and return the assignment's id; once per key.

    Raises:
        NotFound: if it is none to be seen.
        NotAllowed: if it is neither the acting person's own nor of the units they lead.
        Invalid: if the reason is none, or it lies in the pool already.
    """
    known = await Assignment.get_or_none(key=f"{acting.key}:{command.customer_id}")
    if known is not None:
        return int(known.id)
    wanted = (await releasable(acting, command.customer_id)).id
    ownership.check_reason(POOL_REASONS, command.reason, command.note)
    customer = (await ownership.locked([wanted]))[wanted]
    if customer.owner_id is None:
        raise Invalid(N_("It is in the shared pool already."))
    change = Change("release", command.reason, command.note)
    return (await ownership.move(acting, [customer], None, change))[0]


async def releasable(acting: Acting, customer_id: int) -> Customer:
    """A customer that the acting person may give back.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if it is somebody else's.
    """
    customer = await reading.visible(acting, customer_id)
    led = await Customer.filter(led_customers(acting.person).q, id=customer_id).exists()
    if customer.owner_id not in acting.person.keeps and not led:
        raise NotAllowed(N_("Only who is in charge, or the leader, can give this customer back."))
    return customer


async def claim_customer(acting: Acting, command: ClaimCustomer) -> int:
    """Take it and return the assignment's id; once per key.

    Raises:
        NotAllowed: if the acting person keeps no customers.
        NotFound: if it lies in no pool of theirs.
        ClaimLimit: if they keep as many of that grade as the rule allows.
        CoolingDown: if it can't be claimed yet, by anybody or by them.
    """
    known = await Assignment.get_or_none(key=f"{acting.key}:{command.customer_id}")
    if known is not None:
        return int(known.id)
    if acting.person.role not in OWN:
        raise NotAllowed(N_("Only who keeps customers can claim one."))
    if not await (await _pool(acting.person)).filter(id=command.customer_id).exists():
        raise NotFound
    customer = (await ownership.locked([command.customer_id]))[command.customer_id]
    if customer.owner_id is not None:
        raise NotFound
    rule = await rule_of(customer.grade)
    count = await Customer.filter(owner_id=acting.person.id, grade=customer.grade).count()
    if count >= rule.claim_cap:
        raise ClaimLimit(count=count, grade=customer.grade, most=rule.claim_cap)
    free = await claimable_from(acting, customer, rule)
    if free is not None and free > acting.now:
        day = formats.day(
            free.astimezone(acting.zone).date(), acting.locale, acting.local_now.date()
        )
        raise CoolingDown(day=day)
    staff = await ownership.receiving(acting.person.id)
    if staff is None:
        raise NotAllowed
    return (await ownership.move(acting, [customer], staff, Change("claim", "claimed")))[0]


async def claimable_from(acting: Acting, customer: Customer, rule: PoolRule) -> datetime | None:
    """When the acting person may claim it, None for at once.

    Nobody while a recycling may be objected to, or is; who had it last, after the cool-down.
    """
    last = await Assignment.filter(customer=customer, to_staff=None).order_by("-id").first()
    if last is None:
        return None
    moments = []
    if last.kind == "recycle" and last.ruling is None:
        after = add_workdays(last.at.astimezone(acting.zone).date(), APPEAL_WORKDAYS + 1)
        moments.append(datetime.combine(after, time(9), acting.zone))
        if last.appealed_at is not None:
            moments.append(acting.now + timedelta(days=1))
    if last.from_staff_id == acting.person.id:
        moments.append(last.at + timedelta(days=rule.cool_down_days))
    return max(moments, default=None)


async def set_pool_rule(acting: Acting, command: SetPoolRule) -> str:
    """Change the rules for a grade and return it.

    Raises:
        NotAllowed: if the acting person is neither of head office nor an administrator.
        Invalid: for a number below one.
    """
    if acting.person.role not in {"head_office", "administrator"}:
        raise NotAllowed
    numbers = (command.claim_cap, command.idle_workdays, command.cool_down_days)
    if not command.grade or len(command.grade) > 2 or min(numbers) < 1:
        raise Invalid(N_("Each number must be at least one."))
    rule = await rule_of(command.grade)
    before = (rule.claim_cap, rule.idle_workdays, rule.cool_down_days)
    await PoolRule.update_or_create(
        grade=command.grade,
        defaults={
            "claim_cap": command.claim_cap,
            "idle_workdays": command.idle_workdays,
            "cool_down_days": command.cool_down_days,
        },
    )
    await audit.record(
        acting, "set_pool_rule", "pool", None, grade=command.grade,
        rule={"from": list(before), "to": list(numbers)},
    )  # fmt: skip
    return command.grade


async def pool(acting: Acting, *, limit: int = 6, offset: int = 0) -> tuple[PoolItem, ...]:
    """What lies in the acting person's pool, the better grades first."""
    if acting.person.role in READ_ONLY:
        return ()
    found = (await _pool(acting.person)).order_by("grade", "-owner_since", "id")
    return tuple(
        PoolItem(
            customer.id,
            reading.name_of(customer, acting.locale),
            reading.city_of(customer, acting.locale),
            customer.industry,
            customer.grade,
            customer.owner_since or customer.created_at,
        )
        for customer in await found.offset(offset).limit(limit)
    )


async def pool_size(acting: Acting) -> int:
    """How many lie in the acting person's pool."""
    return 0 if acting.person.role in READ_ONLY else await (await _pool(acting.person)).count()


async def _pool(person: Person) -> QuerySet[Customer]:
    """The pool of the person's branch: its nearest unit above of that kind, or the own unit."""
    above = [int(part) for part in person.unit_path.strip("/").split("/") if part]
    branches = await Unit.filter(id__in=above, kind="branch").values_list("path", flat=True)
    path = max((str(one) for one in branches), key=len, default=person.unit_path)
    return Customer.filter(
        owner_id=None, merged_into_id=None, unit__path__startswith=path
    ).exclude(status__in=("lost", "exited"))
