"""Credit visits need two officers (双人调查): the record stays single until the second confirms.

The second officer is named by who wrote the record, and answers from their own account: nobody
answers for them, a stand-in neither. What is corrected afterwards is put before them again. They
get to read this one record and where the firm is, and nothing else of the customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core import audit, customers, profile
from core.errors import AlreadySettled, Conflict, Invalid, NotAllowed, NotFound
from core.i18n import N_
from core.language.credit_visits import beside
from core.people import staff_name
from core.plan_events import SecondOfficerAnswered, SecondOfficerAsked, SecondOfficerWithdrawn
from core.rules.access import OWN, READ_ONLY, SUBTREE
from storage.db import lookup
from storage.models import Activity, CheckIn, Companion, Staff
from storage.queues import millis

if TYPE_CHECKING:
    from datetime import datetime

    from core.acting import Acting
    from core.profile import ActivityView

DUTY = "second"
#: kinds of contact at which two officers can be
KINDS = ("visit", "meeting")
#: roles that go to firms
OFFICERS = OWN | SUBTREE
WHY_LENGTH = 200
#: a check-in so long before or after it is of the same visit
SAME_VISIT = timedelta(hours=12)
#: what still is to be read by the second officer
_READ = ("waiting", "confirmed")


@dataclass(frozen=True, slots=True)
class NameSecondOfficer:
    """Who else was there; the one named before is asked no longer."""

    activity_id: int
    staff_id: int


@dataclass(frozen=True, slots=True)
class ConfirmVisit:
    """I was there, and it was as written."""

    companion_id: int
    #: the `version` that was read; None for whatever it is now
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RefuseVisit:
    """I was not there, or it was otherwise."""

    companion_id: int
    why: str


@dataclass(frozen=True, slots=True)
class AtDoor:
    """An officer who checked in at the customer's door about the time of the visit."""

    staff_id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """What the second officer reads before answering."""

    id: int
    #: changes when the record is corrected
    version: int
    status: str
    record: ActivityView
    customer: str
    address: str
    #: who of the two checked in at that door, and when
    doors: tuple[AtDoor, ...]


async def name_second_officer(acting: Acting, command: NameSecondOfficer) -> int:
    """Ask them and return the companion's id.

    Raises:
        NotFound: if it is no record of one's own to be seen.
        Invalid: if the record is no visit, or the colleague can't be the second officer.
        AlreadySettled: if it was taken back, or the second officer has confirmed.
    """
    if acting.person.role in READ_ONLY:
        raise NotAllowed
    activity = await Activity.get_or_none(
        id=command.activity_id, author_id=acting.person.id, reverses=None
    )
    if activity is None:
        raise NotFound
    await customers.workable(acting, activity.customer_id)
    known = await Companion.get_or_none(key=acting.key)
    if known is not None:
        return int(known.id)
    if activity.reversed_at is not None:
        raise AlreadySettled
    before = await current(activity.id)
    if before is not None and before.status == "confirmed":
        raise AlreadySettled(N_("The second officer has confirmed already."))
    made = await ask_of_record(acting, activity, command.staff_id, acting.key)
    if before is not None:
        await _withdraw(acting, before)
    return made


async def ask_of_record(acting: Acting, activity: Activity, staff_id: int, key: str) -> int:
    """Write down who was the second officer, and ask them; returns the companion's id.

    Raises:
        Invalid: if the record is no visit, or the colleague can't be the second officer.
    """
    if activity.kind not in KINDS:
        raise Invalid(N_("Two officers are for visits and meetings only."))
    if staff_id in {activity.author_id, activity.acted_for_id}:
        raise Invalid(N_("The second officer has to be somebody else."))
    if not await Staff.exists(id=staff_id, active=True, role__in=sorted(OFFICERS)):
        raise Invalid(N_("That colleague can't be the second officer. Please choose another."))
    made = await Companion.create(
        key=key, duty=DUTY, activity_id=activity.id, staff_id=staff_id,
        asked_by_id=acting.person.id, asked_at=acting.now,
    )  # fmt: skip
    await audit.record(
        acting, "name_second", "activity", activity.id, customer=activity.customer_id,
        staff=staff_id,
    )  # fmt: skip
    acting.emit(SecondOfficerAsked(made.id))
    return int(made.id)


async def confirm_visit(acting: Acting, command: ConfirmVisit) -> int:
    """Confirm it and return the companion's id.

    Raises:
        NotFound: if the acting person is not its second officer.
        AlreadySettled: if it was answered, or the record taken back.
        Conflict: if the record was corrected since it was read.
    """
    found = await _asked(acting, command.companion_id)
    if command.version not in {None, millis(found.asked_at)}:
        raise Conflict
    return await _answer(acting, found, "confirmed")


async def refuse_visit(acting: Acting, command: RefuseVisit) -> int:
    """Say that it was not so and return the companion's id.

    Raises:
        NotFound, AlreadySettled: as `confirm_visit`.
        Invalid: if no reason is given, or too long a one.
    """
    found = await _asked(acting, command.companion_id)
    why = command.why.strip()
    if not 0 < len(why) <= WHY_LENGTH:
        raise Invalid
    return await _answer(acting, found, "refused", why)


async def _answer(acting: Acting, found: Companion, status: str, why: str = "") -> int:
    found.status, found.why, found.answered_at = status, why, acting.now
    await found.save(update_fields=["status", "why", "answered_at"])
    activity = await Activity.get(id=found.activity_id)
    said = {"note": why} if why else {}
    await audit.record(
        acting, "confirm_second" if status == "confirmed" else "refuse_second", "activity",
        activity.id, customer=activity.customer_id, **said,
    )  # fmt: skip
    acting.emit(SecondOfficerAnswered(found.id, activity.customer_id))
    return int(found.id)


async def _asked(acting: Acting, companion_id: int) -> Companion:
    """What the acting person is asked in their own name; whom they stand in for counts not."""
    found = await Companion.get_or_none(
        id=companion_id, duty=DUTY, staff_id=acting.person.id
    ).select_related("activity")
    if found is None or acting.person.role in READ_ONLY:
        raise NotFound
    assert found.activity is not None
    if acting.person.id in {found.activity.author_id, found.activity.acted_for_id}:
        raise NotFound
    if found.status != "waiting" or found.activity.reversed_at is not None:
        raise AlreadySettled
    return found


async def request(acting: Acting, companion_id: int) -> Request:
    """One record that the acting person is the second officer of.

    Raises:
        NotFound: if there is none, or it is theirs to read no longer.
    """
    found = await Companion.get_or_none(
        id=companion_id, duty=DUTY, staff_id=acting.person.id, status__in=_READ,
        activity__reversed_at=None,
    ).select_related("activity__customer")  # fmt: skip
    if found is None:
        raise NotFound
    return await _request(acting, found)


async def requests(acting: Acting, *, limit: int, offset: int = 0) -> list[Request]:
    """What the acting person is asked to confirm, the oldest first."""
    found = (
        await Companion.filter(
            duty=DUTY, staff_id=acting.person.id, status="waiting", activity__reversed_at=None
        )
        .order_by("id").offset(offset).limit(limit).select_related("activity__customer")
    )  # fmt: skip
    return [await _request(acting, one) for one in found]


async def waiting(acting: Acting) -> int:
    """How many records wait for the acting person."""
    return await Companion.filter(
        duty=DUTY, staff_id=acting.person.id, status="waiting", activity__reversed_at=None
    ).count()


async def _request(acting: Acting, found: Companion) -> Request:
    activity = found.activity
    assert activity is not None
    return Request(
        id=found.id, version=millis(found.asked_at), status=found.status,
        record=await profile.record(activity.id, acting.locale),
        customer=customers.name_of(activity.customer, acting.locale),
        address=activity.customer.address,
        doors=await doors(acting, activity, (activity.author_id, found.staff_id)),
    )  # fmt: skip


async def doors(
    acting: Acting, activity: Activity, officers: tuple[int, ...]
) -> tuple[AtDoor, ...]:
    """Which of these checked in at the door about the time of a visit, each once."""
    found = (
        await CheckIn.filter(
            customer_id=activity.customer_id, staff_id__in=list(officers),
            at__gt=activity.occurred_at - SAME_VISIT, at__lt=activity.occurred_at + SAME_VISIT,
        ).order_by("-at", "-id").select_related("staff")
    )  # fmt: skip
    first = {one.staff_id: one for one in found}
    return tuple(
        AtDoor(one.staff_id, staff_name(one.staff, acting.locale), one.at)
        for one in sorted(first.values(), key=lambda one: one.at)
    )


async def second_at_door(acting: Acting, view: ActivityView) -> AtDoor | None:
    """When the second officer of a record that may be seen was at the door."""
    if view.second is None:
        return None
    activity = await Activity.get(id=view.id)
    return next(iter(await doors(acting, activity, (view.second.staff_id,))), None)


async def current(activity_id: int) -> Companion | None:
    """The second officer of a record as it is now."""
    return await (
        Companion.filter(activity_id=activity_id, duty=DUTY)
        .exclude(status="withdrawn")
        .order_by("-id")
        .first()
    )


async def ask_again(acting: Acting, activity_id: int) -> None:
    """A record was corrected: who confirmed it, or is to, reads it anew."""
    found = await current(activity_id)
    if found is None or found.status not in _READ:
        return
    again = found.status == "confirmed"
    found.status, found.asked_at, found.answered_at = "waiting", acting.now, None
    await found.save(update_fields=["status", "asked_at", "answered_at"])
    acting.emit(SecondOfficerAsked(found.id, again=again, corrected=True))


async def withdraw_of_record(acting: Acting, activity_id: int) -> None:
    """A record was taken back: nobody is to confirm it."""
    for found in await Companion.filter(activity_id=activity_id, duty=DUTY).exclude(
        status="withdrawn"
    ):
        await _withdraw(acting, found)


async def _withdraw(acting: Acting, found: Companion) -> None:
    found.status = "withdrawn"
    await found.save(update_fields=["status"])
    acting.emit(SecondOfficerWithdrawn(found.id))


@dataclass(frozen=True, slots=True)
class SecondIn:
    """Reads whom a note names as the second officer."""

    note: str

    async def __call__(self, acting: Acting) -> int | None:
        """The colleague's id; None where the note names nobody, or several of one name."""
        found = await lookup(_NAMED, self.note.casefold(), acting.person.id)
        named = [
            row for row in found
            if row["role"] in OFFICERS and beside(self.note, row["name_zh"], row["name_en"])
        ]  # fmt: skip
        near = [row for row in named if row["unit_id"] == acting.person.unit_id]
        chosen = near or named
        return int(chosen[0]["id"]) if len(chosen) == 1 else None


_NAMED = """
SELECT id, name_zh, name_en, role, unit_id FROM staff
 WHERE active AND id <> $2
   AND (CAST($1 AS TEXT) LIKE '%' || name_zh || '%'
        OR (name_en <> '' AND CAST($1 AS TEXT) LIKE '%' || LOWER(name_en) || '%'))
"""
