"""Staff as the rules see them: who a chat belongs to, who leads whom, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import audit
from core.acting import Person
from core.errors import Invalid, NotFound
from core.events import StaffUnreachable
from core.i18n import LOCALES
from core.rules.access import LEADERS
from storage.db import rows
from storage.models import Staff, Unit

if TYPE_CHECKING:
    from core.acting import Acting


def person_of(staff: Staff, unit: Unit) -> Person:
    """The rules' view of a staff row."""
    return Person(
        id=staff.id,
        number=staff.number,
        name_zh=staff.name_zh,
        name_en=staff.name_en,
        role=staff.role,
        unit_id=staff.unit_id,
        unit_path=unit.path,
        locale=staff.locale,
        zone=staff.zone,
        lead_minutes=staff.lead_minutes,
        chat_id=staff.chat_id,
        unreachable=staff.unreachable_since is not None,
    )


async def person_by_chat(chat_id: int) -> Person | None:
    """The active staff member whose chat this is; written by hand, as every update asks it."""
    found = await rows(
        "SELECT s.id, s.number, s.name_zh, s.name_en, s.role, s.unit_id, u.path AS unit_path,"
        " s.locale, s.zone, s.lead_minutes, s.chat_id,"
        " CASE WHEN s.unreachable_since IS NULL THEN 0 ELSE 1 END AS unreachable"
        " FROM staff s JOIN unit u ON u.id = s.unit_id WHERE s.chat_id = $1 AND s.active",
        chat_id,
    )
    return Person(**found[0]) if found else None


async def person_by_id(staff_id: int) -> Person | None:
    """The active staff member with this id."""
    staff = await Staff.get_or_none(id=staff_id, active=True).select_related("unit")
    return person_of(staff, staff.unit) if staff else None


async def person_by_number(number: str) -> Person:
    """The active staff member with this staff number.

    Raises:
        NotFound: if there is none.
    """
    staff = await Staff.get_or_none(number=number, active=True).select_related("unit")
    if staff is None:
        raise NotFound
    return person_of(staff, staff.unit)


async def leader_of(person: Person) -> Person | None:
    """The nearest active leader above a person: of the own unit, or else of one further up."""
    above = [int(part) for part in person.unit_path.strip("/").split("/") if part]
    leaders = await Staff.filter(
        active=True, role__in=sorted(LEADERS), unit_id__in=above
    ).select_related("unit")
    others = [staff for staff in leaders if staff.id != person.id]
    if not others:
        return None
    nearest = max(others, key=lambda staff: (len(staff.unit.path), -staff.id))
    return person_of(nearest, nearest.unit)


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Change the acting person's language."""

    locale: str


async def set_language(acting: Acting, command: SetLanguage) -> str:
    """Remember the language and return it.

    Raises:
        Invalid: if it is none of ours.
    """
    if command.locale not in LOCALES:
        raise Invalid
    await Staff.filter(id=acting.person.id).update(locale=command.locale)
    await audit.record(acting, "set_language", "staff", acting.person.id, to=command.locale)
    return command.locale


async def mark_unreachable(acting: Acting, chat_id: int) -> None:
    """A message could not be delivered for good: note it once, and let it be heard."""
    staff = await Staff.get_or_none(chat_id=chat_id, unreachable_since=None)
    if staff is None:
        return
    staff.unreachable_since = acting.now
    await staff.save(update_fields=["unreachable_since"])
    acting.emit(StaffUnreachable(staff.id))


async def mark_reachable(chat_id: int) -> None:
    """The person wrote to us or let us in again."""
    await Staff.filter(chat_id=chat_id, unreachable_since__isnull=False).update(
        unreachable_since=None
    )
