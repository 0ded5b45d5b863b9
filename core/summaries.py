"""A customer's summary, sent from one colleague to another who may see the customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tortoise.expressions import Q

from core import audit, colleagues, customers
from core.acting import Acting
from core.consents import require
from core.door import Door, door
from core.errors import Conflict, Invalid, NotFound
from core.events import SummarySent
from core.i18n import N_
from core.people import person_of, staff_name, with_reach
from core.profile import LAST_CONTACTS, ActivityView, FollowUpView, history, next_follow_up
from core.promises import PromiseView, open_promises
from core.rules.access import BANK, SUBTREE, visible_customers
from storage.models import Collaboration, Contact, Customer, Staff, Unit

if TYPE_CHECKING:
    from core.colleagues import ColleaguePage

NOTE_LENGTH = 400
NOBODY = N_("Nobody else may see this customer. Share it first, under 🔑 In charge.")


@dataclass(frozen=True, slots=True)
class SendSummary:
    """Send a colleague a customer's summary, with a word of one's own."""

    customer_id: int
    staff_id: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A customer in a few lines, as the receiver may see it."""

    customer: Customer
    name: str
    owner: str
    main_contact: str
    next: FollowUpView | None
    last: ActivityView | None
    door: Door
    promises: tuple[PromiseView, ...] = ()


@dataclass(frozen=True, slots=True)
class Seers:
    """Reads the colleagues with a chat who may see a customer, but for the acting person."""

    customer_id: int

    async def __call__(
        self, acting: Acting, text: str, *, only: int | None = None, limit: int = 6,
        offset: int = 0,
    ) -> ColleaguePage:  # fmt: skip
        """A page of them, the likeliest first."""
        customer = await customers.visible(acting, self.customer_id)
        among = await _seers(acting, customer)
        return await colleagues.find(acting, among, text, only=only, limit=limit, offset=offset)


async def sendable(acting: Acting, customer_id: int) -> Customer:
    """A customer whose summary can be sent to somebody.

    Raises:
        NotFound: if it is none to be seen.
        ConsentMissing: if the customer withdrew the consent to that.
        Conflict: if nobody else may see it.
    """
    customer = await customers.visible(acting, customer_id)
    await require(acting, customer.id, "send_summary")
    if not await Staff.filter(await _seers(acting, customer)).exists():
        raise Conflict(NOBODY)
    return customer


async def send_summary(acting: Acting, command: SendSummary) -> int:
    """Send it and return the customer's id; the receiver reads it with the own rights.

    Raises:
        NotFound: if the customer is none to be seen, or there is no such colleague.
        Invalid: if it is the acting person, or the word is too long.
        ConsentMissing: if the customer withdrew the consent to that.
        Conflict: if the colleague may not see the customer, or has no chat.
    """
    customer = await customers.visible(acting, command.customer_id)
    await require(acting, customer.id, "send_summary")
    note = command.note.strip()
    if command.staff_id == acting.person.id or len(note) > NOTE_LENGTH:
        raise Invalid
    staff = await Staff.get_or_none(id=command.staff_id, active=True).select_related("unit")
    if staff is None:
        raise NotFound
    name = staff_name(staff, acting.locale)
    person = await with_reach(person_of(staff, staff.unit), acting.now)
    if not await Customer.filter(visible_customers(person).q, id=customer.id).exists():
        raise Conflict(
            N_("{name} may not see this customer. Share it first, under 🔑 In charge."), name=name
        )
    if person.chat_id is None:
        raise Conflict(N_("{name} has not joined yet and can't be told."), name=name)
    await audit.record(acting, "send", "customer", customer.id, staff=staff.id)
    acting.emit(SummarySent(customer.id, acting.person.id, staff.id, note))
    return int(customer.id)


async def summary(acting: Acting, customer_id: int) -> Summary:
    """A customer in a few lines, without counting as a look at it.

    Raises:
        NotFound: if it is none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    main = (
        await Contact.filter(customer_id=customer.id, ended_at=None)
        .order_by("-is_main", "id")
        .first()
    )
    last = await history(acting, customer.id, limit=LAST_CONTACTS)
    stands = [one for one in last if not one.undone]
    outcome = stands[0].outcome if stands else None
    return Summary(
        customer=customer,
        name=customers.name_of(customer, acting.locale),
        owner=staff_name(await customers.owner_of(customer), acting.locale),
        main_contact=_called(main, acting.locale) if main is not None else "",
        next=await next_follow_up(acting, customer),
        last=stands[0] if stands else None,
        door=await door(acting, customer, outcome, look=False),
        promises=await open_promises(acting, customer.id),
    )


async def summary_for(acting: Acting, staff_id: int, customer_id: int) -> tuple[Acting, Summary]:
    """The summary as a colleague reads it, and the colleague as acting now.

    Raises:
        NotFound: if the customer is none to be seen by that colleague.
    """
    staff = await Staff.get(id=staff_id).select_related("unit")
    person = await with_reach(person_of(staff, staff.unit), acting.now)
    reading = Acting(person, acting.now, acting.cause)
    return reading, await summary(reading, customer_id)


def _called(contact: Contact, locale: str) -> str:
    name = contact.name if locale == "zh" else (contact.name_en or contact.name)
    return f"{name} {contact.title}".strip()


async def _seers(acting: Acting, customer: Customer) -> Q:
    """Those who keep or share it, the leaders above its unit, and head office."""
    unit = await Unit.get(id=customer.unit_id)
    above = [int(part) for part in unit.path.strip("/").split("/") if part]
    sharing = await Collaboration.filter(customer_id=customer.id, ended_at=None)
    near = {customer.owner_id or 0, *(one.staff_id for one in sharing)}
    may = Q(
        Q(id__in=sorted(near)),
        Q(role__in=sorted(SUBTREE), unit_id__in=above),
        Q(role__in=sorted(BANK)),
        join_type="OR",
    )
    return may & Q(active=True, chat_id__isnull=False) & ~Q(id=acting.person.id)
