"""Which units and people are a leader's own: those that no other leader is nearer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.rules.access import LEADERS
from storage.models import Staff, Unit

if TYPE_CHECKING:
    from core.acting import Person

#: head office is told of nobody's day
ABOVE = LEADERS - {"head_office"}


async def leaders_below(person: Person) -> list[tuple[int, str]]:
    """The other leaders at and below a leader's unit: who, and the path of the unit."""
    found = await Staff.filter(
        active=True, role__in=sorted(ABOVE), unit__path__startswith=person.unit_path
    ).exclude(id=person.id).values_list("id", "unit__path")  # fmt: skip
    return [(int(staff), str(path)) for staff, path in found]


def nearest(person: Person, others: list[tuple[int, str]], path: str, of: int = 0) -> bool:
    """Whether no other leader is nearer to a unit than this person, whoever it is about apart."""
    own = len(person.unit_path)
    return path.startswith(person.unit_path) and not any(
        path.startswith(unit) and (len(unit), -staff) > (own, -person.id)
        for staff, unit in others
        if staff != of
    )


async def own_units(person: Person) -> list[int]:
    """The units at and below a leader's that this leader is the nearest to."""
    others = await leaders_below(person)
    units = await Unit.filter(path__startswith=person.unit_path).values_list("id", "path")
    return [int(unit) for unit, path in units if nearest(person, others, str(path))]
