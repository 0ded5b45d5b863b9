"""Customers over HTTP: list, find, read, their profile and contacts, and the export."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core import audit, customers, profile, sensitive
from core.api.activities import ActivityTold, activity_told
from core.api.cursors import from_cursor, page, to_cursor
from core.api.follow_ups import FollowUpSeen
from core.api.problems import Rejected
from core.api.route import Route
from core.api.schemas import (
    AskedId,
    Moment,
    Nothing,
    OneOf,
    Page,
    Paged,
    StaffNumber,
    StaffTold,
    Told,
    text,
)
from core.api.streams import LINES, Lines
from core.listings import CustomerFilter, customers_after, customers_count
from core.people import staff_name
from core.vocabulary import INDUSTRIES, SIZES, STATUSES
from storage.db import transaction

if TYPE_CHECKING:
    from aiohttp import web

    from core.acting import Acting
    from core.api.route import Call
    from core.api.session import Asking, Session
    from core.door import Door
    from core.profile import ContactView
    from core.sensitive import Clearance
    from storage.models import Customer

EXPORT_BATCH = 500
MASKED = sensitive.Clearance()
GRADES = ("A", "B", "C", "D")


class CustomerTold(Told):
    """A firm."""

    id: int
    external_id: str | None
    name_zh: str
    name_en: str
    short_name: str
    credit_code: str | None
    industry: str
    grade: str
    size: str
    status: str
    city: str
    address: str
    latitude: float | None
    longitude: float | None
    phone: str
    capital_fen: int | None
    founded: date | None
    owner: StaffTold | None = Field(description="Who is in charge; null in the pool.")
    unit_id: int
    created_at: Moment
    last_contact_at: Moment | None


class CustomerFound(Told):
    """A firm that a text may mean."""

    id: int
    name: str
    city: str
    grade: str
    owner: str


class ContactTold(Told):
    """A person to talk to."""

    id: int
    name: str
    title: str
    phone: str
    role: str
    is_main: bool


class Contacts(Told):
    """The people to talk to, the main one first."""

    items: list[ContactTold]


class DoorTold(Told):
    """What they hold with us and could use, what changed, what to beware of."""

    holds: list[str] = Field(description="Codes of products, the largest amounts first.")
    could_use: str | None
    balance_fen: int | None = Field(description="Of the open accounts that are no loans.")
    balance_as_of: date | None
    limit_fen: int
    drawn_fen: int
    changes: int = Field(description="By others, since this person looked before.")
    looked_at: Moment | None = Field(description="When this person looked before.")
    cautions: list[str] = Field(description="Sentences for people, the gravest first.")


class ProfileTold(Told):
    """The customer on one screen."""

    customer: CustomerTold
    main_contact: ContactTold | None
    contacts: int
    last: list[ActivityTold]
    activities: int
    next_follow_up: FollowUpSeen | None
    door: DoorTold
    may_work: bool


class CustomersWanted(Nothing):
    """Which customers are wanted."""

    grade: Annotated[str, OneOf(GRADES)] | None = None
    status: Annotated[str, OneOf(STATUSES)] | None = None
    industry: Annotated[str, OneOf(INDUSTRIES)] | None = None
    size: Annotated[str, OneOf(SIZES)] | None = None
    city: Annotated[str, text(40)] | None = None
    external_id: Annotated[str, text(40)] | None = None
    owner: StaffNumber | None = Field(None, description="A staff number.")
    unit_id: AskedId | None = None

    @property
    def wanted(self) -> CustomerFilter:
        """The same, as the read wants it."""
        return CustomerFilter(
            grade=self.grade,
            status=self.status,
            industry=self.industry,
            size=self.size,
            city=self.city,
            external_id=self.external_id,
            owner=self.owner,
            unit_id=self.unit_id,
        )


class CustomersAsked(CustomersWanted, Paged):
    """Which customers are wanted, and from where on."""


class SearchAsked(Paged):
    """What a person remembers of a customer."""

    q: Annotated[str, text(80, least=1)] = Field(
        description="Part of a name, pinyin, initials, a phone number, a credit code, a contact."
    )


def customer_told(found: Customer, locale: str, clearance: Clearance = MASKED) -> CustomerTold:
    """A customer, with the owner fetched, as it is told; in lists, a person's number is masked."""
    owner = found.owner
    return CustomerTold(
        id=found.id,
        external_id=found.external_id,
        name_zh=found.name_zh,
        name_en=found.name_en,
        short_name=found.short_name,
        credit_code=found.credit_code,
        industry=found.industry,
        grade=found.grade,
        size=found.size,
        status=found.status,
        city=found.city,
        address=found.address,
        latitude=found.latitude,
        longitude=found.longitude,
        phone=sensitive.firm_phone(found, clearance).text,
        capital_fen=found.capital_fen,
        founded=found.founded,
        owner=StaffTold(number=owner.number, name=staff_name(owner, locale)) if owner else None,
        unit_id=found.unit_id,
        created_at=found.created_at,
        last_contact_at=found.last_contact_at,
    )


def contact_told(view: ContactView) -> ContactTold:
    """A contact, as the bot shows it to this person."""
    return ContactTold(
        id=view.id,
        name=view.name,
        title=view.title,
        phone=view.phone,
        role=view.role,
        is_main=view.is_main,
    )


async def list_customers(call: Call[CustomersAsked, None]) -> Page[CustomerTold]:
    """The customers of this person's scope, in the order of their ids."""
    asked = call.query
    found = await customers_after(
        call.acting, asked.wanted, after=from_cursor(asked.cursor), limit=asked.limit + 1
    )
    locale = call.acting.locale
    return page(Page[CustomerTold], found, asked.limit, lambda one: customer_told(one, locale))


async def search_customers(call: Call[SearchAsked, None]) -> Page[CustomerFound]:
    """The customers of this person's scope that a text may mean, the likeliest first."""
    asked = call.query
    offset = from_cursor(asked.cursor)
    found = await customers.find(call.acting, asked.q, limit=asked.limit, offset=offset)
    return Page[CustomerFound](
        items=[
            CustomerFound(
                id=one.id, name=one.name, city=one.city, grade=one.grade, owner=one.owner
            )
            for one in found.items
        ],
        next=to_cursor(offset + asked.limit) if found.more else None,
    )


async def get_customer(call: Call[Nothing, None]) -> CustomerTold:
    """One customer; the look is written down, as the bot's is."""
    found = await customers.visible(call.acting, call.id("customer_id"))
    await found.fetch_related("owner")
    await audit.record(call.acting, "view", "customer", found.id)
    return await told_in_full(call.acting, found)


async def told_in_full(acting: Acting, found: Customer) -> CustomerTold:
    """As this person may see it; a person's number without its mask is written down."""
    clearance = await sensitive.clearance(acting, found)
    if sensitive.firm_phone(found, clearance).in_full:
        await audit.record(acting, "read", "customer", found.id, field="phone")
    return customer_told(found, acting.locale, clearance)


async def get_profile(call: Call[Nothing, None]) -> ProfileTold:
    """What a relationship manager reads before the door opens; the look is written down."""
    found = await profile.profile(call.acting, call.id("customer_id"))
    last = await activity_told(found.last, found.customer.id)
    return ProfileTold(
        customer=await told_in_full(call.acting, found.customer),
        main_contact=contact_told(found.main_contact) if found.main_contact else None,
        contacts=found.contacts,
        last=last,
        activities=found.activities,
        next_follow_up=FollowUpSeen.of(found.next_follow_up) if found.next_follow_up else None,
        door=_door_told(found.door, call.acting),
        may_work=found.may_work,
    )


def _door_told(door: Door, acting: Acting) -> DoorTold:
    return DoorTold(
        holds=list(door.holds),
        could_use=door.could_use,
        balance_fen=door.balance_fen,
        balance_as_of=door.balance_as_of,
        limit_fen=door.limit_fen,
        drawn_fen=door.drawn_fen,
        changes=door.changes,
        looked_at=door.looked,
        cautions=[acting.texts.of(one.text(acting.locale)).unescape() for one in door.cautions],
    )


async def list_contacts(call: Call[Nothing, None]) -> Contacts:
    """The people to talk to at a customer."""
    found = await profile.contacts_of(call.acting, call.id("customer_id"))
    return Contacts(items=[contact_told(view) for view in found])


async def export_customers(
    session: Session, request: web.Request, asking: Asking
) -> web.StreamResponse:
    """Every customer of this person's scope, a line each; the export is written down first.

    A batch is read at a time and nothing is held in between. The token is looked at again for
    each, so one that is revoked meanwhile ends the export in the middle.
    """
    assert isinstance(asking.query, CustomersWanted)
    wanted = asking.query.wanted
    async with transaction():
        acting = await session.acting()
        count = await customers_count(acting, wanted)
        facts = {name: value for name, value in _facts(wanted).items() if value is not None}
        await audit.record(acting, "export", "customer", None, count=count, **facts)
    async with Lines(request) as lines:
        after = 0
        while found := await _batch(acting, wanted, after):
            after = found[-1].id
            await lines.write(*(customer_told(one, acting.locale) for one in found))
            try:
                acting = await session.acting()
            except Rejected:
                lines.break_off()
                break
    return lines.response


async def _batch(acting: Acting, wanted: CustomerFilter, after: int) -> list[Customer]:
    return await customers_after(acting, wanted, after=after, limit=EXPORT_BATCH)


def _facts(wanted: CustomerFilter) -> dict[str, str | int | None]:
    return {name: getattr(wanted, name) for name in wanted.__slots__}


ROUTES = (
    Route(method="GET", path="/customers", scope="customers:read", does=list_customers,
          query=CustomersAsked, answer=Page[CustomerTold], summary="List customers"),
    Route(method="GET", path="/customers/search", scope="customers:read", does=search_customers,
          query=SearchAsked, answer=Page[CustomerFound], summary="Find customers by a text"),
    Route(method="GET", path="/customers/export", scope="export", streams=export_customers,
          query=CustomersWanted, answer=CustomerTold, summary=f"Export customers ({LINES})"),
    Route(method="GET", path="/customers/{customer_id}", scope="customers:read", kind="audited",
          does=get_customer, answer=CustomerTold, summary="Read a customer"),
    Route(method="GET", path="/customers/{customer_id}/profile", scope="customers:read",
          kind="audited", does=get_profile, answer=ProfileTold, summary="Read a profile"),
    Route(method="GET", path="/customers/{customer_id}/contacts", scope="customers:read",
          kind="audited", does=list_contacts, answer=Contacts,
          summary="List the people to talk to"),
)  # fmt: skip
