"""Staff as the rules see them: who a chat belongs to, who leads whom, in which language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core import audit
from core.acting import Absent, Person
from core.errors import Invalid, NotFound
from core.events import StaffUnreachable
from core.i18n import LOCALES
from core.rules.access import LEADERS, SUBSTITUTED
from core.rules.climbing import Rung
from storage.db import lookup
from storage.models import Collaboration, Staff, StandIn, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

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
        quiet_from=staff.quiet_from,
        quiet_until=staff.quiet_until,
        digest_at=staff.digest_at,
        chat_id=staff.chat_id,
        unreachable=staff.unreachable_since is not None,
    )


#: what `person_in` makes a person of: of the staff member `s` in the unit `u`
PERSON = (
    "s.id, s.number, s.name_zh, s.name_en, s.role, s.unit_id, u.path AS unit_path,"
    " s.locale, s.zone, s.lead_minutes, s.quiet_from,"
    " s.quiet_until, s.digest_at, s.chat_id,"
    " CASE WHEN s.unreachable_since IS NULL THEN 0 ELSE 1 END AS unreachable,"
    " CASE WHEN EXISTS (SELECT 1 FROM collaboration k"
    " WHERE k.staff_id = s.id AND k.ended_at IS NULL)"
    " OR EXISTS (SELECT 1 FROM stand_in i"
    " WHERE i.substitute_id = s.id AND i.ended_at IS NULL) THEN 1 ELSE 0 END AS reaches"
)


async def person_by_chat(chat_id: int, now: datetime) -> Person | None:
    """The active staff member whose chat this is, with everything that they may reach now.

    Written by hand, as every update asks it.
    """
    found = await lookup(
        f"SELECT {PERSON} FROM staff s JOIN unit u ON u.id = s.unit_id"  # noqa: S608 - a constant
        " WHERE s.chat_id = $1 AND s.active",
        chat_id,
    )
    return await person_in(found, now)


async def person_reading(staff_id: int, now: datetime) -> Person | None:
    """The active staff member with this id, with everything that they may reach now."""
    found = await lookup(
        f"SELECT {PERSON} FROM staff s JOIN unit u ON u.id = s.unit_id"  # noqa: S608 - a constant
        " WHERE s.id = $1 AND s.active",
        staff_id,
    )
    return await person_in(found, now)


async def person_in(found: list[dict[str, Any]], now: datetime) -> Person | None:
    """The person of the row that was found, if there is one; most neither help nor stand in."""
    if not found:
        return None
    [row] = found
    reaches = row.pop("reaches")
    person = Person(**row)
    return await with_reach(person, now) if reaches else person


async def with_reach(person: Person, now: datetime) -> Person:
    """The person with what others shared and whom they stand in for at this moment.

    What was shared with an absent colleague is the substitute's, too, meanwhile.
    """
    standing = await StandIn.filter(
        substitute_id=person.id,
        ended_at=None,
        from_at__lte=now,
        until_at__gt=now,
        absent__active=True,
        absent__role__in=sorted(SUBSTITUTED),
    ).select_related("absent__unit")
    absent = tuple(
        Absent(one.absent.id, one.absent.role, one.absent.unit.path, one.absent.name_zh,
               one.absent.name_en)
        for one in standing
        if person.role in SUBSTITUTED
    )  # fmt: skip
    shared = await Collaboration.filter(
        staff_id__in=[person.id, *(one.id for one in absent)], ended_at=None
    )
    return replace(
        person,
        stands_for=absent,
        shared_read=tuple(one.customer_id for one in shared if one.level == "read"),
        shared_write=tuple(one.customer_id for one in shared if one.level == "write"),
    )


async def person_by_id(staff_id: int) -> Person | None:
    """The active staff member with this id, to be told something: without what they may reach."""
    staff = await Staff.get_or_none(id=staff_id, active=True).select_related("unit")
    return person_of(staff, staff.unit) if staff else None


async def substitutes_of(staff_ids: Iterable[int], now: datetime) -> dict[int, list[Person]]:
    """Who does the work of those of these people that are away now, and can be told."""
    standing = (
        await StandIn.filter(
            absent_id__in=list(staff_ids),
            ended_at=None,
            from_at__lte=now,
            until_at__gt=now,
            substitute__active=True,
            substitute__chat_id__isnull=False,
        )
        .order_by("id")
        .select_related("substitute__unit")
    )
    found: dict[int, dict[int, Person]] = {}
    for one in standing:
        substitute = person_of(one.substitute, one.substitute.unit)
        found.setdefault(one.absent_id, {})[substitute.id] = substitute
    return {absent: list(people.values()) for absent, people in found.items()}


async def person_by_number(number: str, now: datetime) -> Person:
    """The active staff member with this staff number, with everything that they may reach now.

    Raises:
        NotFound: if there is none.
    """
    staff = await Staff.get_or_none(number=number, active=True).select_related("unit")
    if staff is None:
        raise NotFound
    return await with_reach(person_of(staff, staff.unit), now)


async def administrators() -> list[Person]:
    """The active administrators that can be told something."""
    found = Staff.filter(role="administrator", active=True, chat_id__isnull=False)
    in_order = await found.order_by("id").select_related("unit")
    return [person_of(staff, staff.unit) for staff in in_order]


async def rungs_above(person: Person, now: datetime) -> tuple[list[Rung], dict[int, list[Person]]]:
    """The leaders at and above a person, head office left out, and who is told for each of them.

    That is the leader, or whoever stands in; nobody where neither can be reached.
    """
    above = [int(part) for part in person.unit_path.strip("/").split("/") if part]
    leaders = [
        person_of(staff, staff.unit)
        for staff in await Staff.filter(
            active=True, role__in=sorted(LEADERS - {"head_office"}), unit_id__in=above
        ).exclude(id=person.id).select_related("unit")
    ]  # fmt: skip
    away = await substitutes_of([one.id for one in leaders], now)
    told = {
        one.id: [
            receiver
            for receiver in away.get(one.id, [one])
            if receiver.chat_id is not None and not receiver.unreachable
            and receiver.id != person.id
        ]
        for one in leaders
    }  # fmt: skip
    return [Rung(one.id, one.unit_path, bool(told[one.id])) for one in leaders], told


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
    change = {"from": acting.person.locale, "to": command.locale}
    await audit.record(acting, "set_language", "staff", acting.person.id, language=change)
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


def staff_name(staff: Staff | None, locale: str) -> str:
    """A colleague's name in a language; empty for nobody."""
    if staff is None:
        return ""
    return staff.name_zh if locale == "zh" else (staff.name_en or staff.name_zh)
