"""Lead and assisting (主办/协办): a second person who reads or works on a customer.

The owner, or a leader above, lets a colleague of the bank in and takes it back. What the colleague
may see of the customer follows at once, in lists, search, profile and notices alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import audit, ownership
from core import customers as reading
from core.errors import Invalid, NotAllowed, NotFound
from core.events import CollaborationChanged
from core.i18n import N_
from core.people import staff_name
from core.rules.access import OWN, SUBTREE, led_customers
from core.vocabulary import COLLABORATION
from storage.models import Collaboration, Customer, FollowUp, Series, Staff

if TYPE_CHECKING:
    from core.acting import Acting

#: roles whose sight can be widened; the others see the bank already
HELPERS = OWN | SUBTREE


@dataclass(frozen=True, slots=True)
class ShareCustomer:
    """Let a colleague read a customer, or work on it; another level replaces the one before."""

    customer_id: int
    staff_id: int
    level: str = "write"


@dataclass(frozen=True, slots=True)
class EndCollaboration:
    """Take it back; the colleague's own open follow-ups there go to the owner."""

    collaboration_id: int


@dataclass(frozen=True, slots=True)
class Collaborator:
    """A colleague beside the owner, as shown."""

    id: int
    staff_id: int
    name: str
    level: str


async def share_customer(acting: Acting, command: ShareCustomer) -> int:
    """Let the colleague in and return the collaboration's id; repeated, it finds the same.

    Raises:
        NotFound: if the customer is none to be seen, or there is no such colleague.
        NotAllowed: if it is not the acting person's to share.
        Invalid: if the level is none, or the colleague is in charge or sees the bank anyway.
    """
    wanted = (await shareable(acting, command.customer_id)).id
    if command.level not in COLLABORATION:
        raise Invalid
    staff = await Staff.get_or_none(id=command.staff_id, active=True)
    if staff is None:
        raise NotFound
    customer = (await ownership.locked([wanted]))[wanted]
    if staff.id == customer.owner_id:
        raise Invalid(N_("That colleague is in charge already."))
    if staff.role not in HELPERS:
        raise Invalid(N_("That colleague sees this customer anyway."))
    running = await Collaboration.get_or_none(
        customer_id=customer.id, staff_id=staff.id, ended_at=None
    )
    if running is not None and running.level == command.level:
        return int(running.id)
    if running is not None:
        running.ended_at = acting.now
        await running.save(update_fields=["ended_at"])
    made = await Collaboration.create(
        customer=customer,
        staff=staff,
        level=command.level,
        given_by_id=acting.person.id or None,
        given_at=acting.now,
    )
    before = running.level if running is not None else None
    await audit.record(
        acting, "share", "customer", customer.id, staff=staff.id,
        level={"from": before, "to": command.level},
    )  # fmt: skip
    acting.emit(CollaborationChanged(made.id, ended=False))
    return int(made.id)


async def end_collaboration(acting: Acting, command: EndCollaboration) -> int:
    """Take it back and return the customer's id.

    Raises:
        NotFound: if there is none running on a customer to be seen.
        NotAllowed: if it is neither the acting person's own nor theirs to take back.
    """
    running = await Collaboration.get_or_none(id=command.collaboration_id, ended_at=None)
    customer = await reading.visible(acting, running.customer_id if running else -1)
    assert running is not None
    if running.staff_id != acting.person.id:
        await shareable(acting, customer.id)
    running.ended_at = acting.now
    await running.save(update_fields=["ended_at"])
    if customer.owner_id is not None:
        await FollowUp.filter(
            customer_id=customer.id, owner_id=running.staff_id, status="open"
        ).update(owner_id=customer.owner_id)
        await Series.filter(
            customer_id=customer.id, owner_id=running.staff_id, state="running"
        ).update(owner_id=customer.owner_id)
    await audit.record(
        acting, "unshare", "customer", customer.id, staff=running.staff_id,
        level={"from": running.level, "to": None},
    )  # fmt: skip
    acting.emit(CollaborationChanged(running.id, ended=True))
    return int(customer.id)


async def shareable(acting: Acting, customer_id: int) -> Customer:
    """A customer that the acting person may share: the own, or one of the units they lead.

    Raises:
        NotFound: if there is none or none to be seen.
        NotAllowed: if it is somebody else's.
    """
    customer = await reading.visible(acting, customer_id)
    led = led_customers(acting.person)
    if customer.owner_id not in acting.person.keeps and not (
        await Customer.filter(led.q, id=customer_id).exists()
    ):
        raise NotAllowed(N_("Only who is in charge, or the leader, can share this customer."))
    return customer


async def collaborators(acting: Acting, customer_id: int) -> tuple[Collaborator, ...]:
    """Who reads or works on a customer beside the owner.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await reading.visible(acting, customer_id)
    found = (
        await Collaboration.filter(customer=customer, ended_at=None)
        .order_by("id")
        .select_related("staff")
    )
    return tuple(
        Collaborator(one.id, one.staff_id, staff_name(one.staff, acting.locale), one.level)
        for one in found
    )
