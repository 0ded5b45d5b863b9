"""The customer's profile: what a relationship manager reads before the door opens.

The first version of the 360° view. Sections that come later are read models of their own beside
this one; the page that shows them asks each for its part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import audit, customers, sensitive
from core.door import Door, door
from core.people import staff_name
from core.sensitive import Clearance
from storage.db import rows
from storage.models import Activity, Attachment, Contact, FollowUp, Staff

if TYPE_CHECKING:
    from datetime import datetime

    from core.acting import Acting
    from storage.models import Customer

LAST_CONTACTS = 3
MASKED = Clearance()


@dataclass(frozen=True, slots=True)
class ContactView:
    """A person to talk to."""

    id: int
    name: str
    title: str
    #: the number as this reader is shown it, see core/sensitive.py
    phone: str
    role: str
    is_main: bool
    #: the number is there without its mask
    in_full: bool = False


@dataclass(frozen=True, slots=True)
class ActivityView:
    """A record in a history."""

    id: int
    kind: str
    outcome: str | None
    note: str
    product: str | None
    amount_fen: int | None
    occurred_at: datetime
    time_known: bool
    recorded_at: datetime
    author_id: int
    author: str
    #: the absent colleague whose work it was; empty where it was the author's own
    acted_for: str
    attachments: int
    corrected: bool
    undone: bool


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A follow-up in a list."""

    id: int
    customer_id: int
    customer: str
    kind: str
    purpose: str
    due_at: datetime
    all_day: bool
    overdue: bool
    owner: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The customer on one screen."""

    customer: Customer
    name: str
    owner: str
    main_contact: ContactView | None
    contacts: int
    last: tuple[ActivityView, ...]
    activities: int
    next_follow_up: FollowUpView | None
    may_work: bool
    #: what else is needed at the door
    door: Door
    #: sees the contacts' numbers in full; here they are masked for everybody
    sees_numbers: bool = False


def contact_view(contact: Contact, locale: str, clearance: Clearance) -> ContactView:
    """A contact as shown in a language, to a reader of that clearance."""
    name = contact.name if locale == "zh" else (contact.name_en or contact.name)
    phone = sensitive.shown("contact.phone", contact.phone, clearance)
    return ContactView(
        contact.id, name, contact.title, phone.text, contact.role, contact.is_main, phone.in_full
    )


def follow_up_view(follow_up: FollowUp, acting: Acting) -> FollowUpView:
    """A follow-up (with customer and owner fetched) as shown to a person."""
    return FollowUpView(
        id=follow_up.id,
        customer_id=follow_up.customer_id,
        customer=customers.short_name_of(follow_up.customer, acting.locale),
        kind=follow_up.kind,
        purpose=follow_up.purpose,
        due_at=follow_up.due_at,
        all_day=follow_up.all_day,
        overdue=follow_up.status == "open" and follow_up.overdue_at <= acting.now,
        owner=staff_name(follow_up.owner, acting.locale),
    )


async def profile(acting: Acting, customer_id: int) -> Profile:
    """The profile of a customer; the look is audited.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    contacts = await Contact.filter(customer=customer, ended_at=None).order_by("-is_main", "id")
    follow_up = (
        await FollowUp.filter(customer=customer, status="open")
        .order_by("due_at")
        .first()
        .select_related("customer", "owner")
    )
    owner = await Staff.get_or_none(id=customer.owner_id) if customer.owner_id else None
    last = await _records(acting, customer, LAST_CONTACTS)
    activities = await Activity.filter(customer=customer, reverses=None, reversed_at=None).count()
    clearance = await sensitive.clearance(acting, customer)
    stands = tuple(view for view in last if not view.undone)
    await audit.record(acting, "view", "customer", customer.id)
    return Profile(
        customer=customer,
        name=customers.name_of(customer, acting.locale),
        owner=staff_name(owner, acting.locale),
        main_contact=contact_view(contacts[0], acting.locale, MASKED) if contacts else None,
        contacts=len(contacts),
        last=stands,
        activities=activities,
        next_follow_up=follow_up_view(follow_up, acting) if follow_up else None,
        may_work=await customers.may_work(acting, customer.id),
        door=await door(
            acting, customer, next((one.outcome for one in last if not one.undone), None)
        ),
        sees_numbers=clearance.works,
    )


async def contacts_of(acting: Acting, customer_id: int) -> tuple[ContactView, ...]:
    """The people to talk to, the main one first; numbers shown in full are written down.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    clearance = await sensitive.clearance(acting, customer)
    found = await Contact.filter(customer=customer, ended_at=None).order_by("-is_main", "id")
    views = tuple(contact_view(contact, acting.locale, clearance) for contact in found)
    await _read(acting, customer, *views)
    return views


async def contact(acting: Acting, contact_id: int) -> tuple[ContactView, Customer]:
    """One person to talk to, with the firm; a number shown in full is written down.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    found = await Contact.get_or_none(id=contact_id)
    customer = await customers.visible(acting, found.customer_id if found else -1)
    assert found is not None
    clearance = await sensitive.clearance(acting, customer)
    view = contact_view(found, acting.locale, clearance)
    await _read(acting, customer, view)
    return view, customer


async def _read(acting: Acting, customer: Customer, *views: ContactView) -> None:
    """Write down every number that is shown in full, all in one statement."""
    seen = [view.id for view in views if view.in_full]
    await audit.record_each(acting, "read", "contact", seen, customer=customer.id, field="phone")


async def history(
    acting: Acting, customer_id: int, *, limit: int = 5, offset: int = 0
) -> list[ActivityView]:
    """The records of a customer, newest first; taken-back ones are shown as such.

    Raises:
        NotFound: if the customer is none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    return await _records(acting, customer, limit, offset)


async def _records(
    acting: Acting, customer: Customer, limit: int, offset: int = 0
) -> list[ActivityView]:
    found = (
        await Activity.filter(customer=customer, reverses=None)
        .order_by("-occurred_at", "-id")
        .offset(offset)
        .limit(limit)
        .select_related("author", "acted_for")
    )
    attached = await _attached([activity.id for activity in found])
    return [_view(one, acting.locale, attached.get(one.id, 0)) for one in found]


async def _attached(activities: list[int]) -> dict[int, int]:
    """How many files each record has; those without one are left out."""
    if not activities:
        return {}
    marks = ", ".join(f"${n}" for n, _ in enumerate(activities, 1))
    found = await rows(
        "SELECT activity_id, COUNT(*) AS n FROM attachment"  # noqa: S608 - only marks are put in
        f" WHERE activity_id IN ({marks}) GROUP BY activity_id",
        *activities,
    )
    return {int(row["activity_id"]): int(row["n"]) for row in found}


async def activity(acting: Acting, activity_id: int) -> tuple[ActivityView, Customer]:
    """One record, with the firm.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    found = await Activity.get_or_none(id=activity_id, reverses=None).select_related(
        "author", "acted_for"
    )
    customer = await customers.visible(acting, found.customer_id if found else -1)
    assert found is not None
    attached = await _attached([found.id])
    return _view(found, acting.locale, attached.get(found.id, 0)), customer


async def attachments_of(acting: Acting, activity_id: int) -> list[Attachment]:
    """What was attached to a record.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    await activity(acting, activity_id)
    return await Attachment.filter(activity_id=activity_id).order_by("id")


def _view(found: Activity, locale: str, attachments: int) -> ActivityView:
    return ActivityView(
        id=found.id,
        kind=found.kind,
        outcome=found.outcome,
        note=found.note,
        product=found.product,
        amount_fen=found.amount_fen,
        occurred_at=found.occurred_at,
        time_known=found.time_known,
        recorded_at=found.recorded_at,
        author_id=found.author_id,
        author=staff_name(found.author, locale),
        acted_for=staff_name(found.acted_for, locale),
        attachments=attachments,
        corrected=found.corrected_at is not None,
        undone=found.reversed_at is not None,
    )
