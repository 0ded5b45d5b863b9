"""Assign and reassign a customer; the new owner accepts or declines.

A leader gives the customers of the own units to people of the own units; head office and
administrators give any to anybody. The new owner is in charge at once, so that a customer is never
nobody's, and is asked to accept until the evening of the next working day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import customers as reading
from core import ownership
from core.errors import AlreadySettled, Invalid, NotAllowed, NotFound, OwnerChanged
from core.events import AssignmentAnswered
from core.i18n import N_
from core.ownership import Change
from core.profile import follow_up_view
from core.rules.access import KEEPERS, leads, led_customers
from core.vocabulary import REASSIGN_REASONS
from storage.models import Assignment, Customer, FollowUp, Staff

if TYPE_CHECKING:
    from core.acting import Acting

#: the command does not say who was in charge when the screen was made
UNSAID = -1


@dataclass(frozen=True, slots=True)
class AssignCustomer:
    """Put somebody in charge of a customer, in place of whoever is, or out of the pool."""

    customer_id: int
    to_staff: int
    reason: str
    note: str = ""
    #: open follow-ups of the old owner that do not go along
    left_out: tuple[int, ...] = ()
    #: who was in charge when it was decided, None for nobody
    expected_owner: int | None = UNSAID


@dataclass(frozen=True, slots=True)
class AcceptAssignment:
    """The new owner accepts; with a batch, all of it."""

    assignment_id: int


@dataclass(frozen=True, slots=True)
class DeclineAssignment:
    """The new owner can't take it, and says why; the customer stays until it is given on."""

    assignment_id: int
    note: str


@dataclass(frozen=True, slots=True)
class OpenFollowUps:
    """Reads what the old owner has open at a customer: [{"id", "due_at", …}]."""

    customer_id: int

    async def __call__(self, acting: Acting) -> list[dict[str, Any]]:
        """What would go along.

        Raises:
            NotFound, NotAllowed: if it is not the acting person's to give.
        """
        customer = await assignable(acting, self.customer_id)
        found = (
            await FollowUp.filter(
                customer_id=customer.id, owner_id=customer.owner_id, status="open"
            )
            .order_by("due_at", "id")
            .select_related("customer", "owner")
        )
        views = [follow_up_view(one, acting) for one in found]
        return [
            {
                "id": view.id,
                "at": view.due_at.isoformat(),
                "all_day": view.all_day,
                "kind": view.kind,
                "purpose": view.purpose,
            }
            for view in views
        ]


async def assign_customer(acting: Acting, command: AssignCustomer) -> int:
    """Put somebody in charge and return the id of the assignment; once per key.

    Raises:
        NotFound: if the customer is none to be seen, or the colleague none to be given it.
        NotAllowed: if the acting person leads nobody there.
        OwnerChanged: if somebody gave it away meanwhile.
        Invalid: if the reason is none, or the customer is that person's already.
    """
    known = await Assignment.get_or_none(key=f"{acting.key}:{command.customer_id}")
    if known is not None:
        return int(known.id)
    await assignable(acting, command.customer_id)
    ownership.check_reason(REASSIGN_REASONS, command.reason, command.note)
    to_staff = await receiver(acting, command.to_staff)
    customer = (await ownership.locked([command.customer_id]))[command.customer_id]
    if command.expected_owner not in {UNSAID, customer.owner_id}:
        raise OwnerChanged
    if customer.owner_id == to_staff.id:
        raise Invalid(N_("That colleague is in charge already."))
    kind = "assign" if customer.owner_id is None else "reassign"
    change = Change(
        kind,
        command.reason,
        command.note,
        to_be_accepted=to_staff.id != acting.person.id,
        left_out=frozenset(command.left_out),
    )
    return (await ownership.move(acting, [customer], to_staff, change))[0]


async def assignable(acting: Acting, customer_id: int) -> Customer:
    """A customer that the acting person may give to somebody.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if it may be seen only.
    """
    customer = await reading.visible(acting, customer_id)
    if not await Customer.filter(led_customers(acting.person).q, id=customer_id).exists():
        raise NotAllowed(N_("Only the leader of the team can change who is in charge."))
    return customer


async def receiver(acting: Acting, staff_id: int) -> Staff:
    """A colleague to whom the acting person may give customers.

    Raises:
        NotFound: if there is none such in the units that the acting person leads.
        Invalid: if that colleague keeps no customers.
    """
    staff = await ownership.receiving(staff_id)
    if staff is None:
        raise NotFound
    await staff.fetch_related("unit")
    if not leads(acting.person, staff.unit.path):
        raise NotFound
    if staff.role not in KEEPERS:
        raise Invalid(N_("That colleague keeps no customers."))
    return staff


async def accept_assignment(acting: Acting, command: AcceptAssignment) -> int:
    """Accept it, with its whole batch; returns how many customers that was.

    Raises:
        NotFound: if it is not the acting person's to accept.
        AlreadySettled: if it was answered, or the customer was given on.
    """
    asked = await _asked(acting, command.assignment_id)
    together = Assignment.filter(to_staff_id=asked.to_staff_id, accepted_at=None, declined_at=None)
    together = together.filter(batch=asked.batch) if asked.batch else together.filter(id=asked.id)
    ids = tuple([one.id for one in await together.order_by("id")])
    await Assignment.filter(id__in=ids).update(accepted_at=acting.now)
    acting.emit(AssignmentAnswered(ids, accepted=True))
    return len(ids)


async def decline_assignment(acting: Acting, command: DeclineAssignment) -> int:
    """Say that it can't be taken, and why; whoever gave it hears of it. Returns its id.

    Raises:
        NotFound: if it is not the acting person's to decline.
        AlreadySettled: if it was answered, or the customer was given on.
        Invalid: if no reason is given.
    """
    asked = await _asked(acting, command.assignment_id)
    ownership.check_reason({"other": ""}, "other", command.note)
    asked.declined_at = acting.now
    await asked.save(update_fields=["declined_at"])
    acting.emit(AssignmentAnswered((asked.id,), accepted=False, note=command.note.strip()))
    return int(asked.id)


async def _asked(acting: Acting, assignment_id: int) -> Assignment:
    asked = (
        await Assignment.filter(id=assignment_id, to_staff_id__in=acting.person.keeps)
        .exclude(accept_by=None)
        .select_related("customer")
        .first()
    )
    if asked is None:
        raise NotFound
    if (
        asked.accepted_at is not None
        or asked.declined_at is not None
        or asked.customer.owner_id != asked.to_staff_id
    ):
        raise AlreadySettled
    return asked


async def history(
    acting: Acting, customer_id: int, *, before: int = 0, limit: int = 10
) -> list[Assignment]:
    """How a customer changed hands, the latest first, with the people fetched.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await reading.visible(acting, customer_id)
    found = Assignment.filter(customer=customer)
    if before:
        found = found.filter(id__lt=before)
    return await found.order_by("-id").limit(limit).select_related("from_staff", "to_staff")


async def assignment(assignment_id: int) -> Assignment:
    """One that the acting person just made or answered, with the people fetched."""
    return await Assignment.get(id=assignment_id).select_related("from_staff", "to_staff")


async def in_charge(acting: Acting, customer_id: int) -> tuple[Customer, Staff | None]:
    """A visible customer with who is in charge of it.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await reading.visible(acting, customer_id)
    owner = await Staff.get_or_none(id=customer.owner_id) if customer.owner_id else None
    return customer, owner
