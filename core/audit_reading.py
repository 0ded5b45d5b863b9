"""The audit as its readers see it: what happened to a customer, what a colleague did and had done.

Auditors and administrators read it, and that they did is itself written down. Pages go by the
row's id: a look adds a row at the top, so counting from there would show rows twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from tortoise.expressions import Q, Subquery

from core import audit, customers
from core.errors import Invalid, NotAllowed, NotFound
from storage.models import Activity, Audit, Contact, Customer, FollowUp, Series, Staff

if TYPE_CHECKING:
    from datetime import datetime

    from core.acting import Acting

AUDIT_READERS = frozenset({"auditor", "administrator"})
About = Literal["customer", "staff"]
Kind = Literal["all", "looked", "changed", "exported"]
LOOKS = ("view", "read", "audit")
EXPORTS = ("export",)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the audit, for people."""

    id: int
    at: datetime
    #: empty where the system did it
    actor: str
    action: str
    #: the customer or the colleague that it is about
    about: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of the audit, and what it is about."""

    title: str
    entries: tuple[Entry, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person whose deeds may be asked for."""

    id: int
    number: str
    name: str


async def entries(
    acting: Acting,
    about: str,
    subject_id: int,
    kind: str = "all",
    *,
    before: int | None = None,
    since: datetime | None = None,
    limit: int = 6,
) -> EntryPage:
    """What happened to a customer, or to and by a colleague, newest first; the look is audited.

    Raises:
        NotAllowed: if the acting person is no reader of the audit.
        NotFound: if there is no such customer or colleague.
        Invalid: if there is no such kind.
    """
    _check(acting)
    if kind not in get_args(Kind):
        raise Invalid
    title, wanted = await _about(acting, about, subject_id)
    found = Audit.filter(wanted, _of_kind(kind))
    if before is not None:
        found = found.filter(id__lt=before)
    if since is not None:
        found = found.filter(at__gte=since)
    page = await found.order_by("-id").limit(limit + 1).select_related("actor")
    part = {name: value for name, value in (("kind", kind), ("before", before)) if value}
    await audit.record(acting, "audit", about, subject_id, **part)
    shown = await _entries(acting, page[:limit])
    return EntryPage(title, shown, more=len(page) > limit)


async def colleagues(acting: Acting, text: str, limit: int = 4) -> tuple[Colleague, ...]:
    """Colleagues that a staff number or a part of a name may mean, also those who left.

    Raises:
        NotAllowed: if the acting person is no reader of the audit.
    """
    _check(acting)
    named = Q(number=text, name_zh__contains=text, name_en__icontains=text, join_type="OR")
    found = await Staff.filter(named).order_by("number").limit(limit) if text else []
    return tuple(Colleague(one.id, one.number, _name(one, acting.locale)) for one in found)


def _check(acting: Acting) -> None:
    if acting.person.role not in AUDIT_READERS:
        raise NotAllowed


async def _about(acting: Acting, about: str, subject_id: int) -> tuple[str, Q]:
    if about == "customer":
        customer = await customers.visible(acting, subject_id)
        return customers.name_of(customer, acting.locale), _of_customer(subject_id)
    staff = await Staff.get_or_none(id=subject_id) if about == "staff" else None
    if staff is None:
        raise NotFound
    own = Q(actor_id=subject_id) | Q(subject="staff", subject_id=subject_id)
    return f"{_name(staff, acting.locale)} ({staff.number})", own


def _of_customer(customer_id: int) -> Q:
    """Rows of the customer itself and of everything that is kept under it."""
    parts: list[Q] = [Q(subject="customer", subject_id=customer_id)]
    for subject, model in _KEPT_UNDER.items():
        ids = model.filter(customer_id=customer_id).values("id")
        parts.append(Q(subject=subject, subject_id__in=Subquery(ids)))
    return Q(*parts, join_type="OR")


_KEPT_UNDER: dict[str, Any] = {
    "contact": Contact,
    "activity": Activity,
    "follow_up": FollowUp,
    "series": Series,
}


def _of_kind(kind: str) -> Q:
    match kind:
        case "looked":
            return Q(action__in=LOOKS)
        case "exported":
            return Q(action__in=EXPORTS)
        case "changed":
            return ~Q(action__in=(*LOOKS, *EXPORTS))
        case _:
            return Q()


async def _entries(acting: Acting, found: list[Audit]) -> tuple[Entry, ...]:
    firms, people = await _customers_of(acting, found), await _people_of(acting, found)
    return tuple(
        Entry(
            id=row.id,
            at=row.at,
            actor="" if row.actor is None else _name(row.actor, acting.locale),
            action=row.action,
            about=(
                people.get(row.subject_id or 0, "")
                if row.subject == "staff"
                else firms.get(row.id, "")
            ),
            detail={name: _named(people, name, value) for name, value in row.detail.items()},
        )
        for row in found
    )


async def _customers_of(acting: Acting, found: list[Audit]) -> dict[int, str]:
    """The customers that rows are about, by the row's id."""
    customer_of = {row.id: row.subject_id for row in found if row.subject == "customer"}
    for subject, model in _KEPT_UNDER.items():
        about = {row.id: row.subject_id for row in found if row.subject == subject}
        kept = {one.id: one.customer_id for one in await model.filter(id__in=set(about.values()))}
        customer_of |= {row: kept.get(one) for row, one in about.items()}
    ids = {customer_id for customer_id in customer_of.values() if customer_id is not None}
    named = {one.id: one for one in await Customer.filter(id__in=ids)} if ids else {}
    return {
        row: customers.short_name_of(named[customer_id], acting.locale)
        for row, customer_id in customer_of.items()
        if customer_id in named
    }


async def _people_of(acting: Acting, found: list[Audit]) -> dict[int, str]:
    """The colleagues that rows name by their ids."""
    ids = {row.subject_id for row in found if row.subject == "staff"}
    for row in found:
        for name in _COLLEAGUES & row.detail.keys():
            value = row.detail[name]
            ids |= set(value.values()) if isinstance(value, dict) else {value}
    known = [one for one in ids if isinstance(one, int)]
    named = await Staff.filter(id__in=known) if known else []
    return {one.id: _name(one, acting.locale) for one in named}


#: details that hold the id of a colleague, or from whom to whom
_COLLEAGUES = frozenset({"owner", "staff", "acted_for"})


def _named(people: dict[int, str], name: str, value: Any) -> Any:
    if name not in _COLLEAGUES:
        return value
    if isinstance(value, dict):
        return {end: people.get(one, one) for end, one in value.items()}
    return people.get(value, value)


def _name(staff: Staff, locale: str) -> str:
    return staff.name_zh if locale == "zh" else (staff.name_en or staff.name_zh)
