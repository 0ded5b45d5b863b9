"""What an administrator sees of a person: role, unit, phone, chat, customers, stand-ins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tortoise.expressions import Q
from tortoise.functions import Count

from core import colleagues, stand_ins
from core.enrolment import ADMINISTRATORS
from core.errors import NotAllowed, NotFound
from core.i18n import LOCALES
from core.people import staff_name
from core.units import Tree
from storage.models import Customer, Staff

if TYPE_CHECKING:
    from core.acting import Acting
    from core.colleagues import ColleaguePage

_SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Member:
    """A staff member, as an administrator sees one."""

    id: int
    number: str
    #: by language
    names: dict[str, str]
    role: str
    #: names from the head office down, in the reader's language
    unit: tuple[str, ...]
    #: all but the last digits are masked
    phone: str
    zone: str
    active: bool
    enrolled: bool
    unreachable: bool
    customers: int
    #: what runs or is to come, on either side
    standing: tuple[stand_ins.StandInView, ...] = ()


async def member(acting: Acting, staff_id: int) -> Member:
    """One person.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is none.
    """
    return await _one(acting, Q(id=staff_id))


async def member_by_number(acting: Acting, number: str) -> Member:
    """One person, by staff number.

    Raises:
        NotAllowed: if the acting person is no administrator.
        NotFound: if there is none.
    """
    return await _one(acting, Q(number=number.strip()))


async def listed(acting: Acting, role: str | None = None, *, left: bool = False) -> list[Member]:
    """Everybody by number; of one role, or with those who have left.

    Raises:
        NotAllowed: if the acting person is no administrator.
    """
    _administrators_only(acting)
    found = Staff.all() if role is None else Staff.filter(role=role)
    rows = await (found if left else found.filter(active=True)).order_by("number")
    counted = (
        await Customer.filter(owner_id__not_isnull=True)
        .annotate(n=Count("id"))
        .group_by("owner_id")
        .values_list("owner_id", "n")
    )
    kept = {int(str(owner)): int(str(n)) for owner, n in counted}
    tree = await Tree.load()
    return [_member(staff, tree, acting.locale, kept.get(staff.id, 0)) for staff in rows]


async def everybody(
    acting: Acting, text: str, *, only: int | None = None, limit: int = 6, offset: int = 0
) -> ColleaguePage:
    """Whom an administrator may look up: everybody, those who have left, too.

    Raises:
        NotAllowed: if the acting person is no administrator.
    """
    _administrators_only(acting)
    return await colleagues.find(acting, Q(), text, only=only, limit=limit, offset=offset)


async def _one(acting: Acting, which: Q) -> Member:
    _administrators_only(acting)
    staff = await Staff.filter(which).first()
    if staff is None:
        raise NotFound
    kept = await Customer.filter(owner_id=staff.id).count()
    concerning = await stand_ins.concerning(acting, staff.id)
    return _member(staff, await Tree.load(), acting.locale, kept, tuple(concerning))


def _administrators_only(acting: Acting) -> None:
    if acting.person.role not in ADMINISTRATORS:
        raise NotAllowed


def _member(
    staff: Staff,
    tree: Tree,
    locale: str,
    customers: int,
    standing: tuple[stand_ins.StandInView, ...] = (),
) -> Member:
    return Member(
        id=staff.id,
        number=staff.number,
        names={one: staff_name(staff, one) for one in LOCALES},
        role=staff.role,
        unit=tree.names_of(staff.unit_id, locale),
        phone=f"•••• {staff.phone[-_SHOWN_DIGITS:]}",
        zone=staff.zone,
        active=staff.active,
        enrolled=staff.chat_id is not None,
        unreachable=staff.unreachable_since is not None,
        customers=customers,
        standing=standing,
    )
