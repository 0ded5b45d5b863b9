"""How long a planned contact takes: as said, or else as its kind usually does. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

#: minutes by kind, where nobody said how long (docs/adr/0040)
USUAL = {"visit": 60, "meeting": 60, "call": 15}
OTHERWISE = 30
#: what is offered, and what may be said, in minutes
LENGTHS = (15, 30, 45, 60, 90, 120)
SHORTEST, LONGEST = 5, 12 * 60


def usual_minutes(kind: str) -> int:
    """The minutes that a contact of this kind takes where nobody said."""
    return USUAL.get(kind, OTHERWISE)


def within(minutes: int | None) -> bool:
    """Whether that was said and may be."""
    return minutes is not None and SHORTEST <= minutes <= LONGEST


def planned_end(due_at: datetime, ends_at: datetime | None, kind: str) -> datetime:
    """When it is over: the end that was said, or the usual length of its kind after its moment."""
    return ends_at or due_at + timedelta(minutes=usual_minutes(kind))


def end_after(due_at: datetime, minutes: int | None, *, all_day: bool) -> datetime | None:
    """The end that is kept: none where no length was said, nor for a day without a time."""
    return None if all_day or minutes is None else due_at + timedelta(minutes=minutes)


def moved_end(
    due_at: datetime, ends_at: datetime | None, to: datetime, *, all_day: bool
) -> datetime | None:
    """The end once it is moved: as long as before; none for a day without a time."""
    return None if all_day or ends_at is None else to + (ends_at - due_at)
