"""Joint visits (陪访): a colleague or the leader goes along; the visit is one record, for both.

Whoever is invited answers in their own name. Until the plan is settled it stands in their day,
week and calendar, with the firm's name and address and nothing else of the customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core import audit, customers, follow_ups
from core.errors import AlreadySettled, Invalid, NotAllowed, NotFound
from core.i18n import N_
from core.people import staff_name
from core.plan_events import VisitInvitationAnswered, VisitInvited
from core.rules.access import READ_ONLY
from core.second_officers import OFFICERS
from storage.models import Companion, FollowUp, Staff

if TYPE_CHECKING:
    from core.acting import Acting

DUTY = "joint"
#: who go along with one plan
MOST = 4
#: what stands in somebody's day
STANDS = ("waiting", "confirmed")
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class InviteCompanion:
    """Come along with me."""

    follow_up_id: int
    staff_id: int


@dataclass(frozen=True, slots=True)
class AnswerInvitation:
    """I come along, or I can't."""

    companion_id: int
    accepts: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """A plan of somebody else's that one is to come along with."""

    id: int
    #: waiting, confirmed
    status: str
    customer: str
    address: str
    kind: str
    purpose: str
    due_at: datetime
    all_day: bool
    owner: str


@dataclass(frozen=True, slots=True)
class Joining:
    """Who goes along with a plan."""

    id: int
    name: str
    #: waiting, confirmed, refused
    status: str


async def invite_companion(acting: Acting, command: InviteCompanion) -> int:
    """Invite them and return the companion's id; repeated, it finds the same.

    Raises:
        NotFound, NotAllowed, AlreadySettled: if the plan is not this person's to change.
        Invalid: if the colleague keeps the plan, goes to no firms, or too many go along.
    """
    found = await follow_ups.workable(acting, command.follow_up_id)
    if command.staff_id == found.owner_id:
        raise Invalid(N_("That colleague keeps this plan already."))
    if not await Staff.exists(id=command.staff_id, active=True, role__in=sorted(OFFICERS)):
        raise Invalid(N_("That colleague can't come along. Please choose another."))
    going = await Companion.filter(follow_up_id=found.id, duty=DUTY, status__in=list(STANDS))
    for one in going:
        if one.staff_id == command.staff_id:
            return int(one.id)
    if len(going) >= MOST:
        raise Invalid(N_("At most {most} colleagues come along."), most=MOST)
    made = await Companion.create(
        key=acting.key, duty=DUTY, follow_up_id=found.id, staff_id=command.staff_id,
        asked_by_id=acting.person.id, asked_at=acting.now,
    )  # fmt: skip
    await audit.record(
        acting, "invite_along", "follow_up", found.id, customer=found.customer_id,
        staff=command.staff_id,
    )  # fmt: skip
    acting.emit(VisitInvited(made.id))
    return int(made.id)


async def answer_invitation(acting: Acting, command: AnswerInvitation) -> int:
    """Accept or decline it, once or the other way round later; returns the companion's id.

    Raises:
        NotFound: if the acting person was not invited.
        AlreadySettled: if the plan is settled, or the answer is that already.
    """
    found = await Companion.get_or_none(
        id=command.companion_id, duty=DUTY, staff_id=acting.person.id
    ).select_related("follow_up")
    if found is None:
        raise NotFound
    if acting.person.role in READ_ONLY:
        raise NotAllowed
    assert found.follow_up is not None
    status = "confirmed" if command.accepts else "refused"
    if found.follow_up.status != "open" or found.status not in STANDS or found.status == status:
        raise AlreadySettled
    found.status, found.answered_at = status, acting.now
    await found.save(update_fields=["status", "answered_at"])
    await audit.record(
        acting, "come_along" if command.accepts else "not_come_along", "follow_up",
        found.follow_up.id, customer=found.follow_up.customer_id,
    )  # fmt: skip
    acting.emit(VisitInvitationAnswered(found.id))
    return int(found.id)


async def invitation(acting: Acting, companion_id: int) -> Invitation:
    """One plan that the acting person was invited to.

    Raises:
        NotFound: if there is none that still stands.
    """
    found = await Companion.get_or_none(
        id=companion_id, duty=DUTY, staff_id=acting.person.id, status__in=list(STANDS),
        follow_up__status="open",
    ).select_related("follow_up__customer", "follow_up__owner")  # fmt: skip
    if found is None:
        raise NotFound
    return _view(found, acting.locale)


async def invitations(acting: Acting, since: datetime, until: datetime) -> tuple[Invitation, ...]:
    """The open plans between two moments that the acting person goes along with, or is to."""
    found = (
        await Companion.filter(
            duty=DUTY, staff_id=acting.person.id, status__in=list(STANDS),
            follow_up__status="open", follow_up__due_at__gte=since, follow_up__due_at__lt=until,
        )
        .order_by("follow_up__due_at", "id").limit(_SHOWN)
        .select_related("follow_up__customer", "follow_up__owner")
    )  # fmt: skip
    return tuple(_view(one, acting.locale) for one in found)


async def invitations_today(acting: Acting) -> tuple[Invitation, ...]:
    """Those of the acting person's day."""
    midnight = datetime.combine(acting.local_now.date(), time(), acting.zone)
    return await invitations(acting, midnight, midnight + timedelta(days=1))


async def going_along(acting: Acting, follow_up_id: int) -> tuple[Joining, ...]:
    """Who was invited to a plan that the acting person may see.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    await follow_ups.visible(acting, follow_up_id)
    found = (
        await Companion.filter(follow_up_id=follow_up_id, duty=DUTY)
        .exclude(status="withdrawn").order_by("id").select_related("staff")
    )  # fmt: skip
    return tuple(
        Joining(one.id, staff_name(one.staff, acting.locale), one.status) for one in found
    )


async def plans_joined(staff_id: int, since: datetime, until: datetime) -> list[FollowUp]:
    """The plans of others in somebody's calendar, with the customers."""
    found = (
        await Companion.filter(
            duty=DUTY, staff_id=staff_id, status__in=list(STANDS), follow_up__status="open",
            follow_up__due_at__gt=since, follow_up__due_at__lt=until,
        )
        .order_by("follow_up__due_at").limit(_SHOWN).select_related("follow_up__customer")
    )  # fmt: skip
    return [one.follow_up for one in found if one.follow_up is not None]


def _view(found: Companion, locale: str) -> Invitation:
    planned = found.follow_up
    assert planned is not None
    return Invitation(
        id=found.id, status=found.status, customer=customers.name_of(planned.customer, locale),
        address=planned.customer.address, kind=planned.kind, purpose=planned.purpose,
        due_at=planned.due_at, all_day=planned.all_day, owner=staff_name(planned.owner, locale),
    )  # fmt: skip
