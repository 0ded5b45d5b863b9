"""The customer's profile: what a relationship manager reads before the door opens.

The first version of the 360° view. Sections that come later are read models of their own beside
this one; the page that shows them asks each for its part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core import audit, customers, sensitive
from core.completeness import Completeness, completeness_of
from core.door import Door, door
from core.people import staff_name
from core.promises import PromiseView, open_promises
from core.rules.lasting import planned_end
from core.sensitive import Clearance
from storage.db import lookup
from storage.models import Attachment, Contact
from storage.statements import found, moment_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.acting import Acting
    from storage.models import Customer, FollowUp

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
class SecondOfficer:
    """Who else was at a credit visit, and whether they have confirmed it."""

    id: int
    staff_id: int
    name: str
    #: waiting, confirmed, refused
    status: str


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
    #: of a credit visit
    second: SecondOfficer | None = None
    #: who came along, by name
    along: tuple[str, ...] = ()


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
    #: None for a day without a time
    ends_at: datetime | None = None


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
    #: what is promised and open, both ways
    promises: tuple[PromiseView, ...] = ()
    #: how much is known, for those who can fill it in
    known: Completeness | None = None
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
        ends_at=None
        if follow_up.all_day
        else planned_end(follow_up.due_at, follow_up.ends_at, follow_up.kind),
    )


_CONTACTS = """
SELECT * FROM contact
 WHERE customer_id = $1 AND ended_at IS NULL ORDER BY is_main DESC, id
"""
_NEXT = """
SELECT f.id, f.kind, f.purpose, f.due_at, f.all_day, f.ends_at, f.overdue_at,
       s.name_zh AS owner_zh, s.name_en AS owner_en
  FROM follow_up f JOIN staff s ON s.id = f.owner_id
 WHERE f.customer_id = $1 AND f.status = 'open' ORDER BY f.due_at LIMIT 1
"""
_COUNT = """
SELECT COUNT(*) AS n FROM activity
 WHERE customer_id = $1 AND reverses_id IS NULL AND reversed_at IS NULL
"""


async def profile(acting: Acting, customer_id: int) -> Profile:
    """The profile of a customer; the look is audited.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    customer = await customers.visible(acting, customer_id)
    contacts = await found(Contact, _CONTACTS, customer.id)
    last = await _records(acting, customer.id, LAST_CONTACTS)
    [counted] = await lookup(_COUNT, customer.id)
    clearance = await sensitive.clearance(acting, customer)
    stands = tuple(view for view in last if not view.undone)
    may_work = await customers.may_work(acting, customer.id)
    await audit.record(acting, "view", "customer", customer.id)
    return Profile(
        customer=customer,
        name=customers.name_of(customer, acting.locale),
        owner=staff_name(await customers.owner_of(customer), acting.locale),
        main_contact=contact_view(contacts[0], acting.locale, MASKED) if contacts else None,
        contacts=len(contacts),
        last=stands,
        activities=counted["n"],
        next_follow_up=await next_follow_up(acting, customer),
        may_work=may_work,
        promises=await open_promises(acting, customer.id),
        known=await completeness_of(acting, customer.id) if may_work else None,
        door=await door(
            acting, customer, next((one.outcome for one in last if not one.undone), None)
        ),
        sees_numbers=clearance.works,
    )


async def next_follow_up(acting: Acting, customer: Customer) -> FollowUpView | None:
    """What is promised next at a visible customer."""
    rows = await lookup(_NEXT, customer.id)
    if not rows:
        return None
    [one] = rows
    due_at, ends_at = moment_of(one["due_at"]), one["ends_at"]
    said = None if ends_at is None else moment_of(ends_at)
    return FollowUpView(
        id=one["id"],
        customer_id=customer.id,
        customer=customers.short_name_of(customer, acting.locale),
        kind=one["kind"],
        purpose=one["purpose"],
        due_at=due_at,
        all_day=bool(one["all_day"]),
        overdue=moment_of(one["overdue_at"]) <= acting.now,
        owner=_named(one["owner_zh"], one["owner_en"], acting.locale),
        ends_at=None if one["all_day"] else planned_end(due_at, said, one["kind"]),
    )


def _named(zh: str | None, en: str | None, locale: str) -> str:
    """A name in a language, of a person that may be nobody."""
    return (zh or "") if locale == "zh" else (en or zh or "")


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
    return await _records(acting, customer.id, limit, offset)


_ACTIVITY = """
SELECT a.id, a.customer_id, a.kind, a.outcome, a.note, a.product, a.amount_fen, a.occurred_at,
       a.time_known, a.recorded_at, a.author_id, a.corrected_at, a.reversed_at,
       s.name_zh AS author_zh, s.name_en AS author_en, z.name_zh AS absent_zh,
       z.name_en AS absent_en,
       (SELECT COUNT(*) FROM attachment t WHERE t.activity_id = a.id) AS attachments,
       m.id AS second_id, m.staff_id AS second_staff, m.status AS second_status,
       o.name_zh AS second_zh, o.name_en AS second_en,
       (SELECT COUNT(*) FROM companion y WHERE y.activity_id = a.id AND y.duty = 'joint') AS along
  FROM activity a JOIN staff s ON s.id = a.author_id LEFT JOIN staff z ON z.id = a.acted_for_id
  LEFT JOIN companion m ON m.id = (SELECT MAX(x.id) FROM companion x
        WHERE x.activity_id = a.id AND x.duty = 'second' AND x.status <> 'withdrawn')
  LEFT JOIN staff o ON o.id = m.staff_id
 WHERE a.reverses_id IS NULL AND
"""
_HISTORY = f"{_ACTIVITY} a.customer_id = $1 ORDER BY a.occurred_at DESC, a.id DESC"


async def _records(
    acting: Acting, customer_id: int, limit: int, offset: int = 0
) -> list[ActivityView]:
    rows = await lookup(f"{_HISTORY} LIMIT $2 OFFSET $3", customer_id, limit, offset)
    return await _views(rows, acting.locale)


async def just_logged(acting: Acting, activity_id: int) -> ActivityView:
    """The record that the acting person has made in this transaction."""
    return await record(activity_id, acting.locale)


async def record(activity_id: int, locale: str) -> ActivityView:
    """A record in a language, for whoever was found to have to do with it."""
    [view] = await _views(await lookup(f"{_ACTIVITY} a.id = $1", activity_id), locale)
    return view


async def activity(acting: Acting, activity_id: int) -> tuple[ActivityView, Customer]:
    """One record, with the firm.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    rows = await lookup(f"{_ACTIVITY} a.id = $1", activity_id)
    customer = await customers.visible(acting, rows[0]["customer_id"] if rows else -1)
    [view] = await _views(rows, acting.locale)
    return view, customer


async def attachments_of(acting: Acting, activity_id: int) -> list[Attachment]:
    """What was attached to a record.

    Raises:
        NotFound: if there is none or none to be seen.
    """
    await activity(acting, activity_id)
    return await Attachment.filter(activity_id=activity_id).order_by("id")


async def _views(found: list[dict[str, Any]], locale: str) -> list[ActivityView]:
    """The records as shown; who came along is asked only where somebody did."""
    views = [_view(one, locale) for one in found]
    for number, one in enumerate(found):
        if one["along"]:
            names = tuple(
                [_named(row["name_zh"], row["name_en"], locale)
                 for row in await lookup(_ALONG, one["id"])]
            )  # fmt: skip
            views[number] = replace(views[number], along=names)
    return views


_ALONG = """
SELECT s.name_zh, s.name_en FROM companion m JOIN staff s ON s.id = m.staff_id
 WHERE m.activity_id = $1 AND m.duty = 'joint' ORDER BY m.id
"""


def _second(one: dict[str, Any], locale: str) -> SecondOfficer | None:
    if one["second_id"] is None:
        return None
    name = _named(one["second_zh"], one["second_en"], locale)
    return SecondOfficer(one["second_id"], one["second_staff"], name, one["second_status"])


def _view(one: dict[str, Any], locale: str) -> ActivityView:
    return ActivityView(
        id=one["id"],
        kind=one["kind"],
        outcome=one["outcome"],
        note=one["note"],
        product=one["product"],
        amount_fen=one["amount_fen"],
        occurred_at=moment_of(one["occurred_at"]),
        time_known=bool(one["time_known"]),
        recorded_at=moment_of(one["recorded_at"]),
        author_id=one["author_id"],
        author=_named(one["author_zh"], one["author_en"], locale),
        acted_for=_named(one["absent_zh"], one["absent_en"], locale),
        attachments=one["attachments"],
        corrected=one["corrected_at"] is not None,
        undone=one["reversed_at"] is not None,
        second=_second(one, locale),
    )
