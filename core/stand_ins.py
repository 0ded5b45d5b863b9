"""Standing in: a colleague does the work of somebody who is away, for a while.

What that means for reads, alerts and records is said in `core/people.py`, `core/rules/access.py`
and `notifications/reminders.py`; here it begins and ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tortoise.expressions import Q

from core import audit, colleagues
from core.enrolment import ADMINISTRATORS
from core.errors import AlreadySettled, Conflict, Invalid, NotAllowed, NotFound
from core.events import StandInAdded, StandInEnded
from core.i18n import N_
from core.people import staff_name
from core.rules.access import LEADERS, SUBSTITUTED
from storage.models import Staff, StandIn

if TYPE_CHECKING:
    from core.acting import Acting
    from core.colleagues import ColleaguePage

LONGEST = timedelta(days=366)
#: a leave that began yesterday may still be entered
LATE = timedelta(days=1)
#: how many units from the root down make a branch: colleagues of one branch stand in
_BRANCH = 2

NOT_SUBSTITUTED = N_("Nobody stands in for that role.")
NOT_FIT = N_("That colleague can't stand in here.")
OVERLAPS = N_("Somebody stands in then already. End that first.")
AWAY_TOO = N_("That colleague is away then, too.")


@dataclass(frozen=True, slots=True)
class AddStandIn:
    """Somebody does an absent colleague's work from a moment until another."""

    absent_id: int
    substitute_id: int
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class EndStandIn:
    """Call it off, or cut it short."""

    stand_in_id: int


@dataclass(frozen=True, slots=True)
class StandInView:
    """Who stands in for whom, as shown to a person."""

    id: int
    absent_id: int
    absent: str
    substitute_id: int
    substitute: str
    from_at: datetime
    until_at: datetime
    #: whether it has begun
    running: bool
    #: whether the time is over, or it was ended
    over: bool


async def add_stand_in(acting: Acting, command: AddStandIn) -> int:
    """Let somebody stand in and return the row's id.

    Raises:
        NotFound: if there is no such active colleague.
        NotAllowed: if it is not for the acting person to say.
        Invalid: if the time cannot be right.
        Conflict: if the role has no substitutes, the substitute does not fit, or it overlaps.
    """
    # Locked, so that two at once can't be made to overlap.
    await Staff.filter(id=command.absent_id).select_for_update(no_key=True).first()
    absent = await _active(command.absent_id)
    substitute = await _active(command.substitute_id)
    if not may_set(acting, absent):
        raise NotAllowed
    if absent.role not in SUBSTITUTED:
        raise Conflict(NOT_SUBSTITUTED)
    if not _fits(acting, absent, substitute):
        raise Conflict(NOT_FIT)
    from_at, until_at = command.from_at, command.until_at
    if not acting.now - LATE <= from_at < until_at <= from_at + LONGEST or until_at <= acting.now:
        raise Invalid(N_("Please check the days: the last one comes after the first."))
    at_that_time = StandIn.filter(ended_at=None, from_at__lt=until_at, until_at__gt=from_at)
    if await at_that_time.filter(absent_id=absent.id).exists():
        raise Conflict(OVERLAPS)
    if await at_that_time.filter(absent_id=substitute.id).exists():
        raise Conflict(AWAY_TOO)
    made = await StandIn.create(
        absent=absent,
        substitute=substitute,
        from_at=from_at,
        until_at=until_at,
        created_by_id=acting.person.id or None,
        created_at=acting.now,
    )
    await audit.record(
        acting, "stand_in", "staff", absent.id, stand_in=made.id, substitute=substitute.id,
        **{"from": from_at.isoformat(), "until": until_at.isoformat()},
    )  # fmt: skip
    acting.emit(StandInAdded(made.id))
    return int(made.id)


async def end_stand_in(acting: Acting, command: EndStandIn) -> int:
    """End it now and return its id; the absent, the substitute, a leader or an administrator may.

    Raises:
        NotFound: if there is none, or it is not for the acting person to end.
        AlreadySettled: if it is over.
    """
    found = await _row(command.stand_in_id)
    if found is None or not _may_end(acting, found):
        raise NotFound
    if found.ended_at is not None or found.until_at <= acting.now:
        raise AlreadySettled(N_("That is over already."))
    await _end(acting, found)
    return int(found.id)


async def end_all(acting: Acting, staff_id: int) -> None:
    """End whatever somebody is part of, on either side: the role or the person has gone."""
    concerned = StandIn.filter(
        Q(absent_id=staff_id) | Q(substitute_id=staff_id),
        ended_at=None,
        until_at__gt=acting.now,
    )
    for found in await concerned.order_by("id"):
        await _end(acting, found)


async def concerning(acting: Acting, staff_id: int | None = None) -> list[StandInView]:
    """What runs or is still to come for somebody, on either side; without an id, for oneself."""
    person_id = acting.person.id if staff_id is None else staff_id
    found = (
        await StandIn.filter(
            Q(absent_id=person_id) | Q(substitute_id=person_id),
            ended_at=None,
            until_at__gt=acting.now,
        )
        .order_by("from_at", "id")
        .select_related("absent", "substitute")
    )
    return [_view(acting, one) for one in found]


async def stand_in(acting: Acting, stand_in_id: int) -> StandInView:
    """One of them, running or over, if the acting person has to do with it.

    Raises:
        NotFound: if there is none, or it is nothing of this person's.
    """
    found = await _row(stand_in_id)
    if found is None or not _may_end(acting, found):
        raise NotFound
    return _view(acting, found)


async def to_be_absent(acting: Acting, staff_id: int) -> Staff:
    """The colleague for whom the acting person may find a substitute.

    Raises:
        NotFound: if there is no such active colleague.
        NotAllowed: if it is not for the acting person to say.
        Conflict: if nobody stands in for that role.
    """
    absent = await _active(staff_id)
    if not may_set(acting, absent):
        raise NotAllowed
    if absent.role not in SUBSTITUTED:
        raise Conflict(NOT_SUBSTITUTED)
    return absent


@dataclass(frozen=True, slots=True)
class Substitutes:
    """Reads who could stand in for somebody: active, of a fitting role, of the same branch."""

    absent_id: int

    async def __call__(
        self,
        acting: Acting,
        text: str,
        *,
        only: int | None = None,
        limit: int = 6,
        offset: int = 0,
    ) -> ColleaguePage:
        """A page of them, the likeliest first."""
        absent = await to_be_absent(acting, self.absent_id)
        among = Q(
            active=True,
            role__in=sorted(SUBSTITUTED),
            unit__path__startswith=_branch_of(absent.unit.path),
        ) & ~Q(id=absent.id)
        return await colleagues.find(acting, among, text, only=only, limit=limit, offset=offset)


def may_set(acting: Acting, absent: Staff) -> bool:
    """Whether it is the acting person's to say who stands in for somebody."""
    person = acting.person
    if person.id == absent.id or person.role in ADMINISTRATORS:
        return True
    if person.role not in LEADERS or not absent.unit.path.startswith(person.unit_path):
        return False
    # Leaders of the same unit are peers.
    return absent.role not in LEADERS or absent.unit.path != person.unit_path


def _fits(acting: Acting, absent: Staff, substitute: Staff) -> bool:
    if substitute.id == absent.id or substitute.role not in SUBSTITUTED:
        return False
    near = substitute.unit.path.startswith(_branch_of(absent.unit.path))
    return near or acting.person.role in ADMINISTRATORS


def _may_end(acting: Acting, found: StandIn) -> bool:
    return acting.person.id == found.substitute_id or may_set(acting, found.absent)


def _branch_of(path: str) -> str:
    units = path.strip("/").split("/")
    return f"/{'/'.join(units[:_BRANCH])}/"


async def _active(staff_id: int) -> Staff:
    staff = await Staff.get_or_none(id=staff_id, active=True).select_related("unit")
    if staff is None:
        raise NotFound
    return staff


async def _row(stand_in_id: int) -> StandIn | None:
    return await StandIn.get_or_none(id=stand_in_id).select_related("absent__unit", "substitute")


async def _end(acting: Acting, found: StandIn) -> None:
    found.ended_at = acting.now
    await found.save(update_fields=["ended_at"])
    await audit.record(
        acting, "end_stand_in", "staff", found.absent_id, stand_in=found.id,
        substitute=found.substitute_id,
    )  # fmt: skip
    acting.emit(StandInEnded(found.id))


def _view(acting: Acting, found: StandIn) -> StandInView:
    return StandInView(
        id=found.id,
        absent_id=found.absent_id,
        absent=staff_name(found.absent, acting.locale),
        substitute_id=found.substitute_id,
        substitute=staff_name(found.substitute, acting.locale),
        from_at=found.from_at,
        until_at=found.until_at,
        running=found.from_at <= acting.now,
        over=found.ended_at is not None or found.until_at <= acting.now,
    )
